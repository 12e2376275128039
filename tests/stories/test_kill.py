"""kill -9 and SIGTERM cost nothing that was acknowledged."""

import asyncio
import random
from pathlib import Path

from tests.stories.client import Client, heard
from tests.stories.process import HubProcess, hub_process
from tests.stories.waiting import until

KILLS = 3


async def come_back(hub: HubProcess, clients: list[Client]) -> None:
    """The hub starts again, and everybody connects."""
    await hub.start()
    for client in clients:
        await client.leave()
        await client.connect()


def test_a_killed_hub_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Killed while members post: what they said is there once, and the same for all."""

    async def story() -> None:
        rng = random.Random(1)
        async with hub_process(tmp_path / "hub") as hub:
            olga = await hub.owner("olga")
            clients = [olga, *[await hub.member(name) for name in ("bob", "carol")]]
            await until(lambda: all("general" in client.channels() for client in clients))
            said: list[str] = []
            for kill in range(KILLS):
                for nth in range(20):
                    client = rng.choice(clients)
                    said.append(f"{kill} {nth} {client.handle}")
                    client.post(said[-1])
                    await asyncio.sleep(0)
                goal = rng.randrange(len(said))
                await until(heard(olga, goal))
                await hub.kill()
                await come_back(hub, clients)
            await until(lambda: all(client.settled for client in clients))
            await until(lambda: all(len(client.texts()) == len(said) for client in clients))
            assert sorted(olga.texts()) == sorted(said)
            assert all(client.texts() == olga.texts() for client in clients)
            assert all(not client.alarms and not client.refused for client in clients)

    asyncio.run(story())


def test_a_terminated_hub_says_bye_and_ends_well(tmp_path: Path) -> None:
    """SIGTERM: what came is acknowledged, clients hear why, the process ends with 0."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            olga = await hub.owner("olga")
            await until(lambda: "general" in olga.channels())
            olga.post("last words")
            await until(lambda: olga.settled)
            assert await hub.terminate() == 0
            await until(lambda: olga.byes == ["shutdown"])
            assert not hub.directory.control.exists()
            await hub.start()
            await olga.leave()
            await olga.connect()
            assert olga.texts() == ["last words"]

    asyncio.run(story())
