"""A hub of which only the key is left: its members' replicas fill a new log."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from hobnob_client.engine import Engine
from hobnob_protocol.ids import DIRECTORY, ChannelId, StreamId, channel_stream
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.membership import Join
from hobnob_server import cli
from hobnob_server.control.client import ask
from tests.stories.member import joined, with_role
from tests.stories.process import hub_process
from tests.stories.waiting import BOUND_SECONDS, until
from tests.stories.work import post, settled, texts

ROOM = channel_stream(ChannelId(bytes(range(16))))


@pytest.mark.parametrize("founder", ["first", "last"])
def test_three_replicas_bring_a_lost_hub_back(tmp_path: Path, founder: str) -> None:
    """People, roles, channels and what was said in them, once and for all alike, whoever comes
    first; what was said while there was no hub comes too."""
    path = tmp_path / "hub"

    async def story() -> None:
        async with hub_process(path) as hub:
            members = [await joined(hub, tmp_path, name) for name in ("alice", "bob", "carol")]
            await with_role(hub, "alice", "owner")
            async with AsyncExitStack() as stack:
                engines = [await stack.enter_async_context(m.engine()) for m in members]
                alice, bob, carol = engines
                general = await settled(alice)
                await alice.compose(DIRECTORY, ChannelCreate(ChannelId(ROOM[2:]), "room"))
                await until(lambda: all(each.reader.described(ROOM) for each in engines))
                for engine in (bob, carol):
                    await engine.compose(ROOM, Join())
                for nth, engine in enumerate(engines * 3):
                    await settled(engine)
                    await post(engine, (general, ROOM)[nth % 2], f"word {nth}")
                await until(lambda: all(shown(e, general) == 9 for e in engines))
                for engine in engines:
                    await settled(engine)
                seen = {*texts(alice, general), *texts(alice, ROOM)}
                await hub.kill()
                lose(path)
                await post(carol, general, "is anybody there?")
            assert await asyncio.to_thread(cli.main, ["reseed", "--data", str(path)]) == 0
            await hub.start()
            await asyncio.to_thread(ask, hub.directory.control, "reopen", {})
            async with AsyncExitStack() as stack:
                order = members if founder == "first" else members[::-1]
                engines = [await stack.enter_async_context(m.engine()) for m in order]
                everything = len(seen) + 1
                await until(
                    lambda: all(shown(each, general) == everything for each in engines),
                    BOUND_SECONDS * 4,
                )
                for engine in engines:
                    await settled(engine)
                    assert texts(engine, ROOM) == texts(engines[0], ROOM)
                    assert texts(engine, general) == texts(engines[0], general)
                    said = {*texts(engine, general), *texts(engine, ROOM)}
                    assert said == seen | {"is anybody there?"}
                    assert engine.reader.tray() == ()
                    assert engine.reader.role(members[0].account) == "owner"

    asyncio.run(story())


def shown(engine: Engine, general: StreamId) -> int:
    """How many messages somebody sees."""
    return len(texts(engine, general)) + len(texts(engine, ROOM))


def lose(path: Path) -> None:
    """All but the key."""
    for each in path.iterdir():
        if each.name != "hub.key":
            each.unlink()
