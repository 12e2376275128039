"""Whom a replica proposes for a need: by consent, with evidence, and out of public posts alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date

import pytest

from hobnob.testing import Community, User
from hobnob.testing.people import Person
from hobnob_client.match.kept import Shown
from hobnob_client.match.library import Link
from hobnob_client.match.rules import Rules, shipped
from hobnob_client.match.source import Found, said_lately
from hobnob_client.match.told import Place
from hobnob_client.match.wizard import Aspect, Somebody, Wizard
from hobnob_client.match_lines import evidence_lines
from hobnob_client.match_words import few
from hobnob_protocol.ids import PEOPLE, AccountId, ChannelId, channel_stream, user_stream
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.membership import Invite, Join, Leave
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.kinds.personal import Block
from hobnob_protocol.limits import SHOWN_TO_ONE_MAX
from hobnob_protocol.request_questions import WEEKLY_REQUESTS
from tests.client.finding.shelf import Shelf
from tests.client.finding.world import HELP, RUST
from tests.hobnob.bots import echo

NEED = "our SQLite locks up on a network share"
WEEK = 7 * 86_400_000


@pytest.fixture
def community() -> Iterator[Community]:
    """#general and #ops."""
    with Community() as fresh:
        fresh.channel("ops")
        yield fresh


def agree(person: Person, *, on: bool = True) -> None:
    """They agree to being proposed, or withdraw."""
    person.seat.say(PEOPLE, Consent("matching", on))


def know(person: User, channel: str = "ops") -> None:
    """They write of it twice."""
    person.say("SQLite locks on NFS do not hold: keep the file local", channel)
    person.say("never share a SQLite file over the network", channel)


def asked(
    user: User, need: str = NEED, days: float = 0, *shown: Shown, rules: Rules | None = None
) -> Found:
    """What somebody's replica proposes, all of which is indexed."""
    while user.seat.index_some():
        pass
    reader = user.seat.reader
    now_ms = reader.before(user.stream("general"), None, 1).messages[-1].at_ms
    finder = reader.finder(UTC, lambda: date(2026, 1, 1))
    return finder.match(need, now_ms + 1_000 + round(days * 86_400_000), shown, rules)


def people(user: User, days: float = 0) -> set[AccountId]:
    """Who is proposed."""
    return {each.candidate.person for each in asked(user, NEED, days).people}


def only(found: Found) -> Somebody[AccountId, Place]:
    """The one there is."""
    (one,) = found.people
    return one


@pytest.fixture
def ada(community: Community) -> User:
    """Who has a need."""
    user = community.user("ada")
    user.say("good morning")
    return user


@pytest.fixture
def ben(community: Community, ada: User) -> User:
    """Who knows, and agrees."""
    user = community.user("ben")
    agree(user)
    know(user)
    community.wait(1)
    return user


def test_who_agrees_and_wrote_of_it_twice_is_proposed_with_both(ada: User, ben: User) -> None:
    """Each line of evidence is a post that is here, dated."""
    found = asked(ada)
    one = only(found)
    assert one.candidate.person == ben.account
    lines = one.candidate.lines
    assert [line.link for line in lines] == [Link.WROTE, Link.WROTE]
    told = (ada.seat.reader.message(line.event.stream, line.event.target) for line in lines)
    assert {message.text for message in told if message is not None} == {
        "SQLite locks on NFS do not hold: keep the file local",
        "never share a SQLite file over the network",
    }
    assert one.has[Aspect.AREA] == {"#ops"}
    assert (found.members, found.agreed) == (1, 1)
    assert Wizard(found.people, lines[0].at_ms).three()[0].person == ben.account


def test_a_hub_s_rules_rank_and_say_what_each_takes(ada: User, ben: User) -> None:
    """By what their profile says, within the most; without a choice by the default."""
    rules = Rules(replace(shipped().weights, bias=-9.0), 3, 4, asked=(Aspect.TIME,))
    usual, found = only(asked(ada)), asked(ada, rules=rules)
    one = only(found)
    assert one.candidate.p < usual.candidate.p
    assert (one.candidate.load.asks_free, one.candidate.load.shows) == (3, 6)
    assert found.wizard(0).asked == (Aspect.TIME,)
    for chosen, takes in (("9", 4), ("2", 2), ("0", 0)):
        ben.seat.say(PEOPLE, ProfileField(WEEKLY_REQUESTS, chosen))
        assert only(asked(ada, rules=rules)).candidate.load.asks_free == takes
    assert not asked(ada, rules=rules).wizard(0).three()


def test_who_does_not_agree_is_not_proposed(community: Community, ada: User, ben: User) -> None:
    """Saying nothing is no consent, and withdrawing holds at once."""
    know(community.user("cem"))
    assert people(ada) == {ben.account}
    assert asked(ada).members == 2
    agree(ben, on=False)
    found = asked(ada)
    assert (found.people, found.agreed) == ((), 0)


def test_who_wrote_of_it_once_is_not_proposed(community: Community, ada: User) -> None:
    """Nor does what everybody says count: words may be shared by chance."""
    ben = community.user("ben")
    agree(ben)
    ben.say("SQLite locks on NFS do not hold", "ops")
    ben.say("our dog is up on a hill", "ops")
    found = asked(ada)
    assert (found.people, found.agreed, found.words) == (
        (),
        1,
        ("sqlite", "locks", "network", "share"),
    )


def test_an_answer_in_a_thread_about_it_counts(community: Community, ada: User) -> None:
    """Also where the answer has none of its words."""
    cem, ben = community.user("cem"), community.user("ben")
    agree(ben)
    for text in ("SQLite locks up on a share", "is SQLite over the network safe?"):
        root = cem.say(text, "ops")
        ben.say("keep it local", "ops", thread=root)
    one = only(asked(ada))
    assert [line.link for line in one.candidate.lines] == [Link.ANSWERED, Link.ANSWERED]
    assert one.has[Aspect.LEVEL] == {"some"}


