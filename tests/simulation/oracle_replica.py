"""What one replica may write: watched at each of its commits, before the next thing happens.

The engines keep promises over many steps; most faults first show as one row that should not have
gone. So the oracle sees every transaction and asks why each row goes.
"""

from collections.abc import Collection
from typing import cast

from hobnob_protocol import nouns
from hobnob_protocol.errors import Refusal
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import EventId, StreamId, user_stream
from hobnob_protocol.kinds.conversations import Conversation
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.nouns import ReadValue
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.state import ReplicaState, meta_key
from hobnob_sync.ports import (
    KnownKey,
    OrphanRow,
    OutboxRow,
    ReplicaStore,
    ReplicaStream,
    ReplicaTransaction,
    TrayRow,
)
from tests.simulation.network import count
from tests.simulation.oracle_hub import HubOracle
from tests.simulation.violation import Violation


class ReplicaOracle:
    """Watches one replica. `name` is the host's; `hub` says what the hub has answered."""

    def __init__(
        self, name: str, store: ReplicaStore, hub: HubOracle, seen: dict[str, int]
    ) -> None:
        self.name = name
        self.store = store
        self.hub = hub
        self.seen = seen
        self.excused: dict[EventId, None] = {}
        """Own events that may be lost by a restore: nobody but the hub held them."""
        self.so_already: dict[EventId, None] = {}
        """What asked for what was so already."""
        self.remember()

    def remember(self) -> None:
        """Take the store as it is: after a start, or after a file was put back."""
        image = self.store.boot(frozenset())
        self.outbox: dict[int, OutboxRow] = {row.n: row for row in image.outbox}
        self.orphans: dict[EventId, OrphanRow] = {row.event_id: row for row in image.orphans}
        self.streams: dict[StreamId, ReplicaStream] = {row.stream: row for row in image.streams}
        self.epoch = image.meta.get("epoch", b"")
        self.reads: dict[bytes, ReadValue] = {}

    def committing(
        self, transaction: ReplicaTransaction, state: ReplicaState, tampered: bool
    ) -> None:
        """Judge a transaction before it is written; `state` is the engine's after it."""
        arrived = {entry.event_id for _, entry in transaction.entries}
        self._judge_outbox(transaction, state, arrived)
        self._judge_purges(transaction, state)
        if not tampered:
            self._judge_orphans(transaction, state, arrived)
            self._judge_cursors(transaction)
            self._judge_cells(transaction, state)
        for stream in transaction.purges:
            self.streams.pop(stream, None)
        for stream, row in transaction.streams.items():
            self.streams[stream] = row
        self.epoch = transaction.meta.get("epoch", self.epoch)

    def committed(self, state: ReplicaState) -> None:
        """The transaction is written."""
        self.orphans = dict(state.orphans)

    def told(self, row: TrayRow, purges: Collection[StreamId]) -> None:
        """S15: what a member is told was refused, the hub did refuse, and so; only what was not
        sealed yet comes back by itself, with the stream that its author may be in no more."""
        event, code = row.event_id, row.code
        if not row.event and code == Refusal.NOT_MEMBER and row.stream in purges:
            count(self.seen, "handed back unsealed")
            return
        offered = self.hub.refused_offers.get(event[:16], {})
        if code not in offered and code not in self.hub.refused.get(event, {}):
            raise Violation(f"S15 {self.name}: told of a refusal ({code}) that never was")

    def _holds(self, event: EventId) -> bool:
        key = KnownKey(event)
        return self.store.load((key,)).get(key) is not None

    def _judge_outbox(
        self, transaction: ReplicaTransaction, state: ReplicaState, arrived: set[EventId]
    ) -> None:
        """S14, S15: what waits goes only into our own log, the tray or the orphans, or where the
        hub has it and no page at the head will ever bring it."""
        trays = {row.event_id: row for row in transaction.tray.values() if row is not None}
        for n, row in transaction.outbox.items():
            if row is not None:
                self.hub.talk.put(self.name, self.outbox.get(n), row)
                self.outbox[n] = row
                continue
            gone = self.outbox.pop(n)
            event = gone.event_id
            if event in arrived:
                acked = gone.state == "acked"
                count(self.seen, "ack before echo" if acked else "echo before ack")
            if event in trays:
                self.hub.talk.refused(self.name, gone, trays[event].said)
            if event in arrived or event in trays or transaction.orphans.get(event) is not None:
                continue
            if self._holds(event) or self.hub.talk.is_taken_back(gone):
                continue
            self.excused[event] = None
            if self._asked_for_what_was_so(gone.event, self.hub.refused.get(event, {})):
                self.so_already[event] = None
                continue
            seq = self.hub.place(event) or gone.seq
            if not seq:
                raise Violation(f"S15 {self.name}: outbox {n} went, and nobody has it")
            held = state.streams.get(gone.stream)
            if held is not None and seq > held.hi:
                raise Violation(f"S14 {self.name}: outbox {n} went before its echo")

    def _asked_for_what_was_so(self, data: bytes, refused: Collection[str]) -> bool:
        """Was it refused because what it wants was so already: the right to a stream, none to it,
        or a conversation that the other has begun? It says nothing that is lost with it."""
        kind = decode_event(data).header.kind
        if kind == STANDARD.of(Conversation).number and Refusal.EXISTS in refused:
            count(self.seen, "a conversation that the other began first")
            return True
        joined = kind == STANDARD.of(Join).number and Refusal.EXISTS in refused
        left = kind == STANDARD.of(Leave).number and Refusal.NOT_MEMBER in refused
        if joined or left:
            count(self.seen, "joined or left already")
        return joined or left

    def _judge_purges(self, transaction: ReplicaTransaction, state: ReplicaState) -> None:
        """S9: with a stream goes what was known of it, unless the same step has learnt it anew; a
        replica that is built anew, every stream of it, keeps what binds the hub."""
        if all(stream in transaction.purges for stream in self.streams):
            return
        for name, known in (
            ("checkpoint", state.checkpoints),
            ("verified", state.verified),
            ("witness", state.witnesses),
            ("fork", state.forks),
        ):
            for stream in transaction.purges:
                if stream in known and meta_key(name, stream) not in transaction.meta:
                    raise Violation(f"S9 {self.name} {stream!r}: its {name} outlives its purge")

    def _judge_orphans(
        self, transaction: ReplicaTransaction, state: ReplicaState, arrived: set[EventId]
    ) -> None:
        """S19: an orphan goes only into our own log, or where the hub refused it for ever."""
        if transaction.purges:
            for event, orphan in list(self.orphans.items()):
                if orphan.stream in transaction.purges:
                    del self.orphans[event]
                    self.excused[event] = None
        for event, orphan in self.orphans.items():
            if event in state.orphans or event in arrived or self._holds(event):
                continue
            if event[:16] in self.hub.refused_offers:
                refused = self.hub.refused_offers[event[:16]]
                if self._asked_for_what_was_so(orphan.event, refused):
                    self.so_already[event] = None
                continue
            raise Violation(f"S19 {self.name}: an orphan was forgotten too early")

    def _judge_cursors(self, transaction: ReplicaTransaction) -> None:
        """S6: within one epoch and grant, a cursor never falls, and history never shrinks."""
        if transaction.meta.get("epoch", self.epoch) != self.epoch:
            return
        begun_anew = {*transaction.purges, *(stream for stream, _ in transaction.orphaned)}
        for stream, row in transaction.streams.items():
            before = self.streams.get(stream)
            if before is None or before.grant != row.grant or not before.hi:
                continue
            if stream in begun_anew:
                # Only another history does this, and an honest hub has none: that is S20.
                continue
            if row.hi < before.hi or row.lo > before.lo:
                raise Violation(f"S6 {self.name} {stream!r}: {before.hi} fell to {row.hi}")

    def _judge_cells(self, transaction: ReplicaTransaction, state: ReplicaState) -> None:
        """S16, S17: a read cursor only grows within its gen, and the dead stay dead."""
        dropped = {*transaction.purges, *(stream for stream, _ in transaction.orphaned)}
        own = user_stream(state.account)
        for (stream, noun, key), cell in transaction.cells.items():
            if stream in dropped:
                continue
            if noun == nouns.DEAD and cell is None:
                raise Violation(f"S17 {self.name} {stream!r}: {key.hex()} rose again")
            if noun == nouns.READ and stream == own and cell is not None:
                now = ReadValue(*cast("tuple[int, int]", cell.value))
                before = self.reads.get(key)
                if before is not None and now < before:
                    raise Violation(f"S16 {self.name}: a read cursor fell to {now}")
                self.reads[key] = now
        if own in dropped:
            self.reads.clear()
