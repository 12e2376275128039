"""What every screen of ours stands on, beyond what only a real terminal shows (tests/terminal)."""

import asyncio

from hobnob_client.tui.safe_app import SafeApp
from tests.client.tui.drawn import drawn
from tests.stories.waiting import until


def test_what_is_said_again_is_seen_once() -> None:
    """As by a key that is held down and can do nothing; what is said beside it stays."""

    async def run() -> None:
        app = SafeApp()
        async with app.run_test(notifications=True):
            for _ in range(3):
                app.notify("nothing to undo", markup=False)
            app.notify("saved", markup=False)
            await until(lambda: "saved" in drawn(app))
            assert drawn(app).count("nothing to undo") == 1

    asyncio.run(run())
