"""Which signatures may be checked ahead: those that deciding will check, and no others."""

import pytest

from hobnob_protocol.event import Claim, claim, decode_event
from hobnob_protocol.frames import Credit, Offer, Offered, Push, Pushed
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.hub_engine.inputs import HubSettings, Input, Login, Received, Tick
from tests.sync.hub_engine.scene import SAID as SAID_ON_LINE
from tests.sync.hub_engine.scene import Hub, Member

SAID = Post("x")
COST = 2
"""Tokens of a post."""


def asked(hub: Hub, *received: Received) -> list[Claim]:
    """The claims of a batch whose keys were asked for; the batch itself is then taken."""
    hub.engine.needs(received)
    assert hub.engine.read == sum(
        len(each.frame.events) for each in received if isinstance(each.frame, Push)
    )
    found = hub.engine.claims(hub.now_ms)
    hub.step(list(received))
    assert hub.engine.read == 0
    return found


def pushes(member: Member, *events: Pushed) -> Received:
    """A PUSH comes from a member."""
    return Received(member.conn, Push(events), 1)


def of(hub: Hub, member: Member, pushed: Pushed, stream: StreamId) -> Claim:
    """What is to be checked of an event that a member signed."""
    author = hub.engine.state.accounts.author(member.device)
    assert author is not None
    return claim(decode_event(pushed.event), hub.engine.state.hub, stream, author)


def test_each_push_is_claimed_in_its_order() -> None:
    """Of all who push; what is claimed is what holds."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    one, two = hub.pushed(alice, hub.general, SAID), hub.pushed(alice, hub.general, SAID)
    other = hub.pushed(bob, hub.general, SAID)
    found = asked(hub, pushes(alice, one), pushes(bob, other), pushes(alice, two))
    assert found == [
        of(hub, alice, one, hub.general),
        of(hub, bob, other, hub.general),
        of(hub, alice, two, hub.general),
    ]
    assert all(hub.engine.hub.verifier.verify(*each) for each in found)


def test_a_batch_is_as_large_as_what_is_pushed_in_it() -> None:
    """Events that travel together are as much work as those that come one by one; an offer, of
    which nothing is checked ahead, is none."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    together = pushes(alice, *(hub.pushed(alice, hub.general, SAID) for _ in range(3)))
    alone = pushes(bob, hub.pushed(bob, hub.general, SAID))
    offered = Offered(hub.general, 1, 1, hub.compose(alice, hub.general, SAID))
    hub.engine.needs([together, alone, Received(bob.conn, Offer((offered,), False), 1)])
    assert hub.engine.read == 4


def test_what_is_refused_unseen_is_not_claimed() -> None:
    """No event, nobody's event, somebody else's event, and a number that was answered."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    stranger = hub.stranger("carol")
    foreign = hub.pushed(bob, hub.general, SAID)
    nobodys = hub.compose(stranger, hub.general, SAID)
    said = hub.pushed(alice, hub.general, SAID)
    assert [answer.status for answer in hub.push(alice, said)] == [0]
    events = [
        said,
        hub.pushed(alice, hub.general, b"no event"),
        hub.pushed(alice, hub.general, nobodys),
        hub.pushed(alice, hub.general, foreign.event),
    ]
    assert asked(hub, pushes(alice, *events)) == []


def test_nobody_has_more_checked_ahead_than_they_may_say() -> None:
    """The budget of the account, over all that it pushes in a batch."""
    hub = Hub(HubSettings(budget_capacity=3 * COST + 1))
    alice = hub.member("alice")
    events = [hub.pushed(alice, hub.general, SAID) for _ in range(6)]
    found = asked(hub, pushes(alice, *events[:2]), pushes(alice, *events[2:]))
    assert found == [of(hub, alice, one, hub.general) for one in events[:3]]
    assert asked(hub, pushes(alice, *events[3:])) == []


def test_the_next_batch_is_foreseen_in_portions() -> None:
    """What has come of it while this one is decided: pushes, each once, of whoever is there."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    here = pushes(alice, hub.pushed(alice, hub.general, SAID))
    one, other = hub.pushed(bob, hub.general, SAID), hub.pushed(alice, hub.general, SAID)
    gone = Received(99, Push((one,)), 1)
    following: list[Input] = [Tick(), pushes(bob, one), Received(bob.conn, Credit(1), 1), gone]
    hub.engine.needs([here])
    hub.engine.claims(hub.now_ms)
    assert hub.engine.foresee(following, hub.now_ms, 1) == []
    assert hub.engine.foresee(following, hub.now_ms, 9) == [of(hub, bob, one, hub.general)]
    following.append(pushes(alice, other))
    hub.step([here])
    assert hub.engine.foreseen == 4
    assert hub.engine.foresee(following, hub.now_ms, 9) == [of(hub, alice, other, hub.general)]
    hub.engine.needs(following)
    assert hub.engine.foreseen == 0
    assert hub.engine.claims(hub.now_ms) == [
        of(hub, bob, one, hub.general),
        of(hub, alice, other, hub.general),
    ]
    hub.step(following)
    assert [answer.status for ack in hub.acked(bob) for answer in ack.answers] == [0]
    assert [answer.status for ack in hub.acked(alice) for answer in ack.answers] == [0, 0]


