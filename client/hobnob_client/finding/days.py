"""Days as people name them in a query: years, months, days, and how long ago."""

from calendar import monthrange
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from hobnob_protocol.value import value

EXAMPLES: Final = ("today", "yesterday", "7d", "4w", "6m", "1y")
"""Values that are offered; any year, month or day may be one."""
FORMS: Final = ", ".join(("2026", "2026-03", "2026-03-14", *EXAMPLES))
"""What may be said, for who said something else."""
_AGO_DAYS: Final = {"d": 1, "w": 7}
_AGO_MONTHS: Final = {"m": 1, "y": 12}
_DIGITS: Final = frozenset("0123456789")


@value
class Days:
    """From the first day up to the one that is no more among them."""

    first: date
    beyond: date


def read(value: str, today: date) -> Days | None:
    """What days are meant; None where none can be."""
    named = value.strip().lower()
    try:
        if named in ("today", "yesterday"):
            day = today - timedelta(days=named == "yesterday")
            return Days(day, day + timedelta(days=1))
        if named[-1:] in "dwmy" and _is_number(named[:-1], 4):
            return Days(_ago(int(named[:-1]), named[-1], today), today + timedelta(days=1))
        return _of_calendar(named.split("-"))
    except (ValueError, OverflowError):
        # No such day, or one that no calendar reaches.
        return None


def begins_ms(day: date, zone: tzinfo) -> int:
    """When a day begins, in ms since 1970."""
    try:
        return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1_000)
    except (OverflowError, ValueError):
        # At the edges of the calendar a zone may lead out of it.
        return int((day - date(1970, 1, 1)).total_seconds() * 1_000)


def _is_number(text: str, most: int) -> bool:
    return 0 < len(text) <= most and _DIGITS.issuperset(text)


def _ago(count: int, unit: str, today: date) -> date:
    if unit in _AGO_DAYS:
        return today - timedelta(days=count * _AGO_DAYS[unit])
    months = today.year * 12 + today.month - 1 - count * _AGO_MONTHS[unit]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _of_calendar(fields: list[str]) -> Days | None:
    lengths = (4, 2, 2)
    if len(fields) > len(lengths) or len(fields[0]) != lengths[0]:
        return None
    if not all(_is_number(field, most) for field, most in zip(fields, lengths, strict=False)):
        return None
    year, *rest = (int(field) for field in fields)
    if not rest:
        return Days(date(year, 1, 1), date(year + 1, 1, 1))
    if len(rest) == 1:
        month = date(year, rest[0], 1)
        return Days(month, date(year + rest[0] // 12, rest[0] % 12 + 1, 1))
    day = date(year, rest[0], rest[1])
    return Days(day, day + timedelta(days=1))
