"""Periods of a board, each a whole number of weeks: a week, a season of four, a year of thirteen
seasons, or all time.

Weeks begin on Monday, in UTC. The first season begins with the week in which the community did.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hobnob_server.engines.recognition.deeds import DAY_MS, week_of

WEEKS: Final = {"week": 1, "season": 4, "year": 52}
_MONDAY_DAYS: Final = 3
"""1970 began on a Thursday."""


class Period(StrEnum):
    """How far a board looks back."""

    WEEK = "week"
    SEASON = "season"
    YEAR = "year"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: `first_ms <= at_ms < end_ms`."""

    first_ms: int
    end_ms: int
    number: int
    """The how manieth of its sort, from 1."""

    def day(self, now_ms: int) -> int:
        """Its day at this time, from 1."""
        return (now_ms - self.first_ms) // DAY_MS + 1

    def days(self) -> int:
        """How many days it has."""
        return (self.end_ms - self.first_ms) // DAY_MS

    def holds(self, at_ms: int) -> bool:
        """Whether that time is in it."""
        return self.first_ms <= at_ms < self.end_ms


def span(period: Period, now_ms: int, founded_ms: int) -> Span:
    """The period of this sort in which `now_ms` is, for a community that began at `founded_ms`."""
    first_week = week_of(founded_ms)
    weeks_in = max(0, week_of(now_ms) - first_week)
    weeks = WEEKS.get(period, weeks_in + 1)
    number = weeks_in // weeks
    begin = first_week + number * weeks
    return Span(_week_ms(begin), _week_ms(begin + weeks), number + 1)


def _week_ms(week: int) -> int:
    return (week * 7 - _MONDAY_DAYS) * DAY_MS
