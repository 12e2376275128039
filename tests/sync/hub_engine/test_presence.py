"""Who is here and who writes: told to those who want it while there is room, and never kept."""

from collections.abc import Iterable

import pytest

from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    AccountId,
    StreamId,
    direct_conversation,
    user_stream,
)
from hobnob_protocol.kinds.conversations import Conversation
from hobnob_protocol.kinds.membership import Leave
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Kick
from hobnob_protocol.limits import (
    BUDGET_CAPACITY,
    PRESENT_ACCOUNTS_MAX,
    SHOWN_FIRST_MS,
    TYPING_FOLLOWERS_MAX,
)
from hobnob_protocol.presence_frames import Here, Typing, Who, WhoIs
from hobnob_sync.hub_engine.inputs import Congested, Drained, Gone, HubSettings, Received, Tick
from hobnob_sync.hub_engine.presence import HERE_COST, TYPING_COST, WHO_COST
from hobnob_sync.ports import HubTransaction
from tests.sync.hub_engine.process import RICH
from tests.sync.hub_engine.scene import Hub, Member

HERE = Here(shown=True, typing=True)


def follower(hub: Hub, name: str, here: Here | None = HERE) -> Member:
    """A member who follows #general, and has said so much of presence."""
    found = hub.member(name)
    hub.follow(found, hub.general)
    if here is not None:
        hub.receive(found, here)
        hub.now_ms += SHOWN_FIRST_MS
    return found


def room(settings: HubSettings = RICH) -> tuple[Hub, Member, Member]:
    """A hub at which two who want both follow #general."""
    hub = Hub(settings)
    return hub, follower(hub, "alice"), follower(hub, "bob")


def types(hub: Hub, member: Member, stream: StreamId | None = None) -> None:
    """Somebody writes, in #general where nothing else is told."""
    hub.receive(member, Typing(hub.general if stream is None else stream))


def told(hub: Hub, member: Member) -> list[Typing]:
    """What somebody has heard of who writes."""
    return hub.take(member, Typing)


def who(hub: Hub, member: Member, stream: StreamId | None = None) -> WhoIs:
    """The answer to somebody who asks."""
    stream = hub.general if stream is None else stream
    hub.receive(member, Who(stream))
    (found,) = hub.take(member, WhoIs)
    assert found.stream == stream
    return found


def accounts(members: Iterable[Member]) -> tuple[AccountId, ...]:
    """Their accounts, ascending."""
    return tuple(sorted(member.account for member in members))


def test_who_writes_is_told_to_the_others() -> None:
    """Not to any device of the account itself; and nothing of it is kept."""
    hub, alice, bob = room()
    tablet = hub.second_device(alice, "tablet")
    hub.follow(tablet, hub.general)
    hub.receive(tablet, HERE)
    types(hub, alice)
    assert told(hub, bob) == [Typing(hub.general, alice.account)]
    assert told(hub, alice) == told(hub, tablet) == []
    assert hub.decision.transaction == HubTransaction()


def test_of_what_came_together_the_last_is_told_once() -> None:
    """One frame for each who writes, however often they said it."""
    hub, alice, bob = room()
    carol = follower(hub, "carol")
    said = Typing(hub.general)
    hub.step([Received(each.conn, said, 1) for each in (alice, bob, alice, alice)])
    assert told(hub, carol) == [Typing(hub.general, each.account) for each in (alice, bob)]


def test_nobody_writes_in_anothers_name() -> None:
    """The account is the connection's, whatever the frame says."""
    hub, alice, bob = room()
    hub.receive(alice, Typing(hub.general, bob.account))
    assert told(hub, bob) == [Typing(hub.general, alice.account)]


@pytest.mark.parametrize("here", [None, Here(shown=True, typing=False)])
def test_who_has_not_asked_for_it_is_neither_told_nor_telling(here: Here | None) -> None:
    """An older client would end the connection; and whoever does not say it does not see it."""
    hub, alice, _ = room()
    carol = follower(hub, "carol", here)
    types(hub, alice)
    assert told(hub, carol) == []
    types(hub, carol)
    assert told(hub, alice) == []


