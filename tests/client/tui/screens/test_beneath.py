"""What lies beneath the first screen is never seen, and costs nothing."""

from pathlib import Path

from hobnob_client.tui.screens.beneath import Beneath
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.screens import Sitting


def test_nothing_stands_beneath_the_first_screen(tmp_path: Path) -> None:
    """Neither tips nor notes, which a start would style and lay out first."""

    async def story(one: Sitting) -> None:
        lowest = one.app.screen_stack[0]
        assert isinstance(lowest, Beneath)
        assert not lowest.children
        # What is told stands on the screen that is seen.
        one.app.notify("a word")
        await one.sees("a word")

    offline(been_in_general(tmp_path), story)
