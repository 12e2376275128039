"""How far one has read: what was seen is read, the rest is found again by whoever comes back."""

from pathlib import Path

from tests.stories.hub import Hub
from tests.stories.screens import Sitting, shown, somebody, told, write
from tests.stories.waiting import until

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
