"""What a transport had no room for is due again, from the log."""

from hobnob_protocol.frames import BackPage, CloseStream, Page
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import BACKFILLS_MAX, CREDIT_BYTES, POST_TEXT_MAX
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
    session = hub.session(bob)
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
    hub.engine.sessions.unfollow(hub.session(bob), hub.general)
    hub.step([Unsent(bob.conn, page)])
    hub.rest()
    assert hub.take(bob, Page) == []


def test_a_page_and_what_goes_beside_it_cost_and_come_again_together() -> None:
    """A tail's roots are told anew with it."""
    hub = Hub()
    alice = hub.member("alice")
    root = hub.told(alice, hub.general, Post("root"))
    hub.fill(alice, hub.general, 9)
    hub.told(alice, hub.general, Post("reply", root))
    hub.open(alice, hub.open_stream(alice, hub.general, tail=5))
    hub.rest()
    (page,) = hub.take(alice, Page)
    assert len(page.context) == 1
    session = hub.session(alice)
    hub.step([Congested(alice.conn), Unsent(alice.conn, page)])
    assert session.credit_bytes == CREDIT_BYTES
    hub.step([Drained(alice.conn)])
    hub.rest()
    assert hub.take(alice, Page) == [page]


def test_a_page_rewinds_its_own_stream_only() -> None:
    """Whatever else is followed."""
    hub = Hub()
    alice, bob = two(hub)
    talk = hub.channel(alice, "talk")
    hub.join(bob, talk)
    hub.follow(bob, talk)
    hub.sent(bob.conn)
    hub.fill(alice, talk, 2)
    (page,) = hub.take(bob, Page)
    subscriptions = hub.session(bob).subscriptions
    general = subscriptions[hub.general]
    before = (general.sent_seq, general.dirty)
    hub.step([Congested(bob.conn), Unsent(bob.conn, page)])
    assert (general.sent_seq, general.dirty) == before
    assert (subscriptions[talk].sent_seq, subscriptions[talk].dirty) == (page.first_seq - 1, True)


def test_history_that_was_not_written_is_part_of_what_waits_of_its_stream() -> None:
    """All of it comes again from the highest place, in whatever order the pages come back."""
    hub = Hub()
    alice, bob = two(hub)
    for _ in range(12):
        hub.fill(alice, hub.general, 1, "x" * POST_TEXT_MAX)
    head = len(hub.log(hub.general))
    for order in (1, -1):
        hub.credit(bob, CREDIT_BYTES)
        hub.back(bob, hub.general, head + 1, 10)
        hub.rest()
        pages = hub.take(bob, BackPage)
        assert len(pages) == 3
        unsent = [Unsent(bob.conn, page) for page in pages[1:][::order]]
        hub.step([Congested(bob.conn), *unsent])
        hub.step([Drained(bob.conn)])
        hub.rest()
        assert hub.take(bob, BackPage) == pages[1:]


def test_history_that_was_not_written_waits_unless_too_much_does() -> None:
    """Requests have their bound; a replica asks again for what does not come."""
    hub = Hub()
    alice, bob = two(hub)
    hub.fill(alice, hub.general, 30)
    hub.sent(bob.conn)
    hub.back(bob, hub.general, 8, 4)
    hub.rest()
    (page,) = hub.take(bob, BackPage)
    talks = [hub.channel(bob, f"talk{nth}") for nth in range(BACKFILLS_MAX)]
    hub.step([Congested(bob.conn)])
    session = hub.session(bob)
    for talk in talks:
        hub.back(bob, talk, 2, 1)
    hub.step([Unsent(bob.conn, page)])
    assert list(session.backs) == talks
    hub.receive(bob, CloseStream(talks[0]))
    hub.step([Unsent(bob.conn, page)])
    assert list(session.backs) == [*talks[1:], hub.general]
