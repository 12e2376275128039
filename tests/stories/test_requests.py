"""Requests for help at the shell, in processes of their own."""

import asyncio
import json
from pathlib import Path

from tests.stories.member import joined
from tests.stories.process import hub_process


def test_who_follows_requests_sees_each_that_stands_otherwise(tmp_path: Path) -> None:
    """As they are, then what changes, until one has enough; not what is as it was."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice, bob = await joined(hub, tmp_path, "alice"), await joined(hub, tmp_path, "bob")
            await bob.done("me", "allow", "matching")
            await bob.done("sync")
            await alice.done("sync")
            await alice.done("ask", "bob", "help me")
            follower = await alice.start("requests", "-f", "--json")
            assert follower.stdout is not None
            first = json.loads(await follower.stdout.readline())
            assert (first["handle"], first["state"]) == ("bob", "asked")
            await bob.done("requests", "accept", first["request"])
            second = json.loads(await follower.stdout.readline())
            assert (second["request"], second["state"]) == (first["request"], "accepted")
            follower.kill()
            await follower.wait()

    asyncio.run(story())
