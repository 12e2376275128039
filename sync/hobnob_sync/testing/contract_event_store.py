"""What every store of a hub must keep, whatever it is made of; run `CHECKS` by any test runner.

A check takes a function that makes a fresh, empty store and raises AssertionError where the promise
of its first line is broken. The store in memory is the reference: random transactions must leave
any other store answering just as it does.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, TypeAlias

from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import DIRECTORY, AccountId, DeviceId, Epoch, ReplicaId
from hobnob_sync.ports import (
    Cell,
    CellKey,
    CellsKey,
    DeviceRow,
    Entry,
    ErasedKey,
    EventStore,
    HistoryKey,
    HubTransaction,
    Key,
    KnownKey,
    LineageRow,
    RefusedKey,
    SealRecordsKey,
    StreamRow,
    Target,
    TargetKey,
    UnreadKey,
)
from hobnob_sync.testing.contract_event_stories import check_random_stories_end_alike
from hobnob_sync.testing.contract_history import check_history_is_read_from_its_end
from hobnob_sync.testing.contract_roots import CHECKS_OF_ROOTS
from hobnob_sync.testing.contract_seal_records import check_a_device_has_one_seal_record
from hobnob_sync.testing.scene import (
    ALICE,
    ALL,
    BOB,
    CELLAR,
    GARDEN,
    LAPTOP,
    NOTHING,
    entries_of,
    entry,
    refuses,
    target,
)

MakeEventStore: TypeAlias = Callable[[], EventStore]


def check_empty_store_knows_nothing(make: MakeEventStore) -> None:
    """A fresh store answers every key with nothing."""
    store = make()
    image = store.boot(frozenset({"role"}))
    assert (image.streams, image.devices, image.lineage, image.cells) == ((), (), (), ())
    assert dict(image.meta) == {}
    for key, nothing in (*NOTHING, *_NOTHING):
        assert store.load((key,)).get(key) == nothing, key


def check_logs_come_back_in_order(make: MakeEventStore) -> None:
    """A range holds the entries from its first seq, within both bounds, but at least one."""
    store = make()
    entries = [(GARDEN, entry(seq)) for seq in range(1, 8)]
    store.commit(HubTransaction(entries=[*entries, (CELLAR, entry(1, "cellar"))]))
    assert entries_of(store, 3, 2, ALL) == (entry(3), entry(4))
    assert entries_of(store, 6, 10, ALL) == (entry(6), entry(7))
    assert entries_of(store, 8, 10, ALL) == ()
    assert entries_of(store, 1, 10, 1) == (entry(1),)
    assert entries_of(store, 1, 10, 2 * len(entry(1).event)) == (entry(1), entry(2))
    known = KnownKey(entry(5).event_id)
    assert store.load((known,)).get(known) == (GARDEN, 5)


def check_an_erased_body_is_gone(make: MakeEventStore) -> None:
    """A strip puts other bytes in an event's place; its id and its head stay."""
    store = make()
    store.commit(HubTransaction(entries=[(GARDEN, entry(1)), (GARDEN, entry(2))]))
    gone = HubTransaction(strips=[(GARDEN, 1, b"stub")], erased=[entry(1).event_id])
    store.commit(gone)
    (found,) = entries_of(store, 1, 1, ALL)
    assert found.event == b"stub"
    assert (found.event_id, found.head) == (entry(1).event_id, entry(1).head)
    erased = ErasedKey(entry(1).event_id)
    assert store.load((erased,)).get(erased) is True


