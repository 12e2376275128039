"""Days in a query, as people name them."""

from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.finding.days import EXAMPLES, FORMS, begins_ms, read

TODAY = date(2026, 3, 31)

MEANT = {
    "2026": (date(2026, 1, 1), date(2027, 1, 1)),
    "2026-02": (date(2026, 2, 1), date(2026, 3, 1)),
    "2025-12": (date(2025, 12, 1), date(2026, 1, 1)),
    "2026-3-1": (date(2026, 3, 1), date(2026, 3, 2)),
    "2024-02-29": (date(2024, 2, 29), date(2024, 3, 1)),
    "today": (TODAY, date(2026, 4, 1)),
    "Yesterday": (date(2026, 3, 30), TODAY),
    "7d": (date(2026, 3, 24), date(2026, 4, 1)),
    "2w": (date(2026, 3, 17), date(2026, 4, 1)),
    "1m": (date(2026, 2, 28), date(2026, 4, 1)),
    "13m": (date(2025, 2, 28), date(2026, 4, 1)),
    "1y": (date(2025, 3, 31), date(2026, 4, 1)),
}
NONE = [
    "",
    "2026-13",
    "2026-02-30",
    "26",
    "2026-01-01-01",
    "soon",
    "d",
    "9999y",
    "-1d",
    "²026",
    "9999",
]


@pytest.mark.parametrize("value", MEANT)
def test_a_day_a_month_a_year_or_how_long_ago(value: str) -> None:
    """From its first day up to the day behind its last."""
    found = read(value, TODAY)
    assert found is not None
    assert (found.first, found.beyond) == MEANT[value]


@pytest.mark.parametrize("value", NONE)
def test_what_is_no_day_means_none(value: str) -> None:
    """Nor does what no calendar reaches."""
    assert read(value, TODAY) is None


def test_all_that_is_offered_is_a_day() -> None:
    """In the text that explains, too."""
    for value in (*EXAMPLES, *FORMS.split(", ")):
        assert read(value, TODAY) is not None


@given(st.text(max_size=12), st.dates())
def test_any_text_is_a_day_or_none(value: str, today: date) -> None:
    """It never fails, and days go forwards."""
    found = read(value, today)
    assert found is None or found.first < found.beyond


@given(st.dates(), st.integers(-14, 14))
def test_a_day_begins_where_one_reads(day: date, hours: int) -> None:
    """Also at the edges of the calendar."""
    zone = timezone(timedelta(hours=hours))
    ahead_ms = begins_ms(day, UTC) - begins_ms(day, zone)
    assert ahead_ms in (hours * 3_600_000, 0)
