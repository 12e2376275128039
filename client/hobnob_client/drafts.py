"""What was begun and not sent, kept on this device, one draft a place; it survives any crash.

A place is a channel, or a thread in it. Drafts are few and read once; writing waits for the disk on
a thread of its own, so that no key does. It is durable when `put` returns (P3). Two processes may
write, the later one stands.
"""

import asyncio
from pathlib import Path
from typing import Final

import aiosqlite

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
_ALL: Final = "SELECT stream, thread, text FROM draft"


class Drafts:
    """The drafts of one profile; begin with `open`."""

    def __init__(
        self, database: aiosqlite.Connection, texts: dict[tuple[StreamId, TargetId | None], str]
    ) -> None:
        self._database = database
        self._texts = texts

    @classmethod
    async def open(cls, path: Path) -> "Drafts":
        """The drafts in a file, made if it is not there."""
        database = await aiosqlite.connect(path, isolation_level=None, timeout=5.0)
        await asyncio.to_thread(path.chmod, 0o600)
        for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", _SCHEMA):
            await database.execute(statement)
        rows = await database.execute_fetchall(_ALL)
        texts = {
            (StreamId(stream), TargetId(thread) if thread else None): str(text)
            for stream, thread, text in rows
        }
        return cls(database, texts)

    async def close(self) -> None:
        """Let go of the file."""
        await self._database.close()

    def get(self, stream: StreamId, thread: TargetId | None) -> str:
        """The draft of a place, "" for none."""
        return self._texts.get((stream, thread), "")

    async def put(self, stream: StreamId, thread: TargetId | None, text: str, at_ms: int) -> None:
        """Keep the draft of a place; nothing but spaces is none."""
        kept = text[:DRAFT_TEXT_MAX] if text.strip() else ""
        if kept == self.get(stream, thread):
            return
        if not kept:
            del self._texts[stream, thread]
            await self._database.execute(_DROP, (stream, thread or b""))
            return
        self._texts[stream, thread] = kept
        await self._database.execute(_PUT, (stream, thread or b"", kept, at_ms))
        await self._database.execute(_TRIM, (DRAFTS_MAX,))
