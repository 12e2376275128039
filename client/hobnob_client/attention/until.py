"""For how long: `1h`, `30m`, `3d`, `tomorrow`, `monday`, as a moment and in words."""

import re
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from hobnob_client.attention.quiet import DAYS
from hobnob_client.catalogue import clock, t

MORNING: Final = time(8)
"""When a day begins that something is muted until."""
WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days, of which three letters or more are said."""
DAYS_MAX: Final = 365
_COUNT: Final = re.compile(r"(\d{1,4})\s*(m|min|h|d|w)")
_MINUTES: Final = {"m": 1, "min": 1, "h": 60, "d": 1_440, "w": 10_080}


class UntilError(ValueError):
    """Why a text says no time, in words."""


def moment(text: str, now_ms: int, zone: tzinfo) -> int:
    """When that is, in ms; UntilError where it says no time within a year."""
    said = text.strip().lower()
    found = _COUNT.fullmatch(said)
    if found is not None:
        minutes = int(found[1]) * _MINUTES[found[2]]
        if not 0 < minutes <= DAYS_MAX * 1_440:
            raise UntilError(t("{text} is not within a year.", text=text))
        return now_ms + minutes * 60_000
    now = _clock(now_ms, zone)
    days = [nth for nth, day in enumerate(WEEK) if len(said) >= 3 and day.startswith(said)]
    if said == "tomorrow":
        ahead = 1
    elif days:
        ahead = (days[0] - now.weekday()) % 7 or 7
    else:
        raise UntilError(t("{text} says no time: say 1h, 3d, tomorrow or monday.", text=text))
    day = now.date() + timedelta(days=ahead)
    return round(datetime.combine(day, MORNING, zone).timestamp() * 1_000)


def words(at_ms: int, now_ms: int, zone: tzinfo) -> str:
    """Until when, as people say it: the time alone for today, else with its day."""
    at, now = _clock(at_ms, zone), _clock(now_ms, zone)
    if at.date() == now.date():
        return clock(at)
    if (at.date() - now.date()).days < 7:
        return f"{DAYS[at.weekday()].capitalize()} {clock(at)}"
    return f"{at:%Y-%m-%d} {clock(at)}"


def _clock(at_ms: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at_ms / 1_000, UTC).astimezone(zone)
