"""What every store of a replica must keep, whatever it is made of; run `CHECKS` by any test runner.

As `contract_event_store`, for the client's side.
"""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeAlias

from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import (
    DIRECTORY,
    EMPTY_HEAD,
    MODERATION,
    NO_GRANT,
    PEOPLE,
    EventId,
    StreamId,
)
from hobnob_sync.keys import ORPHANS_AT_ONCE
from hobnob_sync.ports import (
    Cell,
    CellKey,
    CellsKey,
    ContextKey,
    Entry,
    KnownKey,
    OrphanRow,
    OrphansKey,
    OutboxRow,
    ReplicaStore,
    ReplicaStream,
    ReplicaTransaction,
    TrayRow,
)
from hobnob_sync.testing import contract_stories
from hobnob_sync.testing.contract_stories import STORIES
from hobnob_sync.testing.replica_story import ReplicaStory
from hobnob_sync.testing.scene import ALL, CELLAR, GARDEN, NOTHING, entries_of, entry, refuses

MakeReplicaStore: TypeAlias = Callable[[], ReplicaStore]


def held(lo: int, hi: int, stream: StreamId = GARDEN) -> ReplicaStream:
    """A replica's record of a stream."""
    return ReplicaStream(stream, 1, NO_GRANT, 0, lo, hi, EMPTY_HEAD, entry(hi).head, hi)


def check_empty_replica_knows_nothing(make: MakeReplicaStore) -> None:
    """A fresh store answers every key with nothing."""
    store = make()
    image = store.boot(frozenset({"link"}))
    rows = (image.streams, image.outbox, image.tray, image.orphans, image.cells)
    assert rows == ((), (), (), (), ())
    for key, nothing in (*NOTHING, (ContextKey(GARDEN), ())):
        assert store.load((key,)).get(key) == nothing, key


def check_history_joins_from_below(make: MakeReplicaStore) -> None:
    """Older entries come in ascending order and link to what is held."""
    store = make()
    store.commit(holding(range(5, 8)))
    store.commit(holding(range(2, 5)))
    assert [found.seq for found in entries_of(store, 1, 100, ALL)] == [2, 3, 4, 5, 6, 7]
    assert entries_of(store, 3, 1, ALL) == (entry(3),)


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
    assert entries_of(store, 1, 10, ALL) == ()
    cells = CellsKey(GARDEN, "noun", b"")
    assert store.load((cells,)).get(cells) == ()
    known = KnownKey(entry(1, GARDEN.hex()).event_id)
    assert store.load((known,)).get(known) is None
    kept = CellsKey(CELLAR, "noun", b"")
    assert len(store.load((kept,)).get(kept)) == 1


def check_a_fork_orphans_what_is_above(make: MakeReplicaStore) -> None:
    """Entries above the fork become orphans; the stream's cells go, to be folded anew."""
    store = make()
    store.commit(holding(range(1, 6)))
    store.commit(ReplicaTransaction(cells={(GARDEN, "noun", b"key"): Cell(4, "old")}))
    store.commit(
        ReplicaTransaction(
            orphaned=[(GARDEN, 3)],
            cells={(GARDEN, "noun", b"key"): Cell(2, "anew")},
            orphans={entry(5).event_id: None},
        )
    )
    assert [found.seq for found in entries_of(store, 1, 10, ALL)] == [1, 2, 3]
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


def check_a_log_has_no_hole(make: MakeReplicaStore) -> None:
    """Entries that join neither end of what is held are refused with all beside them."""
    store = make()
    store.commit(holding(range(5, 8)))
    for wrong in ((3,), (9,), (6,), (8, 10), (2, 4), (4, 4), (4, 8, 8)):
        before = store.boot(frozenset())
        hole = ReplicaTransaction(
            purges=[CELLAR],
            entries=[(CELLAR, entry(1, "cellar")), *((GARDEN, entry(seq)) for seq in wrong)],
            meta={"name": b"hole"},
        )
        refuses(UsageError, partial(store.commit, hole))
        assert store.boot(frozenset()) == before
        assert [found.seq for found in entries_of(store)] == [5, 6, 7]
        assert entries_of(store, stream=CELLAR) == ()


def check_both_ends_grow_at_once(make: MakeReplicaStore) -> None:
    """One transaction may bring history and news, in any order."""
    store = make()
    store.commit(holding(range(5, 8)))
    seqs = (9, 4, 8, 3)
    store.commit(ReplicaTransaction(entries=[(GARDEN, entry(seq)) for seq in seqs]))
    assert [found.seq for found in entries_of(store)] == [3, 4, 5, 6, 7, 8, 9]


