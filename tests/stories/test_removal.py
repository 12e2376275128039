"""Removed from a channel while offline: what was unsent is kept in the tray, all else is gone."""

import asyncio
from pathlib import Path

from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Kick
from tests.stories.member import Member, joined, with_role
from tests.stories.process import hub_process
from tests.stories.waiting import BOUND_SECONDS, until
from tests.stories.work import post, settled, texts


def test_who_is_removed_while_offline_keeps_only_their_own_words(tmp_path: Path) -> None:
    """Posts that were never sent lie in the tray with the reason and nobody hears of them; of the
    channel no byte is left in the file, and none that was said after the removal ever came."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice, bob = await joined(hub, tmp_path, "alice"), await joined(hub, tmp_path, "bob")
            await with_role(hub, "alice", "moderator")
            async with alice.engine() as engine, bob.engine() as other:
                stream = await settled(engine)
                await post(engine, stream, "what all may read")
                await until(lambda: texts(other, stream) == ["what all may read"])
            await unsent(bob, stream)
            async with alice.engine() as engine:
                await settled(engine)
                await engine.compose(stream, Kick(bob.account, "go and cool down"))
                await post(engine, stream, "what others say behind a back")
                await settled(engine)
                before = texts(engine, stream)
            async with bob.engine() as other, asyncio.timeout(BOUND_SECONDS):
                await other.until(lambda progress: progress.settled)
                assert stream not in other.reader.streams()
                assert [row.code for row in other.reader.tray()] == ["not_member"] * 2
                assert other.reader.outbox() == ()
            async with alice.engine() as engine:
                await settled(engine)
                assert texts(engine, stream) == before
        left = bob.profile.replica.read_bytes()
        assert b"what all may read" not in left
        assert b"behind a back" not in left
        assert b"still mine, 1" in left

    asyncio.run(story())


async def unsent(bob: Member, stream: StreamId) -> None:
    """Two posts without the network."""
    async with bob.engine(connect=False) as offline:
        for nth in range(2):
            await offline.compose(stream, Post(f"still mine, {nth}"))
        assert len(offline.reader.outbox()) == 2
