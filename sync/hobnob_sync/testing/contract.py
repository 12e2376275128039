"""What every store must keep, whatever it is made of: checks to run on each, by any test runner.

A check takes a function that makes a fresh, empty store and raises AssertionError where the promise
of its first line is broken. The memory stores are the reference: random transactions must leave any
other store answering just as they do.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

from hobnob_protocol.ids import (
    EMPTY_HEAD,
    NO_GRANT,
    AccountId,
    ChannelId,
    DeviceId,
    Epoch,
    EventId,
    Head,
    ReplicaId,
    StreamId,
    TargetId,
    channel_stream,
)
from hobnob_sync.ports import (
    Cell,
    CellKey,
    CellsKey,
    DeviceRow,
    Entry,
    ErasedKey,
    EventStore,
    HubTransaction,
    Key,
    KnownKey,
    LineageRow,
    OrphanRow,
    OutboxRow,
    RangeKey,
    RefusedKey,
    ReplicaStore,
    ReplicaStream,
    ReplicaTransaction,
    StreamRow,
    Target,
    TargetKey,
    TrayRow,
    UnreadKey,
)

MakeEventStore: TypeAlias = Callable[[], EventStore]
MakeReplicaStore: TypeAlias = Callable[[], ReplicaStore]

GARDEN: Final = channel_stream(ChannelId(b"g" * 16))
CELLAR: Final = channel_stream(ChannelId(b"c" * 16))
ALICE: Final = AccountId(b"a" * 20)
BOB: Final = AccountId(b"b" * 20)
LAPTOP: Final = DeviceId(b"laptop!!")
ALL: Final = 1 << 50


def entry(seq: int, word: str = "") -> Entry:
    """Some event at `seq`; `word` tells events of one seq apart."""
    name = f"{seq}{word}".encode()
    event = EventId(sha256(name).digest())
    return Entry(seq, seq * 10, event, Head(sha256(b"head" + name).digest()), b"event " + name)


def target(seq: int) -> TargetId:
    """The name of the event at `seq`."""
    return TargetId(entry(seq).event_id[:16])


# The hub's store.


def check_empty_store_knows_nothing(make: MakeEventStore) -> None:
    """A fresh store answers every key with nothing."""
    store = make()
    image = store.boot(frozenset({"role"}))
    assert (image.streams, image.devices, image.lineage, image.cells) == ((), (), (), ())
    assert dict(image.meta) == {}
    for key, nothing in _HUB_KEYS:
        assert store.load((key,)).get(key) == nothing, key


def check_logs_come_back_in_order(make: MakeEventStore) -> None:
    """A range holds the entries from its first seq, within both bounds, but at least one."""
    store = make()
    entries = [(GARDEN, entry(seq)) for seq in range(1, 8)]
    store.commit(HubTransaction(entries=[*entries, (CELLAR, entry(1, "cellar"))]))
    assert _range(store, 3, 2, ALL) == (entry(3), entry(4))
    assert _range(store, 6, 10, ALL) == (entry(6), entry(7))
    assert _range(store, 8, 10, ALL) == ()
    assert _range(store, 1, 10, 1) == (entry(1),)
    assert _range(store, 1, 10, 2 * len(entry(1).event)) == (entry(1), entry(2))
    known = KnownKey(entry(5).event_id)
    assert store.load((known,)).get(known) == (GARDEN, 5)


def check_an_erased_body_is_gone(make: MakeEventStore) -> None:
    """A strip puts other bytes in an event's place; its id and its head stay."""
    store = make()
    store.commit(HubTransaction(entries=[(GARDEN, entry(1)), (GARDEN, entry(2))]))
    gone = HubTransaction(strips=[(GARDEN, 1, b"stub")], erased=[entry(1).event_id])
    store.commit(gone)
    (found,) = _range(store, 1, 1, ALL)
    assert found.event == b"stub"
    assert (found.event_id, found.head) == (entry(1).event_id, entry(1).head)
    erased = ErasedKey(entry(1).event_id)
    assert store.load((erased,)).get(erased) is True


def check_cells_are_found_by_prefix(make: MakeEventStore) -> None:
    """A prefix finds its keys in order, also at the edge of the bytes, and no other stream's."""
    store = make()
    keys = (b"", b"a", b"ab", b"a\xff", b"a\xff\xff", b"b", b"\xff", b"\xff\xff\x00")
    cells = {(GARDEN, "noun", key): Cell(1, key.hex()) for key in keys}
    others = {(CELLAR, "noun", b"a"): Cell(1, "cellar"), (GARDEN, "verb", b"a"): Cell(1, "verb")}
    store.commit(HubTransaction(cells={**cells, **others}))
    for prefix in (b"", b"a", b"a\xff", b"\xff", b"c"):
        key = CellsKey(GARDEN, "noun", prefix)
        found = tuple(name for name, _ in store.load((key,)).get(key))
        assert found == tuple(sorted(name for name in keys if name.startswith(prefix))), prefix
    store.commit(HubTransaction(cells={(GARDEN, "noun", b"a"): None}))
    one = CellKey(GARDEN, "noun", b"a")
    assert store.load((one,)).get(one) is None


