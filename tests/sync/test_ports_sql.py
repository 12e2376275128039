"""What every SQLite file is, whatever library opens it."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from hobnob_protocol.errors import HobnobError, StoreBroken, StoreFull, UsageError, WorldError
from hobnob_server.store.database import SqliteDatabase
from hobnob_sync.ports_sql import (
    Bracket,
    Row,
    Schema,
    cut_write_ahead_log,
    migrate,
    prepare,
    statements,
    translated,
)

FIRST = Schema(77, "CREATE TABLE plant (name TEXT NOT NULL) STRICT;")
SECOND = Schema(
    77,
    """
    -- Plants; and their beds.
    CREATE TABLE plant (name TEXT NOT NULL, bed INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE bed (number INTEGER NOT NULL PRIMARY KEY) STRICT;
    CREATE INDEX plant_bed ON plant (bed);
    """,
    (
        """
        ALTER TABLE plant ADD COLUMN bed INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE bed (number INTEGER NOT NULL PRIMARY KEY) STRICT;
        CREATE INDEX plant_bed ON plant (bed);
        """,
    ),
)


class Killed(Exception):
    """The process is gone."""


class Dying(SqliteDatabase):
    """A connection whose process is killed before its `fatal`th statement of a script."""

    fatal = 0

    def run(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run it, unless it is time to die."""
        self.fatal -= 1
        if self.fatal == 0:
            raise Killed
        super().run(sql, rows)


def layout(database: SqliteDatabase) -> list[tuple[str, ...]]:
    """All tables and columns, and the version."""
    columns = """
        SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_xinfo(t.name) c
        ORDER BY t.name, c.cid
    """
    return database.query(columns) + database.query("PRAGMA user_version")


def test_a_new_file_gets_the_newest_schema_at_once() -> None:
    """No migration runs where there is nothing to migrate."""
    database = SqliteDatabase(":memory:")
    migrate(database, SECOND)
    assert database.query("PRAGMA user_version") == [(2,)]
    migrate(database, SECOND)
    assert len(layout(database)) == 4


def test_an_old_file_is_migrated_with_what_it_holds() -> None:
    """It ends as a new one would, and keeps its rows."""
    old, new = SqliteDatabase(":memory:"), SqliteDatabase(":memory:")
    migrate(old, FIRST)
    old.run("INSERT INTO plant (name) VALUES (?)", [("fern",)])
    migrate(old, SECOND)
    migrate(new, SECOND)
    assert layout(old) == layout(new)
    assert old.query("SELECT name, bed FROM plant") == [("fern", 0)]


@pytest.mark.parametrize("fatal", range(1, 7))
def test_a_migration_killed_half_way_leaves_the_old_or_the_new(fatal: int, tmp_path: Path) -> None:
    """Killed before any of its statements (sync.md §5 row 27): never between."""
    path = str(tmp_path / "db")
    old = SqliteDatabase(path)
    migrate(old, FIRST)
    before = layout(old)
    old.close()
    dying = Dying(path)
    dying.fatal = fatal
    if fatal < 6:
        with pytest.raises(Killed):
            migrate(dying, SECOND)
    else:
        migrate(dying, SECOND)
    dying.close()
    again = SqliteDatabase(path)
    assert (layout(again) == before) is (fatal < 6)
    migrate(again, SECOND)
    assert again.query("PRAGMA user_version") == [(2,)]
    again.close()


def test_a_newer_file_is_refused_and_left() -> None:
    """Its version is named, and what to do."""
    database = SqliteDatabase(":memory:")
    migrate(database, SECOND)
    with pytest.raises(StoreBroken, match=r"schema 2.*upgrade"):
        prepare(database, FIRST, "FULL")
    assert database.query("PRAGMA user_version") == [(2,)]


@pytest.mark.parametrize(
    "theirs", ["CREATE TABLE t (x)", "PRAGMA user_version = 1", "PRAGMA application_id = 5"]
)
def test_another_programs_file_is_refused_and_left(theirs: str, tmp_path: Path) -> None:
    """Not a byte of it changes, not even how it is written."""
    path = tmp_path / "db"
    foreign = sqlite3.connect(path)
    foreign.execute(theirs)
    foreign.close()
    before = path.read_bytes()
    database = SqliteDatabase(str(path))
    with pytest.raises(StoreBroken, match="left as it is"):
        prepare(database, FIRST, "FULL")
    database.close()
    assert path.read_bytes() == before


def test_durability_has_two_names() -> None:
    """Anything but FULL and NORMAL is a bug of the caller, found before the file is touched."""
    with pytest.raises(UsageError, match="FULL or NORMAL"):
        prepare(SqliteDatabase(":memory:"), FIRST, "OFF")


class Late(SqliteDatabase):
    """A connection that is overtaken by another process just before it takes the lock."""

    other: SqliteDatabase

    def transaction(self):  # type: ignore[no-untyped-def]  # as in the base
        """Let the other go first."""
        migrate(self.other, SECOND)
        return super().transaction()


def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    """The one that comes second finds it done."""
    path = str(tmp_path / "db")
    old = SqliteDatabase(path)
    migrate(old, FIRST)
    late = Late(path)
    late.other = old
    migrate(late, SECOND)
    assert late.query("PRAGMA user_version") == [(2,)]
    late.close()
    old.close()


def test_a_script_is_taken_apart_at_its_semicolons() -> None:
    """Comments are no part of it, nor is emptiness."""
    assert statements("-- one; two\nA (x); -- three\n\nB\n(y);\n;") == ["A (x)", "B\n(y)"]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (sqlite3.SQLITE_FULL, StoreFull),
        (sqlite3.SQLITE_IOERR, StoreFull),
        (sqlite3.SQLITE_IOERR_WRITE, StoreFull),
        (sqlite3.SQLITE_BUSY, StoreFull),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreFull),
        (sqlite3.SQLITE_LOCKED, StoreFull),
        (sqlite3.SQLITE_NOMEM, StoreFull),
        (sqlite3.SQLITE_READONLY, StoreFull),
        (sqlite3.SQLITE_PROTOCOL, StoreFull),
        (sqlite3.SQLITE_CORRUPT, StoreBroken),
        (sqlite3.SQLITE_CORRUPT_INDEX, StoreBroken),
        (sqlite3.SQLITE_NOTADB, StoreBroken),
        (sqlite3.SQLITE_FORMAT, StoreBroken),
        (sqlite3.SQLITE_IOERR_DATA, StoreBroken),
        (sqlite3.SQLITE_IOERR_CORRUPTFS, StoreBroken),
        (sqlite3.SQLITE_CANTOPEN, WorldError),
        (sqlite3.SQLITE_PERM, WorldError),
        (sqlite3.SQLITE_AUTH, WorldError),
        (sqlite3.SQLITE_INTERRUPT, WorldError),
        (sqlite3.SQLITE_NOLFS, WorldError),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, UsageError),
        (sqlite3.SQLITE_MISUSE, UsageError),
        (sqlite3.SQLITE_ERROR, UsageError),
        (0, UsageError),
    ],
)
def test_each_result_code_says_whose_fault_it_is(code: int, error: type[HobnobError]) -> None:
    """The disk's, the file's, the world's or ours, by the primary code where no other is named."""
    found = translated(code, "what SQLite said")
    assert type(found) is error
    assert str(found) == "what SQLite said"