def test_another_batch_than_was_foreseen_is_read_as_it_is() -> None:
    """Nothing of what was expected in its place is taken for it."""
    hub = Hub()
    alice = hub.member("alice")
    expected, comes = [hub.pushed(alice, hub.general, Post(text)) for text in ("x", "y")]
    hub.engine.foresee([pushes(alice, expected)], hub.now_ms, 9)
    alice.push_no = 1
    hub.step([pushes(alice, Pushed(1, hub.general, comes.event))])
    assert hub.bodies(hub.general, Post)[-1].text == "y"


def test_what_is_foreseen_costs_what_this_batch_leaves() -> None:
    """A budget is counted once, for both."""
    hub = Hub(HubSettings(budget_capacity=3 * COST + 1))
    alice = hub.member("alice")
    events = [hub.pushed(alice, hub.general, SAID) for _ in range(6)]
    here, following = pushes(alice, *events[:2]), pushes(alice, *events[2:])
    hub.engine.needs([here])
    assert len(hub.engine.claims(hub.now_ms)) == 2
    found = hub.engine.foresee([following], hub.now_ms, 9)
    assert found == [of(hub, alice, events[2], hub.general)]


@pytest.mark.parametrize("foreseen", [False, True])
def test_what_was_foreseen_is_judged_by_what_holds_then(foreseen: bool) -> None:
    """Whoever signed it may have come in meanwhile."""
    hub = Hub()
    alice, carol = hub.member("alice"), hub.stranger("carol")
    joins = Login(carol.conn, hub.wish(carol), SAID_ON_LINE)
    following = pushes(
        alice,
        hub.pushed(alice, hub.general, b"no event"),
        hub.pushed(alice, hub.general, hub.compose(carol, hub.general, SAID)),
    )
    hub.engine.needs([joins])
    if foreseen:
        assert hub.engine.foresee([following], hub.now_ms, 9) == []
    hub.step([joins])
    hub.step([following])
    (ack,) = hub.acked(alice)
    named = [answer.event8 != bytes(8) for answer in ack.answers]
    assert named == [False, True]


def test_an_offer_is_not_claimed() -> None:
    """Most of what replicas bring is known already."""
    hub = Hub()
    alice = hub.member("alice")
    offered = Offered(hub.general, 1, 1, hub.compose(alice, hub.general, SAID))
    assert asked(hub, Received(alice.conn, Offer((offered,), False), 1)) == []


def test_what_was_decided_is_claimed_no_more() -> None:
    """The next batch begins with its own."""
    hub = Hub()
    alice = hub.member("alice")
    assert len(asked(hub, pushes(alice, hub.pushed(alice, hub.general, SAID)))) == 1
    assert hub.engine.claims(hub.now_ms) == []
