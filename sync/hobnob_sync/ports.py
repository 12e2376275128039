"""What the engines ask of a store: boot, load, commit; nothing else.

A store keeps two sorts of things: **logs** (per stream, gapless, append-only but for erasing a
body) and **cells** (what the fold made of them), and a few small tables. One `commit` is one
atomic, durable transaction: all of it or nothing is there after any crash. A store raises
`StoreFull` having changed nothing, or `StoreBroken`. It raises `UsageError`, having changed
nothing, for what no engine may ask: a log with a hole or with one seq twice (`gapless`), and on the
hub one event in two places, or one number for two streams.

The store in memory and `testing.contract_event_store`, `testing.contract_replica_store` say the
rest. An image comes in order: the hub's streams by number, all else by its key.

What `load` can be asked is in `keys`, whose names are this module's too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Protocol

from hobnob_protocol.ids import (
    DeviceId,
    Epoch,
    EventId,
    GrantId,
    Head,
    ReplicaId,
    StreamId,
    TargetId,
)
from hobnob_protocol.value import record, value
from hobnob_sync.keys import (
    Cell,
    CellKey,
    CellsKey,
    ContextKey,
    EachCellKey,
    EachCellsKey,
    Entry,
    ErasedKey,
    HistoryKey,
    Key,
    KnownKey,
    Loaded,
    OrphanRow,
    OrphansKey,
    RangeKey,
    RefusedKey,
    RootsKey,
    SealRecordRow,
    SealRecordsKey,
    Target,
    TargetKey,
    UnreadKey,
)

__all__ = [
    "Cell",
    "CellKey",
    "CellsKey",
    "ContextKey",
    "DeviceRow",
    "EachCellKey",
    "EachCellsKey",
    "Entry",
    "ErasedKey",
    "EventStore",
    "HistoryKey",
    "HubImage",
    "HubTransaction",
    "Key",
    "KnownKey",
    "LineageRow",
    "Loaded",
    "OrphanRow",
    "OrphansKey",
    "OutboxRow",
    "RangeKey",
    "RefusedKey",
    "ReplicaImage",
    "ReplicaStore",
    "ReplicaStream",
    "ReplicaTransaction",
    "RootsKey",
    "SealRecordRow",
    "SealRecordsKey",
    "StreamRow",
    "Target",
    "TargetKey",
    "TrayRow",
    "UnreadKey",
]

# The hub's side.


@value
class StreamRow:
    """The hub's record of a stream: `number` is never reused; `checkpoint_seq` is the last one
    signed, `checkpoint_ms` when."""

    stream: StreamId
    number: int
    seq: int
    head: Head
    at_ms: int
    checkpoint_seq: int = 0
    checkpoint_ms: int = 0


@value
class DeviceRow:
    """The hub's record of a device's pushes."""

    device: DeviceId
    last_push_no: int
    replica: ReplicaId


@value
class LineageRow:
    """One epoch: `forks` says at which (seq, head) each stream left it (empty while it lives)."""

    epoch: Epoch
    forks: tuple[tuple[StreamId, int, Head], ...] = ()


@record
class HubTransaction:
    """What one hub step changes, atomically. Empty means nothing to commit."""

    entries: list[tuple[StreamId, Entry]] = field(default_factory=list[tuple[StreamId, Entry]])
    strips: list[tuple[StreamId, int, bytes]] = field(
        default_factory=list[tuple[StreamId, int, bytes]]
    )
    """(stream, seq, bytes to stand there instead): an erased body. What is not held needs none."""
    streams: dict[StreamId, StreamRow] = field(default_factory=dict[StreamId, StreamRow])
    cells: dict[tuple[StreamId, str, bytes], Cell | None] = field(
        default_factory=dict[tuple[StreamId, str, bytes], Cell | None]
    )
    """None deletes the cell."""
    targets: dict[tuple[StreamId, TargetId], Target] = field(
        default_factory=dict[tuple[StreamId, TargetId], Target]
    )
    """Each lies in its stream's log, at its seq, where an event's id begins with its name. Its seq,
    account and mentions never change. A store may count on all that."""
    devices: dict[DeviceId, DeviceRow] = field(default_factory=dict[DeviceId, DeviceRow])
    refused: list[tuple[DeviceId, int, EventId, str]] = field(
        default_factory=list[tuple[DeviceId, int, EventId, str]]
    )
    erased: list[EventId] = field(default_factory=list[EventId])
    seal_records: dict[DeviceId, SealRecordRow | None] = field(
        default_factory=dict[DeviceId, SealRecordRow | None]
    )
    """None forgets a device's."""
    lineage: list[LineageRow] | None = None
    """The whole lineage when it changed."""
    meta: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """An empty value removes its name."""

    def __bool__(self) -> bool:
        return bool(
            self.entries
            or self.strips
            or self.streams
            or self.cells
            or self.targets
            or self.devices
            or self.refused
            or self.erased
            or self.seal_records
            or self.lineage is not None
            or self.meta
        )


@value
class HubImage:
    """What a hub engine holds in memory, read at boot.

    `cells` are those of the nouns the store was told to keep resident.
    """

    streams: tuple[StreamRow, ...]
    devices: tuple[DeviceRow, ...]
    lineage: tuple[LineageRow, ...]
    cells: tuple[tuple[StreamId, str, bytes, Cell], ...]
    meta: Mapping[str, bytes]


