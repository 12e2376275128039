"""Home, the rooms below it, and how far one has read: in front of the screen."""

import asyncio
from pathlib import Path

from textual.events import DescendantFocus

from hobnob_client.paths import Profile
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.widgets.composer import Composer
from hobnob_protocol.ids import TargetId, target_of
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.views.message import Message
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, profile, sitting, somebody, told, told_of
from tests.stories.test_screen_talks import friend
from tests.stories.waiting import until


def test_home_is_the_first_view_and_leads_to_what_needs_one(tmp_path: Path) -> None:
    """There and back, on the same entry; what was seen is gone, and z brings back what m took."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, (100, 30), at_home=True) as mara:
            await mara.sees("Nothing needs you: all is read.")
            await mara.sees("Enter on a channel at the left opens it")
            await mara.until(lambda: mara.screen.channel.place)
            bob = await somebody(hub, "bob")
            me = mara.screen.reader.me
            for nth in (1, 2):
                bob.say(bob.channel("general"), Post(f"look {nth}", mentions=(me,)))
            bob.post("nothing much")
            await mara.sees("2 things need you, 1 can wait.")
            await mara.sees("@ bob · #general")
            await mara.until(lambda: mara.screen.rooms.pane.entries.has_focus)
            await mara.press("down", "enter")
            await mara.sees("Write in #general")
            assert mara.screen.channel.timeline.has_focus
            await mara.press("escape")
            await mara.sees("Nothing needs you")
            assert mara.screen.rooms.pane.entries.has_focus
            bob.say(bob.channel("general"), Post("look 3", mentions=(me,)))
            await mara.sees("1 thing needs you")
            await mara.press("g", "m")
            await mara.sees("Nothing needs you, ")
            await mara.press("z")
            await mara.sees("1 thing needs you")
            await mara.press("escape")
            await mara.until(lambda: mara.screen.channels.has_focus)

    told_of(tmp_path, story)


async def answers(mara: Sitting, entry: str, text: str) -> TargetId | None:
    """Answer an entry of Home, by what it says; the thread in which that is then said."""
    mara.screen.rooms.show(Room.HOME)
    entries = mara.screen.rooms.pane.entries
    entries.focus()
    general = mara.screen.reader.channel("general")
    assert general is not None

    def cards() -> list[int]:
        # Below what needs one, the channel tells what was said there last.
        return [
            nth
            for nth, card in enumerate(entries.cards)
            if card.key != general.stream and any(entry in line for line in card.lines)
        ]

    await mara.until(cards)
    (entries.cursor,) = cards()
    await mara.press("r")
    await mara.until(lambda: isinstance(mara.app.focused, Composer))
    await mara.type(text)
    await mara.press("enter")

    def found() -> list[Message]:
        place = mara.screen.channel.place
        assert place is not None
        messages = mara.screen.reader.before(place.stream, None, 50).messages
        return [each for each in messages if each.text == text]

    await mara.until(found)
    return found()[0].thread


def test_an_answer_from_home_goes_where_the_message_was_said(tmp_path: Path) -> None:
    """Into its thread, its channel or its conversation, whatever thread is open beside."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub, friend(hub, tmp_path, "bob") as bob:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, (160, 40), at_home=True) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                general = bob.reader.channel("general")
                assert general is not None
                me = await bob.knows("mara")

                async def says(text: str, thread: TargetId | None = None) -> TargetId:
                    post = Post(text, mentions=(me,), thread=thread)
                    said = await bob.engine.compose(general.stream, post)
                    return target_of(said.event_id)

                root = await says("a root")
                await says("within it", root)
                assert await answers(mara, "within it", "so be it") == root
                outside = await says("outside of it")
                assert await answers(mara, "outside of it", "out it is") == outside
                await bob.writes("mara", "psst")
                assert await answers(mara, "psst", "yes?") is None
                mara.screen.channel.timeline.focus()
                await mara.press("g", "r")
                await mara.until(lambda: mara.app.focused is mara.screen.thread.composer)
                await bob.writes("mara", "not here")
                assert await answers(mara, "not here", "where?") is None

    asyncio.run(run())


