"""One step in the making: what it gathers, what it takes back, what it says once."""

from dataclasses import replace

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.nouns import MESSAGE, PIN
from hobnob_sync.client_engine.inputs import Changed
from hobnob_sync.client_engine.state import meta_key
from hobnob_sync.client_engine.step import EMPTY, Step
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Cell, CellKey, Loaded
from tests.sync.client_engine.scene import Scene, queue, waiting
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN

KEY = b"k" * 16


@pytest.fixture
def step() -> Step:
    """A step over a garden with two posts, which has loaded one cell."""
    scene = Scene()
    scene.posts(2)
    queue(scene, waiting(1, size_bytes=10))
    scene.connect()
    key = CellKey(GARDEN, MESSAGE, KEY)
    return Step(scene.state, Loaded({key: Cell(1, b"before")}), 50)


def test_the_same_thing_is_said_once(step: Step) -> None:
    """In the order of its first time."""
    for stream in (GARDEN, CELLAR, GARDEN):
        step.say(Changed(stream))
    assert step.outputs == [Changed(GARDEN), Changed(CELLAR)]


def test_cells_are_written_over_what_was_loaded(step: Step) -> None:
    """One set a stream; the transaction gets them at the end, None for what goes."""
    cells = step.cells(GARDEN)
    assert cells.get(MESSAGE, KEY) == Cell(1, b"before")
    cells.put(MESSAGE, KEY, Cell(2, b"after"))
    assert step.cells(GARDEN) is cells
    cells.drop(PIN, KEY)
    assert step.transaction.cells == {}
    step.finish()
    assert step.transaction.cells == {
        (GARDEN, MESSAGE, KEY): Cell(2, b"after"),
        (GARDEN, PIN, KEY): None,
    }


def test_cells_may_be_replaced_as_a_whole(step: Step) -> None:
    """The last set counts."""
    step.cells(GARDEN).put(MESSAGE, KEY, Cell(2, b"after"))
    fresh = Overlay.fresh(GARDEN)
    fresh.put(PIN, KEY, Cell(3, True))
    step.replace_cells(GARDEN, fresh)
    step.finish()
    assert step.transaction.cells == {(GARDEN, PIN, KEY): Cell(3, True)}


def test_the_outbox_knows_its_size_and_its_names(step: Step) -> None:
    """A row that changes counts once; one that goes counts no more."""
    state = step.state
    two = waiting(2, size_bytes=32)
    step.put_outbox(two)
    assert (state.outbox_bytes, state.outbox_ids[two.event_id]) == (42, 2)
    step.put_outbox(replace(two, push_no=9))
    assert (state.outbox_bytes, state.outbox[2].push_no) == (42, 9)
    assert step.drop_outbox(2) == replace(two, push_no=9)
    assert (state.outbox_bytes, two.event_id in state.outbox_ids, 2 in state.outbox) == (
        10, False, False,
    )  # fmt: skip
    assert step.transaction.outbox == {2: None}


def test_small_values_are_written_for_the_replica_or_a_stream(step: Step) -> None:
    """Each under its name."""
    step.put_meta("forked", b"\1")
    step.put_meta("fork", b"x", GARDEN)
    step.put_number("author_seq", 5)
    step.put_verified(GARDEN, 2, 4)
    assert step.transaction.meta == {
        "forked": b"\1",
        meta_key("fork", GARDEN): b"x",
        "author_seq": encode(5),
        meta_key("verified", GARDEN): encode((2, 4)),
    }
    assert step.state.verified == {GARDEN: (2, 4)}


def test_places_are_never_given_twice(step: Step) -> None:
    """The next one is durable with the step."""
    assert (step.take_number(), step.take_number()) == (2, 3)
    assert step.state.next_n == 4
    assert step.transaction.meta == {"next_n": encode(4)}


def test_what_was_gathered_of_a_dropped_stream_is_taken_back(step: Step) -> None:
    """Of that stream alone."""
    entry = next(iter(Scene().posts(1)))
    row = step.state.streams[GARDEN]
    for stream in (GARDEN, CELLAR):
        step.put_stream(replace(row, stream=stream))
        step.transaction.entries.append((stream, entry))
        step.transaction.strips.append((stream, 1, b""))
        step.transaction.context.append((stream, entry))
        Step.replace_cells(step, stream, Overlay.fresh(stream))
        step.cells(stream).put(PIN, KEY, Cell(1, True))
    step.forget_stream(GARDEN)
    step.finish()
    transaction = step.transaction
    assert list(transaction.streams) == [CELLAR]
    assert transaction.entries == [(CELLAR, entry)]
    assert transaction.strips == [(CELLAR, 1, b"")]
    assert transaction.context == [(CELLAR, entry)]
    assert list(transaction.cells) == [(CELLAR, PIN, KEY)]


def test_an_empty_step_commits_nothing(step: Step) -> None:
    """Its transaction is false."""
    fresh = Step(step.state, EMPTY, 1)
    fresh.finish()
    assert not fresh.transaction
    assert (fresh.outputs, fresh.consumed_bytes, fresh.now_ms) == ([], 0, 1)
