"""What comes, and what becomes of what was told."""

import asyncio
import io
import re
from collections.abc import Iterator

import pytest

from hobnob_client import keyring
from hobnob_client.cli import parser
from hobnob_client.config import Loaded, Settings
from hobnob_client.engine import Engine
from hobnob_client.failures import Failure
from hobnob_client.hidden import Hidden
from hobnob_client.linear import following as following_module
from hobnob_client.linear.following import Following
from hobnob_client.linear.hearing import Hearing
from hobnob_client.linear.numbers import Numbers
from hobnob_client.linear.session import Session
from hobnob_client.linear.telling import Telling, Told
from hobnob_client.paths import Profile
from hobnob_client.reading import Reader
from hobnob_client.terminal import Terminal
from hobnob_client.unlocking import Unlocking
from hobnob_client.verbs.call import Call, place_named, places
from hobnob_protocol.ids import DIRECTORY, ChannelId, StreamId
from hobnob_protocol.kinds.channels import ChannelSet
from tests.client.linear.test_sitting import sit
from tests.client.verbs.shell import NOWHERE, PROFILE, HubThread, Shell, rewrite_held
from tests.stories.waiting import until


@pytest.fixture
def reader(bob: Shell) -> Iterator[Reader]:
    """What bob's replica holds."""
    bob.done("sync")
    profile = Profile(bob.home / PROFILE)
    found = Reader(profile, keyring.load(profile))
    yield found
    found.close()


def followed(reader: Reader) -> Following:
    """From here on."""
    numbers = Numbers()
    telling = Telling(
        reader, Settings(), lambda stream, target: str(numbers.of(stream, target)), lambda: 0
    )
    following = Following(reader, telling)
    following.start(places(reader))
    return following


def news(following: Following, reader: Reader) -> list[str]:
    """What there is to tell, without its times."""
    told = [each.text for each in following.news(places(reader), Hearing(reader, None, 0))]
    return [re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "TIME", text) for text in told]


def said(shell: Shell) -> str:
    """The name of the last message."""
    name: str = shell.done("tail", "--json").records[-1]["event"][:12]
    return name


def test_each_message_and_each_change_is_told_once(
    alice: Shell, bob: Shell, reader: Reader
) -> None:
    """New, edited, reacted to and not any more, and gone; of one's own only what others do."""
    following = followed(reader)
    alice.done("post", "#general", "teh cache")
    name = said(alice)
    bob.done("sync")
    assert news(following, reader) == ["1 alice, #general, TIME: teh cache"]
    assert news(following, reader) == []
    alice.done("edit", name, "the cache")
    alice.done("react", name, "🎉")
    bob.done("react", name, "👍")
    bob.done("sync")
    assert news(following, reader) == [
        "1 alice, #general, edited: the cache",
        "1 alice, #general, gave 🎉",
    ]
    alice.done("react", name, "🎉", "--undo")
    alice.done("delete", name)
    bob.done("sync")
    gone, back = news(following, reader)
    assert gone.startswith("1 alice, #general: (")
    assert back == "1 alice, #general, took back 🎉"
    assert news(following, reader) == []


def test_what_is_sealed_is_told_as_well(alice: Shell, bob: Shell, reader: Reader) -> None:
    """New and changed; a conversation that begins is told from its end on."""
    alice.done("sync")
    alice.done("dm", "bob", "hello")
    bob.done("sync")
    following = followed(reader)
    alice.done("dm", "bob", "are you tehre?")
    (record,) = alice.done("tail", "@bob", "-n", "1", "--json").records
    bob.done("sync")
    assert news(following, reader) == ["1 alice, @alice, TIME: are you tehre?"]
    alice.done("edit", record["event"][:12], "are you there?")
    bob.done("sync")
    assert news(following, reader) == ["1 alice, @alice, edited: are you there?"]


def test_a_conversation_that_begins_meanwhile_is_told(
    alice: Shell, bob: Shell, reader: Reader
) -> None:
    """From its first message on, though nobody knew of it."""
    following = followed(reader)
    alice.done("sync")
    alice.done("dm", "bob", "hello")
    alice.done("dm", "bob", "are you there?")
    bob.done("sync")
    assert news(following, reader) == [
        "1 alice, @alice, TIME: hello",
        "2 alice, @alice, TIME: are you there?",
    ]


def test_places_and_threads_are_called_as_they_are_called_by_now(
    hub: HubThread, alice: Shell, bob: Shell, reader: Reader
) -> None:
    """A channel, and the thread an answer stands in."""
    following = followed(reader)
    alice.done("post", "#general", "one")
    root = said(alice)
    alice.done("reply", root, "two", "--thread")
    bob.done("sync")
    assert news(following, reader) == [
        "1 alice, #general, TIME: one",
        "2 alice, #general, TIME, answers 1, thread 1: two",
    ]
    hub.do(lambda: rename(hub, reader.channels()[0].channel.channel, "lobby"))
    alice.done("thread", root, "--title", "Counting")
    alice.done("reply", root, "three", "--thread")
    bob.done("sync")
    assert news(following, reader) == [
        "3 alice, #lobby, TIME, answers 1, thread 1 (Counting): three"
    ]


async def rename(hub: HubThread, channel: ChannelId, name: str) -> None:
    """Call a channel something else."""
    hub.hub.operate(DIRECTORY, ChannelSet(channel, "name", name))
    await hub.hub.tell()


