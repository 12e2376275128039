"""Searching: what is indexed follows the log."""

import asyncio
from pathlib import Path

from hobnob_client.engine import Engine
from hobnob_protocol.ids import target_of
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from tests.client.member import WAIT_SECONDS, general, join_general, newcomer, says, settled
from tests.client.small_hub import SmallHub


def test_the_index_follows_what_is_said(tmp_path: Path) -> None:
    """A post is found, an edit replaces it, a withdrawal removes it."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            said = await alice.compose(general(alice), Post("the wheel is round"))
            await _found(alice, "wheel", ["the wheel is round"])
            target = target_of(said.event_id)
            await alice.compose(general(alice), Edit(target, "the disc is round"))
            await _found(alice, "disc", ["the disc is round"])
            assert alice.reader.search("wheel", 50) == ()
            await alice.compose(general(alice), Delete(target))
            await _found(alice, "disc", [])

    asyncio.run(story())


def test_what_others_wrote_is_kept_safe_to_show(tmp_path: Path) -> None:
    """A hit's text passes no terminal a control."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            await says(alice, "turned\u202earound")
            await _found(alice, "turned", ["turned\ufffdaround"])

    asyncio.run(story())


def test_history_is_indexed_behind_the_pages(tmp_path: Path) -> None:
    """Everything that is held is found in the end, old and new."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            await says(alice, *(f"wheel {nth}" for nth in range(120)))
            await settled(alice)
            async with newcomer(hub, tmp_path, "bob").engine() as bob:
                await _found(bob, "wheel", [f"wheel {nth}" for nth in reversed(range(120))])

    asyncio.run(story())


async def _found(engine: Engine, query: str, texts: list[str]) -> None:
    await settled(engine)
    async with asyncio.timeout(WAIT_SECONDS):
        await engine.until(lambda progress: progress.complete)
        await engine.indexed()
    assert [hit.text for hit in engine.reader.search(f"{query} ", 200)] == texts
