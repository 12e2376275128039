"""What a replica tells a newcomer to begin with."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community, User
from hobnob_client.care.beginning import Beginning, Step
from hobnob_client.onboarding.first import First
from hobnob_client.onboarding.kept import Kept
from hobnob_client.onboarding.welcome import Welcome
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


def begins(user: User, kept: Kept | None = None) -> Beginning:
    """What somebody may begin with, all of whose replica is indexed; `kept` of their answers."""
    while user.seat.index_some():
        pass
    newest = user.reads()[-1].at_ms
    welcome = None if kept is None else Welcome(kept)
    return user.seat.reader.finder().begin(newest + 1_000, welcome)


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


def test_answers_choose_the_small_task_and_what_comes_first(
    community: Community, ben: User
) -> None:
    """Who helps answers a question, who needs help asks one, and all others say hello."""
    ada = community.user("ada")
    asked = ben.say("how do I ship a wheel?")
    community.wait(1)
    helps = begins(ada, Kept(done=True, first=First.ANSWER))
    assert helps.answer is not None
    assert (helps.answer.target, helps.hello, helps.first) == (asked, None, Step.ANSWER)
    asks = begins(ada, Kept(done=True, first=First.ASK))
    assert (asks.ask, asks.hello, asks.answer) == (ada.stream("general"), None, None)
    ada.say("how do I begin?")
    community.wait(1)
    assert begins(ada, Kept(done=True, first=First.ASK)).ask is None


def test_a_talk_in_a_chosen_channel_comes_before_a_greater_one(
    community: Community, ben: User
) -> None:
    """It is said to be chosen."""
    ada, others = community.user("ada"), [community.user(name) for name in ("dan", "eve", "fay")]
    great, small = ben.say("notes?"), ben.say("traits?", channel="rust")
    for each in others:
        each.say("in a file", thread=great)
    for each in others[:2]:
        each.say("I do", channel="rust", thread=small)
    community.wait(1)
    found = begins(ada, Kept(done=True, topics=("rust",))).thread
    assert found is not None
    assert (found.root, found.chosen) == (small, True)


def test_how_many_questions_are_left_is_known_until_one_has_said_yes(
    community: Community, ben: User
) -> None:
    """Also where all were seen, and nothing was said to what follows."""
    ada = community.user("ada")
    assert begins(ada, Kept()).questions == 2
    assert begins(ada, Kept({"goal": ()})).questions == 1
    seen = begins(ada, Kept({"goal": (), "found": ()}))
    assert (seen.questions, seen.begun) == (1, True)
    assert begins(ada, Kept(done=True)).questions == 0


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