def check_values_come_back_as_they_were(make: MakeEventStore) -> None:
    """A cell holds any value that travels."""
    store = make()
    values = (None, True, 0, -1, 2**53, "ü", b"\x00\xff", (), (1, ("x", (b"y", None))))
    cells = {(GARDEN, "noun", bytes((n,))): Cell(n, value) for n, value in enumerate(values)}
    store.commit(HubTransaction(cells={**cells}))
    for n, value in enumerate(values):
        key = CellKey(GARDEN, "noun", bytes((n,)))
        assert store.load((key,)).get(key) == Cell(n, value)


def check_unread_counts_what_is_live_and_of_others(make: MakeEventStore) -> None:
    """Unread are live targets of others after a seq; mentions those that list the account."""
    store = make()
    rows = {
        (GARDEN, target(1)): Target(1, BOB, 1, True, None),
        (GARDEN, target(2)): Target(2, BOB, 1, True, None, (ALICE, BOB)),
        (GARDEN, target(3)): Target(3, ALICE, 1, True, None, (ALICE,)),
        (GARDEN, target(4)): Target(4, BOB, 1, True, None, (ALICE,)),
        (CELLAR, target(5)): Target(5, BOB, 1, True, None, (ALICE,)),
    }
    store.commit(HubTransaction(targets=rows))
    assert _unread(store, ALICE, 0) == (3, 2)
    assert _unread(store, ALICE, 2) == (1, 1)
    assert _unread(store, BOB, 0) == (1, 0)
    dead = Target(4, BOB, 1, False, None, (ALICE,), True, False)
    store.commit(HubTransaction(targets={(GARDEN, target(4)): dead}))
    assert _unread(store, ALICE, 0) == (2, 1)
    key = TargetKey(GARDEN, target(4))
    assert store.load((key,)).get(key) == dead


def check_boot_is_what_was_committed(make: MakeEventStore) -> None:
    """Streams, devices, lineage, meta and the cells of the nouns asked for come back."""
    store = make()
    stream = StreamRow(GARDEN, 1, 5, entry(5).head, 50, 3, 40)
    device = DeviceRow(LAPTOP, 7, ReplicaId(b"replica!"))
    lineage = [
        LineageRow(Epoch(b"epoch--1"), ((GARDEN, 3, entry(3).head),)),
        LineageRow(Epoch(b"epoch--2")),
    ]
    cell = Cell(1, "owner")
    store.commit(
        HubTransaction(
            streams={GARDEN: stream},
            devices={LAPTOP: device},
            refused=[(LAPTOP, 6, entry(6).event_id, "gone")],
            lineage=lineage,
            cells={(GARDEN, "role", ALICE): cell, (GARDEN, "other", ALICE): cell},
            meta={"name": b"garden"},
        )
    )
    image = store.boot(frozenset({"role"}))
    assert (image.streams, image.devices, image.lineage) == ((stream,), (device,), tuple(lineage))
    assert image.cells == ((GARDEN, "role", ALICE, cell),)
    assert dict(image.meta) == {"name": b"garden"}
    refused = RefusedKey(LAPTOP, 6)
    assert store.load((refused,)).get(refused) == (entry(6).event_id, "gone")


_HUB_KEYS: Final[Sequence[tuple[Key[object], object]]] = (
    (KnownKey(entry(1).event_id), None),
    (RangeKey(GARDEN, 1, 10, ALL), ()),
    (CellKey(GARDEN, "noun", b"key"), None),
    (CellsKey(GARDEN, "noun", b""), ()),
    (TargetKey(GARDEN, target(1)), None),
    (RefusedKey(LAPTOP, 1), None),
    (ErasedKey(entry(1).event_id), False),
    (UnreadKey(GARDEN, ALICE, 0), (0, 0)),
)


def _range(
    store: EventStore | ReplicaStore, first: int, limit: int, size_bytes: int
) -> tuple[Entry, ...]:
    key = RangeKey(GARDEN, first, limit, size_bytes)
    return store.load((key,)).get(key)


def _unread(store: EventStore, account: AccountId, after_seq: int) -> tuple[int, int]:
    key = UnreadKey(GARDEN, account, after_seq)
    return store.load((key,)).get(key)


# The replica's store.


def held(lo: int, hi: int, stream: StreamId = GARDEN) -> ReplicaStream:
    """A replica's record of a stream."""
    return ReplicaStream(stream, 1, NO_GRANT, 0, lo, hi, EMPTY_HEAD, entry(hi).head, hi)