def test_the_last_wish_holds() -> None:
    """It may be taken back."""
    hub, alice, bob = room()
    hub.receive(bob, Here(shown=False, typing=False))
    types(hub, alice)
    assert told(hub, bob) == []
    assert who(hub, alice).present == ()


def test_who_does_not_follow_a_stream_hears_nothing_of_it() -> None:
    """Nor says anything there."""
    hub, alice, _ = room()
    carol = hub.member("carol")
    hub.receive(carol, HERE)
    types(hub, alice)
    assert told(hub, carol) == []
    types(hub, carol)
    assert told(hub, alice) == []
    assert who(hub, carol) == WhoIs(hub.general, (), False)


def test_who_was_sent_away_hears_and_says_nothing() -> None:
    """From the commit on that ends the right."""
    hub, alice, bob = room()
    olga = hub.owner()
    hub.told(olga, hub.general, Kick(bob.account, "noise"))
    types(hub, alice)
    types(hub, bob)
    assert told(hub, bob) == told(hub, alice) == []
    assert who(hub, bob).present == who(hub, alice).present == ()


def test_who_leaves_hears_nothing() -> None:
    """By their own choice as well."""
    hub, alice, bob = room()
    hub.told(bob, hub.general, Leave())
    types(hub, alice)
    assert told(hub, bob) == []


def test_it_is_told_in_a_conversation() -> None:
    """To the other one, and to nobody else."""
    hub, alice, bob = room()
    carol = follower(hub, "carol")
    one, two = sorted((alice.account, bob.account))
    talk = StreamId(b"d:" + direct_conversation(hub.name, one, two))
    hub.told(alice, talk, Conversation((one, two)))
    for each in (alice, bob):
        hub.follow(each, talk)
    types(hub, alice, talk)
    assert told(hub, bob) == [Typing(talk, alice.account)]
    assert told(hub, carol) == []
    assert who(hub, alice, talk).present == (bob.account,)
    assert who(hub, carol, talk).present == ()


def test_people_are_met_where_they_talk_only() -> None:
    """Who follows the directory is the whole hub: nobody lists it by that."""
    hub, alice, bob = room()
    for stream in (DIRECTORY, PEOPLE, user_stream(alice.account)):
        for each in (alice, bob):
            if hub.grant(each, stream) is not None:
                hub.follow(each, stream)
        types(hub, alice, stream)
        assert told(hub, bob) == []
        assert who(hub, alice, stream).present == ()
    assert who(hub, alice, MODERATION).present == ()


def test_where_many_follow_nobody_is_told_who_writes() -> None:
    """One for each who follows would cost more than the message that comes of it."""
    hub, alice, bob = room()
    for n in range(TYPING_FOLLOWERS_MAX - 2):
        follower(hub, f"m{n}", None)
    types(hub, alice)
    assert told(hub, bob) == [Typing(hub.general, alice.account)]
    follower(hub, "one-more", None)
    types(hub, alice)
    assert told(hub, bob) == []


def test_a_full_transport_is_left_in_peace() -> None:
    """What it missed it never hears: by then nobody writes."""
    hub, alice, bob = room()
    hub.step([Congested(bob.conn)])
    types(hub, alice)
    hub.step([Drained(bob.conn)])
    assert told(hub, bob) == []
    types(hub, alice)
    assert told(hub, bob) == [Typing(hub.general, alice.account)]


def test_who_is_behind_is_told_what_was_said_first() -> None:
    """A connection that lacks pages hears of nobody who writes."""
    hub, alice, bob = room()
    hub.step([Congested(bob.conn)])
    hub.fill(alice, hub.general, 3)
    hub.session(bob).congested_since_ms = None
    types(hub, alice)
    assert told(hub, bob) == []


def test_who_floods_is_not_heard() -> None:
    """Each costs a token of what messages are paid with; none is answered."""
    hub, alice, bob = room(HubSettings())
    times = int(BUDGET_CAPACITY) // TYPING_COST
    for _ in range(times + 20):
        types(hub, alice)
    assert len(told(hub, bob)) == times
    (answer,) = hub.push(alice, hub.pushed(alice, hub.general, Post("hello")))
    assert answer.status == 3
    assert hub.bye(alice) is None


