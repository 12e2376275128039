"""History is asked for piece by piece, and no further than may be seen."""

import pytest

from hobnob_protocol.frames import Back
from hobnob_protocol.ids import ChannelId, StreamId, channel_stream
from hobnob_protocol.limits import BACKFILLS_MAX
from hobnob_sync.client_engine.history import (
    AHEAD_EVENTS,
    BURST_MS,
    PIECE_EVENTS,
    REQUEST_MS,
    STREAMS_MAX,
)
from hobnob_sync.client_engine.inputs import Backfill, FetchHistory
from hobnob_sync.client_engine.link import BACK_MS
from tests.sync.client_engine.scene import Outputs, Scene, sent
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN

LONG = 2 * PIECE_EVENTS + 100
PAGE = 200
"""Events of one of the hub's pages here."""


def tails(count: int = LONG, tail_events: int = 2, floor: int = 0) -> Scene:
    """A replica that holds the tail of a garden with so many posts, and no history."""
    scene = Scene(tail_events)
    scene.posts(count)
    if floor:
        scene.hub.grant(GARDEN, floor)
    scene.connect()
    return scene


def places(outputs: Outputs) -> list[tuple[int, int]]:
    """The first event and the one behind the last of each request."""
    return [(back.before_seq - back.limit, back.before_seq) for back in sent(outputs, Back)]


def page(scene: Scene, count: int = PAGE) -> None:
    """The hub's next page comes."""
    lo = scene.row().lo
    scene.receive(scene.garden.back(max(1, lo - count), lo - 1))


# On wish.


def test_a_wish_asks_for_a_piece_and_for_the_next_once_half_of_it_is_there() -> None:
    """Below what is under way, however often it is wished."""
    scene = tails()
    lo = scene.row().lo
    assert places(scene.step(Backfill(GARDEN))) == [(lo - PIECE_EVENTS, lo)]
    while scene.row().lo > lo - PIECE_EVENTS + AHEAD_EVENTS:
        assert places(scene.step(Backfill(GARDEN))) == []
        page(scene)
    bottom = lo - PIECE_EVENTS
    assert places(scene.step(Backfill(GARDEN))) == [(bottom - PIECE_EVENTS, bottom)]
    assert places(scene.step(Backfill(GARDEN))) == []


@pytest.mark.parametrize(("floor", "asks"), [(3, []), (2, [(3, 4)]), (1, [(2, 4)])])
def test_history_ends_where_the_floor_is(floor: int, asks: list[tuple[int, int]]) -> None:
    """Nothing below it is ever requested, nor anything twice."""
    scene = tails(5, floor=floor)
    assert places(scene.step(Backfill(GARDEN))) == asks
    assert places(scene.step(Backfill(GARDEN))) == []


def test_no_history_is_asked_of_what_is_not_open() -> None:
    """Offline, unknown, or not yet open: the wish is nothing."""
    scene = tails(9)
    assert scene.step(Backfill(CELLAR)) == ()
    scene.reboot()
    for wish in (Backfill(GARDEN), FetchHistory()):
        assert scene.step(wish) == ()
    scene.announce()
    for wish in (Backfill(GARDEN), FetchHistory()):
        assert scene.step(wish) == ()


def test_history_that_does_not_move_may_be_asked_for_again() -> None:
    """Not before its time, which begins anew with each page; from where it stands then."""
    scene = tails(20)
    first = places(scene.step(Backfill(GARDEN)))
    scene.tick(BACK_MS - 1)
    page(scene, 5)
    scene.tick(BACK_MS - 1)
    assert places(scene.step(Backfill(GARDEN))) == []
    scene.tick(1)
    assert places(scene.step(Backfill(GARDEN))) == [(first[0][0], first[0][1] - 5)]


# By itself.


def test_all_history_comes_by_itself() -> None:
    """The last page ends it; few requests bring much."""
    scene = tails()
    requests = len(places(scene.step(FetchHistory())))
    while scene.link.backs:
        page(scene)
        requests += len(places(scene.step(FetchHistory())))
    assert scene.row().lo == 1
    assert requests == LONG // PIECE_EVENTS + 1
    assert scene.cells() == scene.folded(scene.garden.entries)


def test_history_is_asked_for_no_faster_than_a_hub_bears_it() -> None:
    """Of many streams that lack one event each: after a second's worth of requests the rest waits
    its time, and comes by itself."""
    scene = Scene(tail_events=1)
    count = BURST_MS // REQUEST_MS + 2
    streams = [channel_stream(ChannelId(b"%016d" % nth)) for nth in range(count)]
    for stream in streams:
        scene.hub.grant(stream)
        scene.posts(2, stream)
    scene.connect()
    asked = [back.stream for back in sent(scene.step(FetchHistory()), Back)]
    came = 0
    while came < len(asked):
        scene.receive(scene.hub.logs[asked[came]].back(1, 1))
        came += 1
        asked += [back.stream for back in sent(scene.step(FetchHistory()), Back)]
    assert len(asked) == BURST_MS // REQUEST_MS
    assert scene.link.backs == {}
    assert scene.link.fetch_at is not None
    assert scene.link.deadline_ms(scene.state) == scene.link.fetch_at
    wait_ms = scene.link.fetch_at - scene.now_ms
    assert 0 < wait_ms <= 2 * REQUEST_MS
    assert places(scene.tick(wait_ms - 1)) == []
    assert len(places(scene.tick(1))) == 1
    assert scene.link.fetch_at is None


def test_those_that_lack_most_are_asked_first() -> None:
    """As many streams as may be under way; what somebody wishes to see finds room beside them."""
    assert 2 * STREAMS_MAX == BACKFILLS_MAX
    scene = Scene(tail_events=1)
    streams = [channel_stream(ChannelId(b"%016d" % nth)) for nth in range(STREAMS_MAX + 1)]
    for nth, stream in enumerate(streams):
        scene.hub.grant(stream)
        scene.posts(9 + nth, stream)
    scene.connect()
    asked = [back.stream for back in sent(scene.step(FetchHistory()), Back)]
    longest_first: list[StreamId] = streams[:0:-1]
    assert asked == longest_first
    assert scene.step(FetchHistory()) == ()
    assert [back.stream for back in sent(scene.step(Backfill(streams[0])), Back)] == streams[:1]


def test_history_waits_for_the_tails() -> None:
    """What is newest comes first everywhere."""
    scene = tails(9)
    scene.posts(1)
    scene.receive(scene.garden.opened(9))
    assert places(scene.step(FetchHistory())) == []
    scene.receive(scene.garden.page(10))
    assert places(scene.step(FetchHistory())) != []


# What comes otherwise than it was asked for.


def test_a_page_that_does_not_join_is_dropped_and_those_that_do_go_on() -> None:
    """One that overtook another, one that comes twice."""
    scene = tails(20)
    asked = places(scene.step(FetchHistory()))
    lo = scene.row().lo
    before = dict(scene.link.backs)
    scene.receive(scene.garden.back(lo - 8, lo - 5))
    assert not scene.transaction
    assert (scene.link.backs, places(scene.step(FetchHistory()))) == (before, [])
    page(scene, 4)
    scene.receive(scene.garden.back(lo - 4, lo - 1))
    assert not scene.transaction
    page(scene, lo - 4 - asked[0][0])
    assert (scene.row().lo, scene.link.backs) == (asked[0][0], {})


def test_what_nobody_asked_for_is_judged_by_its_chain_alone() -> None:
    """And answers no request."""
    scene = tails(20)
    page(scene, 5)
    assert scene.link.backs == {}
    assert scene.row().lo == 20 - 2 + 1 - 5