def check_many_are_found_as_one_is(make: MakeEventStore) -> None:
    """However many events are asked about at once, each is answered as it would be alone."""
    store = make()
    held = [entry(seq) for seq in range(1, 150)]
    erased = [each.event_id for each in held[::3]]
    store.commit(HubTransaction(entries=[(GARDEN, each) for each in held], erased=erased))
    names = [entry(seq, word).event_id for seq in range(1, 150) for word in ("", "unheard")]
    for count in (1, 2, 63, 64, 65, 128, 129, len(names)):
        known = [KnownKey(name) for name in names[:count]]
        ended = [ErasedKey(name) for name in names[:count]]
        loaded = store.load((*known, *ended))
        for at, name in enumerate(names[:count]):
            place = (GARDEN, at // 2 + 1) if at % 2 == 0 else None
            assert loaded.get(known[at]) == place, count
            assert loaded.get(ended[at]) is (name in erased), count


def check_cells_are_found_by_prefix(make: MakeEventStore) -> None:
    """A prefix finds its keys in order, also at the edge of the bytes, and no other stream's."""
    store = make()
    keys = (b"", b"a", b"ab", b"a\xff", b"a\xff\xff", b"b", b"\xff", b"\xff\xff\x00")
    cells = {(GARDEN, "noun", key): Cell(1, key.hex()) for key in keys}
    others = {(CELLAR, "noun", b"a"): Cell(1, "cellar"), (GARDEN, "verb", b"a"): Cell(1, "verb")}
    store.commit(HubTransaction(cells={**cells, **others}))
    for prefix in (b"", b"a", b"a\xff", b"a\xff\xff", b"\xff", b"\xff\xff", b"c"):
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
        (CELLAR, target(5)): Target(1, BOB, 1, True, None, (ALICE,)),
    }
    entries = [(GARDEN, entry(seq)) for seq in range(1, 5)]
    entries.append((CELLAR, replace(entry(5), seq=1)))
    store.commit(HubTransaction(entries=entries, targets=rows))
    assert unread_of(store, ALICE, 0) == (3, 2)
    assert unread_of(store, ALICE, 2) == (1, 1)
    assert unread_of(store, BOB, 0) == (1, 0)
    dead = Target(4, BOB, 1, False, None, (ALICE,), True, False)
    store.commit(HubTransaction(targets={(GARDEN, target(4)): dead}))
    assert unread_of(store, ALICE, 0) == (2, 1)
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


def check_a_log_has_no_hole(make: MakeEventStore) -> None:
    """An entry that is not the next one, or is there already, is refused with all beside it."""
    store = make()
    store.commit(HubTransaction(entries=[(GARDEN, entry(1)), (GARDEN, entry(2))]))
    wrong = (
        [entry(4)],
        [entry(3), entry(5)],
        [entry(3), entry(3, "again")],
        [entry(2, "again")],
        [entry(0)],
    )
    for entries in wrong:
        hole = HubTransaction(
            entries=[(CELLAR, entry(1, "cellar")), *((GARDEN, found) for found in entries)],
            meta={"name": b"hole"},
        )
        _changes_nothing(store, hole)
    _changes_nothing(store, HubTransaction(entries=[(CELLAR, entry(2, "cellar"))]))
    store.commit(HubTransaction(entries=[(GARDEN, entry(4)), (GARDEN, entry(3))]))
    assert [found.seq for found in entries_of(store)] == [1, 2, 3, 4]


def check_an_event_is_there_once(make: MakeEventStore) -> None:
    """An event that some log holds, or that comes twice, is refused with all beside it."""
    store = make()
    store.commit(HubTransaction(entries=[(GARDEN, entry(1))]))
    beside = (CELLAR, entry(1, "cellar"))
    _changes_nothing(store, HubTransaction(entries=[beside, (GARDEN, _renumbered(1, 2))]))
    twice = [(GARDEN, entry(2)), (CELLAR, _renumbered(2, 1))]
    _changes_nothing(store, HubTransaction(entries=twice))


def check_a_number_is_one_streams(make: MakeEventStore) -> None:
    """A stream cannot take another's number, and the other is still there."""
    store = make()
    garden = StreamRow(GARDEN, 1, 0, entry(0).head, 0)
    store.commit(HubTransaction(streams={GARDEN: garden}))
    cellar = StreamRow(CELLAR, 1, 0, entry(0).head, 0)
    _changes_nothing(store, HubTransaction(streams={CELLAR: cellar}, meta={"name": b"cellar"}))
    _changes_nothing(
        store,
        HubTransaction(
            streams={
                CELLAR: StreamRow(CELLAR, 2, 0, entry(0).head, 0),
                DIRECTORY: StreamRow(DIRECTORY, 2, 0, entry(0).head, 0),
            }
        ),
    )
    assert store.boot(frozenset()).streams == (garden,)