def test_who_asked_is_named_only_where_they_agree_to_being_found(
    community: Community, ada: User
) -> None:
    """And where it was oneself; what they said stands on one line."""
    cem, ben = community.user("cem"), community.user("ben")
    agree(ben)
    asked_so = ((cem, "SQLite locks\n\nup on a share"), (ada, "is SQLite on a share safe?"))
    for asker, text in asked_so:
        ben.say("keep it local", "ops", thread=asker.say(text, "ops"))

    def told() -> set[str]:
        lines = only(asked(ada)).candidate.lines
        reader = ada.seat.reader
        found = evidence_lines(reader, lines, reader.handle, ())
        assert any("“SQLite locks up on a share”" in line.text for line in found)
        return {line.text.split(" on ")[0] for line in found}

    assert told() == {"answered a member", "answered ada"}
    agree(cem)
    assert told() == {"answered cem", "answered ada"}


def test_oneself_bots_and_the_blocked_are_not_proposed(community: Community, ada: User) -> None:
    """Nor is a post of somebody blocked a line for others."""
    agree(ada)
    know(ada)
    robot = community.bot(echo())
    agree(robot)
    for text in ("SQLite locks: see the network share", "SQLite on a share"):
        robot.seat.say(ada.stream("ops"), Post(text))
    cem, ben = community.user("cem"), community.user("ben")
    agree(cem)
    agree(ben)
    know(cem)
    for text in ("SQLite locks up on a share", "is SQLite over the network safe?"):
        ben.say("keep it local", "ops", thread=cem.say(text, "ops"))
    assert people(ada) == {cem.account, ben.account}
    assert asked(ada).members == 2
    ada.seat.say(user_stream(ada.account), Block(cem.account, True))
    assert people(ada) == set()


def test_who_has_left_every_channel_is_not_proposed(
    community: Community, ada: User, ben: User
) -> None:
    """They cannot be reached there."""
    for channel in ("general", "ops"):
        ben.seat.say(ben.stream(channel), Leave())
    community.wait(1)
    assert people(ada) == set()


def test_what_is_said_in_a_private_channel_is_not_told(community: Community, ada: User) -> None:
    """Though both read it."""
    ben = community.user("ben")
    agree(ben)
    channel = ChannelId(b"secret".ljust(16, b"."))
    stream = channel_stream(channel)
    ben.seat.say(stream, ChannelCreate(channel, "secret", "", False))
    ben.seat.say(stream, Invite(ada.account))
    community.wait(60)
    ada.seat.say(stream, Join())
    community.wait(1)
    know(ben, "secret")
    community.wait(1)
    assert "never share" in ada.texts("secret")[-1]
    assert people(ada) == set()


def test_what_was_said_elsewhere_is_not_counted_among_the_newest() -> None:
    """However much of it there is."""
    shelf = Shelf.empty()
    shelf.put(1, "said here", RUST)
    shelf.put(2, "said elsewhere", HELP)
    rows = said_lately(shelf.database, {RUST}, 3, most=1)
    assert [row[1] for row in rows] == [RUST]
    shelf.database.close()


def test_who_wrote_nothing_for_three_months_is_not_proposed(ada: User, ben: User) -> None:
    """They are not about."""
    assert people(ada, days=89) == {ben.account}
    assert people(ada, days=91) == set()


def test_who_was_shown_ranks_lower_and_is_not_shown_without_end(ada: User, ben: User) -> None:
    """A week of silence later they are as before."""
    now_ms = ada.seat.reader.before(ada.stream("general"), None, 1).messages[-1].at_ms
    often = [Shown(ben.account, now_ms)] * 10
    assert only(asked(ada, NEED, 0)).candidate.load.shows_free == 10
    load = only(asked(ada, NEED, 0, *often)).candidate.load
    assert (load.shows_free, load.price.now(now_ms) > 1) == (0, True)
    assert only(asked(ada, NEED, 7.1, *often)).candidate.load.shows_free == 10


def test_what_people_say_they_help_with_is_more_welcome(ada: User, ben: User) -> None:
    """And their hours are those they say, by their own clock."""
    before = only(asked(ada)).candidate.q
    ben.seat.say(PEOPLE, ProfileField("helps_with", "shares, locking"))
    ben.seat.say(PEOPLE, ProfileField("hours", "18-22"))
    ben.seat.say(PEOPLE, ProfileField("zone", "UTC+12"))
    one = only(asked(ada))
    assert one.candidate.q > before
    assert one.has[Aspect.TIME] == {"morning"}
    ben.seat.say(PEOPLE, ProfileField("helps_with", "first talks"))
    assert only(asked(ada)).candidate.q < before


def test_a_need_of_usual_words_finds_nobody(ada: User, ben: User) -> None:
    """It says nothing to look for."""
    found = asked(ada, "can somebody please help me")
    assert (found.words, found.people) == ((), ())


def test_who_has_seen_enough_people_this_week_is_told_so(community: Community) -> None:
    """And not that nobody has written of it."""
    ada, ben = community.user("ada"), community.user("ben")
    agree(ben)
    know(ben)
    ada.say("good morning")
    now_ms = ada.reads()[-1].at_ms
    others = [Shown(AccountId(bytes((nth,)) * 20), now_ms) for nth in range(SHOWN_TO_ONE_MAX)]
    found = asked(ada, NEED, 0, *others)
    assert (found.people, found.limited) == ((), True)
    assert "often enough this week" in few(found, 0)[0]
    assert not asked(ada).limited
