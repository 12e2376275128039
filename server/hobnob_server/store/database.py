"""The five verbs over Python's own sqlite3."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Final

from hobnob_protocol.errors import HobnobError
from hobnob_sync.ports_sql import READING, WRITING, Bracket, Row, translated


class SqliteDatabase:
    """One connection to a file, or to memory where the path is ":memory:"."""

    def __init__(self, path: str) -> None:
        try:
            self.raw: Final = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as broken:
            raise _translated(broken) from broken

    def transaction(self) -> AbstractContextManager[object]:
        """A block that writes: durable when it ends, undone where it or its end raises."""
        return Bracket(WRITING, self.query, lambda: self.raw.in_transaction)

    def snapshot(self) -> AbstractContextManager[object]:
        """A block that reads one state."""
        return Bracket(READING, self.query, lambda: self.raw.in_transaction)

    def run(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each row of parameters."""
        many = tuple(rows)
        if not many:
            # Most of what a commit may hold it does not: to prepare a statement costs, too.
            return
        try:
            if "?" in sql:
                # All rows in one call, which the module allows for what changes rows only.
                self.raw.executemany(sql, many)
            else:
                for _ in many:
                    self.raw.execute(sql)
        except sqlite3.Error as broken:
            raise _translated(broken) from broken

    def query(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """All rows of one query."""
        try:
            return self.raw.execute(sql, tuple(row)).fetchall()
        except sqlite3.Error as broken:
            raise _translated(broken) from broken

    def close(self) -> None:
        """Let go of the file."""
        self.raw.close()


def _translated(broken: sqlite3.Error) -> HobnobError:
    # Errors of the module itself, as of a closed connection, carry no code: 0 is a UsageError.
    return translated(getattr(broken, "sqlite_errorcode", 0), str(broken))