def check_empty_replica_knows_nothing(make: MakeReplicaStore) -> None:
    """A fresh store answers every key with nothing."""
    store = make()
    image = store.boot(frozenset({"link"}))
    rows = (image.streams, image.outbox, image.tray, image.orphans, image.cells)
    assert rows == ((), (), (), (), ())
    for key, nothing in _HUB_KEYS[:4]:
        assert store.load((key,)).get(key) == nothing, key


def check_history_joins_from_below(make: MakeReplicaStore) -> None:
    """Older entries come in ascending order and link to what is held."""
    store = make()
    store.commit(_entries(range(5, 8)))
    store.commit(_entries(range(2, 5)))
    assert [found.seq for found in _range(store, 1, 100, ALL)] == [2, 3, 4, 5, 6, 7]
    assert _range(store, 3, 1, ALL) == (entry(3),)


def check_a_purge_leaves_nothing(make: MakeReplicaStore) -> None:
    """Log, cells, context and record of a purged stream are gone; others stay."""
    store = make()
    for stream in (GARDEN, CELLAR):
        store.commit(
            ReplicaTransaction(
                entries=[(stream, entry(seq, stream.hex())) for seq in (1, 2)],
                streams={stream: held(1, 2, stream)},
                cells={(stream, "noun", b"key"): Cell(1, "value")},
                context=[(stream, entry(9, stream.hex()))],
            )
        )
    store.commit(ReplicaTransaction(purges=[GARDEN]))
    assert [row.stream for row in store.boot(frozenset()).streams] == [CELLAR]
    assert _range(store, 1, 10, ALL) == ()
    cells = CellsKey(GARDEN, "noun", b"")
    assert store.load((cells,)).get(cells) == ()
    known = KnownKey(entry(1, GARDEN.hex()).event_id)
    assert store.load((known,)).get(known) is None
    kept = CellsKey(CELLAR, "noun", b"")
    assert len(store.load((kept,)).get(kept)) == 1


def check_a_fork_orphans_what_is_above(make: MakeReplicaStore) -> None:
    """Entries above the fork become orphans; the stream's cells go, to be folded anew."""
    store = make()
    store.commit(_entries(range(1, 6)))
    store.commit(ReplicaTransaction(cells={(GARDEN, "noun", b"key"): Cell(4, "old")}))
    store.commit(
        ReplicaTransaction(
            orphaned=[(GARDEN, 3)],
            cells={(GARDEN, "noun", b"key"): Cell(2, "anew")},
            orphans={entry(5).event_id: None},
        )
    )
    assert [found.seq for found in _range(store, 1, 10, ALL)] == [1, 2, 3]
    fourth = entry(4)
    orphan = OrphanRow(GARDEN, 4, fourth.at_ms, fourth.event_id, fourth.event)
    assert store.boot(frozenset()).orphans == (orphan,)
    key = CellKey(GARDEN, "noun", b"key")
    assert store.load((key,)).get(key) == Cell(2, "anew")


def check_what_was_said_is_kept_in_order(make: MakeReplicaStore) -> None:
    """Outbox and tray come back by their numbers, as last written."""
    store = make()
    rows = {n: OutboxRow(n, 0, GARDEN, entry(n).event_id, b"said", "queued") for n in (3, 1, 2)}
    tray = TrayRow(9, GARDEN, entry(9).event_id, b"said", "gone")
    store.commit(ReplicaTransaction(outbox={**rows}, tray={9: tray}))
    acked = OutboxRow(2, 5, GARDEN, entry(2).event_id, b"said", "acked", 17)
    store.commit(ReplicaTransaction(outbox={1: None, 2: acked}))
    image = store.boot(frozenset())
    assert image.outbox == (acked, rows[3])
    assert image.tray == (tray,)
    store.commit(ReplicaTransaction(tray={9: None}, meta={"epoch": b"x", "empty": b""}))
    image = store.boot(frozenset())
    assert image.tray == ()
    assert dict(image.meta) == {"epoch": b"x"}


def _entries(seqs: range) -> ReplicaTransaction:
    return ReplicaTransaction(
        entries=[(GARDEN, entry(seq)) for seq in seqs],
        streams={GARDEN: held(seqs.start, seqs.stop - 1)},
    )


EVENT_STORE_CHECKS: Final[tuple[Callable[[MakeEventStore], None], ...]] = (
    check_empty_store_knows_nothing,
    check_logs_come_back_in_order,
    check_an_erased_body_is_gone,
    check_cells_are_found_by_prefix,
    check_values_come_back_as_they_were,
    check_unread_counts_what_is_live_and_of_others,
    check_boot_is_what_was_committed,
)
"""The contract of `EventStore`."""

REPLICA_STORE_CHECKS: Final[tuple[Callable[[MakeReplicaStore], None], ...]] = (
    check_empty_replica_knows_nothing,
    check_history_joins_from_below,
    check_a_purge_leaves_nothing,
    check_a_fork_orphans_what_is_above,
    check_what_was_said_is_kept_in_order,
)
"""The contract of `ReplicaStore`."""
