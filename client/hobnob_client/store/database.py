"""The five verbs over Python's own sqlite3, as durable as its user asks."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from hobnob_protocol.errors import StoreBroken, StoreFull, UsageError, WorldError
from hobnob_sync.ports_sql import Row

PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA foreign_keys = ON",
)
"""What is erased is overwritten; a foreign file's schema is not trusted."""
FULL: Final = "FULL"
"""Durable at each commit: for what a person has composed."""
NORMAL: Final = "NORMAL"
"""Consistent after a power cut, which may undo the last commits: for what can be pulled again."""

_NO_ROOM: Final = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


class SqliteDatabase:
    """One connection to a file, or to memory where the path is ":memory:"."""

    def __init__(self, path: str, synchronous: str = FULL) -> None:
        self.raw: Final = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        if synchronous not in (FULL, NORMAL):
            raise UsageError(f"synchronous is {FULL} or {NORMAL}")
        for pragma in (*PRAGMAS, f"PRAGMA synchronous = {synchronous}"):
            self.query(pragma)

    def begin(self) -> None:
        """Start a transaction that writes."""
        self.run("BEGIN IMMEDIATE", [()])

    def commit(self) -> None:
        """End it, durable."""
        self.run("COMMIT", [()])

    def rollback(self) -> None:
        """Undo it; where SQLite has already done so, nothing."""
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    def run(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each row of parameters."""
        try:
            for row in rows:
                self.raw.execute(sql, tuple(row))
        except sqlite3.DatabaseError as broken:
            raise _translated(broken) from broken

    def query(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """All rows of one query."""
        try:
            return self.raw.execute(sql, tuple(row)).fetchall()
        except sqlite3.DatabaseError as broken:
            raise _translated(broken) from broken

    def close(self) -> None:
        """Let go of the file."""
        self.raw.close()


def _translated(broken: sqlite3.DatabaseError) -> WorldError:
    code = getattr(broken, "sqlite_errorcode", 0) & 0xFF
    return StoreFull(str(broken)) if code in _NO_ROOM else StoreBroken(str(broken))
