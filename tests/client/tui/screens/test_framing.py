"""What is seen of the first screen: by width, alone, by letters, bare."""

import asyncio
from pathlib import Path

from hobnob_client.tui.blank import Listed, Why, said
from hobnob_client.tui.glimpse import Glimpse
from hobnob_client.tui.jumping import labels
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.screens.bare import BareScreen, laid_out
from hobnob_client.tui.screens.main import MainScreen
from hobnob_protocol.ids import HubId
from hobnob_protocol.invite_link import InviteLink
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.screens import Sitting, profile, sitting


def test_one_pane_stands_alone_and_letters_lead_everywhere(tmp_path: Path) -> None:
    """The pane with the focus, whichever that is; and texts without anything beside them."""

    async def story(one: Sitting) -> None:
        await one.sees("1 member")
        await one.press("f11")
        await one.misses("Write in #general")
        await one.sees("#general")
        await one.press("right")
        await one.misses("Channels")
        await one.press("f11")
        await one.sees("Channels")
        await one.press("ctrl+g", "a")
        await one.until(lambda: one.screen.channel.composer.has_focus)
        await one.press("ctrl+g")
        await one.until(lambda: not isinstance(one.app.screen, MainScreen))
        # A field has the first letter, then the lines of the list have theirs, then messages.
        lines = sum(not item.is_heading for item in one.screen.channels.items)
        await one.press(labels(lines + 3)[lines + 1])
        await one.until(lambda: one.screen.channel.timeline.row)
        assert one.screen.channel.timeline.row is not None
        await one.press("f9")
        await one.until(lambda: isinstance(one.app.screen, BareScreen))
        seen = [line.rstrip() for line in one.text.splitlines()]
        assert seen[:4] == ["first line", "second", "", "another"]
        assert not any("│" in line or "alice" in line for line in seen[:30])
        await one.press("escape")
        await one.sees("Write in #general")

    offline(been_in_general(tmp_path, "first line\nsecond", "another"), story, (180, 40))


def test_what_a_channel_behind_a_room_opens_with_is_not_looked_up_beside_it(tmp_path: Path) -> None:
    """Beside a room stands where its entry leads, which is the same; and at the start that waits
    until nobody waits for pictures."""

    async def story(one: Sitting) -> None:
        screen, place = one.screen, one.screen.channel.place
        assert place is not None
        screen.rooms.go_to(Room.HOME)
        await one.until(lambda: screen.focused is screen.rooms.pane.entries)
        await one.until(lambda: screen.calm.came and screen.aside.size.height)
        screen.aside.aside = stands = Glimpse("a channel", "stands there")
        screen.entering.open_channel(place.stream)
        assert screen.aside.aside is stands
        screen.calm.came = False
        screen.framing.place_changed()
        assert screen.aside.aside is stands
        await one.until(lambda: screen.calm.came and screen.aside.aside is not stands)

    offline(been_in_general(tmp_path), story, (180, 40))


def test_bare_texts_are_as_they_were_written() -> None:
    """Broken at spaces, where at all; an empty line between two."""
    lines, begins = laid_out(("one two three", "    code", ""), 8)
    assert lines == ["one two", "three", "", "    code", "", ""]
    assert begins == [0, 3, 5]


def test_lists_that_show_nothing_say_the_text_of_the_table(tmp_path: Path) -> None:
    """Offline and new: in the list, and where one looks for a place."""

    async def run() -> None:
        link = InviteLink("127.0.0.1", 9, HubId(bytes(32)), bytes(16))
        alice = profile(tmp_path / "alice", link, "alice")
        async with sitting(alice, connect=False) as one:
            await one.sees("device yet, and the")
            assert one.screen.channels.blank == said(Listed.CHANNELS, Why.OFFLINE)
            await one.press("ctrl+k")
            await one.press(*"zz")
            await one.sees(said(Listed.PLACES, Why.FILTERED)[:40])
            await one.press("escape", "ctrl+o")
            await one.sees("Nothing waits, and nothing was refused")
            # Upon nothing no key acts.
            assert "Drop" not in one.text
            assert "Esc Back" in one.text

    asyncio.run(run())
