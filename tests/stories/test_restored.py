"""A hub restored from an hour-old copy: what replicas hold of that hour comes back."""

import asyncio
import sqlite3
from contextlib import AsyncExitStack, closing
from pathlib import Path

from hobnob_client.engine import Engine
from hobnob_protocol.ids import DIRECTORY, ChannelId, StreamId, TargetId, channel_stream, target_of
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.messages import Delete, Edit
from hobnob_protocol.kinds.reactions import React
from hobnob_server.copying import backup, restore
from hobnob_server.datadir import DataDir
from tests.stories.member import Member, joined, with_role
from tests.stories.process import hub_process
from tests.stories.waiting import BOUND_SECONDS, until
from tests.stories.work import post, settled, texts

ROOM = channel_stream(ChannelId(bytes(range(16))))
Seen = tuple[list[str], list[str], list[str]]


def test_the_hour_after_the_backup_comes_back(tmp_path: Path) -> None:
    """Messages, an edit, a withdrawal, a reaction, a channel with what was said in it, and a member
    who joined in that hour; everything once, in a new epoch."""
    path, copy = tmp_path / "hub", tmp_path / "backup.db"

    async def story() -> None:
        async with hub_process(path) as hub:
            members = [await joined(hub, tmp_path, name) for name in ("alice", "bob", "carol")]
            await with_role(hub, "alice", "owner")
            async with AsyncExitStack() as stack:
                alice, bob, carol = [await stack.enter_async_context(m.engine()) for m in members]
                stream = await settled(alice)
                for engine in (bob, carol):
                    await settled(engine)
                await post(alice, stream, "before the backup")
                await until(lambda: texts(bob, stream) == ["before the backup"])
                await asyncio.to_thread(backup, DataDir(path), copy)
                gone = await post(bob, stream, "taken back")
                await bob.compose(stream, Delete(target_of(gone)))
                said = await post(bob, stream, "a word")
                await bob.compose(stream, Edit(target_of(said), "a better word", target_of(said)))
                await until(lambda: "a better word" in texts(carol, stream))
                await carol.compose(stream, React(target_of(said), "🌱"))
                room = ChannelCreate(ChannelId(ROOM[2:]), "room")
                await alice.compose(DIRECTORY, room)
                await until(lambda: ROOM in alice.reader.streams())
                await post(alice, ROOM, "in the new room")
                members.append(await joined(hub, tmp_path, "dave"))
                dave = await stack.enter_async_context(members[3].engine())
                await settled(dave)
                await post(dave, stream, "hello, I am new")
                engines = [alice, bob, carol, dave]
                await until(lambda: all("hello, I am new" in texts(e, stream) for e in engines))
                for engine in engines:
                    await settled(engine)
                seen = looks(alice, stream, target_of(said))
            key = hub.key
            assert await hub.terminate() == 0
            await asyncio.to_thread(restore, DataDir(path), copy, key)
            await hub.start()
            await come_back(members, stream, seen, target_of(said))
        with closing(sqlite3.connect(path / "hub.db")) as log:
            assert log.execute("SELECT count(*) FROM lineage").fetchone() == (2,)

    asyncio.run(story())


def looks(engine: Engine, stream: StreamId, target: TargetId) -> Seen:
    """What somebody sees: the first channel and the new one, in any order, and the reactions."""
    found = engine.reader.message(stream, target)
    assert found is not None
    reactions = [each.emoji for each in engine.reader.reactions(stream, found.target)]
    return sorted(texts(engine, stream)), texts(engine, ROOM), reactions


async def come_back(members: list[Member], stream: StreamId, seen: Seen, said: TargetId) -> None:
    """The owner first, then all: what they saw is there again, nobody is told of any loss."""
    async with AsyncExitStack() as stack:
        engines: list[Engine] = []
        for member in members:
            engine = await stack.enter_async_context(member.engine())
            async with asyncio.timeout(BOUND_SECONDS):
                await engine.until(lambda progress: progress.settled)
            engines.append(engine)
        await until(lambda: looks(engines[0], stream, said) == seen)
        await until(lambda: all(sorted(texts(each, stream)) == seen[0] for each in engines))
        assert len({tuple(texts(engine, stream)) for engine in engines}) == 1
        for engine in engines:
            assert engine.reader.tray() == ()
