"""What can be counted of somebody for their trust, from their days and marks."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from hobnob_server.engines.recognition.deeds import DAY_MS, Person, day_of
from hobnob_server.engines.recognition.marks import Mark, Measure
from hobnob_server.engines.recognition.trust import Need, Standing

RECENT_DAYS: Final = 100
BUSY_DAYS: Final = 30
COUNTED_MAX: Final = 100
"""Messages or days that are told apart; no level takes more."""
_HELP: Final = frozenset((Measure.ANSWERED, Measure.ACCEPTED))


def standing(
    days: Sequence[int],
    written: int,
    marks: Sequence[Mark],
    now_ms: int,
    *,
    reached: Collection[Person] | None = None,
    upheld_reports: int = 0,
) -> Standing:
    """Of one member: the days on which they wrote (from 1970, in order), how many messages, and
    their marks until now.

    `reached` are those whom thanks of the trusted reach (rank.py); thanks of others count nothing,
    so that a ring cannot make its own trusted members. None where nobody is trusted yet.
    """
    # Today is one of the hundred.
    recent_day = day_of(now_ms) - RECENT_DAYS + 1
    recent_ms = now_ms - RECENT_DAYS * DAY_MS
    thanks = [
        mark
        for mark in marks
        if mark.measure is Measure.THANKED
        and mark.weight == 1
        and (reached is None or mark.other in reached)
    ]
    lately = [mark for mark in thanks if mark.at_ms > recent_ms]
    helped = [mark for mark in marks if mark.measure in _HELP and mark.at_ms > recent_ms]
    counts = {
        Need.WRITTEN: min(COUNTED_MAX, written),
        Need.DAYS: min(COUNTED_MAX, len(days)),
        Need.BUSY_DAYS: _busy(days),
        Need.RECENT_DAYS: len(days) - bisect_left(days, recent_day),
        Need.ANSWERED_PEOPLE: _people(mark for mark in marks if mark.measure is Measure.TALKED),
        Need.HELPED_PEOPLE: _people(helped),
        Need.THANKS: len(thanks),
        Need.THANKING_PEOPLE: _people(thanks),
        Need.RECENT_THANKS: len(lately),
        Need.RECENT_THANKING_PEOPLE: _people(lately),
    }
    return Standing(counts, upheld_reports)


def _busy(days: Sequence[int]) -> int:
    """Most days within any thirty in a row."""
    most = first = 0
    for at, day in enumerate(days):
        while day - days[first] >= BUSY_DAYS:
            first += 1
        most = max(most, at - first + 1)
    return most


def _people(marks: Iterable[Mark]) -> int:
    return len({mark.other for mark in marks})