def test_a_rollback_that_fails_does_not_hide_why() -> None:
    """The first error is the one that is raised."""
    said: list[str] = []

    def execute(sql: str) -> None:
        said.append(sql)
        if sql == "ROLLBACK":
            raise StoreFull("again")

    with pytest.raises(Killed), Bracket("BEGIN", execute, lambda: True):
        raise Killed
    assert said == ["BEGIN", "ROLLBACK"]


@pytest.mark.parametrize("still_open", [True, False])
def test_a_commit_that_fails_is_undone(still_open: bool) -> None:
    """Unless SQLite has undone it already, it is rolled back."""
    said: list[str] = []

    def execute(sql: str) -> None:
        said.append(sql)
        if sql == "COMMIT":
            raise StoreFull("no room")

    with pytest.raises(StoreFull, match="no room"), Bracket("BEGIN", execute, lambda: still_open):
        pass
    assert said == ["BEGIN", "COMMIT", "ROLLBACK"][: 2 + still_open]


class Unchecked(SqliteDatabase):
    """A connection whose disk has no room to copy the log of writes into the file."""

    error: type[HobnobError] | None = None

    def query(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """Ask, unless it is for that copy."""
        if self.error is not None and "wal_checkpoint" in sql:
            raise self.error("no room")
        return super().query(sql, row)


def test_a_log_of_writes_that_cannot_be_cut_is_cut_another_time(tmp_path: Path) -> None:
    """Nothing that was written is lost by it, so no error says so; how long one waits stays."""
    database = Unchecked(str(tmp_path / "db"))
    prepare(database, FIRST, "FULL")
    before = database.query("PRAGMA busy_timeout")
    database.error = StoreFull
    assert not cut_write_ahead_log(database)
    assert database.query("PRAGMA busy_timeout") == before
    database.error = None
    assert cut_write_ahead_log(database)
    database.error = StoreBroken
    with pytest.raises(StoreBroken):
        cut_write_ahead_log(database)
    database.close()
