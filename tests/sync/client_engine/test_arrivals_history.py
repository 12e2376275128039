"""Pages of history: they must end where the held range begins, and link to it."""

from dataclasses import replace

import pytest

from hobnob_protocol.frames import Back, BackPage, Stamped
from hobnob_protocol.ids import Head
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.client_engine.inputs import Backfill, Changed, Consumed
from tests.sync.client_engine.scene import Scene, alarms, refused_for, said, sent
from tests.sync.client_engine.scripted_hub import GARDEN, Member


def tail_of(held: int, count: int, floor: int = 0) -> Scene:
    """A replica that holds the last events of a garden and has asked for those before."""
    scene = Scene(tail_events=held)
    scene.posts(count)
    if floor:
        scene.hub.grant(GARDEN, floor)
    scene.connect()
    scene.step(Backfill(GARDEN))
    return scene


def test_history_that_links_is_put_before_what_is_held() -> None:
    """The tail stays, the range grows downwards, the cells are those of all of it."""
    scene = tail_of(2, 5)
    outputs = scene.receive(scene.garden.back(2, 3))
    row = scene.row()
    assert (row.lo, row.hi, row.base, row.head) == (
        2, 5, scene.garden.head(1), scene.garden.head(5),
    )  # fmt: skip
    assert scene.held() == tuple(scene.garden.entries[1:])
    assert scene.cells() == scene.folded(scene.garden.entries[1:])
    assert said(outputs, Changed) == [Changed(GARDEN)]
    assert alarms(outputs) == []


def test_history_reaches_down_to_the_first_event() -> None:
    """Nothing was before it: the base is that of an empty log."""
    scene = tail_of(2, 5)
    scene.receive(scene.garden.back(1, 3))
    assert (scene.row().lo, scene.row().base) == (1, scene.garden.head(0))


@pytest.mark.parametrize(("first", "last"), [(1, 2), (2, 2), (1, 4), (3, 4), (2, 5)])
def test_history_that_does_not_end_where_we_begin_is_dropped(first: int, last: int) -> None:
    """One that came twice, too late, or leaves a hole: no word, no change."""
    scene = tail_of(2, 5)
    outputs = scene.receive(scene.garden.back(first, last))
    assert [type(output) for output in outputs] == [Consumed]
    assert not scene.transaction


def test_an_empty_history_page_is_dropped() -> None:
    """It brings nothing, wherever it says that it stands."""
    scene = tail_of(2, 5)
    outputs = scene.receive(BackPage(scene.garden.number, 4, scene.garden.head(3), ()))
    assert alarms(outputs) == []
    assert not scene.transaction


@pytest.mark.parametrize(("first", "taken"), [(3, True), (2, False), (1, False)])
def test_history_ends_at_the_floor(first: int, taken: bool) -> None:
    """What the grant does not cover is never taken, even where a hub sends it (S8)."""
    scene = tail_of(2, 6, floor=2)
    assert scene.row().floor == 2
    scene.receive(scene.garden.back(first, 4))
    assert bool(scene.transaction) is taken
    assert scene.row().lo == (3 if taken else 5)


def test_history_that_does_not_link_is_refused() -> None:
    """Its last head must be the base of what is held: another time under an event is enough."""
    scene = tail_of(2, 5)
    page = scene.garden.back(2, 3)
    last = page.events[-1]
    bent = replace(page, events=(page.events[0], Stamped(last.at_ms + 1, last.event)))
    assert refused_for(scene.receive(bent), "page")
    assert not scene.transaction


def test_history_from_another_beginning_is_refused() -> None:
    """Every head rests on the one before."""
    scene = tail_of(2, 5)
    bent = replace(scene.garden.back(2, 3), base_head=Head(bytes(32)))
    assert refused_for(scene.receive(bent), "page")
    assert not scene.transaction


def test_history_that_is_no_event_is_refused() -> None:
    """As a page at the head is."""
    scene = tail_of(2, 5)
    page = scene.garden.back(2, 3)
    bent = replace(page, events=(Stamped(20, b"\xc0"), page.events[1]))
    assert refused_for(scene.receive(bent), "page")
    assert not scene.transaction


def test_history_by_somebody_unknown_waits_to_be_asked_for_again() -> None:
    """It is not taken, and the next wish for history asks once more."""
    scene = Scene(tail_events=1)
    scene.hub.say(GARDEN, Member("dave"), Post("who?"))
    scene.posts(1)
    scene.connect()
    scene.step(Backfill(GARDEN))
    outputs = scene.receive(scene.garden.back(1, 1))
    assert alarms(outputs) == []
    assert not scene.transaction
    assert scene.link.starved == {}
    assert len(sent(scene.step(Backfill(GARDEN)), Back)) == 1
