"""Members at their shells: the network comes and goes, processes die, nothing is lost."""

import asyncio
import random
from pathlib import Path

from hobnob_client.engine import Engine
from hobnob_protocol.ids import StreamId, target_of
from hobnob_protocol.kinds.messages import Edit, Post
from hobnob_sync.views.message import Message
from tests.stories.member import Member, joined, kill, second_device
from tests.stories.process import HubProcess, hub_process
from tests.stories.waiting import BOUND_SECONDS, until

KILLS = 4
HISTORY = 1_500


def test_what_is_written_without_the_hub_arrives(tmp_path: Path) -> None:
    """Joined, the hub dies, one posts and reads on; it comes back, and others read it."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice, bob = await joined(hub, tmp_path, "alice"), await joined(hub, tmp_path, "bob")
            await alice.done("post", "#general", "before")
            await bob.done("sync")
            await hub.kill()
            queued = await bob.done("post", "#general", "-", "--code", given="in between\n")
            assert "queued" in queued.talk
            assert await bob.texts() == ["before", "```\nin between\n```"]
            assert len((await bob.done("search", "before", "--json")).records) == 1
            assert (await bob.run("sync")).code == 3
            await hub.start()
            await bob.done("sync")
            await alice.done("sync")
            assert await alice.texts() == ["before", "```\nin between\n```"]
            assert (await bob.done("outbox")).out == ""

    asyncio.run(story())


def test_two_devices_edit_one_message_offline(tmp_path: Path) -> None:
    """One text is shown everywhere, the other is kept and marked."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            desk = await joined(hub, tmp_path, "alice")
            laptop = await second_device(desk, tmp_path / "laptop")
            async with desk.engine() as first, laptop.engine() as second:
                stream = await general(first)
                await general(second)
                said = await first.compose(stream, Post("the plan"))
                target = target_of(said.event_id)
                await until(lambda: second.reader.message(stream, target))
                await hub.kill()
                for engine, text in ((first, "plan A"), (second, "plan B")):
                    await engine.compose(stream, Edit(target, text, base=target))
                await hub.start()
                for engine in (first, second):
                    engine.reconnect()

                def shown(engine: Engine) -> Message:
                    found = engine.reader.message(stream, target)
                    assert found is not None
                    return found

                await until(
                    lambda: all(
                        shown(engine).conflict and not shown(engine).pending
                        for engine in (first, second)
                    )
                )
                assert shown(first) == shown(second)
                texts = {shown(first).text, *(lost.text for lost in shown(first).losing)}
                assert texts == {"plan A", "plan B"}

    asyncio.run(story())


def test_a_client_killed_amid_a_sync_goes_on_where_it_was(tmp_path: Path) -> None:
    """kill -9 at any moment of a first sync: in the end all is there once, and found."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice = await joined(hub, tmp_path, "alice")
            async with alice.engine() as engine:
                stream = await general(engine)
                for nth in range(HISTORY):
                    await engine.compose(stream, Post(f"post number {nth}"))
                async with asyncio.timeout(BOUND_SECONDS * 4):
                    await engine.until(lambda progress: progress.settled)
            bob = await joined(hub, tmp_path, "bob")
            rng = random.Random(1)
            await bob.done("post", "#general", "kept")
            for _ in range(KILLS):
                process = await bob.start("sync")
                await asyncio.sleep(rng.random())
                await kill(process)
            (record,) = (await bob.done("sync", "--json")).records
            assert record["missing"] == 0
            texts = await bob.texts()
            assert texts == [*(f"post number {nth}" for nth in range(HISTORY)), "kept"]
            found = await bob.done("search", "number", "-n", "100000", "--json")
            assert len(found.records) == HISTORY

    asyncio.run(story())


def test_what_a_killed_process_has_said_is_not_lost(tmp_path: Path) -> None:
    """Whatever `post` has confirmed arrives, once, whoever is killed meanwhile."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice, bob = await joined(hub, tmp_path, "alice"), await joined(hub, tmp_path, "bob")
            follower = await alice.start("tail", "-f")
            confirmed = await posts(alice, hub)
            await kill(follower)
            await alice.done("sync")
            await bob.done("sync")
            records = (await bob.done("tail", "#general", "-n", "1000", "--json")).records
            events = [record["event"] for record in records]
            assert len(events) == len({*events})
            assert [event for event in confirmed if event not in events] == []

    asyncio.run(story())


async def posts(alice: Member, hub: HubProcess) -> list[str]:
    """Post beside a follower that has the link; the hub dies in between, and some posts do."""
    rng = random.Random(1)
    confirmed: list[str] = []
    for nth in range(10):
        process = await alice.start("post", "#general", f"post {nth}", "--json")
        if nth % 3 == 2:
            await asyncio.sleep(rng.random())
            await kill(process)
        if nth == 5:
            await hub.kill()
            await hub.start()
        assert process.stdout is not None
        out = (await process.stdout.read()).decode()
        await process.wait()
        if '"event":"' in out:
            confirmed.append(out.split('"event":"')[1].split('"')[0])
    assert len(confirmed) >= 7
    return confirmed


async def general(engine: Engine) -> StreamId:
    """The first channel, once it is there."""
    async with asyncio.timeout(BOUND_SECONDS):
        await engine.until(lambda progress: progress.settled)
    line = engine.reader.channel("#general")
    assert line is not None
    return line.stream
