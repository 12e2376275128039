"""One connection to a file, over Python's own sqlite3."""

import sqlite3
from pathlib import Path

import pytest

from hobnob_client.store.database import SqliteDatabase as ReplicaDatabase
from hobnob_protocol.errors import StoreBroken, StoreFull, UsageError, WorldError
from hobnob_server.store.database import SqliteDatabase

BOTH = pytest.mark.parametrize("opened", [SqliteDatabase, ReplicaDatabase])


@BOTH
def test_a_block_that_fails_is_undone(opened: type[SqliteDatabase]) -> None:
    """What a transaction wrote before its error is not there."""
    database = opened(":memory:")
    database.run("CREATE TABLE plant (name TEXT UNIQUE)", [()])
    with pytest.raises(UsageError, match="UNIQUE"), database.transaction():
        database.run("INSERT INTO plant VALUES (?)", [("fern",), ("moss",), ("fern",)])
    assert database.query("SELECT name FROM plant") == []
    with database.transaction():
        database.run("INSERT INTO plant VALUES (?)", [("fern",)])
    assert database.query("SELECT name FROM plant WHERE name = ?", ("fern",)) == [("fern",)]


@BOTH
def test_a_snapshot_stays_while_another_writes(
    opened: type[SqliteDatabase], tmp_path: Path
) -> None:
    """What is read in one block is of one state."""
    one, other = opened(str(tmp_path / "db")), opened(str(tmp_path / "db"))
    one.query("PRAGMA journal_mode = WAL")
    one.run("CREATE TABLE plant (name TEXT)", [()])
    with one.snapshot():
        assert one.query("SELECT count(*) FROM plant") == [(0,)]
        with other.transaction():
            other.run("INSERT INTO plant VALUES (?)", [("fern",)])
        assert one.query("SELECT count(*) FROM plant") == [(0,)]
    assert one.query("SELECT count(*) FROM plant") == [(1,)]
    one.close()
    other.close()


@BOTH
def test_a_busy_file_is_no_broken_one(opened: type[SqliteDatabase], tmp_path: Path) -> None:
    """Where another connection writes for too long, nothing was written: StoreFull."""
    one, other = opened(str(tmp_path / "db")), opened(str(tmp_path / "db"))
    other.query("PRAGMA busy_timeout = 1")
    with one.transaction(), pytest.raises(StoreFull, match="locked"), other.transaction():
        raise AssertionError("both write")
    one.close()
    other.close()


@BOTH
def test_a_file_that_is_no_database_is_broken(opened: type[SqliteDatabase], tmp_path: Path) -> None:
    """Foreign bytes are StoreBroken at the first look."""
    (tmp_path / "db").write_bytes(b"not a database " * 500)
    database = opened(str(tmp_path / "db"))
    with pytest.raises(StoreBroken):
        database.query("PRAGMA user_version")
    database.close()


@BOTH
def test_a_folder_that_is_not_there_is_the_worlds_fault(
    opened: type[SqliteDatabase], tmp_path: Path
) -> None:
    """Neither full nor broken: out of reach."""
    with pytest.raises(WorldError) as missing:
        opened(str(tmp_path / "nowhere" / "db"))
    assert type(missing.value) is WorldError
    assert isinstance(missing.value.__cause__, sqlite3.Error)


@BOTH
def test_a_closed_connection_is_a_bug(opened: type[SqliteDatabase]) -> None:
    """Every verb is a UsageError after close."""
    database = opened(":memory:")
    database.close()
    with pytest.raises(UsageError):
        database.query("SELECT 1")
    with pytest.raises(UsageError):
        database.run("SELECT 1", [()])
