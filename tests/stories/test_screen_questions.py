"""A newcomer's questions: asked after joining, skipped by a key, gone on with from Home."""

import asyncio
import time
from functools import partial
from pathlib import Path

from hobnob_client.tui.rooms.room import Room
from hobnob_protocol.ids import DIRECTORY, PEOPLE, ChannelId, channel_stream, target_of
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.membership import Join
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.people import ProfileField
from tests.stories.client import Client
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, profile, sitting, somebody
from tests.stories.waiting import TestClock, until

OWN = """
[[question]]
name = "music"
en = "Do you play an instrument?"
de = "Spielst du ein Instrument?"

[[question.option]]
name = "yes"
en = "Yes"
de = "Ja"
"""
RUST = ChannelId(b"rust".ljust(16, b"."))


async def lively(hub: Hub) -> Client:
    """#general, and #rust where three talk in a thread; bob agrees to be asked."""
    olga = await hub.owner()
    olga.say(DIRECTORY, ChannelCreate(RUST, "rust", "all about Rust"))
    await until(lambda: "rust" in olga.channels())
    bob, cem, dan = [await somebody(hub, name) for name in ("bob", "cem", "dan")]
    bob.say(PEOPLE, Consent("matching", True))
    bob.post("good morning all")
    for each in (bob, cem, dan):
        each.say(channel_stream(RUST), Join())
        await until(partial(_in_rust, each))
    root = target_of(bob.post("who uses async traits?", "rust"))
    for each in (cem, dan):
        await until(partial(_reads, each, "who uses async traits?"))
        each.say(channel_stream(RUST), Post("I do", thread=root))
    await until(lambda: bob.texts("rust").count("I do") == 2)
    return bob


def _in_rust(one: Client) -> bool:
    return "rust" in one.channels()


def _reads(one: Client, text: str) -> bool:
    return text in one.texts("rust")


async def at_home(mara: Sitting) -> None:
    """The keys act upon the entries of Home."""
    mara.screen.rooms.show(Room.HOME)
    entries = mara.screen.rooms.pane.entries
    entries.focus()
    await mara.until(lambda: entries.has_focus)


def test_a_newcomer_answers_and_sees_a_person_a_talk_and_a_task(tmp_path: Path) -> None:
    """Esc keeps what was answered; nothing is joined or said before the last Enter."""

    async def run() -> None:
        async with running(tmp_path / "hub", TestClock(round(time.time() * 1_000))) as hub:
            bob = await lively(hub)
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, (100, 30), at_home=True) as mara:
                await mara.sees("3 short questions")
                await at_home(mara)
                await mara.press("g", "enter")
                await mara.sees("What brings you here?")
                await mara.press("1")
                await mara.sees("What is it about?")
                await mara.press("escape")
                await mara.sees("Go on with the questions: 2 are left")
                await mara.press("alt+w")
                await mara.sees("Question 2 of 3.")
                await mara.press("1", "enter")
                await mara.sees("May others be pointed to you")
                await mara.press("s")
                await mara.sees("Join #rust · you chose it")
                await mara.sees("Your profile says Looks for: rust")
                await mara.sees("Enter Do it")
                assert not mara.screen.reader.outbox()
                await mara.press("2", "enter")
                await mara.until(lambda: joined(mara, "rust"))
                await mara.misses("short question")
                assert mara.screen.reader.profile(mara.screen.reader.me).get("looks_for") is None
                await at_home(mara)
                await mara.sees("Get to know bob: r writes to them")
                await mara.sees("you chose this channel, 3 people take part")
                await mara.sees("Say hello")
                await mara.press("g", "down", "down", "enter")
                await mara.sees("I would like to learn about rust.")
                assert "I would like" not in "".join(bob.texts("general"))

    asyncio.run(run())


def test_a_newcomer_has_a_buddy_at_once_and_home_says_who_and_why(tmp_path: Path) -> None:
    """The hub settles it; whoever offers one is asked once, and the profile says that they were."""

    async def run() -> None:
        async with running(tmp_path / "hub", TestClock(round(time.time() * 1_000))) as hub:
            bob = await somebody(hub, "bob")
            for body in (
                Consent("matching", True),
                ProfileField("weekly_buddies", "1"),
                ProfileField("languages", "en, de"),
            ):
                bob.say(PEOPLE, body)
            await until(lambda: bob.settled)
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, (110, 30), at_home=True) as mara:
                await mara.sees("3 short questions")
                await mara.press("alt+w")
                await mara.sees("What brings you here?")
                await mara.press("s")
                await mara.sees("Shall somebody show you around")
                await mara.press("1", "s")
                await mara.sees("Ask somebody to show you around")
                await mara.press("enter")
                await mara.sees("bob shows you around: r writes to them")
                await mara.sees("was asked, and has two days")
                await mara.sees("speaks en")
                me = mara.screen.reader.me
                await mara.until(lambda: mara.screen.reader.profile(me).get("buddy") == "asked")

    asyncio.run(run())


def test_a_newcomer_is_asked_what_the_operator_wants(tmp_path: Path) -> None:
    """By a file of the hub; a broken one is passed over for what is shipped."""

    async def run() -> None:
        async with running(tmp_path / "hub", TestClock(round(time.time() * 1_000))) as hub:
            file = tmp_path / "hub" / "welcome.toml"
            file.write_text(OWN)
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, (100, 30), at_home=True) as mara:
                await mara.sees("1 short question")
                await mara.press("alt+w")
                await mara.sees("Do you play an instrument?")
                await mara.press("escape")
                file.write_text("[[question")
                await mara.press("alt+w")
                await mara.sees("What brings you here?")

    asyncio.run(run())


def joined(mara: Sitting, name: str) -> bool:
    """Is she in that channel by now?"""
    line = mara.screen.reader.channel(name)
    return line is not None and line.joined