def check_what_was_dropped_may_come_anew(make: MakeReplicaStore) -> None:
    """Drops come first: a log goes on from its fork, or starts elsewhere after a purge."""
    store = make()
    store.commit(holding(range(1, 6)))
    store.commit(ReplicaTransaction(orphaned=[(GARDEN, 3)], entries=[(GARDEN, entry(4, "new"))]))
    assert entries_of(store) == (*map(entry, (1, 2, 3)), entry(4, "new"))
    store.commit(ReplicaTransaction(purges=[GARDEN], entries=[(GARDEN, entry(9))]))
    assert entries_of(store) == (entry(9),)
    store.commit(ReplicaTransaction(orphaned=[(GARDEN, 0)], entries=[(GARDEN, entry(2))]))
    assert entries_of(store) == (entry(2),)
    old = KnownKey(entry(9).event_id)
    assert store.load((old,)).get(old) is None


def check_a_purge_keeps_what_is_ours(make: MakeReplicaStore) -> None:
    """Outbox, tray and orphans of a purged stream stay until they are dropped by name."""
    store = make()
    outbox = OutboxRow(1, 0, GARDEN, entry(1).event_id, b"said", "queued")
    tray = TrayRow(2, GARDEN, entry(2).event_id, b"said", "not_member")
    orphan = OrphanRow(GARDEN, 3, 30, entry(3).event_id, b"said")
    store.commit(
        ReplicaTransaction(outbox={1: outbox}, tray={2: tray}, orphans={entry(3).event_id: orphan})
    )
    store.commit(ReplicaTransaction(purges=[GARDEN]))
    image = store.boot(frozenset())
    assert (image.outbox, image.tray, image.orphans) == ((outbox,), (tray,), (orphan,))
    store.commit(ReplicaTransaction(orphans={entry(3).event_id: None}))
    assert store.boot(frozenset()).orphans == ()


def check_orphans_come_in_slices_by_their_places(make: MakeReplicaStore) -> None:
    """An image has the first slice; after each place stands the next, up to the last orphan."""
    store = make()
    streams = (StreamId(b"u:" + bytes(20)), GARDEN, MODERATION, PEOPLE, CELLAR, DIRECTORY)
    rows = [
        OrphanRow(stream, seq, seq, EventId(bytes((nth + 1, seq)) * 16), b"lost")
        for nth, stream in enumerate(streams)
        for seq in (2, 1)
    ]
    same_place = [
        OrphanRow(GARDEN, 9, 9, EventId(nth.to_bytes(32, "big")), b"lost")
        for nth in range(2 * ORPHANS_AT_ONCE)
    ]
    rows += same_place
    store.commit(ReplicaTransaction(orphans={row.event_id: row for row in rows}))
    rows.sort(key=lambda row: row.place)
    assert store.boot(frozenset()).orphans == tuple(rows[: ORPHANS_AT_ONCE + 1])
    for after in (0, 5, ORPHANS_AT_ONCE, len(rows) - 1):
        key = OrphansKey(rows[after].place)
        beyond = rows[after + 1 : after + 2 + ORPHANS_AT_ONCE]
        assert store.load((key,)).get(key) == tuple(beyond)


def check_a_streams_orphans_are_forgotten_together(make: MakeReplicaStore) -> None:
    """But those that the same transaction writes."""
    store = make()
    rows = [
        OrphanRow(stream, seq, seq, entry(seq, stream.hex()).event_id, b"lost")
        for stream in (GARDEN, CELLAR)
        for seq in (1, 2)
    ]
    store.commit(ReplicaTransaction(orphans={row.event_id: row for row in rows}))
    store.commit(ReplicaTransaction(unoffered=[GARDEN], orphans={rows[0].event_id: rows[0]}))
    assert list(store.boot(frozenset()).orphans) == sorted(
        (rows[0], *rows[2:]), key=lambda row: row.place
    )


def check_an_erased_body_is_gone(make: MakeReplicaStore) -> None:
    """A strip puts other bytes in an event's place, in the same transaction too; no other's."""
    store = make()
    strips = [(GARDEN, seq, b"stub") for seq in (4, 5, 8)]
    store.commit(
        ReplicaTransaction(
            entries=[(GARDEN, entry(seq)) for seq in (5, 6, 7)],
            strips=[*strips, (CELLAR, 5, b"stub")],
        )
    )
    assert [found.event for found in entries_of(store)] == [
        b"stub",
        entry(6).event,
        entry(7).event,
    ]


