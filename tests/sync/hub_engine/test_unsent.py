"""What a transport had no room for is due again, from the log."""

from hobnob_protocol.frames import BackPage, Page
from hobnob_protocol.limits import CREDIT_BYTES
from hobnob_sync.hub_engine.inputs import Congested, Drained, Tick, Unsent
from tests.sync.hub_engine.scene import Hub, Member


def two(hub: Hub) -> tuple[Member, Member]:
    """Who writes, and who follows the first channel."""
    alice, bob = hub.member("alice"), hub.member("bob")
    hub.follow(bob, hub.general)
    hub.sent(bob.conn)
    return alice, bob


def test_a_page_that_was_not_written_comes_again() -> None:
    """The same events from the same place, once there is room."""
    hub = Hub()
    alice, bob = two(hub)
    hub.fill(alice, hub.general, 3)
    (page,) = hub.take(bob, Page)
    hub.step([Congested(bob.conn), Unsent(bob.conn, page)])
    hub.rest()
    assert hub.take(bob, Page) == []
    hub.step([Drained(bob.conn)])
    hub.rest()
    assert hub.take(bob, Page) == [page]


def test_of_several_pages_the_first_decides() -> None:
    """However many were under way, the log is read from where the first of them began."""
    hub = Hub()
    alice, bob = two(hub)
    hub.fill(alice, hub.general, 2)
    hub.fill(alice, hub.general, 2)
    first, second = hub.take(bob, Page)
    hub.step([Congested(bob.conn), Unsent(bob.conn, second), Unsent(bob.conn, first)])
    hub.step([Drained(bob.conn), Tick()])
    hub.rest()
    (whole,) = hub.take(bob, Page)
    assert whole.first_seq == first.first_seq
    assert whole.events == (*first.events, *second.events)


def test_history_that_was_not_written_comes_again() -> None:
    """The same page, though its request was answered already."""
    hub = Hub()
    alice, bob = two(hub)
    hub.fill(alice, hub.general, 9)
    hub.sent(bob.conn)
    hub.back(bob, hub.general, 8, 4)
    hub.rest()
    (page,) = hub.take(bob, BackPage)
    hub.step([Congested(bob.conn), Unsent(bob.conn, page)])
    hub.step([Drained(bob.conn)])
    hub.rest()
    assert hub.take(bob, BackPage) == [page]


def test_what_was_not_written_costs_no_credit() -> None:
    """The client never gives back what it never got."""
    hub = Hub()
    alice, bob = two(hub)
    hub.fill(alice, hub.general, 3)
    (page,) = hub.take(bob, Page)
    session = hub.engine.sessions.by_conn[bob.conn]
    assert session.credit_bytes < CREDIT_BYTES
    hub.step([Congested(bob.conn), Unsent(bob.conn, page)])
    assert session.credit_bytes == CREDIT_BYTES


def test_a_page_of_a_session_or_a_stream_that_is_over_is_forgotten() -> None:
    """Nothing is due to who left, or stopped following."""
    hub = Hub()
    alice, bob = two(hub)
    hub.fill(alice, hub.general, 3)
    (page,) = hub.take(bob, Page)
    hub.step([Unsent(99, page)])
    hub.engine.sessions.unfollow(hub.engine.sessions.by_conn[bob.conn], hub.general)
    hub.step([Unsent(bob.conn, page)])
    hub.rest()
    assert hub.take(bob, Page) == []
