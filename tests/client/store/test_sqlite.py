"""The replica's store on SQLite, beyond the contract that all stores keep."""

from pathlib import Path

import pytest

from hobnob_client.search import find
from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store.database import SqliteDatabase
from hobnob_client.store.sqlite import SCHEMA
from hobnob_client.texts import Text, TextRows
from hobnob_protocol.errors import StoreBroken, UsageError
from hobnob_sync.ports import ReplicaTransaction
from hobnob_sync.ports_sql import Schema, migrate, prepare
from hobnob_sync.testing.scene import ALICE, GARDEN, entry, target

FIRST = (Path(__file__).parent / "schema_1.sql").read_text()


def test_the_first_schema_migrates_to_the_present_one() -> None:
    """A database of the first version becomes what a new one is."""
    old, new = SqliteDatabase(":memory:"), SqliteDatabase(":memory:")
    migrate(old, Schema(SCHEMA.application_id, FIRST))
    migrate(old, SCHEMA)
    migrate(new, SCHEMA)
    listed = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    assert old.query(listed) == new.query(listed)


def test_texts_are_found_after_the_index_was_made_anew() -> None:
    """The index of words of an older version knew no beginnings of words."""
    database = SqliteDatabase(":memory:")
    for migrations in ((), SCHEMA.migrations[:2]):
        migrate(database, Schema(SCHEMA.application_id, FIRST, migrations))
    TextRows(database).put(GARDEN, [Text(1, target(1), ALICE, b"", "the wheel")])
    migrate(database, SCHEMA)
    assert [hit.text for hit in find(database, "wh", 50)] == ["the wheel"]
    assert database.query("INSERT INTO text_index (text_index) VALUES ('integrity-check')") == []


@pytest.mark.parametrize(("synchronous", "level"), [("FULL", 2), ("NORMAL", 1)])
def test_durability_is_chosen(synchronous: str, level: int, tmp_path: Path) -> None:
    """FULL for what was said, NORMAL for what can be pulled again."""
    database = SqliteDatabase(str(tmp_path / "replica"))
    store = SqliteReplicaStore(database, synchronous)
    assert database.query("PRAGMA synchronous") == [(level,)]
    assert database.query("PRAGMA journal_mode") == [("wal",)]
    assert database.query("PRAGMA secure_delete") == [(1,)]
    store.close()


def test_durability_has_two_names_only(tmp_path: Path) -> None:
    """Anything else is a bug of the caller, and makes no file."""
    with pytest.raises(UsageError, match="FULL or NORMAL"):
        SqliteReplicaStore.open(str(tmp_path / "replica"), "OFF")
    assert not (tmp_path / "replica").exists() or not (tmp_path / "replica").stat().st_size


def test_a_hubs_file_is_refused_as_it_is(tmp_path: Path) -> None:
    """A file of another sort is not written to."""
    path = tmp_path / "hub"
    database = SqliteDatabase(str(path))
    prepare(database, Schema(1, "CREATE TABLE plant (name TEXT);"), "FULL")
    database.close()
    before = path.read_bytes()
    with pytest.raises(StoreBroken, match="not the one expected"):
        SqliteReplicaStore.open(str(path))
    assert path.read_bytes() == before


def test_composing_and_applying_share_a_file(tmp_path: Path) -> None:
    """Two connections of two durabilities see each other's commits."""
    path = str(tmp_path / "replica")
    compose, apply = SqliteReplicaStore.open(path), SqliteReplicaStore.open(path, "NORMAL")
    compose.commit(ReplicaTransaction(meta={"composed": b"1"}))
    apply.commit(ReplicaTransaction(meta={"applied": b"1"}))
    assert dict(compose.boot(frozenset()).meta) == {"applied": b"1", "composed": b"1"}
    compose.close()
    apply.close()


def test_a_purged_stream_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    """After a purge and a close its bytes are nowhere."""
    path = tmp_path / "replica"
    store = SqliteReplicaStore.open(str(path))
    store.commit(ReplicaTransaction(entries=[(GARDEN, entry(1, "a secret"))]))
    store.commit(ReplicaTransaction(purges=[GARDEN]))
    store.close()
    assert b"a secret" not in path.read_bytes()
