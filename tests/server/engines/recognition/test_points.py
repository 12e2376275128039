"""Points are for what helped others, as far as others say so."""

from dataclasses import replace
from math import log2
from typing import Any

import pytest

from hobnob_server.engines.recognition.deeds import DAY_MS, Person
from hobnob_server.engines.recognition.formula import STANDARD
from hobnob_server.engines.recognition.gifts import graph
from hobnob_server.engines.recognition.marks import Mark, Measure
from hobnob_server.engines.recognition.points import Score, scores
from hobnob_server.engines.recognition.rank import Ranks, ranked
from tests.server.engines.recognition import village
from tests.server.engines.recognition.story import ADA, BO

MONDAY = 4 * DAY_MS
NONE: Ranks = ranked({}, [])


def mark(measure: Measure, other: Person, ref: int, **more: Any) -> Mark:
    """Something of Ada's on the first Monday."""
    return replace(Mark(measure, ADA, ref, MONDAY + ref, 1, other), **more)


def of(*marks: Mark, year: Ranks = NONE, casual: tuple[int, ...] = ()) -> Score:
    """Ada's score, where nobody is trusted."""
    return scores(marks, year, (), casual)[ADA]


def test_a_day_of_acceptances_counts_by_their_logarithm() -> None:
    """The third is worth less than the first; the line has them all."""
    score = of(*(mark(Measure.ACCEPTED, other, other) for other in (2, 3, 4)))
    assert score.total == round(8 * log2(4), 1)
    assert [line.refs for line in score.lines] == [(2, 3, 4)]
    assert score.last_ms == MONDAY + 4


def test_a_day_brings_twenty_at_most() -> None:
    """The lines shrink alike, so that they still make the total."""
    score = of(
        *(mark(Measure.ACCEPTED, other, other) for other in range(2, 12)),
        *(mark(Measure.WELCOMED, other, other) for other in range(12, 22)),
    )
    assert score.total == 20
    assert sum(line.value for line in score.lines) == pytest.approx(20)
    assert score.lines[0].value == pytest.approx(2 * score.lines[1].value)


def test_one_friend_counts_three_times_a_week() -> None:
    """Day after day changes nothing."""
    week = [mark(Measure.ACCEPTED, BO, day, at_ms=MONDAY + day * DAY_MS) for day in range(7)]
    assert of(*week).total == 3 * 8


def test_messages_score_nothing() -> None:
    """Whatever is no outcome: neither the first word nor talk with many."""
    silent = set(Measure) - set(STANDARD.values) - {Measure.THANKED}
    assert {Measure.SPOKE, Measure.TALKED, Measure.HELPED} <= silent
    assert scores([mark(one, BO, 1) for one in sorted(silent)], NONE, ()) == {}


def test_the_casual_channel_scores_nothing() -> None:
    """Neither outcomes nor thanks."""
    marks = [mark(Measure.ACCEPTED, BO, 1, channel=7), mark(Measure.ACCEPTED, BO, 2)]
    assert [line.refs for line in of(*marks, casual=(7,)).lines] == [(2,)]


def test_a_topic_counts_once_however_large_it_grows() -> None:
    """When it has become a good one."""
    sizes = [mark(Measure.GATHERED, 2 + at, at, size=size) for at, size in enumerate((3, 6, 12))]
    assert of(*sizes).total == 3


def test_outcomes_count_as_far_as_thanks_vouch_for_them() -> None:
    """Whom nobody trusted has thanked all year has none; the bound is told."""
    village_marks = village.marks(1)
    year = ranked(graph(village_marks), village.trusted())
    stranger = max(village.trusted()) * 100
    marks = [Mark(Measure.ACCEPTED, stranger, 1, MONDAY, 1, BO)]
    found = scores(marks, year, village.trusted())[stranger]
    assert (found.total, found.vouched) == (0, 0)
    known = scores([Mark(Measure.ACCEPTED, 1, 1, MONDAY, 1, BO)], year, village.trusted())[1]
    assert (known.total, known.vouched) == (8, None)
    beginning = scores(marks, NONE, village.trusted())[stranger]
    assert (beginning.total, beginning.vouched) == (8, None)


def test_one_who_thanks_vouches_for_nobody() -> None:
    """Two do: so much as is left without the larger."""
    stranger, others = 7_000, village.marks(1)
    for givers, bounded in (((1,), 0), ((1, 2), 8)):
        gifts = [Mark(Measure.THANKED, stranger, 1, MONDAY, 1, giver) for giver in givers]
        year = ranked(graph([*others, *gifts]), village.trusted())
        marks = [Mark(Measure.ACCEPTED, stranger, 1, MONDAY, 1, BO)]
        assert scores(marks, year, village.trusted())[stranger].total == bounded


def test_every_score_unfolds_to_events() -> None:
    """Its lines make its total, and no event is counted twice in one measure."""
    marks = village.marks(4)
    found = scores(marks, ranked(graph(marks), village.trusted()), village.trusted())
    known = {one.ref for one in marks}
    assert len(found) > 100
    for score in found.values():
        assert sum(line.value for line in score.lines) == pytest.approx(score.total, abs=0.051)
        refs = [(line.measure, ref) for line in score.lines for ref in line.refs]
        assert len(set(refs)) == len(refs)
        assert {ref for _, ref in refs} <= known
        assert all(line.refs for line in score.lines)


def test_the_median_of_thanks_is_a_hundred() -> None:
    """Of those whom thanks reach at all."""
    marks = village.thanks(village.marks(5))
    found = scores(marks, ranked(graph(marks), village.trusted()), village.trusted())
    totals = sorted(score.total for score in found.values())
    assert totals[len(totals) // 2] == pytest.approx(100, abs=2)
