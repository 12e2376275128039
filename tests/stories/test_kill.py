"""kill -9 and SIGTERM cost nothing that was acknowledged."""

import asyncio
import random
from pathlib import Path

from tests.stories.kills import campaign
from tests.stories.process import hub_process
from tests.stories.waiting import until

KILLS = 10


def test_a_killed_hub_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Killed while members post, come and go: what they said is there once, the same for all."""
    tally = asyncio.run(campaign(tmp_path / "hub", KILLS, random.Random(1)))
    assert tally.kills == KILLS
    assert tally.acknowledged > 0
    assert tally.holds, tally


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
