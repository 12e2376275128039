"""A member reads and writes on the first screen, with the hub and without."""

import asyncio
from dataclasses import replace
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.paths import Profile
from hobnob_client.progress import LinkState
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.reactions import React
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, profile, shown, sitting, somebody, told, told_of, write
from tests.stories.waiting import until


def test_what_is_written_is_seen_at_once_and_by_all(tmp_path: Path) -> None:
    """On the screen before the hub has it, in everybody's log soon after."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await write(mara, "hello bob")
        await mara.sees("hello bob")
        await until(lambda: "hello bob" in bob.texts())
        await mara.until(lambda: "queued" not in mara.text)
        bob.post("hello mara")
        await mara.sees("hello mara")

    told(tmp_path, story)


def test_nothing_moves_while_one_reads_further_up(tmp_path: Path) -> None:
    """Whatever arrives; End goes there."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        for nth in range(40):
            bob.post(f"line {nth} of a long talk")
        await mara.sees("line 39")
        timeline = mara.screen.channel.timeline
        timeline.focus()
        await mara.press("pageup")
        before = mara.lines(timeline)
        bob.post("something new")
        await mara.until(lambda: any("something new" in text for text in shown(mara)))
        assert mara.lines(timeline) == before
        await mara.press("end")
        await mara.until(lambda: "something new" in mara.text)

    told(tmp_path, story)


def test_a_thread_opens_beside_its_channel(tmp_path: Path) -> None:
    """Enter shows it, r answers in it, Esc leads back."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("Two writers, the db is locked.")
        await mara.sees("Two writers")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "r")
        await mara.type("Use one writer.")
        await mara.press("enter")
        await until(lambda: "Use one writer." in bob.texts())
        await mara.until(lambda: "Use one writer." in mara.lines(mara.screen.thread.timeline)[-1])
        await mara.press("escape", "escape")
        await mara.until(lambda: not mara.screen.has_class("-thread"))
        assert mara.app.focused is mara.screen.channel.timeline
        await mara.sees("↳ Two writers")

    told(tmp_path, story, (120, 30))


def test_search_finds_what_was_said_and_goes_there(tmp_path: Path) -> None:
    """As one types, without the hub."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("the quick brown fox")
        for nth in range(60):
            bob.post(f"filler {nth}")
        await mara.sees("filler 59")
        await mara.until(lambda: mara.screen.reader.search("quick brown", 5))
        await mara.press("slash")
        await mara.type("nowhere to be found")
        await mara.sees("No message has all of this")
        await mara.press("enter", "ctrl+u")
        await mara.type("fil")
        await mara.until(lambda: mara.text.count("↳ #general") > 3)
        await mara.press("ctrl+u")
        await mara.type("quick bro")
        await mara.sees("the quick brown fox")
        await mara.press("enter")
        await mara.until(lambda: mara.screen.channel.timeline.row is not None)
        row = mara.screen.channel.timeline.row
        assert row is not None
        assert row.text == "the quick brown fox"

    told(tmp_path, story)


def test_a_channel_opens_where_the_unread_begin(tmp_path: Path) -> None:
    """At the first line of the first of them, however long it is."""

    async def story(hub: Hub, of: Profile) -> None:
        async with sitting(of) as mara:
            await mara.sees("#general")
            await mara.sees("online")
        bob = await somebody(hub, "bob")
        for nth in range(30):
            bob.post(f"message {nth} " + "which is long enough to fill many lines " * 12)
        async with sitting(of) as mara:
            await mara.until(lambda: len(shown(mara)) == 30)
        async with sitting(of, connect=False) as mara:
            await mara.sees("message 0 ")
            lines = mara.lines(mara.screen.channel.timeline)
            assert "──── " in lines[0]
            assert "━ new ━" in lines[1]
            assert "message 0 " in lines[2]

    told_of(tmp_path, story)


