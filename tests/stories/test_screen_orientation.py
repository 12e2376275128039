"""Where one is, on the screen alone: in the list, in a room, in the line of keys."""

from pathlib import Path

import pytest

from hobnob_client.paths import Profile
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.screens.members import MembersScreen
from tests.stories.hub import Hub
from tests.stories.screens import Sitting, sitting, somebody, told, told_of


def test_the_list_stands_on_what_is_open(tmp_path: Path) -> None:
    """However it was opened, and wherever its cursor was when one left it."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await somebody(hub, "bob")
        await mara.until(lambda: mara.screen.reader.account("bob"))
        channels = mara.screen.channels

        def stands() -> bool:
            place, item = mara.screen.channel.place, channels.item
            return bool(channels.has_focus and place and item and item.stream == place.stream)

        await mara.press("at", "b", "o", "b", "enter")
        await mara.until(lambda: mara.screen.channel.composer.has_focus)
        await mara.press("h", "i", "escape", "h")
        await mara.until(stands)
        await mara.press("home", "tab")
        mara.screen.channel.timeline.focus()
        await mara.press("h")
        await mara.until(stands)

    told(tmp_path, story)


def test_who_writes_where_no_talk_is_open_chooses_where(tmp_path: Path) -> None:
    """From a room `i` asks; rooms, where nobody can write, are no answer."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, at_home=True) as mara:
            await mara.until(lambda: mara.screen.channel.place)
            mara.screen.channels.focus()
            await mara.press("i")
            await mara.sees("Write where?")
            await mara.type("home")
            await mara.sees("No channel here has that name.")
            assert mara.screen.rooms.room is Room.HOME
            await mara.press("ctrl+u")
            await mara.type("gen")
            await mara.press("enter")
            await mara.sees("Write in #general")
            await mara.until(lambda: mara.screen.channel.composer.has_focus)

    told_of(tmp_path, story)


def test_what_no_place_is_called_is_looked_for_among_all_that_can_be_done(tmp_path: Path) -> None:
    """By the key that is named where nothing is found; the letters go along."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await mara.press("ctrl+k")
        await mara.sees("letters of its name")
        await mara.type("colours")
        await mara.sees("No channel or person here")
        await mara.press("ctrl+p")
        await mara.sees("▌Other colours")
        await mara.press("enter")
        await mara.sees("Theme: ")

    told(tmp_path, story)


def test_a_key_for_messages_says_in_the_list_where_there_are_some(tmp_path: Path) -> None:
    """Who presses it there is not left to wonder; one that acts in the list acts."""

    async def story(hub: Hub, mara: Sitting) -> None:
        mara.screen.channels.focus()
        await mara.until(lambda: mara.screen.channels.has_focus)
        await mara.press("plus")
        await mara.sees("That key acts upon a message")
        await mara.press("m")
        await mara.sees("muted")

    told(tmp_path, story)


def test_who_is_there_is_told_of_what_one_sees(tmp_path: Path) -> None:
    """Of the channel under the cursor, or that is seen; of none that lies behind a room."""

    async def story(hub: Hub, mara: Sitting) -> None:
        screen = mara.screen
        screen.rooms.show(Room.REQUESTS)
        screen.channels.focus()
        await mara.until(lambda: screen.focused is screen.channels)
        await mara.press("w")
        await mara.sees("Select a channel")
        screen.channels.point_at(next(each.name for each in screen.channels.items if each.opens))
        await mara.press("w")
        await mara.until(lambda: isinstance(mara.app.screen, MembersScreen))

    told(tmp_path, story)


@pytest.mark.parametrize("in_room", [False, True])
def test_the_key_by_which_one_leaves_elsewhere_says_how_one_leaves_here(
    tmp_path: Path, in_room: bool
) -> None:
    """In the list and in a room, where it has no meaning; as Ctrl+C says it."""

    async def story(hub: Hub, mara: Sitting) -> None:
        screen = mara.screen
        screen.rooms.show(Room.HOME)
        pane = screen.rooms.pane.entries if in_room else screen.channels
        pane.focus()
        await mara.until(lambda: screen.focused is pane)
        await mara.press("q")
        await mara.sees("Ctrl+Q leaves hobnob")

    told(tmp_path, story)


def test_the_line_of_keys_offers_what_can_be_done_first(tmp_path: Path) -> None:
    """Among messages to select one, and all keys; in a room without entries nothing upon them."""

    async def story(hub: Hub, mara: Sitting) -> None:
        mara.screen.channel.timeline.focus()
        await mara.until(lambda: mara.text.splitlines()[-1].strip().startswith("↑ Select"))
        assert "? Keys" in mara.text.splitlines()[-1]
        mara.screen.rooms.show(Room.MENTIONS)
        mara.screen.rooms.pane.entries.focus()
        await mara.sees("W Catch up")
        assert "r Reply" not in mara.text
        assert "m Done" not in mara.text
        await mara.press("r")
        await mara.sees("There is nothing here to act upon.")

    told(tmp_path, story)


def test_the_line_of_keys_names_the_way_out(tmp_path: Path) -> None:
    """Of the list and of a room out of hobnob, of a thread back to its channel; on few columns,
    too."""

    async def story(hub: Hub, mara: Sitting) -> None:
        def keys() -> str:
            return mara.text.splitlines()[-1]

        await mara.until(lambda: "Ctrl+Q Quit" in keys())
        await mara.press("i", "h", "i", "enter", "escape")
        await mara.until(lambda: "Esc Back" in keys())
        await mara.press("up")
        await mara.until(lambda: "Enter Open" in keys() and "Esc Back" not in keys())
        await mara.press("enter")
        await mara.until(lambda: "Esc Back" in keys() and "Enter Open" not in keys())
        await mara.press("escape", "escape")
        await mara.until(lambda: "Ctrl+Q Quit" in keys())
        mara.screen.rooms.go_to(Room.HOME)
        await mara.until(lambda: "Catch up" in keys() and "Ctrl+Q Quit" in keys())

    told(tmp_path, story, (56, 18))


def test_the_keys_act_first_upon_home(tmp_path: Path) -> None:
    """On a fresh device too, where its entries are on their way; where Home is not seen, in the
    list."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, at_home=True) as mara:
            await mara.until(lambda: mara.screen.rooms.pane.entries.has_focus)
            await mara.sees("To begin with")
            await mara.press("enter")
            await mara.sees("What brings you here?")
        async with sitting(of, (40, 15), at_home=True) as mara:
            await mara.until(lambda: mara.screen.channels.has_focus)

    told_of(tmp_path, story)
