# What is to be drawn is told by nothing public.
# pyright: reportPrivateUsage=false
"""What it costs to go from one channel to another: counted, never timed."""

import asyncio
from hashlib import sha256
from pathlib import Path
from typing import Final

from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.screens.caring import CARE_SECONDS
from hobnob_protocol.ids import DIRECTORY, ChannelId, StreamId, channel_stream, user_stream
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.messages import Post
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.hub import running
from tests.stories.screens import Sitting, profile, sitting

FEW: Final = 4
MANY: Final = 40
STATEMENTS_MORE_MAX: Final = 24
"""Of SQL, for ten times as many channels: less than one for each, more than what is asked anew
where something was written the moment before."""


def test_the_focus_moves_without_drawing_or_laying_out_all_that_is_seen(tmp_path: Path) -> None:
    """Whoever gets and whoever loses it draws itself."""

    async def story(one: Sitting) -> None:
        screen = one.screen
        for pane in (screen.channel.timeline, screen.channels):
            await one.pilot.pause()
            screen.set_focus(pane)
            assert screen not in screen._dirty_widgets
            assert not screen._layout_required

    offline(been_in_general(tmp_path), story)


def test_what_is_said_of_a_place_again_draws_nothing(tmp_path: Path) -> None:
    """News come some times a second, and mostly say what stands there."""

    async def story(one: Sitting) -> None:
        screen, talk = one.screen, one.screen.channel
        assert talk.place is not None
        await one.pilot.pause()
        screen.call_again(talk.place.stream)
        talk.tell("")
        assert not {talk.head, talk.composer, talk.note} & screen._dirty_widgets
        assert not screen._layout_required

    offline(been_in_general(tmp_path), story)


def test_one_moment_answers_all_that_a_switch_asks(tmp_path: Path) -> None:
    """The replica is asked once whether others have written there, not for each channel."""

    async def story(one: Sitting) -> None:
        place = one.screen.channel.place
        assert place is not None
        asked = _asked(one)
        one.screen.entering.open_channel(place.stream)
        assert sum("data_version" in sql for sql in asked) == 1
        assert sum(sql.startswith("BEGIN") for sql in asked) == 1

    offline(been_in_general(tmp_path), story)


def test_a_public_channel_is_described_by_the_directory_alone(tmp_path: Path) -> None:
    """The list says of each channel what it is for; once it was said, nothing more is asked."""

    async def story(one: Sitting) -> None:
        place = one.screen.channel.place
        assert place is not None
        with one.screen.reader.moment():
            asked = _asked(one)
            assert one.screen.reader.described(place.stream)
            assert one.screen.reader.described(place.stream)
            assert len(asked) <= 1

    offline(been_in_general(tmp_path), story)


def test_where_only_time_passes_nothing_is_looked_up_at_length(tmp_path: Path) -> None:
    """First steps and who waits go through all that was said lately: an idle screen does not."""

    async def story(one: Sitting) -> None:
        rooms = one.screen.rooms
        await one.until(lambda: not (rooms._waits or rooms.caring._waits or rooms.caring._works))
        rooms.caring._began = began = rooms.caring._began - CARE_SECONDS
        one.screen.from_time_to_time()
        await one.until(lambda: not rooms._waits)
        assert rooms.caring._began == began

    offline(been_in_general(tmp_path), story)


def test_first_steps_are_looked_up_where_they_are_seen(tmp_path: Path) -> None:
    """Whoever reads in a channel pays for none of it; Home looks when it is opened."""

    async def story(one: Sitting) -> None:
        rooms = one.screen.rooms
        caring = rooms.caring
        await one.until(lambda: caring._looked_once and not (caring._waits or caring._works))
        rooms.leave()
        caring._began = began = caring._began - CARE_SECONDS
        caring.look()
        assert (caring._began, caring._waits) == (began, False)
        rooms.show(Room.HOME)
        assert caring._began > began

    offline(been_in_general(tmp_path), story)


