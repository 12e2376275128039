"""Entries are laid out by the width there is: who, where, when, why, and how it begins."""

from collections.abc import Sequence
from datetime import UTC, date

from hobnob_client.tui.rooms.cards import LATELY_MAX, cards, filled, when
from hobnob_client.tui.rooms.line import Lately, Line, Sort

TODAY = date(2026, 3, 31)
NOON_MS = 1_774_958_400_000
NEED = Line(
    b"1", Sort.MESSAGE, "@", "ana", "#rust", "mentions you", "Did it compile?", at_ms=NOON_MS
)
CHANNEL = Line(b"2", Sort.PLACE, "#", "", "#help", "12 new", "ask anything", later=True)


def test_an_entry_says_who_where_when_and_why() -> None:
    """In two lines where there is room, else the reason has one of its own."""
    (wide,) = cards([NEED], 60, UTC, TODAY)
    assert (wide.head, wide.side) == ("@ ana · #rust", "12:00")
    assert wide.rest == ("mentions you: “Did it compile?”",)
    (narrow,) = cards([NEED], 38, UTC, TODAY)
    assert narrow.rest == ("mentions you", "“Did it compile?”")


def test_what_can_wait_stands_apart() -> None:
    """Each part below its heading; where all is for one, there is nothing to tell apart."""
    found = cards([NEED, CHANNEL], 30, UTC, TODAY)
    assert [card.is_heading for card in found] == [True, False, True, False]
    assert found[0].head.startswith("─ For you ──")
    assert found[2].head.startswith("─ Later ──")
    assert all(len(card.head) == 28 for card in found if card.is_heading)
    assert (found[3].head, found[3].tail, found[3].side) == ("#help", "ask anything", "12 new")


def test_first_steps_stand_between_what_needs_one_and_what_can_wait() -> None:
    """Below a heading that says how one passes them."""
    step = Line(b"3", Sort.STEP, "◇", "Say hello", "#help", "a draft")
    found = cards([NEED, step, CHANNEL], 40, UTC, TODAY)
    heads = [card.head.strip("─ ") for card in found if card.is_heading]
    assert heads == ["For you", "To begin with (m: not for me)", "Later"]
    assert [card.is_heading for card in cards([step], 40, UTC, TODAY)] == [True, False]


class Said:
    """Messages in channels, and what was asked of them."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def __call__(self, line: Line, limit: int) -> Sequence[Lately]:
        """What was said last there."""
        self.asked.append((line.where, limit))
        said = {"#help": ("one", "two", "three"), "#ci": ("red",)}[line.where]
        return [Lately("ana", text) for text in said[-limit:]]


def test_a_large_screen_tells_what_was_said_where_something_can_wait() -> None:
    """Everywhere up to as many messages as there are lines for all, but no more than a few."""
    lines = [NEED, CHANNEL, Line(b"3", Sort.PLACE, "#", "", "#ci", "1 new", "builds", later=True)]
    found = cards(lines, 60, UTC, TODAY)
    height = sum(len(card.lines) for card in found)
    for free, told in ((2, ("ana: three",)), (5, ("ana: two", "ana: three"))):
        laid = filled(found, lines, height + free, Said())
        assert [card.rest for card in laid if card.key in (b"2", b"3")] == [told, ("ana: red",)]
        assert sum(len(card.lines) for card in laid) <= height + free
    said = Said()
    filled(found, lines, 1_000, said)
    assert said.asked == [("#help", LATELY_MAX), ("#ci", LATELY_MAX)]


def test_where_there_is_no_room_for_it_nothing_is_asked() -> None:
    """A small screen costs no look."""
    said = Said()
    found = cards([NEED, CHANNEL], 60, UTC, TODAY)
    assert filled(found, [NEED, CHANNEL], sum(len(card.lines) for card in found), said) == found
    assert filled(found[:2], [NEED], 1_000, said) == found[:2]
    assert said.asked == []


def test_a_moment_is_told_in_few_letters() -> None:
    """The clock today, else the day; nothing where it is not known."""
    assert when(NOON_MS, UTC, TODAY) == "12:00"
    assert when(NOON_MS - 86_400_000, UTC, TODAY) == "Yesterday"
    assert when(0, UTC, TODAY) == ""
