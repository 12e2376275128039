"""News come whenever they like."""

from pathlib import Path

from hobnob_client.tui.look import look_of
from hobnob_client.tui.screens.hearing import Hearing
from hobnob_client.tui.screens.settings import SettingsScreen
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.screens import Sitting


class Heard(Hearing):
    """News that are told by hand."""

    def now(self) -> None:
        """Something that is shown above the first screen may have changed."""
        self._show_above()


def test_news_that_come_while_a_screen_opens_wait_for_it(tmp_path: Path) -> None:
    """There is nothing on it yet that could be shown anew."""

    async def story(one: Sitting) -> None:
        one.app.push_screen(SettingsScreen(look_of(one.screen)))
        Heard(one.screen).now()
        await one.sees("look.theme")

    offline(been_in_general(tmp_path), story)
