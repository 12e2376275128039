"""The hub's store on SQLite, beyond the contract that all stores keep."""

import re
from pathlib import Path

import pytest

from hobnob_protocol.errors import StoreBroken
from hobnob_server.store import SqliteEventStore, sqlite
from hobnob_server.store.database import SqliteDatabase
from hobnob_server.store.sqlite import SCHEMA
from hobnob_sync import shelf_sql
from hobnob_sync.ports import HubTransaction
from hobnob_sync.ports_sql import Schema, migrate, prepare
from hobnob_sync.testing.scene import GARDEN, entry

FIRST = (Path(__file__).parent / "schema_1.sql").read_text()


def test_the_first_schema_migrates_to_the_present_one() -> None:
    """A database of the first version becomes what a new one is."""
    old, new = SqliteDatabase(":memory:"), SqliteDatabase(":memory:")
    migrate(old, Schema(SCHEMA.application_id, FIRST))
    migrate(old, SCHEMA)
    migrate(new, SCHEMA)
    listed = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    assert old.query(listed) == new.query(listed)


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
        lists = {"SCAN place", "SCAN root", "SCAN wanted", "SCAN CONSTANT ROW"}
        brought = {f"SCAN {count} CONSTANT ROWS" for count in (2, shelf_sql.MANY)}
        assert set(walks) <= lists | brought, name


def test_what_goes_beside_a_page_is_found_by_its_place() -> None:
    """Not by reading all that is older than the page: history would get dearer with its length."""
    database = SqliteDatabase(":memory:")
    SqliteEventStore(database)
    plan = database.query(f"EXPLAIN QUERY PLAN {sqlite.ROOTS}", (None,) * 6)
    of_log = [step for *_, step in plan if step.startswith("SEARCH log")]
    assert of_log == ["SEARCH log USING PRIMARY KEY (stream=? AND seq=?)"]


def test_a_newcomer_is_counted_for_without_reading_messages() -> None:
    """All that was ever said is unread to them: its index is read, and no table."""
    database = SqliteDatabase(":memory:")
    SqliteEventStore(database)
    (*_, unread), *_ = database.query(f"EXPLAIN QUERY PLAN {sqlite.UNREAD}", (None,) * 3)
    assert unread == "SEARCH target USING COVERING INDEX target_seq (stream=? AND seq>?)"
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


def test_an_erased_body_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    """After a strip and a close its bytes are nowhere."""
    path = tmp_path / "hub"
    store = SqliteEventStore.open(str(path))
    store.commit(HubTransaction(entries=[(GARDEN, entry(1, "a secret"))]))
    store.commit(HubTransaction(strips=[(GARDEN, 1, b"stub")]))
    store.close()
    assert b"a secret" not in path.read_bytes()
