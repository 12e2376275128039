"""What is told as it comes: all that is one's own, but nothing of whom and what one has muted."""

from typing import Final

from hobnob_client.attention.wishes import Level
from hobnob_client.reading import Place, Reader
from hobnob_protocol.ids import StreamId
from hobnob_sync.views.message import Message


class Hearing:
    """As of now; `here` is where one is, of which all is told but muted threads."""

    def __init__(self, reader: Reader, here: StreamId | None, now_ms: int) -> None:
        self._wishes: Final = reader.wishes()
        self.blocked: Final = frozenset(reader.kept().blocked)
        """Of these nothing is told."""
        self._here: Final = here
        self._now_ms: Final = now_ms

    def hears(self, place: Place, shown: Message) -> bool:
        """Is this message told?"""
        if shown.account in self.blocked:
            return False
        if place.stream == self._here:
            return shown.thread not in self._wishes.quiet_threads(place.stream, self._now_ms)
        level = self._wishes.level(place.stream, shown.thread, self._now_ms)
        return level is not Level.NOTHING

    def passes_over(self, place: Place) -> bool:
        """Is nothing of a place to be gone to?"""
        return self._wishes.level(place.stream, None, self._now_ms) is Level.NOTHING
