"""What a member writes on the screen is seen, waits, is refused or changed, and is never lost."""

from pathlib import Path

from hobnob.demo.crew import types
from hobnob_client.paths import Profile
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.voice import Place
from hobnob_protocol.ids import ChannelId, channel_stream
from hobnob_protocol.kinds.messages import Edit, Post
from tests.stories.hub import Hub
from tests.stories.screens import Sitting, sitting, somebody, told, told_of, write
from tests.stories.waiting import until


def test_one_may_write_from_where_one_begins(tmp_path: Path) -> None:
    """The list has the focus first; the field that is seen is one key away."""

    async def story(hub: Hub, mara: Sitting) -> None:
        assert "i Write" in mara.text
        await mara.press("i")
        await mara.type("is this on?")
        await mara.press("enter")
        await mara.sees("is this on?")

    told(tmp_path, story)


def test_with_the_hub_away_all_works_and_waits(tmp_path: Path) -> None:
    """The first paint is the replica's; what is written says that it waits, and goes later."""

    async def story(hub: Hub, of: Profile) -> None:
        bob = await somebody(hub, "bob")
        bob.post("are you there?")
        async with sitting(of) as mara:
            await mara.sees("are you there?")
        async with sitting(of, connect=False) as mara:
            await mara.sees("are you there?")
            assert "offline" in mara.text
            await write(mara, "not now")
            await mara.sees("⧗ queued, not sent yet")
            await mara.sees("1 waits to be sent")
        assert "not now" not in bob.texts()
        async with sitting(of) as mara:
            await until(lambda: "not now" in bob.texts())
            await mara.until(lambda: "queued" not in mara.text)

    told_of(tmp_path, story)


def test_a_draft_survives_however_the_screen_ends(tmp_path: Path) -> None:
    """It is in its field again, and in no other."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of) as mara:
            await mara.sees("Write in #general")
            mara.screen.channel.composer.focus()
            await mara.type("half a thou")
            await mara.press("escape")
        async with sitting(of, connect=False) as mara:
            await mara.sees("half a thou")

    told_of(tmp_path, story)


def test_who_writes_on_the_screen_is_seen_to_write(tmp_path: Path) -> None:
    """By whoever waits for that to end, as the members on stage in a demo."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of) as mara:
            await mara.until(lambda: mara.screen.channel.place)
            writes = types(of.replica)
            assert not writes()
            await mara.press("i")
            await mara.type("a")
            await mara.until(writes)

    told_of(tmp_path, story)


def test_a_message_is_changed_and_taken_back(tmp_path: Path) -> None:
    """Up in an empty field changes the last one; z stops a deletion in time."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await write(mara, "helo")
        await mara.until(lambda: "helo" in bob.texts())
        await mara.press("up")
        await mara.sees("Change your message")
        await mara.press("backspace", "l", "o", "enter")
        await mara.sees("edited")
        await mara.sees("hello")
        timeline = mara.screen.channel.timeline
        timeline.focus()
        await mara.press("up", "d")
        await mara.until(lambda: mara.screen.voice.delayed)
        await mara.press("z")
        await mara.until(lambda: not mara.screen.voice.delayed)
        await mara.press("d")
        await mara.until(lambda: mara.screen.voice.delayed)
        await mara.screen.voice.say_delayed()
        await mara.sees("(deleted by its author)")

    told(tmp_path, story)


def test_a_refused_message_is_kept_with_its_reason(tmp_path: Path) -> None:
    """Where it was meant to act, and at the top."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("first")
        place = mara.screen.channel.place
        assert place is not None
        await mara.until(lambda: mara.screen.reader.before(place.stream, None, 9).messages)
        (message,) = mara.screen.reader.before(place.stream, None, 9).messages
        await mara.screen.engine.compose(place.stream, Edit(message.target, "not mine"))
        await mara.sees("1 not sent")
        await mara.sees("✗ not sent: ")
        assert "not mine" not in mara.text
        assert len(mara.screen.reader.tray()) == 1

    told(tmp_path, story)


