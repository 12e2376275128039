"""What places are called: with their sign for people, and without it for programs."""

from hobnob_client.reading import Reader
from hobnob_client.verbs.call import places
from hobnob_protocol.ids import StreamId


class PlaceNames:
    """Those of a replica as of now."""

    def __init__(self, reader: Reader) -> None:
        self._places = {line.stream: line for line in places(reader)}

    def label(self, stream: StreamId, otherwise: str = "?") -> str:
        """As people read it, `#general`; `otherwise` for what is no place here."""
        found = self._places.get(stream)
        return otherwise if found is None else found.label

    def name(self, stream: StreamId) -> str | None:
        """As every record has it, `general`; None for what is no place here."""
        found = self._places.get(stream)
        return None if found is None else found.name
