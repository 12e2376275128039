"""A draft is on the disk when it was kept, one a place, whatever dies afterwards."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

from hobnob_client.drafts import DRAFT_TEXT_MAX, DRAFTS_MAX, Drafts
from hobnob_protocol.ids import StreamId, TargetId

GARDEN = StreamId(b"c:" + b"g" * 16)
ROOT = TargetId(b"r" * 16)


def with_drafts(path: Path, act: Callable[[Drafts], Awaitable[None]]) -> None:
    """Open, act, close."""

    async def run() -> None:
        drafts = await Drafts.open(path)
        try:
            await act(drafts)
        finally:
            await drafts.close()

    asyncio.run(run())


def kept(path: Path) -> list[tuple[str, int]]:
    """What another process finds in the file: texts and times, the oldest first."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT text, at_ms FROM draft ORDER BY at_ms").fetchall()


def test_each_place_has_its_own_draft(tmp_path: Path) -> None:
    """A channel and its threads; on the disk at once, and there after a restart."""
    path = tmp_path / "drafts.db"

    async def write(drafts: Drafts) -> None:
        await drafts.put(GARDEN, None, "in the channel", 1)
        await drafts.put(GARDEN, ROOT, "in the thread", 2)
        assert kept(path) == [("in the channel", 1), ("in the thread", 2)]

    async def read(drafts: Drafts) -> None:
        assert drafts.get(GARDEN, None) == "in the channel"
        assert drafts.get(GARDEN, ROOT) == "in the thread"

    with_drafts(path, write)
    with_drafts(path, read)


def test_an_empty_draft_is_none(tmp_path: Path) -> None:
    """Once the text is gone, so is the draft."""
    path = tmp_path / "drafts.db"

    async def write(drafts: Drafts) -> None:
        await drafts.put(GARDEN, None, "hello", 1)
        await drafts.put(GARDEN, None, " \n", 2)
        await drafts.put(GARDEN, ROOT, "", 3)
        assert drafts.get(GARDEN, None) == ""

    with_drafts(path, write)
    assert kept(path) == []


def test_a_draft_that_has_not_changed_is_not_written_again(tmp_path: Path) -> None:
    """It keeps its time."""
    path = tmp_path / "drafts.db"

    async def write(drafts: Drafts) -> None:
        await drafts.put(GARDEN, None, "hello", 1)
        await drafts.put(GARDEN, None, "hello", 2)

    with_drafts(path, write)
    assert kept(path) == [("hello", 1)]


def test_drafts_are_bounded_and_private(tmp_path: Path) -> None:
    """In number and length; the file is nobody else's."""
    path = tmp_path / "drafts.db"

    async def write(drafts: Drafts) -> None:
        for nth in range(DRAFTS_MAX + 1):
            stream = StreamId(b"c:" + nth.to_bytes(16, "big"))
            await drafts.put(stream, None, "x" * (DRAFT_TEXT_MAX + 1), nth)

    with_drafts(path, write)
    found = kept(path)
    assert len(found) == DRAFTS_MAX
    assert found[0][1] == 1
    assert {len(text) for text, _ in found} == {DRAFT_TEXT_MAX}
    assert path.stat().st_mode & 0o077 == 0