def check_context_is_kept_beside_the_log(make: MakeReplicaStore) -> None:
    """By its seq, apart from the log, until the log itself holds what stands there."""
    store = make()
    store.commit(holding(range(5, 8)))
    beside = [entry(4), entry(2), entry(3)]
    store.commit(ReplicaTransaction(context=[(GARDEN, found) for found in beside]))
    store.commit(ReplicaTransaction(context=[(GARDEN, entry(3, "anew"))]))
    assert context_of(store) == (entry(2), entry(3, "anew"), entry(4))
    assert context_of(store, CELLAR) == ()
    assert [found.seq for found in entries_of(store)] == [5, 6, 7]
    known = KnownKey(entry(4).event_id)
    assert store.load((known,)).get(known) is None
    store.commit(holding(range(3, 5)))
    assert context_of(store) == (entry(2),)


def check_context_loses_erased_bodies(make: MakeReplicaStore) -> None:
    """A strip reaches what is kept beside the log as well, in the same transaction too."""
    store = make()
    store.commit(ReplicaTransaction(context=[(GARDEN, entry(2))]))
    strips = [(GARDEN, 2, b"stub"), (GARDEN, 3, b"stub"), (GARDEN, 9, b"stub")]
    store.commit(ReplicaTransaction(context=[(GARDEN, entry(3))], strips=strips))
    store.commit(ReplicaTransaction(strips=[(CELLAR, 2, b"other")]))
    assert [found.event for found in context_of(store)] == [b"stub", b"stub"]
    assert [found.event_id for found in context_of(store)] == [
        entry(2).event_id,
        entry(3).event_id,
    ]


def check_context_goes_with_its_stream(make: MakeReplicaStore) -> None:
    """A purge and a fork drop it, and no other stream's."""
    store = make()
    for drop in (ReplicaTransaction(purges=[GARDEN]), ReplicaTransaction(orphaned=[(GARDEN, 0)])):
        store.commit(ReplicaTransaction(context=[(GARDEN, entry(9)), (CELLAR, entry(8))]))
        store.commit(drop)
        assert context_of(store) == ()
        assert context_of(store, CELLAR) == (entry(8),)


def check_random_stories_end_alike(make: MakeReplicaStore) -> None:
    """After random transactions it answers every question as the store in memory does."""
    contract_stories.stories_end_alike(make, ReplicaStory)


CHECKS: Final[tuple[Callable[[MakeReplicaStore], None], ...]] = (
    check_empty_replica_knows_nothing,
    check_history_joins_from_below,
    check_a_log_has_no_hole,
    check_both_ends_grow_at_once,
    check_what_was_dropped_may_come_anew,
    check_a_purge_leaves_nothing,
    check_a_purge_keeps_what_is_ours,
    check_orphans_come_in_slices_by_their_places,
    check_a_streams_orphans_are_forgotten_together,
    check_a_fork_orphans_what_is_above,
    check_an_erased_body_is_gone,
    check_context_is_kept_beside_the_log,
    check_context_loses_erased_bodies,
    check_context_goes_with_its_stream,
    check_what_was_said_is_kept_in_order,
    check_random_stories_end_alike,
)
"""The contract of `ReplicaStore`."""


def check_reopened_it_is_as_it_was(open_again: MakeReplicaStore) -> None:
    """Opened again after each part of a story, one place answers as the store in memory does.

    For stores that outlive their process: each call of `open_again` opens the same place.
    """
    contract_stories.reopened_it_is_as_it_was(open_again, ReplicaStory(STORIES))


def check_without_room_nothing_changes(
    store: ReplicaStore, fill: Callable[[], None], free: Callable[[], None]
) -> None:
    """StoreFull leaves all as it was and readable, and when there is room again, work goes on.

    `fill` makes the empty `store` refuse the next commits for lack of room, `free` ends that.
    """
    story = ReplicaStory(STORIES)
    contract_stories.tell(story, store)
    large = ReplicaTransaction(
        purges=list(story.runs),
        cells={(GARDEN, "noun", b"large"): Cell(1, "x" * 60_000)},
        meta={"large": bytes(1 << 20)},
    )
    contract_stories.without_room_nothing_changes(store, story, large, fill, free)


def context_of(store: ReplicaStore, stream: StreamId = GARDEN) -> tuple[Entry, ...]:
    """What is kept beside a stream's log."""
    key = ContextKey(stream)
    return store.load((key,)).get(key)


def holding(seqs: range) -> ReplicaTransaction:
    """The garden's log, from and to these seqs."""
    return ReplicaTransaction(
        entries=[(GARDEN, entry(seq)) for seq in seqs],
        streams={GARDEN: held(seqs.start, seqs.stop - 1)},
    )
