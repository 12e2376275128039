"""What of a source is in the log already, by the ids there: asked for every record, so on a disk.

The table is SQLite's own temporary one: it is in memory while it is small, in a file that has no
name once it is not, and gone with the process. It is made from the log anew at each import.
"""

import sqlite3
from dataclasses import dataclass
from typing import Final

from hobnob_protocol.ids import TargetId

_SCHEMA: Final = (
    """
    CREATE TABLE said (
        id TEXT NOT NULL PRIMARY KEY, target BLOB NOT NULL, thread BLOB, stands_in INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE topic (
        channel TEXT NOT NULL, topic TEXT NOT NULL, target BLOB NOT NULL,
        PRIMARY KEY (channel, topic)
    ) STRICT, WITHOUT ROWID
    """,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A message in the log: its target, the root of the thread it is in (None for a root), and
    whether it only stands in for a record that the archive lacks."""

    target: TargetId
    thread: TargetId | None
    stands_in: bool


class SaidBefore:
    """The messages and topics of one source."""

    def __init__(self) -> None:
        self._database: Final = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768"):
            self._database.execute(f"PRAGMA {pragma}")
        for statement in _SCHEMA:
            self._database.execute(statement)
        # One transaction that never ends: nothing here outlives the process.
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Let go of it."""
        self._database.close()

    def put(self, source_id: str, said: Said) -> None:
        """A message is there; a later one of the same id takes its place."""
        row = (source_id, said.target, said.thread, said.stands_in)
        self._database.execute("INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?)", row)

    def get(self, source_id: str) -> Said | None:
        """The message of this id."""
        query = "SELECT target, thread, stands_in FROM said WHERE id = ?"
        row = self._database.execute(query, (source_id,)).fetchone()
        return None if row is None else Said(row[0], row[1], bool(row[2]))

    def put_topic(self, channel: str, topic: str, root: TargetId) -> None:
        """A topic begins with this message, unless it began before."""
        row = (channel, topic, root)
        self._database.execute("INSERT OR IGNORE INTO topic VALUES (?, ?, ?)", row)

    def topic(self, channel: str, topic: str) -> TargetId | None:
        """The first message of a topic."""
        query = "SELECT target FROM topic WHERE channel = ? AND topic = ?"
        row = self._database.execute(query, (channel, topic)).fetchone()
        return None if row is None else row[0]
