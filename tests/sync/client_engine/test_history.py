"""History is asked for by its places, some pages ahead, and no further than may be seen."""

from collections.abc import Iterable

import pytest

from hobnob_protocol.frames import Back
from hobnob_protocol.ids import ChannelId, StreamId, channel_stream
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import BACKFILLS_MAX, PAGE_BYTES_MAX
from hobnob_sync.client_engine.history import AHEAD_MAX, FIRST_EVENTS, REQUESTS_MAX
from hobnob_sync.client_engine.inputs import Backfill, FetchHistory
from hobnob_sync.client_engine.link import BACK_MS
from tests.sync.client_engine.scene import Outputs, Scene, sent
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN

LONG = 10 * FIRST_EVENTS


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


def runs(scene: Scene, asked: Iterable[tuple[int, int]]) -> None:
    """Each request is answered, with all it names."""
    for first, before in asked:
        scene.receive(scene.garden.back(first, before - 1))


# On wish.


def test_each_wish_asks_for_the_page_below_the_last() -> None:
    """Before what is held, then before what is under way, up to a bound."""
    scene = tails()
    lo = scene.row().lo
    asked = [place for _ in range(AHEAD_MAX) for place in places(scene.step(Backfill(GARDEN)))]
    assert asked == [
        (lo - (nth + 1) * FIRST_EVENTS, lo - nth * FIRST_EVENTS) for nth in range(AHEAD_MAX)
    ]
    assert places(scene.step(Backfill(GARDEN))) == []


@pytest.mark.parametrize(("floor", "asks"), [(3, []), (2, [(3, 4)]), (1, [(2, 4)])])
def test_history_ends_where_the_floor_is(floor: int, asks: list[tuple[int, int]]) -> None:
    """Nothing below it is ever requested, nor anything twice."""
    scene = tails(5, floor=floor)
    assert places(scene.step(Backfill(GARDEN))) == asks
    assert places(scene.step(Backfill(GARDEN))) == []


def test_no_history_is_asked_of_what_is_not_open() -> None:
    """Offline, unknown, or not yet open: the wish is nothing."""
    scene = tails()
    assert scene.step(Backfill(CELLAR)) == ()
    scene.reboot()
    for wish in (Backfill(GARDEN), FetchHistory()):
        assert scene.step(wish) == ()
    scene.announce()
    for wish in (Backfill(GARDEN), FetchHistory()):
        assert scene.step(wish) == ()


def test_history_that_does_not_come_may_be_asked_for_again() -> None:
    """Not before its time."""
    scene = tails(5)
    first = places(scene.step(Backfill(GARDEN)))
    scene.tick(BACK_MS - 1)
    assert places(scene.step(Backfill(GARDEN))) == []
    scene.tick(1)
    assert places(scene.step(Backfill(GARDEN))) == first


# By itself.


def test_all_history_comes_by_itself() -> None:
    """Several pages are under way at once, and the last one ends it."""
    scene = tails()
    asked = places(scene.step(FetchHistory()))
    assert len(asked) == AHEAD_MAX
    while asked:
        scene.receive(scene.garden.back(asked[0][0], asked[0][1] - 1))
        asked = [*asked[1:], *places(scene.step(FetchHistory()))]
    assert (scene.row().lo, scene.link.backs) == (1, {})
    assert scene.cells() == scene.folded(scene.garden.entries)


def test_those_that_lack_most_are_asked_first_and_each_before_a_second_page() -> None:
    """As many requests as may be under way, however many streams there are."""
    assert 2 * REQUESTS_MAX == BACKFILLS_MAX
    scene = Scene(tail_events=1)
    streams = [channel_stream(ChannelId(b"%016d" % nth)) for nth in range(REQUESTS_MAX - 1)]
    for nth, stream in enumerate(streams):
        scene.hub.grant(stream)
        scene.posts(FIRST_EVENTS * 2 + nth, stream)
    scene.connect()
    asked = [back.stream for back in sent(scene.step(FetchHistory()), Back)]
    longest_first: list[StreamId] = streams[::-1]
    assert asked == [*longest_first, longest_first[0]]
    assert scene.step(FetchHistory()) == ()


def test_history_waits_for_the_tails() -> None:
    """What is newest comes first everywhere."""
    scene = tails()
    scene.posts(1)
    scene.receive(scene.garden.opened(LONG))
    assert places(scene.step(FetchHistory())) == []
    scene.receive(scene.garden.page(LONG + 1))
    assert places(scene.step(FetchHistory())) != []


# What was asked for and comes otherwise.


def test_a_page_that_came_short_leaves_what_was_asked_below_it_to_be_asked_anew() -> None:
    """The hub's pages have a size. What lies below does not join yet, and is dropped."""
    scene = tails()
    (first, before), second, *_ = places(scene.step(FetchHistory()))
    scene.receive(scene.garden.back(first + 10, before - 1))
    assert scene.link.backs == {}
    scene.receive(scene.garden.back(second[0], second[1] - 1))
    assert not scene.transaction
    again = places(scene.step(FetchHistory()))
    assert again[0][1] == first + 10
    runs(scene, again)
    assert scene.row().lo == again[-1][0]


def test_a_page_that_overtook_another_is_dropped_with_those_below_it() -> None:
    """They are asked for again once the page between has come."""
    scene = tails()
    asked = places(scene.step(FetchHistory()))
    scene.receive(scene.garden.back(asked[1][0], asked[1][1] - 1))
    assert not scene.transaction
    assert [(found.first_seq, found.before_seq) for found in scene.link.backs[GARDEN]] == asked[:1]
    runs(scene, asked[:1])
    assert places(scene.step(FetchHistory()))[0][1] == asked[0][0]


def test_what_nobody_asked_for_answers_nothing() -> None:
    """A page of other places is judged by its chain alone."""
    scene = tails()
    asked = places(scene.step(Backfill(GARDEN)))
    scene.receive(scene.garden.back(3, 4))
    assert [(found.first_seq, found.before_seq) for found in scene.link.backs[GARDEN]] == asked


def test_how_many_events_fit_a_page_is_learned_from_pages() -> None:
    """Of long texts fewer than of short ones, so that a page that is wished is seldom too large."""
    scene = Scene(tail_events=1)
    for text in ("x" * 4_000, "y"):
        for _ in range(FIRST_EVENTS):
            scene.hub.say(GARDEN, scene.bob, Post(text))
    scene.connect()
    seen: list[int] = []
    for _ in range(2):
        asked = places(scene.step(Backfill(GARDEN)))
        runs(scene, asked)
        seen.append(scene.link.page_events[GARDEN])
    assert seen[0] > seen[1] > 1
    assert seen[1] * 4_000 < PAGE_BYTES_MAX
