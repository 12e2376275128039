"""How far one has read: what was seen is read, the rest is found again by whoever comes back."""

import asyncio
from pathlib import Path

from hobnob_protocol.ids import TargetId
from hobnob_protocol.kinds.messages import Post
from tests.stories.client import Client
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, profile, shown, sitting, somebody, told, write
from tests.stories.waiting import TestClock, until

SAID = 30
SIZE = (80, 16)


async def _begun(hub: Hub, mara: Sitting) -> None:
    """Much was said while mara looked elsewhere; she opens the channel and sees its beginning."""
    bob = await somebody(hub, "bob")
    for nth in range(SAID):
        bob.post(f"line {nth} of a talk")
    await mara.until(lambda: len(shown(mara)) == SAID)
    await mara.press("enter")
    await mara.sees("line 0 of a talk")
    await mara.until(lambda: mara.screen.marks.seqs)


def _first_unread(mara: Sitting) -> str:
    """What stands below the line of what is new."""
    lines = mara.lines(mara.screen.channel.timeline)
    line = next((nth for nth, text in enumerate(lines) if "━ new ━" in text), None)
    return "" if line is None else lines[line + 1].partition("line ")[2].split()[0]


def _unseen(mara: Sitting) -> str:
    """The first line that was never on the screen, by the mark."""
    place = mara.screen.channel.place
    assert place is not None
    page = mara.screen.reader.after(place.stream, mara.screen.marks.seqs[place.stream], 1)
    return page.messages[0].text.split()[1]


async def _opens_at(mara: Sitting, unseen: str) -> None:
    await mara.until(lambda: _first_unread(mara) == unseen)


def test_whoever_comes_back_finds_what_they_have_not_seen(tmp_path: Path) -> None:
    """By the list, and by the name of where they are; the rest is not read by that."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await _begun(hub, mara)
        for again in (("h", "l"), ("i", *"/join #general", "enter", "escape")):
            unseen = _unseen(mara)
            assert 0 < int(unseen) < SAID - 1
            await mara.press(*again)
            await _opens_at(mara, unseen)
        mara.screen.say_read()
        await mara.sees_unread("#general")

    told(tmp_path, story, SIZE)


def test_what_another_device_marks_as_unread_is_unread_where_it_is_open_too(
    tmp_path: Path,
) -> None:
    """It stays so while one is there, though it is seen."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        for nth in range(5):
            bob.post(f"line {nth} of a talk")
        await mara.until(lambda: len(shown(mara)) == 5)
        await mara.press("enter")
        await mara.sees("line 4 of a talk")
        place, reader = mara.screen.channel.place, mara.screen.reader
        assert place is not None
        await mara.until(lambda: mara.screen.rooms.marking.first_unread(place.stream) is None)
        said, third = reader.cursor(place.stream), reader.before(place.stream, None, 3).messages[0]
        assert said is not None
        # As another device of hers says it.
        await mara.screen.voice.read_to(place.stream, said.gen + 1, third.order - 1)
        await mara.sees_unread("#general")
        await _opens_at(mara, "2")

    told(tmp_path, story)


def test_what_one_says_marks_nothing_unseen_as_read(tmp_path: Path) -> None:
    """And `u` leads back to where that begins."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await _begun(hub, mara)
        unseen, read = _unseen(mara), dict(mara.screen.marks.seqs)
        await write(mara, "by the way")
        await mara.sees("by the way")
        await mara.until(lambda: not mara.screen.reader.outbox())
        await until(lambda: shown(mara)[-1] == "by the way")
        assert mara.screen.marks.seqs == read
        await mara.press("escape", "h", "l")
        await _opens_at(mara, unseen)
        await mara.press("G", "u")
        await mara.sees(f"line {unseen} of a talk")

    told(tmp_path, story, SIZE)


def _first_of_all(mara: Sitting) -> TargetId:
    """The oldest message of the channel that is open."""
    place = mara.screen.channel.place
    assert place is not None
    return mara.screen.reader.before(place.stream, None, 100).messages[0].target


def test_an_answer_seen_in_a_thread_marks_nothing_of_the_channel(tmp_path: Path) -> None:
    """The thread stands open beside what one reads; its end is not how far one has read."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await _begun(hub, mara)
        ada = await somebody(hub, "ada")
        unseen, screen, root = _unseen(mara), mara.screen, _first_of_all(mara)
        place = screen.channel.place
        row = screen.channel.timeline.window.row(root)
        assert place is not None
        assert row is not None
        screen.entering.open_thread(place.stream, root, row)
        screen.channel.timeline.focus()
        await mara.until(lambda: screen.focused is screen.channel.timeline)
        ada.say(place.stream, Post("an answer", root))
        await mara.until(lambda: "an answer" in "".join(mara.lines(screen.thread.timeline)))
        assert _unseen(mara) == unseen

    told(tmp_path, story, (160, 16))


