"""Which streams have moved on since their last checkpoint, and whose is due next.

A step asks this whatever it does, so it must not look at every stream: a heap holds one place for
each, which is put right when it comes to the top.
"""

from heapq import heappop, heappush, heapreplace

from hobnob_protocol.ids import StreamId
from hobnob_sync import checkpoint
from hobnob_sync.ports import StreamRow


class Due:
    """`rows` are the streams without a checkpoint on their head."""

    def __init__(self) -> None:
        self.rows: dict[StreamId, StreamRow] = {}
        self._heap: list[tuple[int, StreamId]] = []
        self._queued: dict[StreamId, int] = {}

    def put(self, row: StreamRow) -> None:
        """A stream's record is written."""
        due_ms = _due_ms(row)
        if due_ms is None:
            self.rows.pop(row.stream, None)
            return
        self.rows[row.stream] = row
        queued = self._queued.get(row.stream)
        # One that is due later than it was is found out at the top.
        if queued is None or due_ms < queued:
            self._queue(due_ms, row.stream)

    def _queue(self, due_ms: int, stream: StreamId) -> None:
        self._queued[stream] = due_ms
        heappush(self._heap, (due_ms, stream))

    def next_ms(self) -> int | None:
        """When the next checkpoint is due."""
        heap = self._heap
        while heap:
            queued_ms, stream = heap[0]
            row = self.rows.get(stream)
            due_ms = _due_ms(row) if row is not None else None
            if self._queued.get(stream) != queued_ms:
                heappop(heap)
            elif due_ms is None:
                heappop(heap)
                del self._queued[stream]
            elif due_ms > queued_ms:
                self._queued[stream] = due_ms
                heapreplace(heap, (due_ms, stream))
            else:
                return queued_ms
        return None

    def take(self, now_ms: int) -> list[StreamRow]:
        """The streams that are due now; each has to be put again."""
        found: list[StreamRow] = []
        while (due_ms := self.next_ms()) is not None and due_ms <= now_ms:
            _, stream = heappop(self._heap)
            del self._queued[stream]
            found.append(self.rows[stream])
        return found


def _due_ms(row: StreamRow) -> int | None:
    return checkpoint.due_ms(row.seq, row.checkpoint_seq, row.at_ms)