def test_where_one_is_is_called_as_it_is_called_by_now(hub: HubThread, bob: Shell) -> None:
    """What is answered names it so."""

    async def run(call: Call) -> None:
        async with Engine(call.profile, call.signing()) as engine:
            session = Session(call, engine, numbered=True, busy=lambda: False)
            session.go(place_named(engine.reader, "#general"))
            general = engine.reader.channels()[0].channel.channel
            await asyncio.to_thread(hub.do, lambda: rename(hub, general, "lobby"))
            await until(lambda: session.here().label == "#lobby")
            session.go(None)
            with pytest.raises(Failure, match="nowhere"):
                session.here()

    asyncio.run(run(call_of(bob, "read", "--plain", "--follow")))


def test_whom_and_what_one_mutes_meanwhile_is_not_heard_from_then_on(
    alice: Shell, bob: Shell, reader: Reader
) -> None:
    """Neither what they say, nor what they change, nor what they give."""
    following = followed(reader)
    bob.done("post", "#general", "mine")
    mine = said(bob)
    alice.done("sync")
    alice.done("post", "#general", "hers")
    hers = said(alice)
    bob.done("sync")
    assert len(news(following, reader)) == 2
    for words in (("react", mine, "🎉"), ("edit", hers, "her"), ("post", "#general", "more")):
        alice.done(*words)
    sit(bob, "/block @alice", "/quit")
    bob.done("sync")
    assert news(following, reader) == []
    sit(bob, "/block @alice", "/quit")
    alice.done("react", mine, "👍")
    bob.done("sync")
    assert news(following, reader) == ["1 alice, #general, gave 👍"]
    sit(bob, "/mute", "/quit")
    for words in (("react", mine, "👀"), ("post", "#general", "still here")):
        alice.done(*words)
    bob.done("sync")
    assert news(following, reader) == []


def test_a_change_of_what_is_forgotten_ends_nothing(
    alice: Shell, bob: Shell, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came together with it took its place."""
    monkeypatch.setattr(following_module, "REMEMBERED_MAX", 1)
    following = followed(reader)
    alice.done("post", "#general", "one")
    name = said(alice)
    bob.done("sync")
    assert len(news(following, reader)) == 1
    alice.done("post", "#general", "two")
    alice.done("edit", name, "won")
    bob.done("sync")
    assert news(following, reader) == ["2 alice, #general, TIME: two"]


def test_every_event_is_one_line(alice: Shell, bob: Shell, reader: Reader) -> None:
    """Whatever breaks lines: in a text, in code, and where nobody may write a break at all."""
    following = followed(reader)
    text = "one\r\n```py\ntwo\x0bthree\x0cfour\u2028five\u0085six\x07\n```\n\nseven\ttab"
    alice.done("post", "#general", "-", given=text)
    bob.done("sync")
    (told,) = following.news(places(reader), Hearing(reader, None, 0))
    assert len(told.line.splitlines()) == 1
    assert told.line.isprintable()
    for word in ("one", "two", "three", "four", "five", "six", "seven"):
        assert word in told.line
    assert Told({}, "a\nb\x1b[2J\u2029c").line.isprintable()


def test_what_was_told_is_marked_read_while_it_goes_on(alice: Shell, bob: Shell) -> None:
    """Not only when it ends; where it is to stay unread, never."""
    bob.done("sync")
    alice.done("post", "#general", "hello")
    bob.done("sync")

    async def run(call: Call) -> None:
        async with Engine(call.profile, call.signing(), connect=False) as engine:
            session = Session(call, engine, numbered=False, busy=lambda: False)
            for place in places(engine.reader):
                session.unread(place)

            def unread() -> int:
                return sum(line.reading.unread for line in engine.reader.channels() if line.reading)

            assert unread() == 1
            if call.words.keep:
                await session.mark()
                assert unread() == 1
                return
            marking = asyncio.ensure_future(session.marking(0.0))
            await until(lambda: not unread())
            marking.cancel()

    words = ("read", "--plain", "--follow")
    asyncio.run(run(call_of(bob, *words, "--keep")))
    asyncio.run(run(call_of(bob, *words)))


def test_nothing_is_marked_read_beyond_what_is_not_here_yet(alice: Shell, bob: Shell) -> None:
    """What was told before it is; what is told from behind it is not."""
    bob.done("sync")
    alice.done("post", "#general", "one")
    bob.done("sync")

    async def run(call: Call) -> None:
        async with Engine(call.profile, call.signing(), connect=False) as engine:
            session = Session(call, engine, numbered=False, busy=lambda: False)
            (line,) = engine.reader.channels()
            session.unread(line)
            one = engine.reader.before(line.stream, None, 1).last_seq
            await asyncio.to_thread(come_with_a_hole, alice, bob, line.stream)
            session.news()
            await session.mark()
            reading = engine.reader.reading(line.stream)
            assert reading is not None
            assert reading.cursor.seq == one

    asyncio.run(run(call_of(bob, "read", "--plain", "--follow")))


def come_with_a_hole(alice: Shell, bob: Shell, stream: StreamId) -> None:
    """Alice says two things, and only the last is held."""
    alice.done("post", "#general", "two")
    alice.done("post", "#general", "three")
    bob.done("sync")
    (record,) = bob.done("tail", "-n", "1", "--json").records
    rewrite_held(bob, stream, lo=record["seq"])


def call_of(shell: Shell, *words: str) -> Call:
    """The call of a verb, for whoever lives in it."""
    read = parser(words[0]).parse_args(words)
    private = Hidden(NOWHERE)
    world = Loaded(NOWHERE, Settings(), {}), Terminal(io.StringIO(), io.StringIO(), io.StringIO())
    place = read.verb, read, Profile(shell.home / PROFILE), *world
    return Call(*place, private, Unlocking(private.ask, None))