def test_whoever_goes_into_a_channel_sees_at_once_that_the_keys_go_there(tmp_path: Path) -> None:
    """In one picture with what is said there: the mark at its head, its keys at the bottom."""

    async def story(one: Sitting) -> None:
        screen = one.screen
        await one.until(lambda: screen.focused is screen.channels)
        await one.until(lambda: screen.footer._hints)
        keys = screen.footer._hints
        screen.framing.read_channel()
        assert screen.focused is screen.channel.timeline
        assert screen.channel.head.has_keys
        assert screen.rooms.room is None
        assert screen.footer._hints != keys

    offline(been_in_general(tmp_path), story)


def test_what_is_read_where_one_comes_is_no_second_picture(tmp_path: Path) -> None:
    """That nothing is unread there any more is known with the keys, and said once one goes on; so
    is the day at the top."""

    async def story(one: Sitting) -> None:
        screen, place = one.screen, one.screen.channel.place
        assert place is not None
        await one.until(lambda: screen.focused is screen.channels)
        screen.rooms.leave()
        await one.until(lambda: screen.channel.timeline.is_on_screen)
        await one.until(lambda: screen.channel.timeline.size.height)
        screen.marks.drop(place.stream)
        screen.channel.timeline._day = None
        screen.framing.read_channel()
        assert screen.channel.timeline._day
        assert screen.marks.seqs[place.stream]
        screen.say_read(place.stream)
        assert place.stream in screen.marks._due
        screen.say_read()
        assert not screen.marks._due

    offline(been_in_general(tmp_path), story)


def test_how_far_one_has_read_is_said_once_the_next_place_is_seen(tmp_path: Path) -> None:
    """What is written, and heard of again, holds no picture up."""

    async def story(one: Sitting) -> None:
        screen, place = one.screen, one.screen.channel.place
        assert place is not None
        screen.marks.saw(place.stream, 1)
        screen.entering.open_channel(place.stream)
        assert screen.marks._due
        await one.until(lambda: not screen.marks._due)

    offline(been_in_general(tmp_path), story)


def _asked(one: Sitting) -> list[str]:
    """What the screen's own connection is asked from now on."""
    found: list[str] = []
    database = one.screen.reader._desk.store.sql
    database.raw.set_trace_callback(found.append)  # type: ignore[attr-defined]
    return found


def _channel(nth: int) -> ChannelId:
    return ChannelId(sha256(b"room %d" % nth).digest()[:16])


async def _statements(directory: Path, channels: int) -> int:
    """For a switch from the first channel to the second, and for the list that follows."""
    async with running(directory / "hub") as hub:
        olga = await hub.owner()
        rooms = [channel_stream(_channel(nth)) for nth in range(channels)]
        for nth in range(channels):
            made = ChannelCreate(_channel(nth), f"room-{nth:02}", auto_join=True)
            olga.say(DIRECTORY, made)
        for room in rooms:
            olga.say(room, Post("hello"))
        link = await hub.app.invite(1, 1.0)
        async with sitting(profile(directory / "mara", link, "mara"), (160, 45)) as mara:
            await mara.until(lambda: len(mara.screen.channels.items) > channels)
            # What is still to come would be read by the switch.
            await mara.until(lambda: all(_said(mara, room) for room in rooms))
            await mara.screen.engine.until(lambda progress: progress.complete)
            await mara.until(lambda: not mara.screen.listing.uncounted)
            mara.screen.entering.open_channel(rooms[0])
            mara.screen.channel.timeline.focus()
            # What stands beside a place is asked for with it where it is seen: in both.
            await mara.until(lambda: mara.screen.aside.aside)
            return _switched(mara, rooms[1])


def _said(mara: Sitting, room: StreamId) -> bool:
    return bool(mara.screen.reader.before(room, None, 1).messages)


def _switched(mara: Sitting, room: StreamId) -> int:
    """Nothing comes between: no other statement is counted."""
    screen = mara.screen
    asked = _asked(mara)
    screen.entering.open_channel(room)
    with screen.reader.moment():
        # As when it is heard that one has read there.
        screen.listing.changed((user_stream(screen.reader.me),))
        screen.show_list()
    return len(asked)


def test_a_switch_asks_no_more_where_there_are_many_channels(tmp_path: Path) -> None:
    """The list is read as a whole, not line by line."""
    few, many = (asyncio.run(_statements(tmp_path / str(n), n)) for n in (FEW, MANY))
    assert many - few <= STATEMENTS_MORE_MAX