def check_a_strip_touches_one_event_only(make: MakeEventStore) -> None:
    """What is not held is left alone: neither the last event nor an error stands in for it."""
    store = make()
    store.commit(HubTransaction(entries=[(GARDEN, entry(1)), (GARDEN, entry(2))]))
    strips = [(GARDEN, 0, b"stub"), (GARDEN, 3, b"stub"), (CELLAR, 1, b"stub")]
    store.commit(HubTransaction(strips=strips))
    assert entries_of(store) == (entry(1), entry(2))


def check_boot_is_in_order(make: MakeEventStore) -> None:
    """Streams come by number, devices and cells by key, forks by stream, however committed."""
    store = make()
    streams = [StreamRow(GARDEN, 2, 0, entry(0).head, 0), StreamRow(CELLAR, 1, 0, entry(0).head, 0)]
    devices = [
        DeviceRow(name, 0, ReplicaId(b"replica!")) for name in (DeviceId(b"zzzzzzzz"), LAPTOP)
    ]
    places = [(GARDEN, "role", BOB), (GARDEN, "role", ALICE), (CELLAR, "role", BOB)]
    forks = ((GARDEN, 1, entry(1).head), (CELLAR, 1, entry(1).head))
    store.commit(
        HubTransaction(
            streams={row.stream: row for row in streams},
            devices={row.device: row for row in devices},
            cells={place: Cell(1, None) for place in places},
            lineage=[LineageRow(Epoch(b"epoch--1"), forks), LineageRow(Epoch(b"epoch--0"))],
        )
    )
    image = store.boot(frozenset({"role"}))
    assert list(image.streams) == streams[::-1]
    assert list(image.devices) == devices[::-1]
    assert [found[:3] for found in image.cells] == sorted(places)
    assert image.lineage == (
        LineageRow(Epoch(b"epoch--1"), forks[::-1]),
        LineageRow(Epoch(b"epoch--0")),
    )


def check_an_empty_value_is_none(make: MakeEventStore) -> None:
    """A name given an empty value is gone from meta."""
    store = make()
    store.commit(HubTransaction(meta={"name": b"garden", "never": b""}))
    assert dict(store.boot(frozenset()).meta) == {"name": b"garden"}
    store.commit(HubTransaction(meta={"name": b""}))
    assert dict(store.boot(frozenset()).meta) == {}


_NOTHING: Final[tuple[tuple[Key[object], object], ...]] = (
    (TargetKey(GARDEN, target(1)), None),
    (RefusedKey(LAPTOP, 1), None),
    (ErasedKey(entry(1).event_id), False),
    (UnreadKey(GARDEN, ALICE, 0), (0, 0)),
    (SealRecordsKey(ALICE), ()),
    (HistoryKey(GARDEN, 1, 10, 9, ALL), ()),
)


CHECKS: Final[tuple[Callable[[MakeEventStore], None], ...]] = (
    check_empty_store_knows_nothing,
    check_logs_come_back_in_order,
    check_history_is_read_from_its_end,
    check_a_log_has_no_hole,
    check_an_event_is_there_once,
    check_a_number_is_one_streams,
    check_an_erased_body_is_gone,
    check_many_are_found_as_one_is,
    check_a_strip_touches_one_event_only,
    check_cells_are_found_by_prefix,
    check_values_come_back_as_they_were,
    check_unread_counts_what_is_live_and_of_others,
    check_a_device_has_one_seal_record,
    check_boot_is_what_was_committed,
    check_boot_is_in_order,
    check_an_empty_value_is_none,
    *CHECKS_OF_ROOTS,
    check_random_stories_end_alike,
)
"""The contract of `EventStore`."""


def unread_of(store: EventStore, account: AccountId, after_seq: int) -> tuple[int, int]:
    """How much of the garden an account has not read."""
    key = UnreadKey(GARDEN, account, after_seq)
    return store.load((key,)).get(key)


def _changes_nothing(store: EventStore, wrong: HubTransaction) -> None:
    before = store.boot(frozenset()), entries_of(store), entries_of(store, stream=CELLAR)
    refuses(UsageError, partial(store.commit, wrong))
    after = store.boot(frozenset()), entries_of(store), entries_of(store, stream=CELLAR)
    assert after == before
    cellar = KnownKey(entry(1, "cellar").event_id)
    assert store.load((cellar,)).get(cellar) is None


def _renumbered(event: int, seq: int) -> Entry:
    return replace(entry(seq), event_id=entry(event).event_id)
