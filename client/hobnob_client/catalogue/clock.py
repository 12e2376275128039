"""The time of day, by a clock of 24 hours or of twice twelve, as the member reads it."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, time
from enum import StrEnum
from typing import Final

from hobnob_client.catalogue.speaking import t

_NOON: Final = 12


class Clock(StrEnum):
    """Which one: "14:02", or "2:02 pm"."""

    WHOLE = "24h"
    HALF = "12h"


class _Kept:
    """By which this process tells the time: one screen has one clock."""

    clock = Clock.WHOLE


def keep_time(by: Clock) -> None:
    """Tell the time by this clock from now on; what is drawn already stays until it is drawn
    again."""
    _Kept.clock = by


@contextmanager
def keeping_time(by: Clock) -> Generator[None]:
    """Tell it so for a while."""
    before = _Kept.clock
    keep_time(by)
    try:
        yield
    finally:
        keep_time(before)


def clock(at: datetime | time) -> str:
    """Hours and minutes."""
    if _Kept.clock is Clock.WHOLE:
        return f"{at:%H:%M}"
    told = f"{at.hour % _NOON or _NOON}:{at:%M}"
    return t("{time} pm", time=told) if at.hour >= _NOON else t("{time} am", time=told)


def clock_cells() -> int:
    """What the longest of them takes on the screen."""
    return max(len(clock(time(hour))) for hour in (10, 22))
