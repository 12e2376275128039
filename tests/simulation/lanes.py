"""What a reader goes through: its tail, live pages, a time behind, the log, live pages again."""

from typing import Final

from hobnob_protocol.frames import Opened
from hobnob_protocol.ids import StreamId
from hobnob_sync.ports import HubTransaction
from tests.simulation.network import count

TAIL: Final = "tail"
ABREAST: Final = "abreast"
BEHIND: Final = "behind"


class Lanes:
    """Follows the pages of every connection and stream; only counts."""

    def __init__(self, seen: dict[str, int]) -> None:
        self._seen = seen
        self._lanes: dict[tuple[int, StreamId], str] = {}
        self._first: dict[StreamId, int] = {}

    def committed(self, transaction: HubTransaction) -> None:
        """From which seq on a stream's entries are of this very commit."""
        self._first = {}
        for stream, entry in transaction.entries:
            self._first.setdefault(stream, entry.seq)

    def opened(self, conn: int, answer: Opened) -> None:
        """A stream is followed from here on."""
        self._lanes[(conn, answer.stream)] = TAIL

    def page(self, conn: int, stream: StreamId, first_seq: int) -> None:
        """A page goes out: live where it begins with what was just committed."""
        place = (conn, stream)
        lane = self._lanes.get(place, ABREAST)
        fresh = self._first.get(stream)
        if fresh is not None and first_seq >= fresh:
            if lane == BEHIND:
                count(self._seen, "dirty, page, live")
            self._lanes[place] = ABREAST
        elif lane == ABREAST:
            self._lanes[place] = BEHIND
