"""SIGTERM costs nothing that was acknowledged; kill -9 is tried in `tests/crash`."""

import asyncio
from pathlib import Path

from tests.stories.process import hub_process
from tests.stories.waiting import until


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