def test_a_wide_terminal_shows_beside_an_entry_where_it_leads(tmp_path: Path) -> None:
    """Up to the message it is about; and beside a channel again what that is for."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        me, general = mara.screen.reader.me, bob.channel("general")
        bob.post("said before it")
        for text in ("look", "look again"):
            bob.say(general, Post(text, mentions=(me,)))
        await mara.sees("look again")
        mara.screen.rooms.show(Room.MENTIONS)
        mara.screen.rooms.pane.entries.focus()
        await mara.sees("▸ bob")
        await mara.sees("said before it")
        await mara.press("down")
        await mara.until(lambda: mara.text.count("look again") == 1)
        await mara.sees("said before it")
        await mara.press("enter")
        await mara.sees("2 members")
        await mara.misses("▸ bob")
        await mara.press("escape")
        await mara.sees("▸ bob")
        await mara.misses("2 members")

    told(tmp_path, story, (170, 40))


def test_a_second_click_on_an_entry_goes_there(tmp_path: Path) -> None:
    """As Enter does; the first one selects it."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, (100, 30), at_home=True) as mara:
            await mara.until(lambda: mara.screen.channel.place)
            bob = await somebody(hub, "bob")
            post = Post("look", mentions=(mara.screen.reader.me,))
            bob.say(bob.channel("general"), post)
            await mara.sees("1 thing needs you")
            entries = mara.screen.rooms.pane.entries
            y = next(y for y, (_, row) in enumerate(entries.seen()) if row)
            await mara.pilot.click(entries, offset=(4, y))
            assert mara.screen.rooms.room is Room.HOME
            await mara.pilot.click(entries, offset=(4, y), times=2)
            await mara.until(lambda: mara.screen.channel.timeline.has_focus)
            row = mara.screen.channel.timeline.row
            assert row is not None
            assert row.text == "look"
            assert mara.screen.thread.place is None

    told_of(tmp_path, story)


def test_a_message_is_saved_and_let_go(tmp_path: Path) -> None:
    """It stands in a room of its own until s takes it off."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("keep this")
        await mara.sees("keep this")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "s")
        await mara.sees("Saved: it stands under Saved")
        await mara.press("escape")
        mara.screen.channels.point_at("room saved")
        await mara.press("enter")
        await mara.sees("“keep this”")
        await mara.press("s")
        await mara.sees("Nothing is saved")
        assert mara.screen.reader.kept().saved == ()

    told(tmp_path, story)


def test_what_was_read_can_be_marked_unread_and_back(tmp_path: Path) -> None:
    """It stays so while one is there and after a restart; M marks it, z takes that back."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of) as mara:
            await mara.until(lambda: mara.screen.channel.place)
            mara.screen.rooms.leave()
            bob = await somebody(hub, "bob")
            for nth in range(4):
                bob.post(f"line {nth}")
            await mara.sees("line 3")
            mara.screen.channel.timeline.focus()
            await mara.press("end")
            await mara.until(lambda: mara.screen.marks.seqs)
            await mara.press("up", "up", "U")
            await mara.sees("2 unread from there on")
            await mara.press("down", "up", "u")
            row = mara.screen.channel.timeline.row
            assert row is not None
            assert row.text == "line 2"
            await mara.sees_unread("#general")
        async with sitting(of, connect=False) as mara:
            await mara.sees_unread("#general")
            await mara.press("M")
            await mara.sees("Marked as read; z undoes it.")
            await mara.press("z")
            await mara.sees_unread("#general")

    told_of(tmp_path, story)


