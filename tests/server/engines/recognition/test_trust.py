"""Trust is earned by what one does for others, and lost slowly."""

from math import ceil

import pytest

from hobnob_server.engines.recognition.deeds import DAY_MS
from hobnob_server.engines.recognition.marks import Mark, Measure
from hobnob_server.engines.recognition.standing import standing
from hobnob_server.engines.recognition.trust import (
    GRACE_MS,
    NEEDS,
    Duty,
    Level,
    Need,
    Standing,
    Trust,
    duties,
    explain,
    judge,
)
from tests.server.engines.recognition.story import ADA

NOW_MS = 1_000 * DAY_MS
TODAY = 1_000


def with_share(share: float, level: Level = Level.CARING, reports: int = 0) -> Standing:
    """So much of what that level and those below take."""
    counts = {
        need: ceil(takes * (share if each == level else 1))
        for each, needs in NEEDS.items()
        if each <= level
        for need, takes in needs.items()
    }
    return Standing(counts, reports)


@pytest.mark.parametrize("level", [Level.KNOWN, Level.TRUSTED, Level.CARING])
def test_a_level_is_earned_by_all_it_takes(level: Level) -> None:
    """And by nothing less; explain tells what each thing is and takes."""
    assert judge(Trust(), with_share(1, level), NOW_MS) == Trust(level)
    for step in explain(with_share(1, level), level):
        assert step.have == step.takes
        counts = {**with_share(1, level).counts, step.need: step.have - 1}
        assert judge(Trust(), Standing(counts), NOW_MS).level < level


def test_nine_tenths_keep_a_level_and_do_not_earn_it() -> None:
    """So nobody goes up and down from day to day."""
    assert judge(Trust(Level.CARING), with_share(0.9), NOW_MS) == Trust(Level.CARING)
    assert judge(Trust(Level.TRUSTED), with_share(0.9), NOW_MS) == Trust(Level.TRUSTED)


def test_a_level_that_is_not_kept_stays_for_two_weeks() -> None:
    """Then it goes, to the level below that is kept."""
    low = with_share(0.5)
    first = judge(Trust(Level.CARING), low, NOW_MS)
    assert first == Trust(Level.CARING, NOW_MS)
    assert judge(first, low, NOW_MS + GRACE_MS - 1) == first
    assert judge(first, low, NOW_MS + GRACE_MS) == Trust(Level.TRUSTED)


def test_too_many_upheld_reports_take_a_level_after_the_grace_too() -> None:
    """Two weeks are there to put things right; whoever has never had the level does not get it."""
    reported = with_share(1, reports=3)
    first = judge(Trust(Level.CARING), reported, NOW_MS)
    assert first == Trust(Level.CARING, NOW_MS)
    assert judge(first, reported, NOW_MS + GRACE_MS - 1) == first
    assert judge(first, reported, NOW_MS + GRACE_MS) == Trust(Level.TRUSTED)


def test_whoever_is_back_within_the_grace_keeps_it() -> None:
    """And the next time the two weeks begin anew."""
    first = judge(Trust(Level.CARING), with_share(0.5), NOW_MS)
    assert judge(first, with_share(0.9), NOW_MS + GRACE_MS) == Trust(Level.CARING)


@pytest.mark.parametrize(
    ("reports", "level"), [(2, Level.CARING), (3, Level.TRUSTED), (5, Level.KNOWN), (6, Level.NEW)]
)
def test_upheld_reports_bound_the_level(reports: int, level: Level) -> None:
    """Whatever else somebody has done."""
    assert judge(Trust(), with_share(1, reports=reports), NOW_MS).level == level


def test_levels_add_duties() -> None:
    """Those above have those below; somebody new has none."""
    assert duties(Level.NEW) == ()
    assert Duty.RESTART in duties(Level.TRUSTED)
    assert Duty.CARE not in duties(Level.TRUSTED)
    assert set(duties(Level.CARING)) == set(Duty)


def thanks(other: int, days_ago: int = 0, weight: float = 1.0) -> Mark:
    """Somebody thanked Ada."""
    at_ms = NOW_MS - days_ago * DAY_MS
    return Mark(Measure.THANKED, ADA, 1, at_ms, 1, other, weight)


def test_doubted_thanks_earn_no_trust() -> None:
    """Nor those of people whom nobody trusted has ever thanked."""
    marks = [thanks(2), thanks(2), thanks(3), thanks(4, weight=0.25), thanks(5)]
    counts = standing([], 0, marks, NOW_MS, reached={2, 3, 4}).counts
    assert (counts[Need.THANKS], counts[Need.THANKING_PEOPLE]) == (3, 2)
    assert standing([], 0, marks, NOW_MS).counts[Need.THANKS] == 4


def test_only_the_last_hundred_days_are_recent() -> None:
    """Of days, thanks and help."""
    marks = [
        thanks(2, 100),
        thanks(3, 99),
        Mark(Measure.ANSWERED, ADA, 1, NOW_MS - 100 * DAY_MS, 1, 7),
        Mark(Measure.ACCEPTED, ADA, 1, NOW_MS - DAY_MS, 1, 8),
        Mark(Measure.ANSWERED, ADA, 1, NOW_MS - DAY_MS, 1, 8),
    ]
    counts = standing([TODAY - 100, TODAY - 99, TODAY], 9, marks, NOW_MS).counts
    assert counts[Need.RECENT_DAYS] == 2
    assert (counts[Need.THANKS], counts[Need.RECENT_THANKS]) == (2, 1)
    assert counts[Need.HELPED_PEOPLE] == 1


def test_busy_days_are_those_of_the_best_thirty() -> None:
    """Wherever they were; a rare visitor has few."""
    assert standing([*range(0, 60, 3), 500], 0, [], NOW_MS).counts[Need.BUSY_DAYS] == 10
    assert standing([*range(0, 900, 30)], 0, [], NOW_MS).counts[Need.BUSY_DAYS] == 1
