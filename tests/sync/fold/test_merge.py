"""How an event's writes meet the cells: three rules, and death."""

from collections.abc import Callable
from itertools import permutations

import pytest

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, DeviceId
from hobnob_protocol.kind import Fact, Kind, Rule, Value, Write
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.registry import STANDARD
from hobnob_sync import fold
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.fold.merge import is_dead
from hobnob_sync.ports import Cell
from hobnob_sync.testing.scene import ALICE, BOB, GARDEN
from tests.sync.fold.scene import (
    BARE,
    CAROL,
    MESSAGE,
    OTHER,
    POST,
    ROOT,
    edit_place,
    fact,
    folded,
    kind_of,
    whole,
)


def writer(noun: str, rule: Rule) -> Callable[[int, Value], Fact]:
    """Facts of the kind `made`, which writes one cell of `noun` by `rule`: by seq and value."""
    made.clear()

    def of(seq: int, value: Value) -> Fact:
        event = fact(seq, None, kind=1)
        made[seq] = Write(noun, b"key", value, rule)
        return event

    return of


made: dict[int, Write] = {}


def written(noun: str, *events: Fact) -> Cell | None:
    """The one cell, after these events wrote it."""
    kind = STANDARD.named("post")
    one = Kind(kind.number, "one", kind.body, kind.streams, "post", lambda fact: (made[fact.seq],))
    cells = Overlay.fresh(GARDEN)
    for event in events:
        fold.apply(cells, one, event)
    return cells.get(noun, b"key")


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        (Rule.LAST, ("a", "b"), Cell(5, "b")),
        (Rule.FIRST, ("a", "b"), Cell(4, "a")),
        (Rule.MAX, ((2, 1), (1, 9)), Cell(4, (2, 1))),
        (Rule.MAX, ((1, 1), (1, 9)), Cell(5, (1, 9))),
        (Rule.MAX, ((1, 9), (2, 1)), Cell(5, (2, 1))),
        (Rule.MAX, ((1, 1), (1, 1)), Cell(4, (1, 1))),
        (Rule.MAX, ((1,), (1, 0)), Cell(5, (1, 0))),
    ],
)
def test_each_rule_keeps_its_winner_whichever_came_first(
    rule: Rule, values: tuple[Value, Value], expected: Cell
) -> None:
    """The later, the earlier, the greater; of equal values the earlier."""
    of = writer("pin", rule)
    events = (of(4, values[0]), of(5, values[1]))
    for order in permutations(events):
        assert written("pin", *order) == expected
        assert written("pin", *order, *order) == expected


def test_a_place_written_twice_at_one_seq_keeps_what_is_there() -> None:
    """The same event again writes nothing: no rule lets a tie win."""
    for rule in Rule:
        of = writer("pin", rule)
        first = of(4, (1,))
        cells = Watched(dead_cells())
        cells.cells.put("pin", b"key", Cell(4, (1,)))
        kind = STANDARD.named("post")
        one = Kind(
            kind.number, "one", kind.body, kind.streams, "post", lambda fact: (made[fact.seq],)
        )
        fold.apply(cells, one, first)
        assert cells.written == []


def test_only_numbers_count_for_the_greater() -> None:
    """Whatever else stands among them."""
    of = writer("pin", Rule.MAX)
    assert written("pin", of(1, ("z", 1)), of(2, ("a", 2))) == Cell(2, ("a", 2))
    assert written("pin", of(1, ("a", 2)), of(2, ("z", 1))) == Cell(1, ("a", 2))


def test_a_read_cursor_goes_up_whatever_comes_late() -> None:
    """And back only with a new generation."""
    events = [
        fact(1, ReadCursor(GARDEN, 0, 5)),
        fact(2, ReadCursor(GARDEN, 0, 3)),
        fact(3, ReadCursor(GARDEN, 1, 2)),
    ]
    for order in permutations(events):
        assert folded(*order) == {(nouns.READ, bytes(GARDEN)): Cell(3, (1, 2))}


def test_every_write_of_an_event_is_taken() -> None:
    """An event that writes several cells writes them all; one without writes none."""
    made.clear()
    kind = STANDARD.named("post")
    two = Kind(
        kind.number,
        "two",
        kind.body,
        kind.streams,
        "post",
        lambda fact: (Write("pin", b"a", 1), Write("vote", b"b", 2)),
    )
    cells = Overlay.fresh(GARDEN)
    fold.apply(cells, two, fact(7, None, kind=1))
    assert cells.changes() == {("pin", b"a"): Cell(7, 1), ("vote", b"b"): Cell(7, 2)}
    assert folded(fact(2, None, kind=3)) == {}


def test_an_erased_message_is_bare_and_its_edits_are_gone_in_any_order() -> None:
    """Dead stays dead, even where the edit or the message itself comes last."""
    erase = fact(4, Erase(ROOT, "spam"), CAROL)
    events = [POST, fact(2, Edit(ROOT, "changed")), fact(3, Edit(ROOT, "again")), erase]
    for order in permutations(events):
        assert folded(*order) == {
            MESSAGE: BARE,
            (nouns.DEAD, bytes(ROOT)): Cell(4, (CAROL, "erased", "spam")),
        }


def test_a_message_withdrawn_by_its_author_is_bare_and_its_edits_are_gone() -> None:
    """In any order too."""
    events = [POST, fact(2, Edit(ROOT, "changed")), fact(3, Delete(ROOT))]
    for order in permutations(events):
        assert folded(*order) == {
            MESSAGE: BARE,
            (nouns.DEAD, ROOT + ALICE): Cell(3, (ALICE, "deleted", "")),
        }


