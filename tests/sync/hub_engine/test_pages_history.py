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
    SEQ_MAX,
)
from hobnob_sync.ports import HistoryKey, RangeKey, RootsKey
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
    """However many are wished for: its events and its bytes, and then the entry before them."""
    hub, alice = talking(PAGE_EVENTS_MAX + 20)
    head = len(hub.log(hub.general))
    first = head - PAGE_EVENTS_MAX - 10
    hub.back(alice, hub.general, head, PAGE_EVENTS_MAX + 10)
    page = HistoryKey(hub.general, first, head, PAGE_EVENTS_MAX, PAGE_BYTES_MAX)
    assert hub.engine.needs([]) == (page,)
    loaded = hub.store.load((page,))
    before, roots = hub.engine.needs([], loaded)
    assert before == RangeKey(hub.general, loaded.get(page)[0].seq - 1, 1, 1)
    assert isinstance(roots, RootsKey)
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
    assert hub.session(bob).backs == {}


def test_a_member_who_came_back_gets_nothing_by_the_old_right() -> None:
    """A request under the grant from before the leaving is dropped."""
    hub, alice = talking(10)
    grant = hub.grant(alice, hub.general)
    assert grant is not None
    stale = Back(hub.general, GrantId(bytes(8)), 8, 2)
    session = hub.session(alice)
    session.charge(session.credit_bytes)
    hub.receive(alice, stale)
    hub.receive(alice, Back(channel_stream(ChannelId(b"n" * 16)), grant.grant, 8, 2))
    hub.receive(alice, Back(hub.general, grant.grant, 8, 2))
    hub.credit(alice, CREDIT_BYTES)
    assert history(hub, alice) == [(6, 7)]
    hub.receive(alice, stale)
    assert history(hub, alice) == []


@pytest.mark.parametrize("beyond", [2, 3, 100])
def test_a_request_beyond_the_head_is_dropped(beyond: int) -> None:
    """Else it would be planned for ever and keep the hub busy: there is no such history yet."""
    hub, alice = talking(10)
    head = len(hub.log(hub.general))
    for limit in (1, 2, 500, SEQ_MAX):
        hub.back(alice, hub.general, head + beyond, limit)
    assert history(hub, alice) == []
    assert hub.session(alice).backs == {}
    hub.back(alice, hub.general, head + 1, 1)
    assert history(hub, alice) == [(head, head)]


def test_a_request_for_nothing_is_answered_by_nothing() -> None:
    """A limit of nought ends, too."""
    hub, alice = talking(5)
    hub.back(alice, hub.general, 4, 0)
    assert history(hub, alice) == []
    assert hub.session(alice).backs == {}


def test_a_request_is_answered_in_pages_as_full_as_they_may_be() -> None:
    """From its end downwards, each joins the one before; the last brings what is left."""
    hub = Hub()
    alice = hub.member("alice")
    for _ in range(10):
        hub.fill(alice, hub.general, 1, "x" * POST_TEXT_MAX)
    head = len(hub.log(hub.general))
    size_bytes = len(hub.log(hub.general)[-1].event)
    assert 4 * size_bytes < PAGE_BYTES_MAX < 5 * size_bytes
    hub.back(alice, hub.general, head + 1, 9)
    hub.rest()
    pages = hub.take(alice, BackPage)
    places = [(page.first_seq, page.first_seq + len(page.events) - 1) for page in pages]
    assert places == [(head - 3, head), (head - 7, head - 4), (head - 8, head - 8)]
    assert [page.base_head for page in pages] == [
        hub.head(hub.general, first - 1) for first, _ in places
    ]
    assert hub.session(alice).backs == {}
    hub.back(alice, hub.general, head + 1, 3)
    assert history(hub, alice) == [(head - 2, head)]