def test_who_asks_without_end_is_told_of_nobody() -> None:
    """All who follow are looked at for it, so that it costs more."""
    hub, alice, bob = room(HubSettings())
    for _ in range(int(BUDGET_CAPACITY) // WHO_COST):
        assert who(hub, alice).present == (bob.account,)
    assert who(hub, alice).present == ()


def test_who_is_here_is_told_to_whoever_asks() -> None:
    """In order, each once, without the asker; and nothing of it is kept."""
    hub, alice, bob = room()
    carol = follower(hub, "carol")
    tablet = hub.second_device(bob, "tablet")
    hub.follow(tablet, hub.general)
    hub.receive(tablet, HERE)
    follower(hub, "dave", None)
    follower(hub, "eve", Here(shown=False, typing=True))
    assert who(hub, alice) == WhoIs(hub.general, accounts((bob, carol)), False)
    assert hub.decision.transaction == HubTransaction()
    hub.step([Gone(carol.conn)])
    assert who(hub, alice).present == (bob.account,)


def test_who_is_not_shown_is_shown_nobody() -> None:
    """What one wants to know of others one lets them know."""
    hub, alice, _ = room()
    hub.receive(alice, Here(shown=False, typing=True))
    assert who(hub, alice).present == ()


def test_who_was_not_shown_for_a_while_is_told_once_they_have_been() -> None:
    """Others could see them by then; whoever hides meanwhile, or leaves, is told of nobody."""
    hub, alice, bob = room()
    carol = hub.member("carol")
    hub.follow(carol, hub.general)
    off = Here(shown=False, typing=False)
    hub.step([Received(carol.conn, each, 1) for each in (HERE, Who(hub.general), off)])
    assert hub.decision.deadline_ms == hub.now_ms + SHOWN_FIRST_MS
    assert hub.take(carol, WhoIs) == []
    hub.step([Tick()], hub.now_ms + SHOWN_FIRST_MS)
    assert hub.take(carol, WhoIs) == [WhoIs(hub.general, (), False)]
    hub.step([Received(carol.conn, each, 1) for each in (HERE, Who(hub.general))])
    assert carol.account in who(hub, alice).present
    hub.step([Received(carol.conn, each, 1) for each in (off, HERE)], hub.now_ms + 1)
    hub.step([Tick()], hub.now_ms + SHOWN_FIRST_MS - 1)
    assert hub.take(carol, WhoIs) == [WhoIs(hub.general, (), False)]
    hub.step([Tick()], hub.now_ms + 1)
    assert who(hub, carol).present == accounts((alice, bob))
    hub.step([Received(carol.conn, each, 1) for each in (off, HERE, Who(hub.general))])
    hub.step([Gone(carol.conn)])
    hub.step([Tick()], hub.now_ms + SHOWN_FIRST_MS)
    assert hub.engine.sessions.who_due_ms == {}


def test_whoever_shows_and_hides_without_end_can_only_hide() -> None:
    """It costs what a word does; to be told of less costs nothing that one must have."""
    hub, alice, bob = room(HubSettings())
    off = Here(shown=False, typing=False)
    for _ in range(int(BUDGET_CAPACITY) // HERE_COST // 2):
        hub.receive(alice, off)
        hub.receive(alice, HERE)
    assert hub.session(alice).shown
    hub.receive(alice, off)
    hub.receive(alice, HERE)
    assert not hub.session(alice).shown
    types(hub, bob)
    assert told(hub, alice) == []


def test_presence_ends_with_the_hubs_process() -> None:
    """It is in no store."""
    hub, alice, bob = room()
    hub.reboot()
    for each in (alice, bob):
        hub.login(each)
        hub.follow(each, hub.general)
    hub.receive(alice, HERE)
    hub.now_ms += SHOWN_FIRST_MS
    assert who(hub, alice).present == ()


def test_an_answer_has_its_bound() -> None:
    """And says that there are more."""
    hub = Hub()
    alice = follower(hub, "alice")
    others = [follower(hub, f"m{n}") for n in range(PRESENT_ACCOUNTS_MAX + 1)]
    found = who(hub, alice)
    assert found == WhoIs(hub.general, accounts(others)[:PRESENT_ACCOUNTS_MAX], True)
    hub.step([Gone(others[0].conn)])
    assert not who(hub, alice).more
