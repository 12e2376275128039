"""Streams are opened where a replica stands, or at their tail."""

from dataclasses import replace

import pytest

from hobnob_protocol.frames import CloseStream, Open, Opened, OpenStream, Page, Push
from hobnob_protocol.ids import (
    DIRECTORY,
    EMPTY_HEAD,
    NO_GRANT,
    ChannelId,
    GrantId,
    Head8,
    StreamId,
    channel_stream,
    head8,
)
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import (
    MEMBER_STREAMS_MAX,
)
from hobnob_sync.hub_engine.inputs import Received
from hobnob_sync.hub_engine.session import Subscription
from tests.sync.hub_engine.scene import Hub, talking


def test_a_replica_goes_on_where_it_stands() -> None:
    """The answer names its own cursor and the head of the log; the page begins right after it."""
    hub, alice = talking(5)
    head = len(hub.log(hub.general))
    (opened,) = hub.open(alice, hub.open_stream(alice, hub.general, 3))
    grant = hub.grant(alice, hub.general)
    assert grant is not None
    number = hub.engine.state.streams[hub.general].number
    assert opened == Opened(
        hub.general, grant.grant, number, 0, 3, hub.head(hub.general, 3), head, ()
    )
    hub.rest()
    (page,) = hub.take(alice, Page)
    assert (page.number, page.first_seq, len(page.events)) == (number, 4, head - 3)
    assert [one.event for one in page.events] == [one.event for one in hub.log(hub.general)[3:]]
    assert [one.at_ms for one in page.events] == [one.at_ms for one in hub.log(hub.general)[3:]]


def test_a_replica_at_the_head_is_sent_nothing() -> None:
    """It hears what comes next, and only once."""
    hub, alice = talking(2)
    hub.follow(alice, hub.general)
    hub.rest()
    assert hub.take(alice, Page) == []
    hub.fill(alice, hub.general, 1)
    hub.rest()
    (page,) = hub.take(alice, Page)
    assert page.first_seq == len(hub.log(hub.general))


@pytest.mark.parametrize("wrong", ["head", "beyond", "floor"])
def test_a_cursor_that_is_not_of_this_log_is_told_so(wrong: str) -> None:
    """Another head at its place, a place beyond the head, or one from below the floor."""
    hub, alice = talking(2)
    bob = hub.member("bob")
    talk = hub.channel(alice, "talk", "from_join")
    hub.fill(alice, talk, 2)
    hub.join(bob, talk)
    grant = hub.grant(bob, talk)
    assert grant is not None
    head = len(hub.log(talk))
    wish = {
        "head": replace(hub.open_stream(bob, talk, head), head8=Head8(bytes(8))),
        "beyond": replace(hub.open_stream(bob, talk, head), seq=head + 1),
        "floor": hub.open_stream(bob, talk, grant.floor - 1),
    }[wrong]
    (opened,) = hub.open(bob, wish)
    number = hub.engine.state.streams[talk].number
    assert opened == Opened(talk, grant.grant, number, 1, 0, EMPTY_HEAD, head, ())
    assert hub.session(bob).subscriptions == {}


def test_a_replica_may_stand_at_its_floor() -> None:
    """It holds nothing yet, and is sent all that it may see."""
    hub, alice = talking(0)
    bob = hub.member("bob")
    talk = hub.channel(alice, "talk", "from_join")
    hub.join(bob, talk)
    grant = hub.grant(bob, talk)
    assert grant is not None
    (opened,) = hub.open(bob, hub.open_stream(bob, talk, grant.floor))
    assert (opened.status, opened.base_seq) == (0, grant.floor)


def test_what_is_not_granted_does_not_open() -> None:
    """Nor does it tell whether it is there: an unknown stream, a foreign one, an old grant."""
    hub, alice = talking(1)
    bob = hub.member("bob")
    secret = hub.private(alice, "secret")
    nowhere = channel_stream(ChannelId(b"n" * 16))
    held = hub.open_stream(bob, hub.general)
    wishes = [
        OpenStream(nowhere, NO_GRANT, 0, head8(EMPTY_HEAD), 50),
        OpenStream(secret, NO_GRANT, 0, head8(EMPTY_HEAD), 50),
        replace(held, grant=GrantId(bytes(8))),
    ]
    assert hub.open(bob, *wishes) == [
        Opened(wish.stream, wish.grant, 0, 2, 0, EMPTY_HEAD, 0, ()) for wish in wishes
    ]
    assert hub.session(bob).subscriptions == {}
    hub.rest()
    assert hub.take(bob, Page) == []


