"""History comes by request, in pages before a place."""

import pytest

from hobnob_protocol.frames import Back, BackPage, CloseStream
from hobnob_protocol.ids import (
    ChannelId,
    GrantId,
    channel_stream,
)
from hobnob_protocol.limits import (
    BACKFILLS_MAX,
    CREDIT_BYTES,
    PAGE_BYTES_MAX,
    PAGE_EVENTS_MAX,
    POST_TEXT_MAX,
)
from hobnob_sync.ports import RangeKey
from tests.sync.hub_engine.scene import Hub, Member, talking


def history(hub: Hub, member: Member) -> list[tuple[int, int]]:
    """The history pages a member gets until there are no more: first and last seq of each."""
    hub.rest()
    found = hub.take(member, BackPage)
    return [(page.first_seq, page.first_seq + len(page.events) - 1) for page in found]


def test_history_ends_right_before_the_place_and_links() -> None:
    """As many events as were asked for, and the head before the first."""
    hub, alice = talking(20)
    hub.back(alice, hub.general, 15, 4)
    hub.rest()
    (page,) = hub.take(alice, BackPage)
    assert (page.first_seq, len(page.events)) == (11, 4)
    assert page.base_head == hub.head(hub.general, 10)
    assert page.number == hub.engine.state.streams[hub.general].number
    assert [one.event for one in page.events] == [
        entry.event for entry in hub.log(hub.general)[10:14]
    ]


@pytest.mark.parametrize(
    ("before", "limit", "first", "last"),
    [(2, 1, 1, 1), (2, 9, 1, 1), (3, 1, 2, 2), (5, 4, 1, 4), (5, 3, 2, 4), (21, 500, 1, 20)],
)
def test_history_reaches_down_to_the_first_event(
    before: int, limit: int, first: int, last: int
) -> None:
    """Before the first event the head is empty."""
    hub = Hub()
    alice = hub.member("alice")
    hub.fill(alice, hub.general, 20 - len(hub.log(hub.general)))
    hub.back(alice, hub.general, before, limit)
    hub.rest()
    (page,) = hub.take(alice, BackPage)
    assert (page.first_seq, len(page.events)) == (first, last - first + 1)
    assert page.base_head == hub.head(hub.general, first - 1)


def test_the_store_is_asked_for_no_more_than_a_page_holds() -> None:
    """However many are wished for: its events, its bytes, and the entry that gives the head."""
    hub, alice = talking(PAGE_EVENTS_MAX + 20)
    head = len(hub.log(hub.general))
    hub.back(alice, hub.general, head + 1, PAGE_EVENTS_MAX + 10)
    first = head - PAGE_EVENTS_MAX
    assert hub.engine.needs([]) == (
        RangeKey(hub.general, first, PAGE_EVENTS_MAX + 1, PAGE_BYTES_MAX),
    )
    hub.receive(alice, CloseStream(hub.general))
    hub.open(alice, hub.open_stream(alice, hub.general, tail=PAGE_EVENTS_MAX + 10))
    base = head - PAGE_EVENTS_MAX - 10
    assert hub.engine.needs([]) == (
        RangeKey(hub.general, base + 1, PAGE_EVENTS_MAX, PAGE_BYTES_MAX),
    )


def test_history_never_reaches_below_the_floor() -> None:
    """The first event above it comes with its base head; below it there is nothing to ask for."""
    hub, alice = talking(0)
    bob = hub.member("bob")
    talk = hub.channel(alice, "talk", "from_join")
    hub.fill(alice, talk, 4)
    hub.join(bob, talk)
    hub.fill(alice, talk, 5)
    grant = hub.grant(bob, talk)
    assert grant is not None
    floor = grant.floor
    hub.back(bob, talk, floor + 4, 500)
    hub.rest()
    (page,) = hub.take(bob, BackPage)
    assert (page.first_seq, len(page.events)) == (floor + 1, 3)
    assert page.base_head == hub.head(talk, floor)
    hub.back(bob, talk, floor + 2, 1)
    assert history(hub, bob) == [(floor + 1, floor + 1)]
    for before in (floor + 1, floor, 1, 0):
        hub.back(bob, talk, before, 5)
    assert history(hub, bob) == []
    assert hub.session(bob).backs == []


