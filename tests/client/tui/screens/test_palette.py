"""The palette on the screen: found, done where one was, or left."""

from pathlib import Path

from hobnob_client.tui.screens.main import MainScreen
from hobnob_client.tui.screens.palette import PaletteScreen
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.screens import Sitting


def test_what_is_found_is_done_in_the_pane_one_came_from(tmp_path: Path) -> None:
    """In the list, upon a message, in a field; what cannot be done now is not done."""

    async def story(one: Sitting) -> None:
        await one.press("ctrl+p")
        await one.sees("What can be done here")
        await one.press(*"zzzz")
        await one.sees("Nothing is called so.")
        await one.press("enter", "ctrl+p")
        await one.until(lambda: isinstance(one.app.screen, MainScreen))
        await one.press("ctrl+p", *"write in", "enter")
        await one.until(lambda: one.screen.channel.composer.has_focus)
        await one.press("escape", "ctrl+p", *"answer the", "enter")
        await one.sees("✗ Answer the message: Select a message first")
        assert isinstance(one.app.screen, PaletteScreen)
        await one.press("escape", "up", "ctrl+p", *"answer the", "enter")
        await one.until(lambda: one.screen.thread.composer.has_focus)

    offline(been_in_general(tmp_path), story)


def test_help_begins_with_the_pane_one_is_in(tmp_path: Path) -> None:
    """All other panes follow."""

    async def story(one: Sitting) -> None:
        await one.press("question_mark")
        await one.sees("In the list of channels")
        titles = ("In the list of channels", "Everywhere", "In messages")
        seen = [each for line in one.text.splitlines() for each in titles if each in line]
        assert seen[0] == "In the list of channels"
        await one.press("escape")

    offline(been_in_general(tmp_path), story)
