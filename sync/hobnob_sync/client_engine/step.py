"""One step in the making: what it has read, what it will write, what it will say afterwards."""

from typing import Final

from hobnob_protocol import codec
from hobnob_protocol.ids import StreamId
from hobnob_sync.client_engine.inputs import Output
from hobnob_sync.client_engine.state import ReplicaState, meta_key
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Loaded, OutboxRow, ReplicaStream, ReplicaTransaction

EMPTY: Final = Loaded({})


class Step:
    """Collects one decision; the state in memory changes along with it."""

    def __init__(self, state: ReplicaState, loaded: Loaded, now_ms: int) -> None:
        self.state = state
        self.loaded = loaded
        self.now_ms = now_ms
        self.transaction = ReplicaTransaction()
        self.outputs: list[Output] = []
        self.consumed_bytes = 0
        self._cells: dict[StreamId, Overlay] = {}

    def say(self, output: Output) -> None:
        """Add an output, released after the commit; the same one is said once."""
        if output not in self.outputs:
            self.outputs.append(output)

    def cells(self, stream: StreamId) -> Overlay:
        """The cells of a stream as this step has changed them so far."""
        found = self._cells.get(stream)
        if found is None:
            found = self._cells[stream] = Overlay(stream, self.loaded)
        return found

    def replace_cells(self, stream: StreamId, cells: Overlay) -> None:
        """Take `cells` for the stream's: its old ones are dropped by this transaction."""
        self._cells[stream] = cells

    def put_stream(self, row: ReplicaStream) -> None:
        """Write a stream's record."""
        self.state.streams[row.stream] = row
        self.transaction.streams[row.stream] = row

    def put_outbox(self, row: OutboxRow) -> None:
        """Write an outbox row; of one that is there neither its event nor what it says changes."""
        state = self.state
        if row.n not in state.outbox:
            state.outbox_bytes += row.size_bytes
        state.outbox[row.n] = row
        state.outbox_ids[row.event_id] = row.n
        self.transaction.outbox[row.n] = row

    def replace_outbox(self, row: OutboxRow) -> None:
        """Write an outbox row in place of one with another event, or of none."""
        if row.n in self.state.outbox:
            self.drop_outbox(row.n)
        self.put_outbox(row)

    def drop_outbox(self, n: int) -> OutboxRow:
        """Forget an outbox row: it is in our own log, in the tray, or given to an offer."""
        row = self.state.outbox.pop(n)
        self.state.outbox_ids.pop(row.event_id, None)
        self.state.author_seqs.pop(row.event_id, None)
        self.state.outbox_bytes -= row.size_bytes
        self.transaction.outbox[n] = None
        return row

    def put_meta(self, name: str, value: bytes, stream: StreamId | None = None) -> None:
        """Write a small value, of the replica or of one stream."""
        self.transaction.meta[name if stream is None else meta_key(name, stream)] = value

    def put_number(self, name: str, value: int) -> None:
        """Write a small integer."""
        self.put_meta(name, codec.encode(value))

    def put_verified(self, stream: StreamId, low: int, high: int) -> None:
        """Signatures from `low` to `high` of a stream are checked; none if high < low."""
        self.state.verified[stream] = (low, high)
        self.put_meta("verified", codec.encode((low, high)), stream)

    def take_number(self, free: int = 0) -> int:
        """The next place in the outbox or the tray, after so many that stay free; none is given
        twice."""
        n = self.state.next_n + free
        self.state.next_n = n + 1
        self.put_number("next_n", self.state.next_n)
        return n

    def forget_stream(self, stream: StreamId) -> None:
        """Undo what this step has gathered for a stream that it now drops."""
        self._cells.pop(stream, None)
        for place in [place for place in self.state.beside if place[0] == stream]:
            del self.state.beside[place]
        transaction = self.transaction
        transaction.streams.pop(stream, None)
        transaction.entries = [item for item in transaction.entries if item[0] != stream]
        transaction.strips = [item for item in transaction.strips if item[0] != stream]
        transaction.context = [item for item in transaction.context if item[0] != stream]

    def finish(self) -> None:
        """Move the changed cells into the transaction."""
        for stream, overlay in self._cells.items():
            for (noun, key), cell in overlay.changes().items():
                self.transaction.cells[(stream, noun, key)] = cell