def test_who_explores_marks_nothing(tmp_path: Path) -> None:
    """The line at the top says so, also after a restart, until it is ended."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of) as mara:
            await mara.until(lambda: mara.screen.channel.place)
            await mara.press("X")
            await mara.sees("◎ exploring")
            bob = await somebody(hub, "bob")
            bob.post("one")
            await mara.until(lambda: "one" in bob.texts())
        async with sitting(of) as mara:
            await mara.sees("◎ exploring")
            await mara.sees("one")
            mara.screen.channel.timeline.focus()
            await mara.press("end")
            await mara.pilot.pause()
            assert mara.screen.marks.seqs == {}
            await mara.press("X")
            await mara.misses("◎ exploring")
            await mara.press("end")
            await until(lambda: mara.screen.marks.seqs)

    told_of(tmp_path, story)


def test_one_walks_through_what_is_unread(tmp_path: Path) -> None:
    """What needs one first, each stop with its reason; what was seen is read, and Esc goes back."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, (100, 30), at_home=True) as mara:
            await mara.until(lambda: mara.screen.channel.place)
            await mara.press("W")
            await mara.sees("Nothing unread.")
            bob = await somebody(hub, "bob")
            for nth in range(50):
                bob.post(f"line {nth} of a long talk")
            me = mara.screen.reader.me
            bob.say(bob.channel("general"), Post("look", mentions=(me,)))
            await mara.sees("1 thing needs you, 50 can wait.")
            await mara.press("W")
            await mara.sees("Stop 1 of 1 · #general: 51 new, mentions you")
            await mara.sees("line 0 of a long talk")
            await mara.press("space")
            await mara.until(lambda: 10 < max(mara.screen.marks.seqs.values()) < 50)
            await mara.press("enter")
            await mara.sees("You were at 1 of 1 stop.")
            assert mara.screen.rooms.pane.entries.has_focus
            await mara.sees("1 thing needs you")
            assert "Stop 1" not in mara.text

    told_of(tmp_path, story)


def test_who_somebody_is_and_what_a_thread_says_in_short(tmp_path: Path) -> None:
    """P and O, each back to where one was."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("Two writers, the db is locked.")
        await mara.sees("Two writers")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "O")
        await mara.sees("Nobody has answered here yet")
        await mara.press("P")
        await mara.sees("Together in #general")
        await mara.sees("“Two writers, the db is locked.”")
        await mara.press("escape", "r")
        await mara.type("Use one.")
        await mara.press("enter")
        await mara.until(lambda: "Use one." in mara.lines(mara.screen.thread.timeline)[-1])
        await mara.press("escape", "up", "O")
        await mara.sees("mara  Use one.")
        await mara.press("up", "enter")
        row = mara.screen.thread.timeline.row
        assert row is not None
        assert row.text.startswith("Two writers")
        assert mara.screen.thread.timeline.has_focus

    told(tmp_path, story, (120, 30))


def test_a_small_terminal_begins_in_the_list_too(tmp_path: Path) -> None:
    """Enter shows Home, Esc the list again; nothing is cut that cannot be read elsewhere."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of, (40, 15), at_home=True) as mara:
            await mara.sees("#general")
            assert mara.screen.channels.has_focus
            await mara.press("enter")
            await mara.sees("Nothing needs you: all is read.")
            assert "Mentions" not in mara.text
            await mara.press("escape")
            await mara.sees("Mentions")

    told_of(tmp_path, story)


def test_who_goes_on_to_a_room_at_once_stays_there(tmp_path: Path) -> None:
    """Though it is heard only then that the channel had the focus a moment ago."""

    async def story(hub: Hub, mara: Sitting) -> None:
        timeline, rooms = mara.screen.channel.timeline, mara.screen.rooms
        timeline.focus()
        await mara.until(lambda: mara.app.focused is timeline)
        saved = next(each for each in mara.screen.channels.items if each.room == Room.SAVED)
        rooms.choose(saved)
        mara.screen.post_message(DescendantFocus(timeline))
        await mara.until(lambda: mara.app.focused is rooms.pane.entries)
        assert rooms.room is Room.SAVED
        mara.screen.post_message(DescendantFocus(timeline))
        await mara.pilot.pause()
        assert rooms.room is Room.SAVED
        # The cursor of the list is not taken back to what is open by what is heard late.
        await mara.press("left", "up")
        under = mara.screen.channels.cursor
        mara.screen.post_message(DescendantFocus(rooms.pane.entries))
        await mara.pilot.pause()
        assert mara.screen.channels.cursor == under
        timeline.focus()
        await mara.until(lambda: rooms.room is None)

    told(tmp_path, story)


def test_from_room_to_room_and_on_to_a_channel(tmp_path: Path) -> None:
    """The focus is where it was, and whoever goes on is where they went."""

    async def story(hub: Hub, mara: Sitting) -> None:
        rooms, items = mara.screen.rooms, mara.screen.channels.items
        for room in (Room.SAVED, Room.MENTIONS):
            rooms.choose(next(each for each in items if each.room == room))
            await mara.until(lambda: mara.app.focused is rooms.pane.entries)
            assert rooms.room is room
        mara.screen.channel.timeline.focus()
        await mara.until(lambda: rooms.room is None)

    told(tmp_path, story)
