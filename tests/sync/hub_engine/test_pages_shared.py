"""One page for all who are equally far: made once, and each who gets it pays for it."""

from hobnob_protocol.flow import page_cost_bytes
from hobnob_protocol.frames import Open, Page
from hobnob_sync.hub_engine.inputs import Input, Received, Send
from tests.sync.hub_engine.scene import Hub, Member, talking
from tests.sync.hub_engine.threads import placed, thread


def pages(hub: Hub, opened: list[Input]) -> list[Send]:
    """What is sent of logs in the step after some have opened streams."""
    hub.step(opened)
    hub.heard.clear()
    return [
        found for found in hub.step([]) if isinstance(found, Send) and isinstance(found.frame, Page)
    ]


def opening(hub: Hub, member: Member, seq: int, tail: int = 50) -> Input:
    """A member follows the first channel from a place on."""
    return Received(member.conn, Open((hub.open_stream(member, hub.general, seq, tail),)), 1)


def test_who_is_as_far_as_another_gets_the_same_page() -> None:
    """Who is further along gets their own; the bytes of each are taken from their credit."""
    hub, alice = talking(20)
    bob, carol = hub.member("bob"), hub.member("carol")
    last = len(hub.log(hub.general))
    before = {member.conn: hub.session(member).credit_bytes for member in (alice, bob, carol)}
    opened = [opening(hub, alice, last - 9), opening(hub, bob, last - 4)]
    sent = pages(hub, [*opened, opening(hub, carol, last - 9)])
    assert [found.conns for found in sent] == [(alice.conn, carol.conn), (bob.conn,)]
    for member, count in ((alice, 9), (bob, 4), (carol, 9)):
        (page,) = hub.take(member, Page)
        assert page.first_seq == last - count + 1
        cost_bytes = page_cost_bytes(entry.event for entry in hub.log(hub.general)[last - count :])
        assert hub.session(member).credit_bytes == before[member.conn] - cost_bytes


def test_who_holds_less_gets_what_explains_it() -> None:
    """A tail needs the roots before it; who goes on from there holds them, and gets another page of
    the same events."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    _, seq = thread(hub, alice, hub.general, 10)
    last = len(hub.log(hub.general))
    sent = pages(hub, [opening(hub, alice, last - 5), opening(hub, bob, 0, 5)])
    assert [found.conns for found in sent] == [(alice.conn,), (bob.conn,)]
    assert hub.take(alice, Page)[0].context == ()
    assert hub.take(bob, Page)[0].context == placed(hub, hub.general, seq)


def test_what_explains_a_tail_is_shared_with_it() -> None:
    """Two who come for the first time."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    _, seq = thread(hub, alice, hub.general, 10)
    sent = pages(hub, [opening(hub, alice, 0, 5), opening(hub, bob, 0, 5)])
    assert [found.conns for found in sent] == [(alice.conn, bob.conn)]
    for member in (alice, bob):
        assert hub.take(member, Page)[0].context == placed(hub, hub.general, seq)
