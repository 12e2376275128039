"""Private groups are begun and kept by keys alone."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from hobnob_client import grouping
from hobnob_client.reading import ConversationLine
from hobnob_client.tui.screens.members import MembersScreen
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.sealing.group import REMOVE
from tests.stories.hub import running
from tests.stories.screens import Sitting, profile, sitting
from tests.stories.test_screen_talks import Friend, friend
from tests.stories.waiting import until

Story = Callable[[Friend, Friend, Sitting], Awaitable[None]]


def told(tmp_path: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Run a story of mara, who sits in front of the screen, and her friends bob and carol."""

    async def run() -> None:
        async with AsyncExitStack() as stack:
            hub = await stack.enter_async_context(running(tmp_path / "hub"))
            bob = await stack.enter_async_context(friend(hub, tmp_path, "bob"))
            carol = await stack.enter_async_context(friend(hub, tmp_path, "carol"))
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            mara = await stack.enter_async_context(sitting(of, size))
            await mara.until(lambda: mara.screen.channel.place)
            await mara.until(lambda: mara.screen.reader.account("bob"))
            await mara.until(lambda: mara.screen.reader.account("carol"))
            await story(bob, carol, mara)

    asyncio.run(run())


async def begin(mara: Sitting, *letters: str, title: str = "") -> None:
    """A group with those whose handles the letters mean."""
    await mara.press("&")
    await mara.sees("Begin a private group")
    for each in letters:
        await mara.type(each)
        await mara.press("enter")
    await mara.press("enter")
    await mara.sees("A title for the group")
    await mara.type(title)
    await mara.press("enter")


async def found(who: Friend) -> ConversationLine:
    """The one group of somebody, once it is there."""
    await until(lambda: [line for line in who.reader.conversations() if line.group is not None])
    (line,) = who.reader.conversations()
    return line


async def reads(who: Friend, text: str) -> None:
    """Wait until somebody's group has a text."""
    stream = (await found(who)).stream
    page = who.reader.before
    await until(lambda: text in [each.text for each in page(stream, None, 50).messages])


def test_a_group_is_begun_by_handles_and_named(tmp_path: Path) -> None:
    """Some letters and Enter take a member, Enter alone ends the list; it is nobody's request, and
    has its name at once."""

    async def story(bob: Friend, carol: Friend, mara: Sitting) -> None:
        await begin(mara, "bo", "car", title="plans")
        await mara.sees("Write in &plans")
        assert "─ Conversations ─" in mara.text
        assert "~" not in mara.text
        await mara.type("who has a ladder?")
        await mara.press("enter")
        await reads(bob, "who has a ladder?")
        await reads(carol, "who has a ladder?")
        assert (await found(carol)).label == "&plans"

    told(tmp_path, story)


def test_without_a_title_it_is_called_by_its_members(tmp_path: Path) -> None:
    """Whoever was chosen by mistake is taken back; nobody is chosen twice, nor a stranger."""

    async def story(bob: Friend, carol: Friend, mara: Sitting) -> None:
        await mara.press("&", "enter")
        await mara.sees("Choose somebody first")
        await mara.type("zzz")
        await mara.press("enter")
        await mara.sees("Nobody here has that name")
        await mara.press("backspace", "backspace", "backspace", "c", "enter")
        await mara.sees("With @carol")
        await mara.press("backspace")
        await mara.sees("With nobody yet")
        await mara.press("b", "enter", "b", "enter")
        await mara.sees("Nobody here has that name")
        await mara.press("backspace", "enter", "enter")
        await mara.sees("Write in &@bob")
        await mara.press("escape", "&", "escape")
        await mara.sees("Write in &@bob")

    told(tmp_path, story)


def test_its_admin_lets_in_and_puts_out(tmp_path: Path) -> None:
    """What cannot be taken back is asked first; who is put out reads no more."""

    async def story(bob: Friend, carol: Friend, mara: Sitting) -> None:
        await begin(mara, "bo", title="plans")
        await mara.sees("Write in &plans")
        await mara.press("escape", "w")
        await mara.sees("Who can read &plans")
        await mara.press("a")
        await mara.sees("Add to &plans")
        await mara.press("c", "enter", "enter")
        await mara.sees("@carol · ○ not compared")
        await mara.press("x")
        await mara.sees("Put out @bob?")
        await mara.press("enter")
        await mara.sees("Put out @bob?")
        await mara.press("escape", "x", "y")
        await mara.misses("@bob ·")
        await mara.press("escape", "i")
        await mara.type("we two")
        await mara.press("enter")
        await reads(carol, "we two")
        await until(lambda: not bob.reader.conversations())

    told(tmp_path, story)


