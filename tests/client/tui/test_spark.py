"""Hits per month as one line."""

from datetime import date

from hobnob_client.finding.months import Month
from hobnob_client.tui.spark import line


def months(*hits: int) -> list[Month]:
    """From December down."""
    return [Month(date(2025, 12 - nth, 1), count) for nth, count in enumerate(hits)]


def test_each_month_has_a_bar_the_newest_last() -> None:
    """The highest is full, and none is told from few; what is before the first hit is left out."""
    assert line(months(8, 0, 1, 0, 0), 60, whole=True) == "9 hits · per month 2025-10 ▁·█ 2025-12"
    assert line(months(2, 1), 60, whole=True) == "3 hits · per month 2025-11 ▄█ 2025-12"
    assert line(months(1), 60, whole=True) == "1 hit · 2025-12"
    assert line(months(3000, 1), 60, whole=False) == "3,001 … hits · per month 2025-11 ▁█ 2025-12"


def test_what_is_counted_already_is_not_said_again() -> None:
    """Then several months alone say something more."""
    assert line(months(2, 1), 60, whole=True, counted=True) == "per month 2025-11 ▄█ 2025-12"
    assert line(months(2), 60, whole=True, counted=True) == ""
    assert line(months(2, 1), 8, whole=True, counted=True) == ""


def test_where_there_is_no_room_the_newest_are_shown() -> None:
    """And in no room at all how many there are."""
    shown = line(months(*range(1, 13)), 46, whole=True)
    assert len(shown) <= 46
    assert "…" in shown
    assert shown.endswith("2025-12")
    assert line(months(4, 4), 12, whole=True) == "8 hits"
    assert line(months(4), 16, whole=True) == "4 hits · 2025-12"
    assert line(months(4), 15, whole=True) == "4 hits"
    assert line(months(0, 0), 60, whole=True) == line([], 60, whole=True) == ""
