"""Which cells an event asks for before it is folded."""

import pytest

from hobnob_protocol import nouns
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kind import Fact
from hobnob_protocol.kinds.messages import Delete, Edit
from hobnob_protocol.kinds.moderation import Erase
from hobnob_protocol.kinds.reactions import Pin
from hobnob_protocol.registry import STANDARD
from hobnob_sync import fold
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import CellKey, CellsKey, EachCellKey, EachCellsKey, Key, Loaded
from hobnob_sync.testing.scene import ALICE, GARDEN
from tests.sync.fold.scene import OTHER, POST, ROOT, edit_place, fact, folded, kind_of


def about(target: TargetId, stream: StreamId) -> set[object]:
    """What any act that touches a message's text must know."""
    return {
        CellKey(stream, nouns.MESSAGE, target),
        CellsKey(stream, nouns.DEAD, target),
    }


@pytest.mark.parametrize(
    ("event", "own"),
    [
        (POST, CellKey(GARDEN, nouns.MESSAGE, bytes(ROOT))),
        (fact(3, Delete(ROOT)), CellKey(GARDEN, nouns.DEAD, ROOT + ALICE)),
        (fact(3, Erase(ROOT)), CellKey(GARDEN, nouns.DEAD, bytes(ROOT))),
    ],
)
def test_a_message_and_its_end_ask_for_its_edits(event: Fact, own: CellKey) -> None:
    """Beside the cell they write, and what else they must know."""
    edits = CellsKey(GARDEN, nouns.EDIT, ROOT)
    assert set(fold.asks(kind_of(event), event, GARDEN)) == {own, edits, *about(ROOT, GARDEN)}


def test_an_edit_asks_for_its_message_alone() -> None:
    """Other edits do not matter to it."""
    edit = fact(3, Edit(ROOT, "x"))
    own = CellKey(GARDEN, *edit_place(3))
    assert set(fold.asks(kind_of(edit), edit, GARDEN)) == {own, *about(ROOT, GARDEN)}


def test_any_other_act_asks_for_the_cell_it_writes() -> None:
    """One write, one cell."""
    pin = fact(3, Pin(ROOT))
    assert fold.asks(kind_of(pin), pin, GARDEN) == (CellKey(GARDEN, nouns.PIN, bytes(ROOT)),)


def test_what_is_asked_for_is_all_that_is_read() -> None:
    """Each event is taken over the cells it asked for and no others."""
    past = folded(POST, fact(2, Edit(ROOT, "one")), fact(4, Erase(ROOT)), fact(5, Delete(ROOT)))
    for event in (
        POST,
        fact(6, Edit(ROOT, "two")),
        fact(7, Delete(ROOT)),
        fact(8, Erase(ROOT)),
        fact(9, Pin(ROOT)),
    ):
        answers: dict[Key[object], object] = {}
        for key in fold.asks(kind_of(event), event, GARDEN):
            if isinstance(key, CellKey):
                answers[key] = past.get((key.noun, key.key))
            elif isinstance(key, CellsKey):
                answers[key] = tuple(
                    (name, cell)
                    for (noun, name), cell in sorted(past.items())
                    if noun == key.noun and name.startswith(key.prefix)
                )
        fold.apply(Overlay(GARDEN, Loaded(answers)), kind_of(event), event)


def test_a_page_asks_for_what_its_events_ask_for_a_noun_at_a_time() -> None:
    """The same places, each once, whichever of its events names them."""
    page = (POST, fact(3, Edit(ROOT, "x")), fact(4, Delete(OTHER)), fact(5, Pin(ROOT)))
    single: dict[Key[object], None] = {}
    for event in page:
        single |= dict.fromkeys(fold.asks(kind_of(event), event, GARDEN))
    writes = [write for event in page for write in kind_of(event).writes(event)]
    asked = fold.asks_each(GARDEN, writes)
    each = [
        CellKey(GARDEN, key.noun, name)
        for key in asked
        if isinstance(key, EachCellKey)
        for name in key.keys
    ]
    under = [
        CellsKey(GARDEN, key.noun, prefix)
        for key in asked
        if isinstance(key, EachCellsKey)
        for prefix in key.prefixes
    ]
    assert sorted(map(repr, (*each, *under))) == sorted(map(repr, single))
    assert len(asked) < len(single)


def test_an_event_without_writes_asks_for_nothing() -> None:
    """A stub of an act."""
    assert fold.asks(STANDARD.named("edit"), fact(3, None, kind=2), GARDEN) == ()