def test_the_only_admin_leaves_after_there_is_another(tmp_path: Path) -> None:
    """It says why not before; then the group is gone from the list."""

    async def story(bob: Friend, carol: Friend, mara: Sitting) -> None:
        await begin(mara, "bo", title="plans")
        await mara.sees("Write in &plans")
        await mara.press("escape", "w", "L", "y")
        await mara.sees("You are its only admin")
        await mara.press("p")
        await mara.sees("Make @bob an admin?")
        await mara.press("y")
        await mara.sees("@bob · ○ not compared · admin")
        await mara.press("t")
        await mara.type(" b")
        await mara.press("enter")
        await mara.sees("&plans b")
        await mara.press("L")
        await mara.sees("Leave &plans b?")
        await mara.press("y")
        await mara.until(lambda: not isinstance(mara.app.screen, MembersScreen))
        await mara.until(lambda: not mara.screen.reader.conversations())
        await mara.misses("─ Conversations ─")
        await mara.sees("Write in #general")
        line = await found(bob)
        assert line.others == ()

    told(tmp_path, story)


def test_with_the_hub_away_a_group_begins_all_the_same(tmp_path: Path) -> None:
    """It stands in the list with its name, what is said in it waits, and all goes later."""

    async def run() -> None:
        async with AsyncExitStack() as stack:
            hub = await stack.enter_async_context(running(tmp_path / "hub"))
            bob = await stack.enter_async_context(friend(hub, tmp_path, "bob"))
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of) as mara:
                await mara.until(lambda: mara.screen.reader.account("bob"))
            async with sitting(of, connect=False) as mara:
                await begin(mara, "bo", title="plans")
                await mara.sees("Write in &plans")
                await mara.type("who has a ladder?")
                await mara.press("enter")
                await mara.sees("⧗ queued, not sent yet")
                await mara.press("escape", "w")
                await mara.sees("@bob · ○ not compared")
            async with sitting(of, connect=False) as mara:
                await mara.sees("&plans")
            async with sitting(of) as mara:
                await reads(bob, "who has a ladder?")
                await mara.sees("all sent")

    asyncio.run(run())


def test_a_mere_member_changes_nobody_and_is_told_so(tmp_path: Path) -> None:
    """What they cannot do is not offered either; a group that a stranger begins is a request, until
    one says something there."""

    async def story(bob: Friend, carol: Friend, mara: Sitting) -> None:
        others = [await bob.knows("mara"), await bob.knows("carol")]
        stream, change = grouping.begun(bob.reader, others, bob.engine.device.author)
        await bob.engine.compose(stream, change)
        await bob.engine.compose(stream, Post("come and see"))
        await mara.sees("─ New to you ─")
        await mara.sees_unread("&@bob,@carol")
        await mara.press("n")
        await mara.sees("come and see")
        await mara.press("w")
        await mara.sees("@bob · ○ not compared · admin")
        assert "Put out" not in mara.text
        await mara.press("x")
        await mara.sees("Only an admin of the group may do that.")
        await mara.press("G", "v")
        await mara.sees("That is you.")
        await mara.press("escape", "i")
        await mara.type("coming")
        await mara.press("enter")
        await mara.misses("─ New to you ─")
        await reads(carol, "coming")

    told(tmp_path, story, (120, 40))


def test_who_is_put_out_while_writing_writes_nowhere_else(tmp_path: Path) -> None:
    """The list has the focus then, and what was begun is kept, which is said."""

    async def story(bob: Friend, carol: Friend, mara: Sitting) -> None:
        others = [await bob.knows("mara"), await bob.knows("carol")]
        author = bob.engine.device.author
        stream, change = grouping.begun(bob.reader, others, author)
        await bob.engine.compose(stream, change)
        await bob.engine.compose(stream, Post("come and see"))
        await mara.sees_unread("&@bob,@carol")
        await mara.press("n")
        await mara.sees("come and see")
        await mara.press("i")
        await mara.type("what I say of ge")
        out = grouping.changed(bob.reader, await found(bob), REMOVE, (others[0],), author)
        await bob.engine.compose(stream, out)
        await mara.sees("You are not in that")
        await mara.sees("What you have begun")
        await mara.until(lambda: mara.screen.focused is mara.screen.channels)
        assert not mara.screen.channel.composer.text
        assert mara.screen.reader.draft(stream, None) == "what I say of ge"

    told(tmp_path, story)
