"""What was done to the messages of one channel, folded by the one fold, on a disk.

A hub keeps no cells of what only members show each other, so an export folds them for itself: in
SQLite's own temporary table, which is gone with the process.
"""

import sqlite3
from typing import Final, cast

from hobnob_protocol import codec, nouns
from hobnob_protocol.ids import TargetId
from hobnob_protocol.kind import Fact, Kind, Value
from hobnob_protocol.limits import BODY_BYTES_MAX
from hobnob_sync import fold
from hobnob_sync.keys import Cell
from hobnob_sync.shelf_sql import after_prefix

_SCHEMA: Final = (
    """
    CREATE TABLE cell (
        noun TEXT NOT NULL, key BLOB NOT NULL, seq INTEGER NOT NULL, value BLOB NOT NULL,
        PRIMARY KEY (noun, key)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE marked (target BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID",
)


class Marks:
    """The cells of one channel but its messages' own; also a `fold.merge.Cells`."""

    def __init__(self) -> None:
        self._database: Final = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        for statement in _SCHEMA:
            self._database.execute(statement)
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Let go of it."""
        self._database.close()

    def take(self, kind: Kind, fact: Fact, target: TargetId) -> None:
        """Fold one act on a message."""
        fold.apply(self, kind, fact)
        self._database.execute("INSERT OR IGNORE INTO marked VALUES (?)", (target,))

    def is_marked(self, target: TargetId) -> bool:
        """Was anything done to this message?"""
        query = "SELECT 1 FROM marked WHERE target = ?"
        return self._database.execute(query, (target,)).fetchone() is not None

    def get(self, noun: str, key: bytes) -> Cell | None:
        """One cell."""
        query = "SELECT seq, value FROM cell WHERE noun = ? AND key = ?"
        row = self._database.execute(query, (noun, key)).fetchone()
        return None if row is None else _cell(*row)

    def scan(self, noun: str, prefix: bytes) -> tuple[tuple[bytes, Cell], ...]:
        """The cells of a noun whose key begins with `prefix`, in key order."""
        query = "SELECT key, seq, value FROM cell WHERE noun = ? AND key >= ?"
        place: list[object] = [noun, prefix]
        end = after_prefix(prefix)
        if end is not None:
            query += " AND key < ?"
            place.append(end)
        rows = self._database.execute(f"{query} ORDER BY key", place)
        return tuple((key, _cell(seq, value)) for key, seq, value in rows)

    def put(self, noun: str, key: bytes, cell: Cell) -> None:
        """Write a cell."""
        row = (noun, key, cell.seq, codec.encode(cell.value))
        self._database.execute("INSERT OR REPLACE INTO cell VALUES (?, ?, ?, ?)", row)

    def drop(self, noun: str, key: bytes) -> None:
        """Remove a cell."""
        self._database.execute("DELETE FROM cell WHERE noun = ? AND key = ?", (noun, key))


def _cell(seq: int, value: bytes) -> Cell:
    return Cell(seq, cast("Value", codec.decode(value, 2 * BODY_BYTES_MAX)))


class OneMessage:
    """A message's own cell beside what was done to it: what the views of it look at."""

    def __init__(self, marks: Marks, target: TargetId, own: Cell) -> None:
        self._marks: Final = marks
        self._target: Final = target
        self._own: Final = own

    def get(self, noun: str, key: bytes) -> Cell | None:
        """One cell."""
        if noun == nouns.MESSAGE:
            return self._own if key == self._target else None
        return self._marks.get(noun, key)

    def scan(self, noun: str, prefix: bytes) -> tuple[tuple[bytes, Cell], ...]:
        """Cells under a prefix."""
        if noun == nouns.MESSAGE:
            return ((self._target, self._own),) if self._target.startswith(prefix) else ()
        return self._marks.scan(noun, prefix)
