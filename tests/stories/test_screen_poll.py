"""A poll is voted in from the timeline, with the hub and without, and the vote taken back."""

import asyncio
from pathlib import Path

from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kinds.polls import Poll, PollClose, Vote
from tests.stories.client import Client
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, profile, sitting, somebody, told
from tests.stories.waiting import until

QUESTION = Poll("Which day?", ("Tuesday", "Thursday", "never"))
SEVERAL = Poll("Which days?", ("Tuesday", "Thursday", "never"), multiple=True)


async def asked(bob: Client, mara: Sitting, poll: Poll) -> TargetId:
    """Bob asks, and mara has selected it."""
    target = TargetId(bob.say(bob.channel("general"), poll)[:16])
    await mara.sees(poll.question)
    mara.screen.channel.timeline.focus()
    await mara.press("up")
    return target


def votes(bob: Client) -> list[tuple[int, ...]]:
    """All votes that have come to bob."""
    stream: StreamId = bob.channel("general")
    return [vote.choices for vote in bob.bodies(stream, Vote)]


def test_a_vote_is_given_changed_undone_and_taken_back(tmp_path: Path) -> None:
    """One line with Enter; what is mine is in its box, whatever the colours."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await asked(bob, mara, QUESTION)
        assert mara.text.count("( )") == 3
        await mara.press("v")
        await mara.sees("╭─ Vote ")
        await mara.press("down", "enter")
        await mara.sees("(•) Thursday")
        await until(lambda: votes(bob) == [(1,)])
        await mara.press("v")
        await mara.sees("▌ (•) Thursday")
        await mara.press("up", "space", "enter")
        await mara.sees("(•) Tuesday")
        assert "( ) Thursday" in mara.text
        await mara.press("z")
        await mara.sees("(•) Thursday")
        await mara.press("v", "x")
        await mara.until(lambda: mara.text.count("( )") == 3)
        await until(lambda: votes(bob) == [(1,), (0,), (1,), ()])

    told(tmp_path, story)


def test_several_are_marked_and_given_together(tmp_path: Path) -> None:
    """Esc gives nothing."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await asked(bob, mara, SEVERAL)
        await mara.press("v", "space", "escape")
        await mara.misses("╭─ Vote ")
        await mara.press("v", "space", "down", "down", "space", "enter")
        await mara.sees("[x] never")
        assert "[x] Tuesday" in mara.text
        assert "[ ] Thursday" in mara.text
        await until(lambda: votes(bob) == [(0, 2)])

    told(tmp_path, story)


def test_a_vote_waits_for_the_hub_and_says_so(tmp_path: Path) -> None:
    """It counts on this screen at once, and for all later."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            bob = await somebody(hub, "bob")
            async with sitting(of) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                await asked(bob, mara, QUESTION)
            async with sitting(of, connect=False) as mara:
                mara.screen.channel.timeline.focus()
                await mara.sees("poll · 0 voted")
                await mara.press("up", "v", "enter")
                await mara.sees("(•) Tuesday")
                await mara.sees("⧗ your vote waits · 1 voted")
            async with sitting(of) as mara:
                await until(lambda: votes(bob) == [(0,)])
                await mara.sees("poll · 1 voted")

    asyncio.run(run())


def test_a_poll_is_asked_line_by_line(tmp_path: Path) -> None:
    """The question, then its options; an empty line asks. What cannot be says why, and the last
    line comes back to be changed."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        mara.screen.channel.timeline.focus()
        await mara.press("p")
        await mara.sees("Ask all in #general")
        await mara.press("enter")
        await mara.sees("Write the question first.")
        for line in ("Which day?", "Tuesday"):
            await mara.type(line)
            await mara.press("enter")
        await mara.press("enter")
        await mara.sees("A poll has 2 options at least.")
        await mara.type("Tuesday")
        await mara.press("enter")
        await mara.sees("That option is there already.")
        await mara.press("ctrl+u")
        await mara.type("neverr")
        await mara.press("enter", "backspace")
        await mara.press("backspace", "enter", "ctrl+t")
        await mara.sees("[ ] never")
        await mara.press("enter")
        await mara.sees("poll · 0 voted")
        general = bob.channel("general")
        poll = Poll("Which day?", ("Tuesday", "never"), multiple=True)
        await until(lambda: bob.bodies(general, Poll) == [poll])
        await mara.press("up", "v", "enter")
        await mara.sees("[x] Tuesday")

    told(tmp_path, story)


def test_who_asked_closes_a_poll_and_can_think_again(tmp_path: Path) -> None:
    """For some seconds; nobody else may, but a moderator. In private there is none to ask."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        await asked(bob, mara, SEVERAL)
        await mara.press("c")
        await mara.sees("Only whoever asked, or a")
        place = mara.screen.channel.place
        assert place is not None
        await mara.screen.engine.compose(place.stream, QUESTION)
        await mara.press("end")
        await mara.sees("Which day?")
        await mara.press("up", "c")
        await mara.sees("The poll closes for good")
        await mara.press("z")
        await mara.sees("Undone: closing the poll.")
        await mara.press("c")
        await mara.until(lambda: mara.screen.voice.delayed)
        await mara.screen.voice.say_delayed()
        await mara.sees("poll closed · 0 voted")
        await mara.until(lambda: mara.screen.reader.account("bob"))
        await mara.press("@", "b", "enter", "escape", "p")
        await mara.sees("A poll is for a channel")

    told(tmp_path, story)


def test_a_closed_poll_takes_no_votes_and_says_so(tmp_path: Path) -> None:
    """Nor does what is no poll."""

    async def story(hub: Hub, mara: Sitting) -> None:
        bob = await somebody(hub, "bob")
        target = await asked(bob, mara, QUESTION)
        bob.say(bob.channel("general"), PollClose(target))
        await mara.sees("poll closed · 0 voted")
        await mara.misses("v Vote")
        await mara.press("v")
        await mara.sees("That is not an open poll.")

    told(tmp_path, story)
