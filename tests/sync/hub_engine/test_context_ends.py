"""What may not be shown explains nothing: ended, hidden, or a right that changes in this step."""

import pytest

from hobnob_protocol.event import decode_event
from hobnob_protocol.frames import Back, BackPage, Open, Page, Push
from hobnob_protocol.ids import GrantId
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.kinds.messages import Delete, Post
from hobnob_protocol.kinds.moderation import Erase, Hide
from hobnob_sync.hub_engine.inputs import Received
from tests.sync.hub_engine.scene import Hub, Member
from tests.sync.hub_engine.threads import placed, tail, thread


@pytest.mark.parametrize("end", [Delete, Erase])
def test_what_has_ended_explains_nothing(end: type[Delete | Erase]) -> None:
    """Not even as a stub: there is nothing to show."""
    hub = Hub()
    alice = hub.member("alice")
    root, _ = thread(hub, alice, hub.general)
    hub.told(alice, hub.general, end(root))
    assert tail(hub, alice, hub.general).context == ()


def test_what_is_hidden_explains_nothing_until_it_is_shown_again() -> None:
    """The act that hid it may lie below the tail as well, so the client could not know."""
    hub = Hub()
    olga = hub.owner()
    root, seq = thread(hub, olga, hub.general)
    hub.told(olga, hub.general, Hide(root, True, "off topic"))
    assert tail(hub, olga, hub.general).context == ()
    hub.told(olga, hub.general, Hide(root, False, "on topic"))
    hub.login(olga)
    assert tail(hub, olga, hub.general).context == placed(hub, hub.general, seq)


def opening(hub: Hub, member: Member) -> None:
    """A member opens the general tail; the page is due with the next step."""
    hub.receive(member, Open((hub.open_stream(member, hub.general),)))
    hub.sent(member.conn)


@pytest.mark.parametrize("end", [Delete, Erase])
def test_a_body_that_ends_in_this_very_step_leaves_nowhere(end: type[Delete | Erase]) -> None:
    """Neither beside the page nor in it, although both were loaded with it."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    root, seq = thread(hub, alice, hub.general)
    said = hub.told(alice, hub.general, Post("a secret"))
    opening(hub, bob)
    ends = [hub.pushed(alice, hub.general, end(name)) for name in (root, said)]
    hub.receive(alice, Push(tuple(ends)))
    page, *_ = hub.take(bob, Page)
    assert page.context == ()
    assert page.first_seq + len(page.events) - 1 == seq + 62
    stubs = [decode_event(stamped.event).is_stub for stamped in page.events]
    assert stubs == [False] * 49 + [True]


def test_history_leaves_without_a_body_that_ends_in_this_very_step() -> None:
    """And another stream's end at the same place takes nothing from it."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    talk = hub.channel(alice, "talk")
    hub.join(bob, talk)
    names = [hub.told(alice, stream, Post("x")) for stream in (talk, talk)]
    grant = hub.grant(bob, talk)
    assert grant is not None
    back = Received(bob.conn, Back(talk, grant.grant, 5, 4), 1)
    hub.step([back])
    ends = Push((hub.pushed(alice, talk, Erase(names[0])),))
    hub.receive(alice, ends)
    (page,) = hub.take(bob, BackPage)
    assert [decode_event(one.event).is_stub for one in page.events] == [False, False, True, False]


def test_a_right_that_changes_in_this_very_step_lets_nothing_out() -> None:
    """Who leaves and comes back gets neither the page nor what goes along with it."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    talk = hub.channel(alice, "talk", "from_join")
    hub.join(bob, talk)
    thread(hub, alice, talk, 10)
    head = len(hub.log(talk))
    hub.back(bob, talk, head + 1, 3)
    hub.heard.pop(bob.conn, None)
    first = hub.grant(bob, talk)
    assert first is not None
    again = Received(bob.conn, Back(talk, first.grant, head + 1, 3), 1)
    swap = Push((hub.pushed(bob, talk, Leave()), hub.pushed(bob, talk, Join())))
    hub.step([Received(bob.conn, swap, 1), again])
    hub.rest()
    assert hub.take(bob, BackPage) == []
    second = hub.grant(bob, talk)
    assert second is not None
    assert second.grant != first.grant
    assert hub.session(bob).backs == {}
    hub.receive(bob, Back(talk, GrantId(first.grant), head + 1, 3))
    hub.rest()
    assert hub.take(bob, BackPage) == []
