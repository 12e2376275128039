"""Whom a replica tells to care for."""

from collections.abc import Iterator
from typing import Final

import pytest

from hobnob.testing import Community, User
from hobnob_client.care.needs import QUESTION_MS, Need, Sort
from hobnob_protocol.ids import MODERATION, user_stream
from hobnob_protocol.kinds.moderation import Ban, Hide, Report
from hobnob_protocol.kinds.personal import Block
from hobnob_protocol.kinds.threads import ThreadResolve, ThreadTitle
from tests.hobnob.bots import echo

HOUR: Final = 3_600
DAY: Final = 24 * HOUR


@pytest.fixture
def community() -> Iterator[Community]:
    """#general and #rust, with one who is no newcomer any more."""
    with Community() as fresh:
        fresh.channel("rust")
        yield fresh


@pytest.fixture
def ada(community: Community) -> User:
    """Who cares."""
    user = community.user("ada")
    user.say("good morning")
    return user


@pytest.fixture
def ben(community: Community, ada: User) -> User:
    """Whose first post has its answer."""
    user = community.user("ben")
    first = user.say("hello all")
    ada.say("welcome!", thread=first)
    community.wait(1)
    return user


def pass_days(community: Community, days: float, *people: User) -> None:
    """Nobody is on line meanwhile."""
    for person in people:
        person.cut()
    community.wait(days * DAY)
    for person in people:
        person.reconnect()


def needs(user: User, hours: float = 0) -> tuple[Need, ...]:
    """Who needs care by somebody's replica, all of which is indexed, so long after the last
    message of #general."""
    while user.seat.index_some():
        pass
    newest = user.reads()[-1].at_ms
    return user.seat.reader.finder().care(newest + 1_000 + round(hours * HOUR * 1_000))


def told(user: User, hours: float = 0) -> list[tuple[Sort, str]]:
    """What of it people read."""
    return [(need.sort, need.text) for need in needs(user, hours)]


def test_a_newcomers_first_post_needs_an_answer_at_once(community: Community, ada: User) -> None:
    """An answer takes it away."""
    li = community.user("li")
    first = li.say("hello all")
    (need,) = needs(ada)
    assert (need.sort, need.who, need.target) == (Sort.NEWCOMER, li.account, first)
    assert need.stream == ada.stream("general")
    ada.say("welcome!", thread=first)
    assert needs(ada) == ()


def test_after_fourteen_days_nobody_is_a_newcomer(community: Community, ada: User) -> None:
    """Also who writes first then."""
    li, mo = community.user("li"), community.user("mo")
    pass_days(community, 13, ada, li, mo)
    li.say("hello all")
    assert told(ada) == [(Sort.NEWCOMER, "hello all")]
    pass_days(community, 2, ada, li, mo)
    mo.say("hello to you")
    assert told(ada) == []


def test_a_question_has_four_hours(community: Community, ada: User, ben: User) -> None:
    """Then it needs an answer, unless it is solved."""
    ben.say("I have a question")
    root = ben.say("why is it locked?")
    before = QUESTION_MS / HOUR / 1_000 - 0.1
    assert told(ada, before) == []
    assert told(ada, before + 0.2) == [(Sort.QUESTION, "why is it locked?")]
    ben.seat.say(ben.stream("general"), ThreadResolve(root))
    community.wait(1)
    assert told(ada, before + 0.2) == []


def test_a_title_may_ask_as_well(community: Community, ada: User, ben: User) -> None:
    """A thread is a question by either."""
    root = ben.say("it says database is locked")
    ben.seat.say(ben.stream("general"), ThreadTitle(root, "Why is it locked?"))
    community.wait(1)
    assert told(ada, 5) == [(Sort.QUESTION, "it says database is locked")]


def test_a_report_says_whom_one_has_blocked(community: Community, ada: User, ben: User) -> None:
    """Whoever moderates sees it all the same, with who wrote it and who has reported it."""
    cem = community.user("cem")
    target = ben.say("an insult")
    cem.seat.say(MODERATION, Report(cem.stream("general"), target, "rude"))
    community.wait(1)
    community.appoint(ada, "moderator")
    assert [need.blocked for need in needs(ada)] == [frozenset()]
    for each in (ben, cem):
        ada.seat.say(user_stream(ada.account), Block(each.account, True))
    (need,) = needs(ada)
    assert (need.text, need.blocked) == (
        "an insult",
        frozenset((ben.account, cem.account)),
    )


def test_who_has_waited_longest_stands_first(community: Community, ada: User, ben: User) -> None:
    """Whatever they need."""
    ben.say("why is it locked?")
    community.wait(HOUR)
    community.user("li").say("hello all")
    assert told(ada, 4) == [
        (Sort.QUESTION, "why is it locked?"),
        (Sort.NEWCOMER, "hello all"),
    ]


def test_of_oneself_of_bots_and_of_the_blocked_nothing_is_told(community: Community) -> None:
    """Yet what a blocked member answered is answered."""
    ada = community.user("ada")
    ada.say("good morning")
    community.bot(echo(), "robot")
    ben = community.user("ben")
    ben.say("buy from me?")
    ada.seat.say(user_stream(ada.account), Block(ben.account))
    assert told(ada) == []
    li = community.user("li")
    first = li.say("good evening")
    assert told(ada) == [(Sort.NEWCOMER, "good evening")]
    ben.say("a very good one", thread=first)
    assert told(ada) == []


def test_reports_are_for_who_moderates_until_somebody_has_acted(
    community: Community, ada: User, ben: User
) -> None:
    """Hiding the message does, and so does banning its author."""
    cem = community.user("cem")
    first, second = ben.say("an insult"), ben.say("another")
    for target in (first, second):
        cem.seat.say(MODERATION, Report(cem.stream("general"), target, "an insult,\nplease"))
        community.wait(1)
    assert told(ada) == []
    community.appoint(ada, "moderator")
    assert told(ada) == [(Sort.REPORT, "an insult"), (Sort.REPORT, "another")]
    (need, _) = needs(ada)
    assert (need.who, need.by, need.reason) == (ben.account, cem.account, "an insult,\nplease")
    assert (need.stream, need.target) == (ada.stream("general"), first)
    ada.seat.say(ada.stream("general"), Hide(first, True, "an insult"))
    community.wait(1)
    assert told(ada) == [(Sort.REPORT, "another")]
    ada.seat.say(MODERATION, Ban(ben.account, True, "insults"))
    community.wait(1)
    assert told(ada) == []


def test_who_is_gone_waits_for_nothing(community: Community, ada: User) -> None:
    """The hub does not let them in any more."""
    li = community.user("li")
    li.say("hello all")
    community.appoint(ada, "moderator")
    assert told(ada) == [(Sort.NEWCOMER, "hello all")]
    community.ban(li)
    assert told(ada) == []