def test_one_request_brings_more_than_credit_lets_be_under_way() -> None:
    """It waits for credit as one request, and goes on where it was."""
    hub = Hub()
    alice = hub.member("alice")
    count = 3 * CREDIT_BYTES // POST_TEXT_MAX
    for _ in range(count):
        hub.fill(alice, hub.general, 1, "x" * POST_TEXT_MAX)
    head = len(hub.log(hub.general))
    hub.back(alice, hub.general, head + 1, SEQ_MAX)
    found = history(hub, alice)
    while (least := found[-1][0]) > 1:
        assert hub.session(alice).credit_bytes <= 0
        assert hub.session(alice).backs[hub.general].before_seq == least
        hub.credit(alice, CREDIT_BYTES)
        found += history(hub, alice)
    assert [first for first, _ in found[:-1]] == [last + 1 for _, last in found[1:]]
    assert hub.session(alice).backs == {}


def test_streams_have_their_turns_page_by_page() -> None:
    """A long request holds up none of another stream."""
    hub = Hub()
    alice = hub.member("alice")
    talk = hub.channel(alice, "talk")
    for stream in (hub.general, talk):
        for _ in range(9):
            hub.fill(alice, stream, 1, "x" * POST_TEXT_MAX)
    session = hub.session(alice)
    session.charge(session.credit_bytes)
    for stream in (hub.general, talk):
        hub.back(alice, stream, len(hub.log(stream)) + 1, 9)
    for _ in range(4):
        hub.credit(alice, CREDIT_BYTES)
    hub.rest()
    numbers = [hub.engine.state.streams[stream].number for stream in (hub.general, talk)]
    assert [page.number for page in hub.take(alice, BackPage)] == [*numbers, *numbers, *numbers]


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ([(15, 4), (11, 3)], [(8, 14)]),
        ([(11, 3), (15, 4)], [(8, 14)]),
        ([(15, 9), (12, 2)], [(6, 14)]),
        ([(15, 2), (9, 2)], [(7, 14)]),
        ([(15, 2)] * 50, [(13, 14)]),
    ],
)
def test_what_is_asked_of_a_stream_is_one_request(
    asked: list[tuple[int, int]], places: list[tuple[int, int]]
) -> None:
    """From the higher place to the lower, and nothing twice: a flood of requests brings as much as
    one."""
    hub, alice = talking(20)
    session = hub.session(alice)
    session.charge(session.credit_bytes)
    for before, limit in asked:
        hub.back(alice, hub.general, before, limit)
    assert len(session.backs) == 1
    hub.credit(alice, CREDIT_BYTES)
    assert history(hub, alice) == places


def test_the_streams_asked_for_are_bounded() -> None:
    """Beyond the bound the newest is dropped."""
    hub, alice = talking(4)
    session = hub.session(alice)
    session.charge(session.credit_bytes)
    talks = [hub.channel(alice, f"talk{nth}") for nth in range(BACKFILLS_MAX + 2)]
    for talk in talks:
        hub.back(alice, talk, len(hub.log(talk)) + 1, 1)
    assert list(session.backs) == talks[:BACKFILLS_MAX]
    hub.back(alice, talks[0], 2, 1)
    for _ in range(9):
        hub.credit(alice, CREDIT_BYTES)
    assert len(history(hub, alice)) == BACKFILLS_MAX


def test_a_request_that_grows_in_the_step_that_answers_it_goes_on() -> None:
    """Downwards its page still is the next one; from a higher place it is not."""
    hub, alice = talking(20)
    hub.back(alice, hub.general, 15, 2)
    hub.back(alice, hub.general, 13, 2)
    assert history(hub, alice) == [(13, 14), (11, 12)]
    hub.back(alice, hub.general, 15, 2)
    hub.back(alice, hub.general, 16, 2)
    assert history(hub, alice) == [(13, 15)]


def test_a_request_that_is_closed_in_the_step_that_would_answer_it_is_not_answered() -> None:
    """It was loaded for nothing."""
    hub, alice = talking(20)
    hub.back(alice, hub.general, 15, 4)
    hub.receive(alice, CloseStream(hub.general))
    assert history(hub, alice) == []
