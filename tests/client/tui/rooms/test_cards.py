"""Entries are laid out by the width there is: who, where, when, why, and how it begins."""

from datetime import UTC, date

from hobnob_client.tui.rooms.cards import cards, when
from hobnob_client.tui.rooms.line import Line, Sort

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


def test_a_moment_is_told_in_few_letters() -> None:
    """The clock today, else the day; nothing where it is not known."""
    assert when(NOON_MS, UTC, TODAY) == "12:00"
    assert when(NOON_MS - 86_400_000, UTC, TODAY) == "Yesterday"
    assert when(0, UTC, TODAY) == ""
