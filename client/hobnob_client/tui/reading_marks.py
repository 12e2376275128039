"""How far each channel was read on this screen: known at once, said a little later."""

from hobnob_protocol.ids import StreamId
from hobnob_sync.views.overlay import PENDING_SEQ


class ReadingMarks:
    """Marks only grow; `due` gives those that were not yet said."""

    def __init__(self) -> None:
        self.seqs: dict[StreamId, int] = {}
        self._due: dict[StreamId, int] = {}

    def saw(self, stream: StreamId, order: int) -> bool:
        """The message at `order` was on the screen; is that further than before?"""
        if order >= PENDING_SEQ or order <= self.seqs.get(stream, 0):
            return False
        self.seqs[stream] = self._due[stream] = order
        return True

    def due(self) -> list[tuple[StreamId, int]]:
        """What is to be said now: (stream, seq)."""
        found = list(self._due.items())
        self._due.clear()
        return found
