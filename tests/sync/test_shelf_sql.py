"""The tables both SQLite stores have alike, at their edges."""

import pytest

from hobnob_client.store import open_memory_sqlite
from hobnob_protocol.errors import StoreBroken, UsageError
from hobnob_server.store import SqliteEventStore
from hobnob_server.store import open_memory_sqlite as open_memory_hub
from hobnob_server.store.database import SqliteDatabase
from hobnob_sync.ports import (
    Cell,
    CellKey,
    CellsKey,
    EachCellKey,
    EachCellsKey,
    HubTransaction,
    KnownKey,
    ReplicaTransaction,
)
from hobnob_sync.shelf_sql import CHUNK_ROWS, EACH_MAX, after_prefix
from hobnob_sync.testing.scene import ALL, GARDEN, NOTHING, entries_of, entry


@pytest.mark.parametrize(
    ("prefix", "end"),
    [
        (b"", None),
        (b"\xff", None),
        (b"\xff\xff", None),
        (b"a", b"b"),
        (b"a\xff", b"b"),
        (b"a\xff\xff", b"b"),
        (b"\x00", b"\x01"),
        (b"\xfe\xff", b"\xff"),
        (b"\xff\x00", b"\xff\x01"),
    ],
)
def test_a_prefix_ends_where_the_next_begins(prefix: bytes, end: bytes | None) -> None:
    """At the first key behind all of its own, however many 0xff they end with."""
    assert after_prefix(prefix) == end


@pytest.mark.parametrize("count", [CHUNK_ROWS - 1, CHUNK_ROWS, CHUNK_ROWS + 1, 2 * CHUNK_ROWS])
def test_a_long_range_is_read_whole(count: int) -> None:
    """Pieces join without a hole, at every length around theirs."""
    store = open_memory_sqlite()
    entries = [entry(seq) for seq in range(1, count + 1)]
    store.commit(ReplicaTransaction(entries=[(GARDEN, found) for found in entries]))
    assert entries_of(store) == tuple(entries)
    assert entries_of(store, limit=count - 1) == tuple(entries[:-1])
    assert entries_of(store, limit=0) == ()
    two = len(entries[0].event) + len(entries[1].event)
    assert entries_of(store, size_bytes=two) == tuple(entries[:2])


def test_both_sorts_of_prefix_are_scanned() -> None:
    """Those with an end and those without, each in key order; and meta is put and dropped."""
    store = open_memory_hub()
    names = (b"a", b"ab", b"b", b"\xff")
    cells = {(GARDEN, "noun", name): Cell(1, name) for name in names}
    store.commit(HubTransaction(cells={**cells}, meta={"a": b"1", "b": b""}))
    for prefix, found in ((b"a", names[:2]), (b"", names), (b"\xff", names[3:])):
        key = CellsKey(GARDEN, "noun", prefix)
        assert tuple(name for name, _ in store.load((key,)).get(key)) == found
    assert len(store.boot(frozenset({"noun"})).cells) == 4
    one = CellKey(GARDEN, "noun", b"a")
    store.commit(HubTransaction(cells={(GARDEN, "noun", b"a"): None}, meta={"a": b""}))
    assert store.load((one,)).get(one) is None
    assert dict(store.boot(frozenset()).meta) == {}


@pytest.mark.parametrize("count", [EACH_MAX - 1, EACH_MAX, EACH_MAX + 1, 2 * EACH_MAX + 1])
def test_a_page_of_places_is_looked_up_whole(count: int) -> None:
    """Pieces of a question are one answer, also about what begins with the last of all bytes."""
    store = open_memory_sqlite()
    names = (*(place.to_bytes(4, "big") for place in range(1, count)), b"\xff")
    odd = {(GARDEN, "noun", name + b"!"): Cell(1, name) for name in names[::2]}
    even = {(GARDEN, "noun", name): Cell(2, name) for name in names[1::2]}
    each, under = EachCellKey(GARDEN, "noun", names), EachCellsKey(GARDEN, "noun", names)
    before = store.load((each, under))
    assert (before.get(each), before.get(under)) == ({}, {})
    store.commit(ReplicaTransaction(cells={**odd, **even}))
    loaded = store.load((each, under))
    assert loaded.get(each) == {name: Cell(2, name) for name in names[1::2]}
    assert loaded.get(under) == {
        **{name: ((name + b"!", Cell(1, name)),) for name in names[::2]},
        **{name: ((name, Cell(2, name)),) for name in names[1::2]},
    }


def test_a_rotten_cell_is_the_stores_fault() -> None:
    """Bytes that no longer decode are StoreBroken, never blamed on a peer."""
    database = SqliteDatabase(":memory:")
    store = SqliteEventStore(database)
    database.run("INSERT INTO cell VALUES (?, 'noun', x'00', 1, x'c1')", [(GARDEN,)])
    with pytest.raises(StoreBroken, match="decode"):
        store.load((CellKey(GARDEN, "noun", b"\0"),))


def test_an_empty_shelf_knows_nothing() -> None:
    """Every key both stores know has its answer for what is not there."""
    store = open_memory_hub()
    for key, nothing in NOTHING:
        assert store.load((key,)).get(key) == nothing


def test_a_closed_store_is_a_bug() -> None:
    """After close nothing is answered."""
    store = open_memory_hub()
    store.commit(HubTransaction(entries=[(GARDEN, entry(1))], strips=[(GARDEN, 1, b"stub")]))
    known = KnownKey(entry(1).event_id)
    assert store.load((known,)).get(known) == (GARDEN, 1)
    assert entries_of(store, limit=ALL)[0].event == b"stub"
    store.close()
    with pytest.raises(UsageError):
        store.boot(frozenset())