class EventStore(Protocol):
    """The hub's store."""

    def boot(self, nouns: frozenset[str]) -> HubImage:
        """Everything small, with the cells of `nouns`; empty collections on a fresh store."""
        ...

    def load(self, keys: Sequence[Key[object]]) -> Loaded:
        """Answer every key."""
        ...

    def commit(self, transaction: HubTransaction) -> None:
        """Make all of it durable, or raise `StoreFull` having changed nothing."""
        ...


# The client's side.


@value
class ReplicaStream:
    """The replica's record of a stream: it holds `lo`..`hi` (none if hi < lo).

    `head` is the chain's value at `hi`, `base` before `lo`. `head_seq`, `unread` and `mentions`
    are what the hub announced last; they serve until the range itself can answer.
    """

    stream: StreamId
    number: int
    grant: GrantId
    floor: int
    lo: int
    hi: int
    base: Head
    head: Head
    head_seq: int = 0
    unread: int = 0
    mentions: int = 0


@value
class OutboxRow:
    """One composed event: `n` is its place, for ever; `push_no` is given when it is released.

    `state`: ``unsealed`` (kept as `said`, without an event yet), ``queued`` (not known to be on
    the hub) or ``acked`` (on the hub at `seq`, not yet in our log). `said` is what a sealed event
    says, as `opened.written` lays it out; empty where the event says it itself.
    """

    n: int
    push_no: int
    stream: StreamId
    event_id: EventId
    event: bytes
    state: str
    seq: int = 0
    said: bytes = b""

    @property
    def size_bytes(self) -> int:
        """What counts against the outbox's bound."""
        return len(self.event) + len(self.said)


@value
class TrayRow:
    """One event that will not be sent, kept for its author with the reason; `said` as in the
    outbox."""

    n: int
    stream: StreamId
    event_id: EventId
    event: bytes
    code: str
    said: bytes = b""


@record
class ReplicaTransaction:
    """What one client step changes, atomically, in this order of fields."""

    purges: list[StreamId] = field(default_factory=list[StreamId])
    """Drop a stream: log, cells, context and record."""
    orphaned: list[tuple[StreamId, int]] = field(default_factory=list[tuple[StreamId, int]])
    """(stream, above seq): move entries beyond it from the log to the orphans; drop the
    stream's cells and context (a refold follows). `orphans` says which of them are not kept."""
    entries: list[tuple[StreamId, Entry]] = field(default_factory=list[tuple[StreamId, Entry]])
    """They join what is held at either end, in any order, and take the place of context."""
    context: list[tuple[StreamId, Entry]] = field(default_factory=list[tuple[StreamId, Entry]])
    """Thread roots and titles from below the range, for display only."""
    strips: list[tuple[StreamId, int, bytes]] = field(
        default_factory=list[tuple[StreamId, int, bytes]]
    )
    """As on the hub; of the context too."""
    streams: dict[StreamId, ReplicaStream] = field(default_factory=dict[StreamId, ReplicaStream])
    cells: dict[tuple[StreamId, str, bytes], Cell | None] = field(
        default_factory=dict[tuple[StreamId, str, bytes], Cell | None]
    )
    outbox: dict[int, OutboxRow | None] = field(default_factory=dict[int, OutboxRow | None])
    tray: dict[int, TrayRow | None] = field(default_factory=dict[int, TrayRow | None])
    unoffered: list[StreamId] = field(default_factory=list[StreamId])
    """Streams whose orphans are all forgotten, but those this transaction writes."""
    orphans: dict[EventId, OrphanRow | None] = field(
        default_factory=dict[EventId, OrphanRow | None]
    )
    meta: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """An empty value removes its name."""

    def __bool__(self) -> bool:
        return bool(
            self.purges
            or self.orphaned
            or self.entries
            or self.context
            or self.strips
            or self.streams
            or self.cells
            or self.outbox
            or self.tray
            or self.unoffered
            or self.orphans
            or self.meta
        )


@value
class ReplicaImage:
    """What a client engine holds in memory, read at boot; of orphans what `OrphansKey(None)`
    answers."""

    streams: tuple[ReplicaStream, ...]
    outbox: tuple[OutboxRow, ...]
    tray: tuple[TrayRow, ...]
    orphans: tuple[OrphanRow, ...]
    cells: tuple[tuple[StreamId, str, bytes, Cell], ...]
    meta: Mapping[str, bytes]


class ReplicaStore(Protocol):
    """The client's store. `RangeKey`, `CellKey`, `CellsKey`, `EachCellKey`, `EachCellsKey`,
    `ContextKey` and `OrphansKey` are its keys; `KnownKey` too, but only a check asks it, and it may
    take as long as reading the log."""

    def boot(self, nouns: frozenset[str]) -> ReplicaImage:
        """Everything small, with the cells of `nouns`; empty collections on a fresh store."""
        ...

    def load(self, keys: Sequence[Key[object]]) -> Loaded:
        """Answer every key."""
        ...

    def commit(self, transaction: ReplicaTransaction) -> None:
        """Make all of it durable, or raise `StoreFull` having changed nothing."""
        ...
