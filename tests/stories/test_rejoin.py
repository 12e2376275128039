"""Left and joined again with a later floor, while a device was away: nothing of the absence."""

import asyncio
from pathlib import Path

from hobnob_protocol.ids import DIRECTORY, ChannelId, channel_stream
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.membership import Join, Leave
from tests.stories.member import joined, second_device, with_role
from tests.stories.process import hub_process
from tests.stories.waiting import until
from tests.stories.work import post, settled, texts

ROOM = ChannelId(bytes(range(16)))


def test_a_device_that_was_away_sees_nothing_of_the_absence(tmp_path: Path) -> None:
    """The account leaves and comes back into a channel that shows what is said from the join on:
    its other device, back with the old right, holds what the new one gives and no byte more."""
    stream = channel_stream(ROOM)

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice, desk = await joined(hub, tmp_path, "alice"), await joined(hub, tmp_path, "bob")
            await with_role(hub, "alice", "owner")
            laptop = await second_device(desk, tmp_path / "laptop")
            async with alice.engine() as engine, desk.engine() as bob:
                await settled(engine)
                await engine.compose(DIRECTORY, ChannelCreate(ROOM, "room", history="from_join"))
                await until(lambda: stream in engine.reader.streams())
                await until(lambda: bob.reader.described(stream))
                await bob.compose(stream, Join())
                await until(lambda: stream in bob.reader.streams())
                await post(engine, stream, "said in the first stay")
                async with laptop.engine() as away:
                    await until(lambda: texts(away, stream) == ["said in the first stay"])
                await bob.compose(stream, Leave())
                await until(lambda: stream not in bob.reader.streams())
                await post(engine, stream, "said in the absence")
                await bob.compose(stream, Join())
                await until(lambda: stream in bob.reader.streams())
                await post(engine, stream, "said in the second stay")
                async with laptop.engine() as back:
                    await until(lambda: texts(back, stream) == ["said in the second stay"])
                await until(lambda: texts(bob, stream) == ["said in the second stay"])
        for member in (desk, laptop):
            left = member.profile.replica.read_bytes()
            assert b"said in the absence" not in left
            assert b"said in the first stay" not in left

    asyncio.run(story())


def test_who_asks_for_what_is_so_already_is_told_of_no_refusal(tmp_path: Path) -> None:
    """To join where one has joined, to leave where one has left, as on another device."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice = await joined(hub, tmp_path, "alice")
            async with alice.engine() as engine:
                stream = await settled(engine)
                await engine.compose(stream, Join())
                await until(lambda: not engine.reader.outbox())
                assert stream in engine.reader.streams()
                for _ in range(2):
                    await engine.compose(stream, Leave())
                await until(lambda: not engine.reader.outbox())
                await until(lambda: stream not in engine.reader.streams())
                assert engine.reader.tray() == ()

    asyncio.run(story())
