"""What was begun and not sent, kept on this device, one draft a place; it survives any crash.

A place is a channel, or a thread in it. Writing is durable when it returns (P3); two processes may
write, the later one stands.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.limits import POST_TEXT_MAX

DRAFT_TEXT_MAX: Final = 4 * POST_TEXT_MAX
"""Longer ones are cut; so much can never be sent in one message."""
DRAFTS_MAX: Final = 500
"""Beyond so many the oldest goes."""

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS draft (
    stream BLOB NOT NULL,
    thread BLOB NOT NULL,
    text TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (stream, thread)
) STRICT, WITHOUT ROWID
"""
_PUT: Final = """
INSERT INTO draft (stream, thread, text, at_ms) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET text = excluded.text, at_ms = excluded.at_ms
"""
_TRIM: Final = """
DELETE FROM draft WHERE (stream, thread) NOT IN (
    SELECT stream, thread FROM draft ORDER BY at_ms DESC LIMIT ?
)
"""
_DROP: Final = "DELETE FROM draft WHERE stream = ? AND thread = ?"
_GET: Final = "SELECT text FROM draft WHERE stream = ? AND thread = ?"
_ALL: Final = "SELECT stream, thread, text, at_ms FROM draft ORDER BY at_ms DESC"


class Drafts:
    """The drafts of one profile."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None, timeout=5.0)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute(_SCHEMA)
        path.chmod(0o600)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def get(self, stream: StreamId, thread: TargetId | None) -> str:
        """The draft of a place, "" for none."""
        with closing(self._database.execute(_GET, (stream, thread or b""))) as rows:
            found = rows.fetchone()
        return "" if found is None else str(found[0])

    def put(self, stream: StreamId, thread: TargetId | None, text: str, at_ms: int) -> None:
        """Keep the draft of a place; nothing but spaces is none."""
        if not text.strip():
            self._database.execute(_DROP, (stream, thread or b""))
            return
        row = (stream, thread or b"", text[:DRAFT_TEXT_MAX], at_ms)
        self._database.execute(_PUT, row)
        self._database.execute(_TRIM, (DRAFTS_MAX,))

    def all(self) -> list[tuple[StreamId, TargetId | None, str, int]]:
        """Every draft with its place and when it was written (ms), the newest first."""
        with closing(self._database.execute(_ALL)) as rows:
            return [
                (StreamId(stream), TargetId(thread) if thread else None, text, at_ms)
                for stream, thread, text, at_ms in rows.fetchall()
            ]
