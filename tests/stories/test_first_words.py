"""A hub starts, its owner joins by the link it printed, and members talk."""

import asyncio
from pathlib import Path

from tests.stories.hub import running
from tests.stories.waiting import until


def test_what_one_says_all_hear(tmp_path: Path) -> None:
    """An acknowledged post is in the sender's log, and in everybody's, under one head."""

    async def story() -> None:
        async with running(tmp_path / "hub") as hub:
            olga = await hub.owner()
            bob = await hub.member("bob")
            carol = await hub.member("carol")
            await until(lambda: "general" in olga.channels() and "general" in bob.channels())
            olga.post("hello")
            bob.post("hello olga")
            members = (olga, bob, carol)
            await until(lambda: all(len(client.texts()) == 2 for client in members))
            await until(lambda: olga.settled and bob.settled)
            assert olga.texts() == bob.texts() == carol.texts()
            general = olga.channel("general")
            assert len({client.heads()[general] for client in members}) == 1

    asyncio.run(story())
