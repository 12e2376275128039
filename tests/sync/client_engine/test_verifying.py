"""Signatures of history, checked in slices: the newest first, then upwards, then down."""

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.event import stub
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.client_engine.inputs import Alarm, Changed, Verified, VerifySome
from hobnob_sync.client_engine.verifying import next_slice
from hobnob_sync.ports import ReplicaTransaction
from tests.sync.client_engine.scene import Scene, alarms, said, unsigned, with_event
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN, Member


def at_head(count: int = 10, tail_events: int = 50) -> Scene:
    """A replica at the head of a garden with so many posts."""
    scene = Scene(tail_events)
    scene.posts(count)
    scene.connect()
    return scene


def checked(scene: Scene, low: int, high: int) -> None:
    """So much of the garden was checked before."""
    scene.put(ReplicaTransaction(meta={f"verified:{GARDEN.hex()}": encode((low, high))}))


def test_a_whole_history_is_checked_slice_by_slice() -> None:
    """Each event once; when all is checked nothing is left to do."""
    scene = at_head(10)
    seen: list[tuple[int, int]] = []
    while (found := next_slice(scene.state, 4)) is not None:
        assert found[0] == GARDEN
        seen.append(found[1:])
        assert scene.step(VerifySome(4)) == (Verified(GARDEN),)
    assert seen == [(7, 4), (3, 4), (1, 2)]
    assert scene.state.verified == {GARDEN: (1, 10)}
    assert scene.step(VerifySome(4)) == ()
    assert not scene.transaction


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (None, (8, 3)),
        ((1, 10), None),
        ((3, 10), (1, 2)),
        ((5, 10), (2, 3)),
        ((4, 10), (1, 3)),
        ((5, 9), (10, 1)),
        ((5, 6), (7, 3)),
        ((5, 7), (8, 3)),
        ((5, 4), (8, 3)),
        ((11, 12), (8, 3)),
        ((0, 0), (8, 3)),
    ],
)
def test_the_checked_part_grows_upwards_first(
    before: tuple[int, int] | None, expected: tuple[int, int] | None
) -> None:
    """What is new is on screen; where nothing held is checked, the newest begin."""
    scene = at_head(10)
    if before is not None:
        checked(scene, *before)
    found = next_slice(scene.state, 3)
    assert (found and found[1:]) == expected


@pytest.mark.parametrize(
    ("before", "limit", "after"),
    [
        ((5, 6), 2, (5, 8)),
        ((5, 6), 9, (5, 10)),
        ((5, 10), 2, (3, 10)),
        ((5, 4), 2, (9, 10)),
        ((1, 2), 8, (1, 10)),
        ((12, 13), 2, (9, 10)),
    ],
)
def test_slices_join_to_one_run(
    before: tuple[int, int], limit: int, after: tuple[int, int]
) -> None:
    """The run is remembered; what does not touch it begins a new one."""
    scene = at_head(10)
    checked(scene, *before)
    scene.step(VerifySome(limit))
    assert scene.state.verified == {GARDEN: after}


def test_what_was_checked_before_a_purge_does_not_join_what_came_after() -> None:
    """The old run lies below what is held now: a new one begins."""
    scene = at_head(10, tail_events=2)
    checked(scene, 1, 4)
    scene.step(VerifySome(1))
    assert scene.state.verified == {GARDEN: (10, 10)}


@pytest.mark.parametrize(("before", "expected"), [((1, 8), (9, 2)), ((1, 9), (10, 1))])
def test_a_run_that_touches_what_is_held_goes_on(
    before: tuple[int, int], expected: tuple[int, int]
) -> None:
    """Its highest place is held, or the next one is."""
    scene = at_head(10, tail_events=2)
    checked(scene, *before)
    found = next_slice(scene.state, 5)
    assert found is not None
    assert found[1:] == expected


def test_control_streams_were_checked_when_they_came() -> None:
    """And an empty range has nothing to check."""
    scene = at_head(0)
    assert PEOPLE in scene.state.streams
    assert next_slice(scene.state, 100) is None


def test_streams_take_their_turn() -> None:
    """When one is done the next is checked."""
    scene = Scene()
    scene.posts(2)
    scene.hub.grant(CELLAR)
    scene.hub.say(CELLAR, scene.bob, Post("down here"))
    scene.connect()
    scene.step(VerifySome(10))
    scene.step(VerifySome(10))
    assert scene.state.verified == {GARDEN: (1, 2), CELLAR: (1, 1)}
    assert next_slice(scene.state, 10) is None


def test_a_signature_that_does_not_hold_raises_the_alarm() -> None:
    """With the event as it travelled; once, for the slice counts as checked."""
    scene = at_head(2)
    entry = scene.hub.say(GARDEN, scene.bob, Post("never said"))
    forged = unsigned(entry.event)
    scene.receive(with_event(scene.garden.page(3), 0, forged))
    assert alarms(scene.step(VerifySome(10))) == [Alarm("signature", GARDEN, (forged,))]
    assert scene.state.verified == {GARDEN: (1, 3)}
    assert scene.step(VerifySome(10)) == ()


def test_checking_changes_nothing_that_is_shown() -> None:
    """Whoever shows the stream need not read it again, but for a signature that does not hold."""
    scene = at_head(20)
    while outputs := scene.step(VerifySome(3)):
        assert said(outputs, Changed) == []


def test_honest_history_raises_no_alarm() -> None:
    """Not even for stubs: the signature covers the header."""
    scene = at_head(5)
    scene.rot(3, stub(scene.garden.entries[2].event))
    assert alarms(scene.step(VerifySome(10))) == []
    assert scene.state.verified == {GARDEN: (1, 5)}


def test_what_the_disk_has_lost_does_not_count_as_checked() -> None:
    """The stream is inspected, which fetches it again."""
    scene = at_head(3)
    del scene.store.logs[GARDEN].entries[2:]
    assert scene.step(VerifySome(10)) == ()
    assert scene.state.verified == {}
    assert scene.state.suspects == {GARDEN: None}


def test_a_rotten_entry_is_left_to_be_healed() -> None:
    """It is no forgery: the stream is inspected, and the slice is checked after that."""
    scene = at_head(3)
    scene.rot(2, b"\xc1")
    assert scene.step(VerifySome(10)) == ()
    assert scene.state.verified == {}
    assert scene.state.suspects == {GARDEN: None}


def test_an_entry_of_somebody_unknown_for_now_is_left_for_later() -> None:
    """It mends with the people's log."""
    scene = at_head(3)
    stranger, _ = Member("dave").event(GARDEN, Post("who?"))
    scene.rot(2, stranger)
    assert scene.step(VerifySome(10)) == ()
    assert scene.state.verified == {}
    assert scene.state.suspects == {}
