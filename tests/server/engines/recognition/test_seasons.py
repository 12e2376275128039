"""Periods are whole weeks from the community's beginning on."""

import pytest

from hobnob_server.engines.recognition.deeds import DAY_MS
from hobnob_server.engines.recognition.seasons import Period, span

MONDAY = 4 * DAY_MS
"""1970-01-05."""
FOUNDED = MONDAY + 2 * DAY_MS


@pytest.mark.parametrize(
    ("period", "day", "first", "days", "number"),
    [
        (Period.WEEK, 6, 0, 7, 1),
        (Period.WEEK, 7, 7, 7, 2),
        (Period.SEASON, 27, 0, 28, 1),
        (Period.SEASON, 28, 28, 28, 2),
        (Period.YEAR, 363, 0, 364, 1),
        (Period.YEAR, 364, 364, 364, 2),
        (Period.ALL, 400, 0, 406, 1),
    ],
)
def test_a_period_holds_its_days(
    period: Period, day: int, first: int, days: int, number: int
) -> None:
    """Counted from the Monday of the first week."""
    now_ms = MONDAY + day * DAY_MS + 5
    found = span(period, now_ms, FOUNDED)
    assert (found.first_ms, found.days(), found.number) == (MONDAY + first * DAY_MS, days, number)
    assert found.day(now_ms) == day - first + 1
    assert found.holds(now_ms)
    assert not found.holds(found.end_ms)
    assert not found.holds(found.first_ms - 1)
