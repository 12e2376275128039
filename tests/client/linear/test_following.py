"""What comes, and what becomes of what was told."""

import re
from collections.abc import Iterator

import pytest

from hobnob_client import keyring
from hobnob_client.config import Settings
from hobnob_client.linear.following import Following
from hobnob_client.linear.hearing import Hearing
from hobnob_client.linear.numbers import Numbers
from hobnob_client.linear.telling import Telling
from hobnob_client.paths import Profile
from hobnob_client.reading import Reader
from hobnob_client.verbs.call import places
from tests.client.verbs.shell import Shell

PROFILE = ".local/share/hobnob/default"


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