def test_what_comes_while_one_looks_is_read(tmp_path: Path) -> None:
    """At the end of the channel, reading or writing there; not from the list beside it."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")

        def counted() -> str:
            found = (line[1:21].strip() for line in mara.text.splitlines())
            return next(line for line in found if line.startswith("#general"))

        bob.post("one")
        await mara.until(lambda: counted().split() == ["#general", "1"])
        for nth, pane in enumerate((mara.screen.channel.timeline, mara.screen.channel.composer)):
            pane.focus()
            await mara.press("end")
            bob.post(f"seen {nth}")
            await mara.sees(f"seen {nth}")
            await mara.until(lambda: counted() == "#general")

    told(tmp_path, story)


def test_the_first_paint_is_the_replicas(tmp_path: Path) -> None:
    """Before a hub that takes the connection and says nothing has answered anything."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            link = await hub.app.invite(1, 1.0)
            mine = profile(tmp_path / "mara", link, "mara")
            bob = await somebody(hub, "bob")
            bob.post("are you there?")
            async with sitting(mine) as mara:
                await mara.sees("are you there?")
        answered = asyncio.Event()

        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await answered.wait()
            writer.close()

        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        port: int = server.sockets[0].getsockname()[1]
        keyring.save(mine, replace(keyring.load(mine), port=port))
        async with sitting(mine) as mara:
            assert "#general" in mara.text
            await mara.sees("are you there?")
            assert mara.screen.engine.link is not LinkState.ONLINE
            await mara.sees("connecting…")
            await write(mara, "no, alone")
            await mara.sees("⧗ queued, not sent yet")
            answered.set()
        server.close()

    asyncio.run(run())


def test_a_long_thread_opens_at_the_message_one_came_from(tmp_path: Path) -> None:
    """Though its end lies further than is held at once."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("how long can a thread be?")
        await mara.sees("how long")
        place = mara.screen.channel.place
        assert place is not None
        (root,) = mara.screen.reader.before(place.stream, None, 9).messages
        for nth in range(150):
            await mara.screen.engine.compose(place.stream, Post(f"reply {nth}", root.target))
        await mara.sees("reply 149")
        timeline = mara.screen.channel.timeline
        timeline.focus()
        await mara.pilot.pause()
        timeline.go_to(mara.screen.reader.thread(place.stream, root.target).replies[9].order)
        await mara.press("enter")
        await mara.until(lambda: mara.app.focused is mara.screen.thread.timeline)
        row = mara.screen.thread.timeline.row
        assert row is not None
        assert row.text == "reply 9"
        await mara.until(lambda: "reply 9" in "".join(mara.lines(mara.screen.thread.timeline)))

    told(tmp_path, story)


def test_where_a_thread_begins_no_key_is_offered_that_leads_nowhere(tmp_path: Path) -> None:
    """Whoever presses it all the same is told where they are; from an answer it leads there."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await write(mara, "which writer?")
        place = mara.screen.channel.place
        assert place is not None
        await mara.until(lambda: len(shown(mara)) == 1)
        # Its place is known once the hub has it.
        await mara.until(lambda: not mara.screen.reader.outbox())
        (root,) = mara.screen.reader.before(place.stream, None, 9).messages
        await mara.screen.engine.compose(place.stream, Post("Use one.", root.target))
        await mara.sees("Use one.")
        mara.screen.channel.timeline.focus()
        await mara.until(lambda: mara.app.focused is mara.screen.channel.timeline)
        mara.screen.channel.timeline.go_to(root.order)
        await mara.sees("Enter Open")
        await mara.press("enter")
        timeline = mara.screen.thread.timeline
        await mara.until(lambda: timeline.row and timeline.row.target == root.target)
        await mara.misses("Enter Open")
        await mara.press("enter")
        await mara.sees("The thread begins here")
        await mara.press("down")
        await mara.until(lambda: timeline.row and timeline.row.target != root.target)
        await mara.press("enter")
        await mara.until(lambda: timeline.row and timeline.row.target == root.target)

    told(tmp_path, story)


def test_news_that_come_on_the_way_out_are_shown_nowhere(tmp_path: Path) -> None:
    """The lists have gone by then; they are in the replica for the next time."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await write(mara, "bye")
        await until(lambda: "bye" in bob.texts())
        screen, general = mara.screen, bob.channel("general")
        await mara.until(lambda: not screen.reader.outbox())
        timeline = screen.channel.timeline
        timeline.focus()
        await mara.press("up")
        row = timeline.row
        assert row is not None
        await timeline.remove()
        bob.say(general, React(row.target, "👋"))
        await until(lambda: screen.reader.reactions(general, row.target))
        await mara.press("tab")
        assert mara.app.is_running

    told(tmp_path, story)