def test_a_member_who_came_back_gets_nothing_by_the_old_right() -> None:
    """A request under the grant from before the leaving is dropped."""
    hub, alice = talking(10)
    grant = hub.grant(alice, hub.general)
    assert grant is not None
    stale = Back(hub.general, GrantId(bytes(8)), 8, 2)
    hub.receive(alice, stale)
    hub.receive(alice, Back(channel_stream(ChannelId(b"n" * 16)), grant.grant, 8, 2))
    hub.receive(alice, Back(hub.general, grant.grant, 8, 2))
    assert history(hub, alice) == [(6, 7)]


@pytest.mark.parametrize("beyond", [2, 3, 100])
def test_a_request_beyond_the_head_is_dropped(beyond: int) -> None:
    """Else it would be planned for ever and keep the hub busy: there is no such history yet."""
    hub, alice = talking(10)
    head = len(hub.log(hub.general))
    for limit in (1, 2, 500):
        hub.back(alice, hub.general, head + beyond, limit)
    assert history(hub, alice) == []
    assert hub.session(alice).backs == []
    hub.back(alice, hub.general, head + 1, 1)
    assert history(hub, alice) == [(head, head)]


def test_a_request_for_nothing_is_answered_by_nothing() -> None:
    """A limit of nought ends, too."""
    hub, alice = talking(5)
    hub.back(alice, hub.general, 4, 0)
    assert history(hub, alice) == []
    assert hub.session(alice).backs == []


def test_a_page_that_its_bytes_would_cut_is_asked_for_again_by_half() -> None:
    """It must end at the place, so it begins later; what it leaves is asked for next."""
    hub = Hub()
    alice = hub.member("alice")
    for _ in range(10):
        hub.fill(alice, hub.general, 1, "x" * POST_TEXT_MAX)
    head = len(hub.log(hub.general))
    size_bytes = len(hub.log(hub.general)[-1].event)
    assert 4 * size_bytes < PAGE_BYTES_MAX < 5 * size_bytes
    hub.back(alice, hub.general, head + 1, 9)
    assert history(hub, alice) == [(head - 1, head)]
    hub.back(alice, hub.general, head + 1, 3)
    assert history(hub, alice) == [(head - 2, head)]
    hub.back(alice, hub.general, head + 1, 4)
    assert history(hub, alice) == [(head - 1, head)]
    assert hub.session(alice).backs == []


def test_the_largest_events_come_one_by_one_at_least() -> None:
    """Three of them are too many for a page with the entry before, so one comes."""
    hub = Hub()
    alice = hub.member("alice")
    for _ in range(4):
        hub.fill(alice, hub.general, 1, "€" * 5_400)
    head = len(hub.log(hub.general))
    size_bytes = len(hub.log(hub.general)[-1].event)
    assert 3 * size_bytes < PAGE_BYTES_MAX < 4 * size_bytes
    hub.back(alice, hub.general, head + 1, 3)
    assert history(hub, alice) == [(head, head)]


def test_waiting_requests_are_bounded() -> None:
    """Beyond the bound the newest is dropped."""
    hub, alice = talking(60)
    session = hub.session(alice)
    session.credit_bytes = 0
    for before in range(2, BACKFILLS_MAX + 4):
        hub.back(alice, hub.general, before, 1)
    assert [back.before_seq for back in session.backs] == list(range(2, BACKFILLS_MAX + 2))
    hub.credit(alice, CREDIT_BYTES)
    assert history(hub, alice) == [(seq, seq) for seq in range(1, BACKFILLS_MAX + 1)]


def test_a_request_that_is_closed_in_the_step_that_would_answer_it_is_not_answered() -> None:
    """It was loaded for nothing."""
    hub, alice = talking(20)
    hub.back(alice, hub.general, 15, 4)
    hub.receive(alice, CloseStream(hub.general))
    assert history(hub, alice) == []
