"""What a replica tells a newcomer to begin with."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community, User
from hobnob_client.care.beginning import Beginning
from hobnob_protocol.ids import PEOPLE, user_stream
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.personal import Block
from tests.client.care.test_source import pass_days


@pytest.fixture
def community() -> Iterator[Community]:
    """#general and #rust."""
    with Community() as fresh:
        fresh.channel("rust")
        yield fresh


@pytest.fixture
def ben(community: Community) -> User:
    """Who agrees to be asked, and gave cem the first answer."""
    user, cem = community.user("ben"), community.user("cem")
    user.seat.say(PEOPLE, Consent("matching", True))
    first = cem.say("hello all")
    user.say("welcome!", thread=first)
    community.wait(1)
    return user


def begins(user: User) -> Beginning:
    """What somebody may begin with, all of whose replica is indexed."""
    while user.seat.index_some():
        pass
    newest = user.reads()[-1].at_ms
    return user.seat.reader.finder().begin(newest + 1_000)


def test_a_newcomer_is_led_to_somebody_to_a_talk_and_to_a_hello(
    community: Community, ben: User
) -> None:
    """Each step ends as it is done."""
    dan = community.user("dan")
    ada = community.user("ada")
    root = ben.say("where do you keep your notes?")
    for each in (dan, community.user("eve")):
        each.say("in a file", thread=root)
    community.wait(1)
    found = begins(ada)
    assert found.person is not None
    assert (found.person.account, found.person.answered) == (ben.account, 1)
    assert found.person.post.text == "welcome!"
    assert found.thread is not None
    assert (found.thread.root, found.thread.people) == (root, 3)
    assert found.hello == ada.stream("general")
    ada.say("in my head", thread=root)
    left = begins(ada)
    assert (left.thread, left.hello) == (None, None)
    assert left.person is not None
    ben.seat.say(PEOPLE, Consent("matching", False))
    community.wait(1)
    assert begins(ada) == Beginning()


def test_nobody_is_led_to_whom_they_block(community: Community, ben: User) -> None:
    """Whatever they did."""
    ada = community.user("ada")
    ada.seat.say(user_stream(ada.account), Block(ben.account))
    community.wait(1)
    assert begins(ada).person is None


def test_who_is_here_for_long_and_has_written_begins_nothing(
    community: Community, ben: User
) -> None:
    """Who has written nothing yet may still."""
    ada, dan = community.user("ada"), community.user("dan")
    ada.say("good morning")
    assert begins(ada).person is not None
    pass_days(community, 15, ada, ben, dan)
    ben.say("good morning")
    assert begins(ada) == Beginning()
    assert begins(dan).hello == dan.stream("general")