def test_what_is_begun_stays_where_it_was_begun(tmp_path: Path) -> None:
    """Whoever goes elsewhere before it was kept, as in the middle of changing a message."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("Two writers, the db is locked.")
        await mara.sees("Two writers")
        await write(mara, "helo")
        await mara.sees("helo")
        place = mara.screen.channel.place
        assert place is not None
        await mara.type("begun")
        mara.screen.entering.open_channel(place.stream)
        await mara.until(lambda: mara.screen.channel.composer.text == "begun")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "e")
        await mara.sees("Change your message")
        mara.screen.entering.open_channel(place.stream)
        await mara.until(lambda: mara.screen.channel.composer.text == "begun")

    told(tmp_path, story)


def test_the_outbox_shows_what_waits_and_what_was_refused(tmp_path: Path) -> None:
    """With the reason in words, and what can be done: nothing of it is lost."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("first")
        place = mara.screen.channel.place
        assert place is not None
        reader, engine = mara.screen.reader, mara.screen.engine
        # An empty channel asks for a first message, too.
        await mara.until(lambda: reader.before(place.stream, None, 9).messages)
        (message,) = reader.before(place.stream, None, 9).messages
        await engine.compose(place.stream, Edit(message.target, "not mine"))
        elsewhere = channel_stream(ChannelId(b"x" * 16))
        await engine.compose(elsewhere, Post("to nobody"))
        await mara.sees("Not sent: ")
        await mara.until(lambda: len(reader.tray()) == 2)
        await mara.press("ctrl+o")
        await mara.sees("2 not sent: nothing of it is lost.")
        await mara.sees("only its author may do this")
        await mara.sees("a change of: first")
        await mara.press("d")
        await mara.sees("dropped, z undoes it")
        await mara.press("z")
        await mara.until(lambda: "dropped" not in mara.text)
        assert len(reader.tray()) == 2
        await mara.press("d", "escape")
        await mara.until(lambda: len(reader.tray()) == 1)
        await mara.press("ctrl+o")
        await mara.sees("to nobody")
        await mara.press("R")
        await mara.until(lambda: reader.tray() and reader.tray()[0].n > 2)
        await mara.sees("1 not sent: nothing of it is lost.")
        await mara.press("e")
        await mara.until(lambda: not reader.tray())
        await mara.until(lambda: mara.screen.channel.composer.text == "to nobody")
        assert mara.screen.channel.place == Place(elsewhere)
        assert mara.screen.drafting.kept(Place(elsewhere)) == "to nobody"

    told(tmp_path, story)


def test_the_outbox_tells_when_there_is_nothing_and_what_waits(tmp_path: Path) -> None:
    """Enter goes to where it belongs; what waits is not dropped."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of) as mara:
            await mara.sees("#general")
            await mara.press("ctrl+o")
            await mara.sees("Nothing waits")
        async with sitting(of, connect=False) as mara:
            await mara.sees("Write in #general")
            await write(mara, "not now")
            await mara.sees("⧗ queued")
            await mara.press("ctrl+o")
            await mara.sees("1 waits: sent as soon as the hub answers")
            await mara.press("d")
            await mara.sees("It waits, and goes")
            await mara.press("enter")
            await mara.until(lambda: mara.screen.channel.timeline.row is not None)
            row = mara.screen.channel.timeline.row
            assert row is not None
            assert row.text == "not now"

    told_of(tmp_path, story)


def test_what_is_written_before_a_channel_is_there_is_kept(tmp_path: Path) -> None:
    """A newcomer may type faster than their first channel comes."""

    async def story(hub: Hub, mara: Sitting) -> None:
        place = mara.screen.channel.place
        assert place is not None
        mara.screen.channel.place = None
        mara.screen.channel.composer.focus()
        await mara.pilot.pause()
        await mara.type("so early")
        mara.screen.entering.open_first()
        assert mara.screen.channel.place == place
        assert mara.screen.channel.composer.text == "so early"

    told(tmp_path, story)


def test_a_draft_is_counted_while_there_is_one(tmp_path: Path) -> None:
    """A command that could not be done is none."""

    def counted(mara: Sitting) -> int:
        items = mara.screen.channels.items
        return next(each.unread for each in items if each.room == Room.DRAFTS)

    async def story(hub: Hub, mara: Sitting) -> None:
        composer = mara.screen.channel.composer
        composer.focus()
        await mara.press("h", "m")
        await mara.until(lambda: counted(mara) == 1)
        await mara.press("backspace", "backspace")
        await mara.until(lambda: counted(mara) == 0)
        await mara.press(*"/foo", "enter")
        await mara.sees("/foo")
        await mara.screen.drafting.keep_all()
        assert mara.screen.reader.drafts() == ()

    told(tmp_path, story)
