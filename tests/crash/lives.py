"""Processes that are killed and started again, and what they have left in their files."""

import asyncio
import signal
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, Process
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from hobnob_client.paths import Profile
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol.errors import HobnobError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import Head, StreamId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD

Heads: TypeAlias = dict[StreamId, tuple[int, Head]]


class Life:
    """One program on one profile."""

    def __init__(self, program: str, directory: Path) -> None:
        self.directory = directory
        self._program = program
        self._process: Process | None = None
        self.kills = 0

    @property
    def lives(self) -> bool:
        """Is it running?"""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Begin, or begin again."""
        with (self.directory / "stderr").open("ab") as talk:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", self._program, str(self.directory)),
                stdout=DEVNULL,
                stderr=talk,
            )

    async def kill(self) -> None:
        """As the kernel does it."""
        if self._process is not None and self.lives:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()
            self.kills += 1


@dataclass(frozen=True, slots=True)
class Left:
    """What a replica's file holds."""

    heads: Heads
    waiting: int
    refused: list[str]


def left(directory: Path) -> Left | None:
    """Of a profile; None where there is nothing yet."""
    path = Profile(directory).replica
    if not path.exists():
        return None
    try:
        with closing(SqliteReplicaStore.open_to_read(str(path))) as store:
            image = store.boot(frozenset())
    except HobnobError:
        # It is being made just now.
        return None
    heads: Heads = {row.stream: (row.hi, row.head) for row in image.streams}
    return Left(heads, len(image.outbox), [row.code for row in image.tray])


def hub_heads(database: Path) -> Heads:
    """Where a hub's log stands; the hub may be running."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as hub:
        return {
            row[0]: (row[1], row[2]) for row in hub.execute("SELECT stream, seq, head FROM stream")
        }


def hub_posts(database: Path) -> list[str]:
    """The texts of all posts in all channels, in the log's order."""
    found: list[str] = []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as hub:
        for (data,) in hub.execute("SELECT event FROM log ORDER BY stream, seq"):
            event = decode_event(data)
            body = STANDARD.decode(event.header.kind, event.body) if event.body else None
            if isinstance(body, Post):
                found.append(body.text)
    return found


def hub_epochs(database: Path) -> int:
    """How many lives the log has had."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as hub:
        epochs: int = hub.execute("SELECT count(*) FROM lineage").fetchone()[0]
        return epochs
