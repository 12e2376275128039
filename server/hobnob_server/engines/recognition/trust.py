"""Trust levels: what somebody has done for others lets them take on duties.

Community reference §2.1, without what only reading would tell: nobody's reading is counted. TL1 and
TL2 stay once they are earned, unless reports were upheld; TL3 asks for presence, and goes when it
is missing for good: below 0.9 of what it takes, and that for two weeks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final

from hobnob_server.engines.recognition.deeds import DAY_MS

KEPT: Final = 0.9
"""Of what a level takes, so much keeps it: nobody goes up and down from day to day."""
GRACE_MS: Final = 14 * DAY_MS
"""So long a level stays when it is not kept."""


class Level(IntEnum):
    """How far somebody is trusted."""

    NEW = 0
    KNOWN = 1
    TRUSTED = 2
    CARING = 3


class Need(StrEnum):
    """What is counted for a level."""

    WRITTEN = "written"
    """Public messages ever; more than a hundred are not told apart."""
    DAYS = "days"
    """Days on which they wrote, ever; more than a hundred are not told apart."""
    BUSY_DAYS = "busy_days"
    """Most days of any thirty in a row on which they wrote."""
    RECENT_DAYS = "recent_days"
    """Days of the last hundred on which they wrote."""
    ANSWERED_PEOPLE = "answered_people"
    """Different people they wrote to, ever."""
    HELPED_PEOPLE = "helped_people"
    """Different people they gave a first answer, or an answer that was accepted, in the last
    hundred days."""
    THANKS = "thanks"
    """Thanks that are not doubted, ever."""
    THANKING_PEOPLE = "thanking_people"
    """... from so many different people."""
    RECENT_THANKS = "recent_thanks"
    """Thanks that are not doubted, in the last hundred days."""
    RECENT_THANKING_PEOPLE = "recent_thanking_people"
    """... from so many different people."""


class Duty(StrEnum):
    """What a level lets somebody do for the others."""

    INVITE = "invite"
    """Let others in."""
    WELCOME = "welcome"
    """Be asked to answer newcomers."""
    RESTART = "restart"
    """Their thanks begin the kudos rank (rank.py)."""
    BUDDY = "buddy"
    """Accompany a newcomer."""
    TIDY = "tidy"
    """Title, move and settle threads of others."""
    CARE = "care"
    """See who needs an answer."""


NEEDS: Final[Mapping[Level, Mapping[Need, int]]] = MappingProxyType(
    {
        Level.KNOWN: {Need.WRITTEN: 3, Need.DAYS: 2},
        Level.TRUSTED: {
            Need.BUSY_DAYS: 10,
            Need.ANSWERED_PEOPLE: 5,
            Need.THANKS: 3,
            Need.THANKING_PEOPLE: 3,
        },
        Level.CARING: {
            Need.RECENT_DAYS: 30,
            Need.HELPED_PEOPLE: 10,
            Need.RECENT_THANKS: 20,
            Need.RECENT_THANKING_PEOPLE: 8,
        },
    }
)
"""What each level takes beside what those below it take."""
REPORTS_MAX: Final[Mapping[Level, int]] = MappingProxyType(
    {Level.KNOWN: 5, Level.TRUSTED: 4, Level.CARING: 2}
)
"""Upheld reports in the last hundred days that a level bears."""
DUTIES: Final[Mapping[Level, tuple[Duty, ...]]] = MappingProxyType(
    {
        Level.NEW: (),
        Level.KNOWN: (Duty.INVITE,),
        Level.TRUSTED: (Duty.WELCOME, Duty.RESTART, Duty.BUDDY),
        Level.CARING: (Duty.TIDY, Duty.CARE),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be counted of somebody now."""

    counts: Mapping[Need, int]
    """What is missing is 0."""
    upheld_reports: int = 0
    """In the last hundred days."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Somebody's level, and since when it is not kept, if it is not."""

    level: Level = Level.NEW
    unkept_since_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a level takes."""

    level: Level
    need: Need
    have: int
    takes: int
    keeps: float
    """With so much the level is kept."""


def judge(before: Trust, standing: Standing, now_ms: int) -> Trust:
    """The trust somebody has now; asked once a day, of everybody."""
    reached = _highest(standing, 1.0)
    if reached >= before.level:
        return Trust(reached)
    if _highest(standing, KEPT) >= before.level:
        return Trust(before.level)
    since = before.unkept_since_ms if before.unkept_since_ms is not None else now_ms
    if now_ms - since < GRACE_MS:
        return Trust(before.level, since)
    return Trust(_highest(standing, KEPT))


def explain(standing: Standing, level: Level) -> tuple[Step, ...]:
    """All that a level takes, from the lowest on, with what somebody has of it."""
    return tuple(
        Step(each, need, standing.counts.get(need, 0), takes, KEPT * takes)
        for each, needs in NEEDS.items()
        if each <= level
        for need, takes in needs.items()
    )


def duties(level: Level) -> tuple[Duty, ...]:
    """All that somebody of this level may do for the others."""
    return tuple(duty for each in Level if each <= level for duty in DUTIES[each])


def _highest(standing: Standing, share: float) -> Level:
    found = Level.NEW
    for level, needs in NEEDS.items():
        enough = all(standing.counts.get(need, 0) >= share * takes for need, takes in needs.items())
        if not enough or standing.upheld_reports > REPORTS_MAX[level]:
            break
        found = level
    return found
