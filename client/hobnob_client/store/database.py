"""The five verbs over Python's own sqlite3."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from hobnob_protocol.errors import HobnobError
from hobnob_sync.ports_sql import READING, WRITING, Bracket, Row, translated

STATEMENTS_MAX: Final = 48
"""Statements that a connection keeps ready, some 14 kB each: of the 120 that a screen's has asked
most are asked seldom. One in 190 is made anew; with Python's own 128 it would be one in 245."""
_STEPS: Final = 10_000
"""Of SQLite's own machine: well under a millisecond."""
_QUOTED: Final = str.maketrans({"%": "%25", "?": "%3f", "#": "%23"})
"""What has a meaning of its own in the URI of a file."""


class SqliteDatabase:
    """One connection to a file, or to memory where the path is ":memory:".

    One that is `read_only` makes no file and changes none.
    """

    def __init__(self, path: str, *, read_only: bool = False) -> None:
        place = f"file:{path.translate(_QUOTED)}?mode=ro" if read_only else path
        try:
            self.raw: Final = sqlite3.connect(
                place,
                isolation_level=None,
                check_same_thread=False,
                uri=read_only,
                cached_statements=STATEMENTS_MAX,
            )
        except sqlite3.Error as broken:
            raise _translated(broken) from broken

    def transaction(self) -> AbstractContextManager[object]:
        """A block that writes: durable when it ends, undone where it or its end raises."""
        return Bracket(WRITING, self.query, lambda: self.raw.in_transaction)

    def snapshot(self) -> AbstractContextManager[object]:
        """A block that reads one state; inside a transaction that state is the transaction's."""
        if self.raw.in_transaction:
            return nullcontext()
        return Bracket(READING, self.query, lambda: self.raw.in_transaction)

    def run(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each row of parameters."""
        many = tuple(rows)
        if not many:
            # Most of what a transaction may hold it does not: to prepare a statement costs, too.
            return
        try:
            self.raw.executemany(sql, many)
        except sqlite3.Error as broken:
            raise _translated(broken) from broken

    def query(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """All rows of one query."""
        try:
            return self.raw.execute(sql, tuple(row)).fetchall()
        except sqlite3.Error as broken:
            raise _translated(broken) from broken

    def heed(self, given_up: Callable[[], bool]) -> None:
        """Ask now and then, while something is asked, whether it is given up: it ends with an
        error."""
        self.raw.set_progress_handler(given_up, _STEPS)

    def close(self) -> None:
        """Let go of the file."""
        self.raw.close()


def _translated(broken: sqlite3.Error) -> HobnobError:
    # Errors of the module itself, as of a closed connection, carry no code: 0 is a UsageError.
    return translated(getattr(broken, "sqlite_errorcode", 0), str(broken))
