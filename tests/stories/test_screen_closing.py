"""Of a screen that was closed nothing stays in memory."""

import asyncio
import gc
import weakref
from datetime import UTC
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.tui.app import HobnobApp
from hobnob_client.tui.screens.main import MainScreen
from hobnob_client.tui.screens.search import SearchScreen
from tests.stories.hub import running
from tests.stories.screens import Sitting, profile


def test_a_search_that_was_closed_is_let_go_between_two_keys(tmp_path: Path) -> None:
    """It is made of a hundred parts that know each other: nothing else would let them go."""
    let_go: list[int] = []

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            app = HobnobApp(of, keyring.load(of), zone=UTC, closes=lambda: let_go.append(1))
            async with app.run_test(size=(100, 30), notifications=True) as pilot:
                mara = Sitting(app, pilot)
                await mara.until(lambda: isinstance(app.screen, MainScreen))
                await mara.press("slash")
                await mara.until(lambda: isinstance(app.screen, SearchScreen))
                search = weakref.ref(app.screen)
                await mara.press("escape")
                await mara.until(lambda: isinstance(app.screen, MainScreen))
                await mara.until(lambda: let_go)

                def gone() -> bool:
                    gc.collect()
                    return search() is None

                await mara.until(gone)

    asyncio.run(run())
