"""The five verbs over apsw, whose files may lie in a file system that fails."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import apsw

from hobnob_protocol.errors import HobnobError
from hobnob_sync.ports_sql import READING, WRITING, Bracket, Row, translated

BUSY_MS: Final = 5_000
"""As long as Python's sqlite3 waits for another connection's commit."""


class ApswDatabase:
    """One connection to a file of the file system `vfs` (empty: the system's own)."""

    def __init__(self, path: str, vfs: str = "") -> None:
        try:
            self.raw: Final = apsw.Connection(path, vfs=vfs or None)
            self.raw.set_busy_timeout(BUSY_MS)
        except apsw.Error as broken:
            raise _translated(broken) from broken

    def transaction(self) -> AbstractContextManager[object]:
        """A block that writes."""
        return Bracket(WRITING, self.query, lambda: self.raw.in_transaction)

    def snapshot(self) -> AbstractContextManager[object]:
        """A block that reads one state; inside a transaction that state is the transaction's."""
        if self.raw.in_transaction:
            return nullcontext()
        return Bracket(READING, self.query, lambda: self.raw.in_transaction)

    def run(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each row of parameters."""
        for row in rows:
            self.query(sql, row)

    def query(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """All rows of one query."""
        try:
            # Its types name a class of Python 3.12's; with 3.11 they are partly unknown.
            raw: Any = self.raw
            return list(raw.execute(sql, tuple(row)))
        except apsw.Error as broken:
            raise _translated(broken) from broken

    def close(self) -> None:
        """Let go of the file."""
        self.raw.close()


def _translated(broken: apsw.Error) -> HobnobError:
    return translated(getattr(broken, "extendedresult", 0), str(broken))
