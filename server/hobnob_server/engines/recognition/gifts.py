"""Gifts: thank-yous as a graph, in which a friend's tenth thanks weighs little.

Community reference §2.2: at most three count for a pair and week, a doubted one counts a quarter
(doubt.py), and what one gave another is the root of their sum, so that thanks from many outweigh
many thanks from one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final, TypeAlias

from hobnob_server.engines.recognition.deeds import Person, Ref, week_of
from hobnob_server.engines.recognition.marks import Mark, Measure

WEEKLY_MAX: Final = 3
"""Thanks of a pair that count in one week, the first ones."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What somebody gave another."""

    weight: float
    """The root of what their thanks weigh together."""
    refs: tuple[Ref, ...]
    """The thanks that count."""
    last_ms: int
    """The time of the last of them."""


Graph: TypeAlias = Mapping[Person, Mapping[Person, Edge]]
"""By giver, then by receiver."""


def graph(marks: Iterable[Mark]) -> Graph:
    """The THANKED marks among these, in order, as a graph."""
    weekly: dict[tuple[Person, Person, int], int] = {}
    given: dict[Person, dict[Person, list[Mark]]] = {}
    for mark in marks:
        if mark.measure is not Measure.THANKED or mark.other is None:
            continue
        key = (mark.other, mark.person, week_of(mark.at_ms))
        weekly[key] = weekly.get(key, 0) + 1
        if weekly[key] <= WEEKLY_MAX:
            given.setdefault(mark.other, {}).setdefault(mark.person, []).append(mark)
    return {
        giver: {receiver: _edge(these) for receiver, these in to.items()}
        for giver, to in given.items()
    }


def _edge(marks: list[Mark]) -> Edge:
    weight = sqrt(sum(mark.weight for mark in marks))
    return Edge(weight, tuple(mark.ref for mark in marks), marks[-1].at_ms)