def test_streams_of_one_connection_are_bounded() -> None:
    """One more does not open; one that is open may be opened again."""
    hub, alice = talking(3)
    session = hub.session(alice)
    hub.follow(alice, DIRECTORY)
    for n in range(MEMBER_STREAMS_MAX - 2):
        stream = channel_stream(ChannelId(n.to_bytes(16, "big")))
        session.subscriptions[stream] = Subscription(stream, NO_GRANT, 0)
    assert [one.status for one in hub.open(alice, hub.open_stream(alice, hub.general))] == [0]
    assert len(session.subscriptions) == MEMBER_STREAMS_MAX
    assert [one.status for one in hub.open(alice, hub.open_stream(alice, hub.general))] == [0]
    wish = hub.open_stream(alice, StreamId(b"ppl"))
    assert [one.status for one in hub.open(alice, wish)] == [2]
    hub.receive(alice, CloseStream(DIRECTORY))
    assert [one.status for one in hub.open(alice, wish)] == [0]


@pytest.mark.parametrize(
    ("tail", "base"), [(0, 10), (1, 9), (9, 1), (10, 0), (11, 0), (2**53 - 1, 0)]
)
def test_a_tail_is_as_long_as_it_was_asked_for(tail: int, base: int) -> None:
    """The head before it comes with the answer, so that it links."""
    hub = Hub()
    alice = hub.member("alice")
    hub.fill(alice, hub.general, 10 - len(hub.log(hub.general)))
    (opened,) = hub.open(alice, hub.open_stream(alice, hub.general, tail=tail))
    assert (opened.status, opened.base_seq, opened.head_seq) == (0, base, 10)
    assert opened.base_head == hub.head(hub.general, base)
    hub.rest()
    pages = hub.take(alice, Page)
    assert [(page.first_seq, len(page.events)) for page in pages] == (
        [(base + 1, 10 - base)] if base < 10 else []
    )


def test_a_tail_ends_at_the_floor() -> None:
    """Its base is the floor's own head, which tells nothing of what lies below."""
    hub, alice = talking(0)
    bob = hub.member("bob")
    talk = hub.channel(alice, "talk", "from_join")
    hub.fill(alice, talk, 4)
    hub.join(bob, talk)
    hub.fill(alice, talk, 2)
    grant = hub.grant(bob, talk)
    assert grant is not None
    (opened,) = hub.open(bob, hub.open_stream(bob, talk, tail=500))
    assert (opened.base_seq, opened.base_head) == (grant.floor, hub.head(talk, grant.floor))
    hub.rest()
    assert [page.first_seq for page in hub.take(bob, Page)] == [grant.floor + 1]


def test_a_tail_begins_where_the_stream_stood_when_it_was_asked_for() -> None:
    """What others push in the very batch comes on top of it."""
    hub, alice = talking(10)
    bob = hub.member("bob")
    head = len(hub.log(hub.general))
    push = Push(tuple(hub.pushed(alice, hub.general, Post("x")) for _ in range(3)))
    wish = Open((hub.open_stream(bob, hub.general, tail=2),))
    hub.step([Received(alice.conn, push, 1), Received(bob.conn, wish, 1)])
    hub.rest()
    opened, page = hub.sent(bob.conn)
    assert isinstance(opened, Opened)
    assert isinstance(page, Page)
    assert (opened.base_seq, opened.head_seq) == (head - 2, head + 3)
    assert opened.base_head == hub.head(hub.general, head - 2)
    assert (page.first_seq, len(page.events)) == (head - 1, 5)


def test_each_wish_of_an_open_is_answered_in_its_order() -> None:
    """The good ones are not held up by the bad."""
    hub, alice = talking(1)
    wishes = [
        hub.open_stream(alice, DIRECTORY),
        replace(hub.open_stream(alice, hub.general), grant=GrantId(bytes(8))),
        hub.open_stream(alice, hub.general),
    ]
    opened = hub.open(alice, *wishes)
    assert [(one.stream, one.status) for one in opened] == [
        (DIRECTORY, 0),
        (hub.general, 2),
        (hub.general, 0),
    ]


def test_a_stream_that_is_closed_is_followed_no_more() -> None:
    """Neither live events nor history that was asked for; closing it twice is nothing."""
    hub, alice = talking(5)
    bob = hub.member("bob")
    hub.follow(bob, hub.general)
    hub.back(bob, hub.general, 4, 2)
    for _ in range(2):
        hub.receive(bob, CloseStream(hub.general))
    hub.fill(alice, hub.general, 1)
    hub.rest()
    assert hub.sent(bob.conn) == []
    assert bob.conn not in hub.engine.sessions.followers[hub.general]
    assert hub.session(bob).backs == {}


def test_a_page_is_dropped_where_its_stream_was_opened_elsewhere_meanwhile() -> None:
    """The next one goes from the new place; nothing is told twice and nothing is left out."""
    hub, alice = talking(20)
    head = len(hub.log(hub.general))
    hub.receive(alice, Open((hub.open_stream(alice, hub.general, 3),)))
    hub.receive(alice, Open((hub.open_stream(alice, hub.general, 9),)))
    hub.rest()
    pages = hub.take(alice, Page)
    assert [(page.first_seq, len(page.events)) for page in pages] == [(10, head - 9)]
