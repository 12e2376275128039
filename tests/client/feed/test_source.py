"""What a replica tells the feed: threads of channels as they are, and one's own habits."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community, User
from hobnob_client.feed.source import Gathered, Spot
from hobnob_client.feed.talk import Talk
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kinds.personal import Block, ReadCursor
from hobnob_protocol.kinds.threads import ThreadTitle


@pytest.fixture
def community() -> Iterator[Community]:
    """#general, #rust and #announcements."""
    with Community() as fresh:
        fresh.channel("rust")
        fresh.channel("announcements")
        yield fresh


def gathered(user: User, after_days: float = 0) -> Gathered:
    """Out of somebody's replica, all of which is indexed."""
    while user.seat.index_some():
        pass
    reader = user.seat.reader
    newest = reader.before(user.stream("general"), None, 1).messages[-1].at_ms
    return reader.finder().feed(newest + 1_000 + round(after_days * 86_400_000))


def only(user: User, **more: float) -> Talk:
    """The only thread there is."""
    (found,) = gathered(user, **more).talks
    return found


def test_a_thread_is_a_root_and_what_is_said_under_it(community: Community) -> None:
    """What is said beside any thread is the channel's own talk."""
    ada, ben = community.user("ada"), community.user("ben")
    root = ada.say("why is it locked?")
    community.wait(1)
    ben.say("two writers", thread=root)
    ben.say("good morning")
    community.wait(1)
    ada.say("and to you")
    general = ada.stream("general")
    found = {talk.key: talk for talk in gathered(ada).talks}
    thread, flow = found[Spot(general, root)], found[Spot(general, None)]
    assert (thread.said, thread.people, thread.own, thread.mine) == (2, 2, 1, True)
    assert (flow.said, flow.begun_by, flow.last_by) == (2, None, ada.account)
    assert len(found) == 2


def test_a_titled_root_that_nobody_has_answered_is_a_thread(community: Community) -> None:
    """It may wait for an answer."""
    ada, ben = community.user("ada"), community.user("ben")
    root = ada.say("How do I read a lock?", "rust")
    ada.seat.say(ada.stream("rust"), ThreadTitle(root, "Locks"))
    ben.say("hello")
    community.wait(1)
    found = {talk.key: talk for talk in gathered(ben).talks}[Spot(ada.stream("rust"), root)]
    assert (found.people, found.question, found.newcomer) == (1, True, True)


@pytest.mark.parametrize("how", ["mention", "reply"])
def test_who_mentions_or_answers_me_calls_me(community: Community, how: str) -> None:
    """Until I have written again."""
    ada, ben = community.user("ada"), community.user("ben")
    mine = ada.say("the one with modes")
    community.wait(1)
    if how == "mention":
        ben.say("look, @ada")
    else:
        ben.say("why that?", reply=mine)
    assert only(ada).called
    community.wait(1)
    ada.say("because")
    assert not only(ada).called


def test_habits_are_ones_own(community: Community) -> None:
    """Where one writes, whom one answers, who answers one."""
    ada, ben = community.user("ada"), community.user("ben")
    ada.say("hello")
    ada.say("hello", "rust")
    community.wait(1)
    ben.say("hello to you")
    community.wait(1)
    habits = gathered(ada).habits
    assert set(habits.written_in) == {ada.stream("general"), ada.stream("rust")}
    assert set(habits.answered_by) == {ben.account}
    assert set(gathered(ben).habits.answers) == {ada.account}


def test_what_is_unread_is_counted_by_thread(community: Community) -> None:
    """One's own is never unread."""
    ada, ben = community.user("ada"), community.user("ben")
    root = ada.say("begin")
    community.wait(1)
    ben.say("one", thread=root)
    ben.say("two", thread=root)
    general = ada.stream("general")
    assert gathered(ada).unread == {Spot(general, root): 2}
    held = ada.seat.reader.held(general)
    assert held is not None
    ada.seat.say(user_stream(ada.account), ReadCursor(general, 0, held.hi))
    assert gathered(ada).unread == {}


def test_blocked_people_have_no_rows(community: Community) -> None:
    """Neither what they said nor the threads they began, whoever wrote in them."""
    ada, ben, cem = (community.user(name) for name in ("ada", "ben", "cem"))
    root = ben.say("why is it locked?")
    assert only(ada).last_by == ben.account
    community.wait(1)
    cem.say("two writers", thread=root)
    ada.seat.say(user_stream(ada.account), Block(ben.account, True))
    assert gathered(ada).talks == ()


def test_what_blocked_people_write_is_not_counted(community: Community) -> None:
    """A thread of others stands as it would without them, and none of it names them."""
    ada, ben, cem = (community.user(name) for name in ("ada", "ben", "cem"))
    root = cem.say("why is it locked?")
    community.wait(1)
    answer = ben.say("look, @ada", thread=root)
    community.wait(1)
    ada.say("two writers", thread=root, reply=answer)
    community.wait(1)
    ben.say("no, three", thread=root)
    ada.seat.say(user_stream(ada.account), Block(ben.account, True))
    found = gathered(ada)
    (one,) = found.talks
    assert (one.said, one.people, one.last_by, one.called) == (2, 2, ada.account, False)
    assert set(one.latest) == {ada.account, cem.account}
    assert set(found.habits.answers) == {cem.account}
    assert (found.habits.answered_by, found.unread) == ({}, {one.key: 1})
    newest = ada.seat.reader.message(ada.stream("general"), found.newest[one.key])
    assert newest is not None
    assert newest.account == ada.account


def test_a_thread_whose_root_is_too_old_begins_nowhere(community: Community) -> None:
    """Whoever wrote first of those who are counted has not begun it."""
    ada, ben = community.user("ada"), community.user("ben")
    root = ben.say("why is it locked?")
    ada.cut()
    ben.cut()
    community.wait(150 * 86_400)
    ada.reconnect()
    ada.say("two writers", thread=root)
    found = only(ada)
    assert (found.said, found.begun_by, found.mine, found.newcomer) == (1, None, False, False)
    ada.seat.say(user_stream(ada.account), Block(ben.account, True))
    assert gathered(ada).talks == ()


def test_announcements_are_known_by_their_channels_name(community: Community) -> None:
    """The protocol marks none."""
    ada = community.user("ada")
    ada.say("hello")
    ada.say("a release", "announcements")
    marked = {talk.channel: talk.announcement for talk in gathered(ada).talks}
    assert marked == {ada.stream("general"): False, ada.stream("announcements"): True}


def test_what_is_older_than_a_week_is_no_row(community: Community) -> None:
    """Habits remember it."""
    ada = community.user("ada")
    ada.say("hello")
    assert len(gathered(ada, after_days=6.9).talks) == 1
    late = gathered(ada, after_days=7.1)
    assert (late.talks, late.habits.wrote_ms > 0) == ((), True)
