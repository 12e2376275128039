"""What is to be done later is done, also where that is at once."""

import asyncio

import pytest
from textual.app import App

from hobnob_client.tui.punctual_screen import PunctualScreen
from tests.stories.waiting import until


@pytest.mark.parametrize("seconds", [0.0, 1e-9, 0.01])
def test_a_timer_goes_off_however_soon_it_is_due(seconds: float) -> None:
    """Each does, also where time passes before anybody waits."""

    async def run() -> None:
        app, screen = App[None](), PunctualScreen()
        gone_off: list[int] = []
        async with app.run_test():
            await app.push_screen(screen)
            for nth in range(20):
                screen.set_timer(seconds, lambda nth=nth: gone_off.append(nth))
            await until(lambda: sorted(gone_off) == list(range(20)))

    asyncio.run(run())
