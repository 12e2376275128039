"""How far each channel was read on this screen: known at once, said a little later."""

from hobnob_protocol.ids import StreamId
from hobnob_sync.views.overlay import PENDING_SEQ


class ReadingMarks:
    """Marks only grow until one is dropped; `due` gives those that were not yet said.

    While one is `exploring` nothing is marked but what one marks oneself.
    """

    def __init__(self) -> None:
        self.seqs: dict[StreamId, int] = {}
        self.exploring = False
        self._due: dict[StreamId, int] = {}
        self._gens: dict[StreamId, int] = {}
        self._held: dict[StreamId, None] = {}

    def saw(self, stream: StreamId, order: int, gen: int = 0, *, explicit: bool = False) -> bool:
        """The message at `order` was on the screen, or was marked as read, `explicit`; is that
        further than before? `gen` is the generation of what is said of it on all devices."""
        if not self.goes_on(stream, order, explicit=explicit):
            return False
        self.seqs[stream] = self._due[stream] = order
        self._gens[stream] = gen
        return True

    def goes_on(self, stream: StreamId, order: int, *, explicit: bool = False) -> bool:
        """Would the message at `order` be further than before?"""
        if not explicit and (self.exploring or stream in self._held):
            return False
        return self.seqs.get(stream, 0) < order < PENDING_SEQ

    def hold(self, stream: StreamId) -> None:
        """Seeing marks nothing there, until one leaves: it was just marked as unread."""
        self._held[stream] = None

    def release(self, stream: StreamId) -> None:
        """Seeing marks as ever."""
        self._held.pop(stream, None)

    def is_taken_back(self, stream: StreamId, gen: int) -> bool:
        """Does what is said elsewhere, of this generation, go back behind what was seen here?"""
        return stream in self.seqs and gen > self._gens[stream]

    def drop(self, stream: StreamId) -> None:
        """What is said elsewhere holds."""
        self.seqs.pop(stream, None)
        self._due.pop(stream, None)
        self._gens.pop(stream, None)

    def due(self, but: StreamId | None = None) -> list[tuple[StreamId, int]]:
        """What is to be said now: (stream, seq); `but` one of them a little later."""
        found = [(stream, seq) for stream, seq in self._due.items() if stream != but]
        for stream, _ in found:
            del self._due[stream]
        return found
