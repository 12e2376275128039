"""Two members talk on the first screen, and nobody else can read it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.conversing import first_event
from hobnob_client.engine import Engine
from hobnob_protocol.ids import AccountId
from hobnob_protocol.kinds.messages import Post
from hobnob_server.control.server import ControlServer
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, profile, sitting
from tests.stories.test_operator import Shell
from tests.stories.waiting import until


class Friend:
    """Somebody with a device of their own, and without a screen."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.reader = engine.reader

    async def knows(self, handle: str) -> AccountId:
        """Whose handle that is, once it is known."""
        await until(lambda: self.reader.account(handle))
        found = self.reader.account(handle)
        assert found is not None
        return found

    async def writes(self, handle: str, text: str) -> None:
        """Say something to one member."""
        line = self.reader.between(await self.knows(handle))
        first = first_event(self.reader, line)
        if first is not None:
            await self.engine.compose(line.stream, first)
        await self.engine.compose(line.stream, Post(text))

    async def reads(self, handle: str, *texts: str) -> None:
        """Wait until the conversation with a member has just these texts."""
        stream = self.reader.stream_with(await self.knows(handle))

        def shown() -> tuple[str, ...]:
            page = self.reader.before(stream, None, 50)
            return tuple(message.text for message in page.messages)

        await until(lambda: shown() == texts)


@asynccontextmanager
async def friend(hub: Hub, path: Path, handle: str) -> AsyncGenerator[Friend]:
    """Somebody else, on line and in #general."""
    device = profile(path / handle, await hub.app.invite(1, 1.0), handle)
    async with Engine(device, keyring.load(device)) as engine:
        await until(lambda: engine.reader.channel("general"))
        yield Friend(engine)


Story = Callable[[Friend, Sitting], Awaitable[None]]


def told(tmp_path: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Run a story of mara, who sits in front of the screen, and her friend bob."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub, friend(hub, tmp_path, "bob") as bob:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, size) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                await mara.until(lambda: mara.screen.reader.account("bob"))
                await story(bob, mara)

    asyncio.run(run())


def test_one_writes_by_handle_and_is_answered(tmp_path: Path) -> None:
    """Some letters of it are enough; the first words begin the conversation."""

    async def story(bob: Friend, mara: Sitting) -> None:
        await mara.press("at")
        await mara.sees("Write to")
        await mara.type("bo")
        await mara.press("enter")
        await mara.sees("@bob · sealed  only you two can read this")
        await mara.type("hello bob")
        await mara.press("enter")
        await mara.type("still there?")
        await mara.press("enter")
        await bob.reads("mara", "hello bob", "still there?")
        await mara.misses("queued")
        await bob.writes("mara", "hello mara")
        await mara.sees("hello mara")
        assert "─ Conversations ─" in mara.text

    told(tmp_path, story)


def test_what_somebody_writes_comes_into_the_list_and_is_read(tmp_path: Path) -> None:
    """A stranger's words stand apart until they are answered; then they are counted as what
    addresses me, until they were seen."""

    async def story(bob: Friend, mara: Sitting) -> None:
        await bob.writes("mara", "are you there?")
        await mara.sees("─ New to you ─")
        await mara.sees_unread("@bob")
        await mara.press("n")
        await mara.sees("are you there?")
        await mara.sees("new to you: answer, or B blocks them")
        await mara.press("i")
        await mara.type("yes")
        await mara.press("enter")
        await mara.sees("─ Conversations ─")
        await mara.sees("only you two can read this")
        await mara.press("escape", "escape", "up", "enter")
        await mara.sees("Write in #general")
        await bob.writes("mara", "good")
        await mara.until(lambda: any("@bob" in x and "@1" in x for x in mara.text.splitlines()))
        await mara.press("n")
        await mara.sees("good")
        await mara.until(lambda: "@1" not in mara.text)

    told(tmp_path, story)


def test_a_sealed_message_is_answered_changed_and_taken_back_like_any_other(tmp_path: Path) -> None:
    """Only what a moderator would have to see first is not offered."""

    async def story(bob: Friend, mara: Sitting) -> None:
        await bob.writes("mara", "shall we?")
        await mara.sees_unread("@bob")
        await mara.press("n")
        await mara.sees("shall we?")
        await mara.press("up", "+", "enter")
        await mara.sees("[👍 1]")
        await mara.press("H")
        await mara.sees("No moderator sees what is sealed")
        await mara.press("r")
        await mara.type("yes, at nine")
        await mara.press("enter")
        await bob.reads("mara", "shall we?", "yes, at nine")
        await mara.press("up", "backspace", "backspace", "backspace", "backspace")
        await mara.type("noon")
        await mara.press("enter")
        await bob.reads("mara", "shall we?", "yes, at noon")
        await mara.press("escape", "up", "d")
        await mara.until(lambda: mara.screen.voice.delayed)
        await mara.screen.voice.say_delayed()
        await mara.sees("(deleted by its author)")
        await bob.reads("mara", "shall we?", "")

    told(tmp_path, story, (120, 30))


def test_from_a_message_one_goes_to_its_author(tmp_path: Path) -> None:
    """By one key; one's own words lead nowhere."""

    async def story(bob: Friend, mara: Sitting) -> None:
        general = bob.reader.channel("general")
        assert general is not None
        await bob.engine.compose(general.stream, Post("who knows about WAL?"))
        await mara.sees("who knows about WAL?")
        mara.screen.channel.timeline.focus()
        await mara.press("up", "m")
        await mara.sees("Write in @bob")
        await mara.type("I do")
        await mara.press("enter")
        await bob.reads("mara", "I do")
        await mara.press("escape", "up", "m")
        await mara.sees("That message is your own.")

    told(tmp_path, story)


def test_what_was_sealed_is_found_again(tmp_path: Path) -> None:
    """On this device; the hit leads there."""

    async def story(bob: Friend, mara: Sitting) -> None:
        await bob.writes("mara", "the quick brown fox")
        await mara.until(lambda: mara.screen.reader.search("quick brown", 5))
        await mara.press("slash")
        await mara.type("quick brown")
        await mara.sees("↳ sealed · @bob")
        await mara.press("enter")
        await mara.sees("@bob · sealed")

    told(tmp_path, story)


def test_with_the_hub_away_one_begins_and_it_goes_later(tmp_path: Path) -> None:
    """What is written stands in the outbox with its text, however often one leaves."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub, friend(hub, tmp_path, "bob") as bob:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of) as mara:
                await mara.until(lambda: mara.screen.reader.account("bob"))
            async with sitting(of, connect=False) as mara:
                await mara.press("at", "b", "enter")
                await mara.type("half a thou")
                await mara.press("escape")
            async with sitting(of, connect=False) as mara:
                await mara.sees("@bob")
                await mara.press("at", "b", "enter")
                await mara.sees("half a thou")
                await mara.type("ght")
                await mara.press("enter")
                await mara.sees("⧗ queued, not sent yet")
                await mara.press("ctrl+o")
                await mara.sees("1 waits: sent as soon as the hub answers")
                await mara.press("enter")
                await mara.sees("@bob · sealed")
            async with sitting(of) as mara:
                await bob.reads("mara", "half a thought")
                await mara.until(lambda: "all sent" in mara.text)

    asyncio.run(run())


def test_why_something_waits_is_told(tmp_path: Path) -> None:
    """Where nobody can read it yet: bob has told the hub of no key to seal it to."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            await hub.member("bob")
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, (120, 30)) as mara:
                await mara.until(lambda: mara.screen.reader.account("bob"))
                await mara.press("at", "b", "enter")
                await mara.type("hello bob")
                await mara.press("enter")
                await mara.sees("⧗ queued, not sent yet: none of their devices was seen for")
                await mara.press("ctrl+o")
                await mara.sees("hello bob")
                await mara.sees("none of their devices")

    asyncio.run(run())


