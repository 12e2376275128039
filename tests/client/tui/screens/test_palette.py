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
        await one.sees("Nothing that can be done here matches.")
        await one.press("enter", "ctrl+p")
        await one.until(lambda: isinstance(one.app.screen, MainScreen))
        await one.press("ctrl+p", *"write in", "enter")
        await one.until(lambda: one.screen.channel.composer.has_focus)
        await one.press("escape", "ctrl+p", *"reply to the", "enter")
        await one.sees("✗ Reply to the message: Select a message first")
        assert isinstance(one.app.screen, PaletteScreen)
        await one.press("escape", "up", "ctrl+p", *"reply to the", "enter")
        await one.until(lambda: one.screen.thread.composer.has_focus)

    offline(been_in_general(tmp_path), story)


def test_who_looks_for_a_channel_that_is_not_there_is_told_how_to_go_on(tmp_path: Path) -> None:
    """In the list itself, where there is room to say it."""

    async def story(one: Sitting) -> None:
        await one.press("ctrl+k", *"zzzz")
        await one.sees("No channel or person here has that name.")
        await one.sees("Ctrl+P offers all that can be done")
        await one.press(*["backspace"] * 4)
        await one.misses("has that name.")
        await one.press("escape")

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
