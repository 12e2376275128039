"""Days and clocks of a timeline, in the reader's own zone."""

from datetime import UTC, date, datetime, tzinfo
from typing import Final

from hobnob_client.catalogue import date_short, t

_LATEST_MS: Final = 253_402_000_000_000
"""Beyond this a date has five digits; who says so is shown the last day that has four."""


def local(at_ms: int, zone: tzinfo) -> datetime:
    """A moment (UTC, from the year 1970) as the reader's clocks show it."""
    bounded_ms = max(0, min(at_ms, _LATEST_MS))
    return datetime.fromtimestamp(bounded_ms / 1_000, UTC).astimezone(zone)


def day_name(day: date, today: date) -> str:
    """A day by name, as one would say it today: "Today", "Yesterday", "Thu 20 Nov 2025"."""
    days = (today - day).days
    if days in (0, 1):
        return t("Yesterday" if days else "Today")
    return date_short(day, year=day.year != today.year)
