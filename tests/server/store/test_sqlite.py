"""The hub's store on SQLite, beyond the contract that all stores keep."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from hobnob_protocol.errors import StoreBroken, StoreFull
from hobnob_server.store import SqliteEventStore, sqlite
from hobnob_server.store.database import SqliteDatabase
from hobnob_server.store.sqlite import SCHEMA
from hobnob_sync import shelf_sql
from hobnob_sync.ports import (
    HubTransaction,
    RootsKey,
    StreamRow,
    Target,
    TargetKey,
    UnreadKey,
)
from hobnob_sync.ports_sql import FULL, Row, Schema, migrate, prepare
from hobnob_sync.shelf_sql import log_row
from hobnob_sync.testing.scene import ALICE, BOB, GARDEN, entry, target

PAGE_BYTES, FRAME_BYTES = 4_096, 24
"""Of the write-ahead log: what a page that was changed takes there."""

FIRST = (Path(__file__).parent / "schema_1.sql").read_text()


def test_the_first_schema_migrates_to_the_present_one() -> None:
    """A database of the first version becomes what a new one is."""
    old, new = SqliteDatabase(":memory:"), SqliteDatabase(":memory:")
    migrate(old, Schema(SCHEMA.application_id, FIRST))
    migrate(old, SCHEMA)
    migrate(new, SCHEMA)
    listed = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    assert old.query(listed) == new.query(listed)


def test_what_an_older_hub_remembered_of_messages_stays(tmp_path: Path) -> None:
    """Each under its name, with whom it mentions and its thread; what is unread stays that."""
    path = str(tmp_path / "hub")
    old = SqliteDatabase(path)
    prepare(old, Schema(SCHEMA.application_id, FIRST), FULL)
    rows = [log_row(GARDEN, entry(seq)) for seq in (1, 2)]
    old.run("INSERT INTO log (stream, seq, at_ms, id, head, event) VALUES (?, ?, ?, ?, ?, ?)", rows)
    old.run(
        "INSERT INTO target (stream, target, seq, account, kind, thread, live, dead, closed)"
        " VALUES (?, ?, ?, ?, 1, ?, 1, 0, ?)",
        [(GARDEN, target(1), 1, BOB, None, 1), (GARDEN, target(2), 2, BOB, target(1), 0)],
    )
    old.run(
        "INSERT INTO mention (stream, target, place, account) VALUES (?, ?, ?, ?)",
        [(GARDEN, target(2), 0, BOB), (GARDEN, target(2), 1, ALICE)],
    )
    old.close()
    store = SqliteEventStore.open(path)
    first, second = TargetKey(GARDEN, target(1)), TargetKey(GARDEN, target(2))
    unread, roots = UnreadKey(GARDEN, ALICE, 0), RootsKey(GARDEN, 2, 2, 2, 0, 9, 999)
    found = store.load((first, second, unread, roots))
    store.close()
    assert found.get(first) == Target(1, BOB, 1, True, None, closed=True)
    assert found.get(second) == Target(2, BOB, 1, True, target(1), (BOB, ALICE))
    assert found.get(unread) == (2, 1)
    assert found.get(roots) == (entry(1),)


def test_what_is_acknowledged_is_on_the_disk_and_what_is_erased_is_overwritten(
    tmp_path: Path,
) -> None:
    """A write-ahead log synced at each commit, erased pages zeroed, no trust in a file's schema."""
    database = SqliteDatabase(str(tmp_path / "hub"))
    store = SqliteEventStore(database)
    settings = {
        name: database.query(f"PRAGMA {name}")[0][0]
        for name in ("journal_mode", "synchronous", "secure_delete", "trusted_schema")
    }
    store.close()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
    }


