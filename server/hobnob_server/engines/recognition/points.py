"""Points: what a period's marks are worth, line by line."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import log2
from statistics import median
from typing import Final

from hobnob_server.engines.recognition.deeds import Channel, Person, Ref, day_of, week_of
from hobnob_server.engines.recognition.formula import GATHERED_SIZE, STANDARD, Formula
from hobnob_server.engines.recognition.gifts import graph
from hobnob_server.engines.recognition.marks import Mark, Measure
from hobnob_server.engines.recognition.rank import Ranks, ranked

PLACES: Final = 1
"""Decimals of a score: what differs by less is a tie."""


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a score."""

    measure: Measure
    value: float
    refs: tuple[Ref, ...]
    """The events it was counted from."""
    last_ms: int
    """The time of the last of them."""
    other: Person | None = None
    """Who thanked."""
    day: int | None = None
    """The day of outcomes, from 1970."""


@dataclass(frozen=True, slots=True)
class Score:
    """What somebody has in a period."""

    person: Person
    total: float
    lines: tuple[Line, ...]
    """Their values make the total, which is rounded; the largest first."""
    last_ms: int
    """When the total was reached."""
    vouched: float | None
    """At most so many points for outcomes; None where nothing bounds them."""


def scores(
    marks: Iterable[Mark],
    year: Ranks,
    trusted: Collection[Person],
    casual: Collection[Channel] = (),
    formula: Formula = STANDARD,
) -> dict[Person, Score]:
    """Everybody's score by the marks of a period, in order; nothing in a casual channel counts.

    `year` are the ranks by thanks of the last year, which vouch; `trusted` are where ranks restart.
    """
    kept = [mark for mark in marks if mark.channel not in casual]
    lines: dict[Person, list[Line]] = {}
    for person, line in _thanks(ranked(graph(kept), trusted, formula.damping), formula):
        lines.setdefault(person, []).append(line)
    outcomes: dict[Person, list[Line]] = {}
    for person, line in _outcomes(kept, formula):
        outcomes.setdefault(person, []).append(line)
    vouchers = _vouchers(year, formula)
    free = frozenset(trusted)
    for person, theirs in outcomes.items():
        bound = None if vouchers is None or person in free else vouchers.get(person, 0.0)
        lines.setdefault(person, []).extend(_bounded(theirs, bound))
    return {
        person: _score(person, theirs, vouchers, free) for person, theirs in sorted(lines.items())
    }


def _score(
    person: Person,
    lines: list[Line],
    vouchers: Mapping[Person, float] | None,
    free: frozenset[Person],
) -> Score:
    lines.sort(key=lambda line: (-line.value, line.refs))
    total = round(sum(line.value for line in lines), PLACES)
    bound = None if vouchers is None or person in free else vouchers.get(person, 0.0)
    last_ms = max(line.last_ms for line in lines if line.value > 0 or total == 0)
    return Score(person, total, tuple(lines), last_ms, bound)


def _vouchers(year: Ranks, formula: Formula) -> dict[Person, float] | None:
    if len(year.received) < formula.vouched_min:
        return None
    usual = median(year.received.values())
    largest: dict[Person, float] = {}
    for giver in year.graph:
        for person, value in year.passed(giver).items():
            largest[person] = max(value, largest.get(person, 0.0))
    return {
        person: max(0.0, formula.thanks * (value - largest[person]) / usual)
        for person, value in year.received.items()
    }


def _thanks(ranks: Ranks, formula: Formula) -> Iterator[tuple[Person, Line]]:
    if not ranks.received:
        return
    usual = median(ranks.received.values())
    for giver in sorted(ranks.graph):
        for receiver, value in sorted(ranks.passed(giver).items()):
            edge = ranks.graph[giver][receiver]
            points = formula.thanks * value / usual
            yield receiver, Line(Measure.THANKED, points, edge.refs, edge.last_ms, other=giver)


def _outcomes(marks: Iterable[Mark], formula: Formula) -> Iterator[tuple[Person, Line]]:
    """A line for each day and measure, no day above its bound."""
    days: dict[tuple[Person, int], dict[Measure, list[Mark]]] = {}
    weekly: dict[tuple[Person, Person | None, Measure, int], int] = {}
    for mark in marks:
        if mark.measure not in formula.values or mark.size not in (0, GATHERED_SIZE):
            continue
        key = (mark.person, mark.other, mark.measure, week_of(mark.at_ms))
        weekly[key] = weekly.get(key, 0) + 1
        if weekly[key] <= formula.weekly_max:
            of_day = days.setdefault((mark.person, day_of(mark.at_ms)), {})
            of_day.setdefault(mark.measure, []).append(mark)
    for (person, day), by_measure in days.items():
        lines = [_line(measure, day, these, formula) for measure, these in by_measure.items()]
        for line in _bounded(lines, formula.day_max):
            yield person, line


def _line(measure: Measure, day: int, marks: list[Mark], formula: Formula) -> Line:
    value = formula.values[measure] * log2(1 + sum(mark.weight for mark in marks))
    return Line(measure, value, tuple(mark.ref for mark in marks), marks[-1].at_ms, day=day)


def _bounded(lines: list[Line], bound: float | None) -> list[Line]:
    """The same lines, each smaller by as much, where they come to more than the bound."""
    total = sum(line.value for line in lines)
    if bound is None or total <= bound:
        return lines
    return [replace(line, value=line.value * bound / total) for line in lines]