def test_a_withdrawal_by_anybody_else_has_no_effect() -> None:
    """What it says is kept; the text stays in every order."""
    events = [POST, fact(2, Edit(ROOT, "changed")), fact(3, Delete(ROOT), BOB)]
    for order in permutations(events):
        cells = folded(*order)
        assert cells[MESSAGE] == whole()
        assert edit_place(2) in cells
        assert (nouns.DEAD, ROOT + BOB) in cells


def test_death_takes_nothing_of_its_neighbours() -> None:
    """Another message and its edit stay as they are."""
    other = fact(2, Post("other"), BOB)
    cells = folded(POST, other, fact(3, Edit(OTHER, "mine"), BOB), fact(4, Erase(ROOT)))
    assert cells[MESSAGE] == BARE
    assert cells[(nouns.MESSAGE, bytes(OTHER))].value == (
        BOB, DeviceId(BOB[:8]), 1, None, None, "other", (), (), 20,
    )  # fmt: skip
    assert edit_place(3, OTHER) in cells


def test_without_its_message_a_withdrawal_takes_the_edits_of_whoever_withdraws() -> None:
    """Nobody knows who wrote it; but an edit counts only if its author did, and they withdrew."""
    gone, edit = fact(3, Delete(ROOT)), fact(2, Edit(ROOT, "changed"))
    other = fact(4, Edit(ROOT, "not mine to change"), BOB)
    for events in ((gone, edit, other), (other, edit, gone)):
        cells = folded(*events)
        assert edit_place(2) not in cells
        assert edit_place(4) in cells
    assert edit_place(4) not in folded(gone, edit, other, POST)


def test_without_its_message_an_erasure_takes_the_edits() -> None:
    """Whoever wrote it."""
    erase, edit = fact(3, Erase(ROOT)), fact(2, Edit(ROOT, "changed"))
    assert edit_place(2) not in folded(erase, edit)
    assert edit_place(2) not in folded(edit, erase)


def test_an_edit_of_a_living_message_is_kept_beside_others() -> None:
    """Which one is shown is derived on read."""
    cells = folded(POST, fact(2, Edit(ROOT, "one")), fact(3, Edit(ROOT, "two")))
    assert cells == {
        MESSAGE: whole(),
        edit_place(2): Cell(2, (ALICE, "one", None, ())),
        edit_place(3): Cell(3, (ALICE, "two", None, ())),
    }


def test_a_late_edit_of_a_dead_message_takes_only_itself() -> None:
    """Nothing else is written for it: what lies there was bare already."""
    cells = Overlay.fresh(GARDEN)
    for event in (POST, fact(4, Erase(ROOT))):
        fold.apply(cells, kind_of(event), event)
    watched = Watched(cells)
    late = fact(5, Edit(ROOT, "too late"))
    fold.apply(watched, kind_of(late), late)
    assert watched.written == [edit_place(5), ("drop", ROOT + bytes((5,)) * 16)]


def test_marks_stay_on_a_dead_message() -> None:
    """A reaction says nothing of the text, and costs no look at it."""
    react = fact(3, React(ROOT, "+"), BOB)
    cells = folded(POST, fact(2, Erase(ROOT)), react)
    assert cells[(nouns.REACTION, ROOT + BOB + b"+")] == Cell(3, True)
    watched = Watched(Overlay.fresh(GARDEN))
    fold.apply(watched, kind_of(react), react)
    assert watched.read == [(nouns.REACTION, ROOT + BOB + b"+")]


class Watched:
    """Cells that note what is read and written."""

    def __init__(self, cells: Overlay) -> None:
        self.cells = cells
        self.read: list[tuple[str, bytes]] = []
        self.written: list[tuple[str, bytes]] = []

    def get(self, noun: str, key: bytes) -> Cell | None:
        """Read one."""
        self.read.append((noun, key))
        return self.cells.get(noun, key)

    def scan(self, noun: str, prefix: bytes) -> tuple[tuple[bytes, Cell], ...]:
        """Read some."""
        return self.cells.scan(noun, prefix)

    def put(self, noun: str, key: bytes, cell: Cell) -> None:
        """Write one."""
        self.written.append((noun, key))
        self.cells.put(noun, key, cell)

    def drop(self, noun: str, key: bytes) -> None:
        """Remove one."""
        self.written.append(("drop", key))
        self.cells.drop(noun, key)


def dead_cells(*keys: bytes) -> Overlay:
    """Cells that say how a message ended."""
    cells = Overlay.fresh(GARDEN)
    for key in keys:
        cells.put(nouns.DEAD, key, Cell(3, (ALICE, "", "")))
    return cells


@pytest.mark.parametrize(
    ("keys", "author", "dead"),
    [
        ((), ALICE, False),
        ((), None, False),
        ((bytes(ROOT),), ALICE, True),
        ((bytes(ROOT),), None, True),
        ((ROOT + ALICE,), ALICE, True),
        ((ROOT + ALICE,), BOB, False),
        ((ROOT + ALICE,), None, False),
        ((ROOT + BOB, ROOT + ALICE), ALICE, True),
        ((bytes(OTHER), OTHER + ALICE), ALICE, False),
    ],
)
def test_a_message_is_dead_if_erased_or_withdrawn_by_its_author(
    keys: tuple[bytes, ...], author: AccountId | None, dead: bool
) -> None:
    """And by nobody else's word."""
    assert is_dead(dead_cells(*keys), ROOT, author) is dead