def test_a_sealed_message_is_reported_and_read_by_moderators_alone(tmp_path: Path) -> None:
    """This one, whose author has sealed it; no other of the conversation."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            link = hub.app.owner_invite
            assert link is not None
            of = profile(tmp_path / "olga", link, "olga")
            async with Engine(of, keyring.load(of)) as olga, friend(hub, tmp_path, "bob") as bob:
                mine = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
                async with sitting(mine) as mara:
                    await mara.until(lambda: mara.screen.channel.place)
                    await bob.writes("mara", "a secret")
                    await bob.writes("mara", "an insult")
                    await mara.sees_unread("@bob")
                    await mara.press("n")
                    await mara.sees("an insult")
                    await mara.press("up", "exclamation_mark")
                    await mara.sees("Report this message by bob")
                    await mara.sees("unsealed")
                    await mara.type("rude")
                    await mara.press("enter")
                    await mara.until(lambda: mara.screen.voice.delayed)
                    await mara.screen.voice.say_delayed()
                    await until(lambda: olga.reader.reports(10))
                (found,) = olga.reader.reports(10)
                assert (found.text, found.reason) == ("an insult", "rude")
                assert found.author == bob.reader.me
                assert bob.reader.reports(10) == ()
                control = ControlServer(hub.app)
                await control.open()
                try:
                    (listed,) = await Shell(hub)("report")
                finally:
                    await control.close()
                assert (listed["by"], listed["author"]) == ("mara", "bob")
                assert (listed["text"], listed["reason"]) == ("an insult", "rude")

    asyncio.run(run())


def test_nothing_is_sent_to_somebody_one_has_blocked(tmp_path: Path) -> None:
    """Not from within their conversation either: it is told, and the words stay in the field."""

    async def story(bob: Friend, mara: Sitting) -> None:
        await bob.writes("mara", "are you there?")
        await mara.sees_unread("@bob")
        await mara.press("n")
        await mara.sees("are you there?")
        account = await bob.knows("bob")
        await mara.screen.voice.block(account, True)
        await mara.until(lambda: account in mara.screen.reader.kept().blocked)
        await mara.press("i")
        await mara.type("/dm @bob hi")
        await mara.press("enter")
        await mara.sees("You have blocked them")
        assert mara.screen.channel.composer.text == "/dm @bob hi"
        assert not mara.screen.reader.outbox()
        await bob.reads("mara", "are you there?")

    told(tmp_path, story)