def test_what_comes_behind_a_dialog_is_read_once_that_is_gone(tmp_path: Path) -> None:
    """Nobody has seen it there."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("before it")
        await mara.sees("before it")
        await mara.press("enter", "G")
        await mara.until(lambda: not _unread(mara))
        await mara.press("f1")
        await mara.until(lambda: mara.app.screen is not mara.screen)
        bob.post("behind it")
        await mara.until(lambda: shown(mara)[-1] == "behind it")
        await _is_drawn(mara, "behind it")
        assert _unread(mara) == ["behind it"]
        await mara.press("escape")
        await mara.until(lambda: not _unread(mara))

    told(tmp_path, story)


def test_what_comes_behind_a_preview_is_read_once_that_is_gone(tmp_path: Path) -> None:
    """What one writes stood in its place."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        bob.post("before it")
        await mara.sees("before it")
        await mara.press("enter", "G")
        await mara.until(lambda: not _unread(mara))
        mara.screen.channel.composer.focus()
        await mara.until(lambda: mara.app.focused is mara.screen.channel.composer)
        await mara.type("a text")
        mara.screen.composing.preview(mara.screen.channel)
        await mara.misses("before it")
        bob.post("behind it")
        await _is_drawn(mara, "behind it")
        assert _unread(mara) == ["behind it"]
        mara.screen.composing.preview(mara.screen.channel)
        await mara.sees("behind it")
        await mara.until(lambda: not _unread(mara))

    told(tmp_path, story)


def _unread(mara: Sitting) -> list[str]:
    """What was said behind the mark of the channel that is open."""
    place = mara.screen.channel.place
    assert place is not None
    mark = mara.screen.marks.seqs.get(place.stream, 0)
    return [each.text for each in mara.screen.reader.after(place.stream, mark, 100).messages]


async def _is_drawn(mara: Sitting, text: str) -> None:
    """The timeline has it, seen or not, and has told so."""
    window = mara.screen.channel.timeline.window
    await mara.until(lambda: any(row.text == text for row in window.newest()))
    await mara.pilot.pause()


async def _stood_before(hub: Hub, clock: TestClock, lines: int) -> Client:
    """So much stood in the channel before mara comes; it is bob who said it."""
    bob = await somebody(hub, "bob")
    for nth in range(lines):
        bob.post(f"line {nth} of a talk")
    await until(lambda: bob.settled)
    clock.move(1.0)
    return bob


def test_who_has_never_read_there_begins_with_what_was_said_since_they_came(
    tmp_path: Path,
) -> None:
    """Below the line of what is new."""

    async def run() -> None:
        clock = TestClock()
        async with running(tmp_path / "hub", clock) as hub:
            bob = await _stood_before(hub, clock, 1)
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, SIZE, at_home=True) as mara:
                await mara.sees_unread("#general")
                for nth in range(1, SAID):
                    bob.post(f"line {nth} of a talk")
                await mara.until(lambda: len(shown(mara)) == SAID)
                await mara.press("n")
                await _opens_at(mara, "1")

    asyncio.run(run())


def test_what_stood_there_before_one_came_is_history(tmp_path: Path) -> None:
    """It is seen at its end, counts as unread no more, and can be read up."""

    async def run() -> None:
        clock = TestClock()
        async with running(tmp_path / "hub", clock) as hub:
            await _stood_before(hub, clock, SAID)
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, SIZE, at_home=True) as mara:
                await mara.sees_unread("#general")
                await mara.press("n")
                await mara.sees(f"line {SAID - 1} of a talk")
                assert "━ new ━" not in mara.text
                place = mara.screen.channel.place
                assert place is not None
                first_unread = mara.screen.rooms.marking.first_unread
                await mara.until(lambda: first_unread(place.stream) is None)
                await mara.press("home")
                await mara.sees("line 0 of a talk")

    asyncio.run(run())