def test_a_large_commit_finds_its_pages_in_memory_and_is_not_copied_at_once(tmp_path: Path) -> None:
    """Ids fall anywhere in an index: a thousand messages touch more than SQLite's defaults hold."""
    database = SqliteDatabase(str(tmp_path / "hub"))
    store = SqliteEventStore(database)
    settings = [
        database.query(f"PRAGMA {name}")[0][0] for name in ("cache_size", "wal_autocheckpoint")
    ]
    store.close()
    assert settings == [-sqlite.CACHE_KIB, sqlite.WRITE_AHEAD_PAGES]


def test_a_replicas_file_is_refused_as_it_is(tmp_path: Path) -> None:
    """A file of another sort is not written to."""
    path = tmp_path / "replica"
    database = SqliteDatabase(str(path))
    prepare(database, Schema(1, "CREATE TABLE plant (name TEXT);"), "FULL")
    database.close()
    before = path.read_bytes()
    with pytest.raises(StoreBroken, match="not the one expected"):
        SqliteEventStore.open(str(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize("module", [sqlite, shelf_sql], ids=["sqlite", "shelf_sql"])
def test_no_key_walks_a_table(module: object) -> None:
    """Every query of a key steps down an index; only a boot reads its small tables whole."""
    database = SqliteDatabase(":memory:")
    SqliteEventStore(database)
    boots = {"STREAMS", "DEVICES", "LINEAGE", "FORKS"}
    asked = {
        # As many places as a few keys bring.
        name: sql.replace("IN ({places})", "IN (?, ?)").replace("{places}", "(?, ?), (?, ?)")
        for name, sql in vars(module).items()
        if isinstance(sql, str) and sql.lstrip().startswith(("SELECT", "WITH"))
    }
    assert len(asked.keys() - boots) >= 6
    for name in sorted(asked.keys() - boots):
        numbered = [int(digit) for digit in re.findall(r"\?(\d)", asked[name])]
        parameters = max(numbered, default=asked[name].count("?"))
        plan = database.query(f"EXPLAIN QUERY PLAN {asked[name]}", (None,) * parameters)
        # The list of streams that RESIDENT hops through is made by itself, a row a stream; those
        # of ROOTS, a row a reply of one page; what many keys want is what they bring.
        walks = [step for *_, step in plan if step.startswith("SCAN")]
        lists = {"SCAN place", "SCAN named", "SCAN root", "SCAN wanted", "SCAN CONSTANT ROW"}
        brought = {f"SCAN {count} CONSTANT ROWS" for count in (2, shelf_sql.MANY)}
        assert set(walks) <= lists | brought, name
        # The equal stream alone is no step down, it is all that was said there; to its end it is.
        whole = [step for *_, step in plan if "(stream=?)" in step]
        assert name in ("HELD", "LAST") or not whole, name


def test_a_stream_that_goes_on_costs_one_page(tmp_path: Path) -> None:
    """The index of its number, which never changes, is left alone: each page is written whole."""
    path = tmp_path / "hub.db"
    store = SqliteEventStore.open(str(path))
    log = tmp_path / "hub.db-wal"
    store.commit(HubTransaction(streams={GARDEN: StreamRow(GARDEN, 1, 0, entry(0).head, 0)}))
    before = log.stat().st_size
    store.commit(HubTransaction(streams={GARDEN: StreamRow(GARDEN, 1, 1, entry(1).head, 5)}))
    assert log.stat().st_size - before == PAGE_BYTES + FRAME_BYTES
    store.close()


def test_what_goes_beside_a_page_is_found_by_its_place() -> None:
    """Not by reading all that is older than the page: history would get dearer with its length."""
    database = SqliteDatabase(":memory:")
    SqliteEventStore(database)
    plan = database.query(f"EXPLAIN QUERY PLAN {sqlite.ROOTS}", (None,) * 6)
    of_log = [step for *_, step in plan if step.startswith("SEARCH log")]
    assert of_log == ["SEARCH log USING PRIMARY KEY (stream=? AND seq=?)"]
    # Where the threads begin that are named there: by what their ids begin with.
    of_begun = [step for *_, step in plan if step.startswith("SEARCH begun")]
    assert of_begun == ["SEARCH begun USING COVERING INDEX log_id (id>? AND id<?)"]


def test_a_newcomer_is_counted_for_without_reading_messages() -> None:
    """All that was ever said is unread to them: what is counted lies together, apart from texts."""
    database = SqliteDatabase(":memory:")
    SqliteEventStore(database)
    (*_, unread), *_ = database.query(f"EXPLAIN QUERY PLAN {sqlite.UNREAD}", (None,) * 3)
    assert unread == "SEARCH target USING PRIMARY KEY (stream=? AND seq>?)"
    steps = [
        step for *_, step in database.query(f"EXPLAIN QUERY PLAN {sqlite.MENTIONS}", (None,) * 4)
    ]
    first = next(step for step in steps if step.startswith("SEARCH"))
    assert first.startswith("SEARCH mention USING COVERING INDEX mention_account")


def test_text_and_event_of_a_commit_lie_in_the_file(tmp_path: Path) -> None:
    """Closed, the log is in the one file: no side file is needed to copy it."""
    store = SqliteEventStore.open(str(tmp_path / "hub"))
    store.commit(HubTransaction(entries=[(GARDEN, entry(1))]))
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["hub"]
    assert entry(1).event in (tmp_path / "hub").read_bytes()


def test_an_erased_body_leaves_no_trace_in_any_file(tmp_path: Path) -> None:
    """With the commit that erases it, while the hub runs: neither in the database nor in the log of
    writes beside it."""
    store = SqliteEventStore.open(str(tmp_path / "hub"))
    store.commit(HubTransaction(entries=[(GARDEN, entry(1, "a secret"))]))
    assert b"a secret" in _all_bytes(tmp_path)
    store.commit(HubTransaction(strips=[(GARDEN, 1, b"stub")]))
    assert b"a secret" not in _all_bytes(tmp_path)
    store.close()


def test_who_reads_meanwhile_puts_the_cut_off_and_stops_nothing(tmp_path: Path) -> None:
    """What was erased goes with the next write after they are done."""
    store = SqliteEventStore.open(str(tmp_path / "hub"))
    store.commit(HubTransaction(entries=[(GARDEN, entry(1, "a secret"))]))
    reader = SqliteDatabase(str(tmp_path / "hub"))
    with reader.snapshot():
        reader.query("SELECT count(*) FROM log")
        store.commit(HubTransaction(strips=[(GARDEN, 1, b"stub")]))
        assert b"a secret" in _all_bytes(tmp_path)
    store.commit(HubTransaction(entries=[(GARDEN, entry(2))]))
    assert b"a secret" not in _all_bytes(tmp_path)
    reader.close()
    store.close()


class Unchecked(SqliteDatabase):
    """A connection whose disk may have no room to copy the log of writes into the file."""

    room = True

    def query(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """Ask, unless it is for that copy and there is no room."""
        if "wal_checkpoint" in sql and not self.room:
            raise StoreFull("no room")
        return super().query(sql, row)


def test_a_disk_without_room_to_cut_stops_nothing_that_is_durable(tmp_path: Path) -> None:
    """What was committed is, and no error says otherwise; the next write cuts."""
    database = Unchecked(str(tmp_path / "hub"))
    store = SqliteEventStore(database)
    store.commit(HubTransaction(entries=[(GARDEN, entry(1, "a secret"))]))
    database.room = False
    store.commit(HubTransaction(strips=[(GARDEN, 1, b"stub")]))
    store.commit(HubTransaction(entries=[(GARDEN, entry(2))]))
    assert b"a secret" in _all_bytes(tmp_path)
    database.room = True
    store.commit(HubTransaction(entries=[(GARDEN, entry(3))]))
    assert b"a secret" not in _all_bytes(tmp_path)
    store.close()


def _all_bytes(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.iterdir())
