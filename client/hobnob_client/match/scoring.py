"""The two sides of a match (community.md §2.3).

p = sigmoid(bias + Σ w·x) is how likely a person answers this need within a day; q says how well the
need fits what that person is open to; s = √(p·q) is high only where both are.
"""

from dataclasses import dataclass
from enum import IntEnum
from math import sqrt
from typing import Final

from hobnob_client.logistic import sigmoid
from hobnob_client.match.features import NAMES, Features
from hobnob_client.match.weights import Weights


def chance(weights: Weights, features: Features) -> float:
    """p, in (0, 1)."""
    return sigmoid(weights.bias + sum(map(float.__mul__, weights.weights, features)))


@dataclass(frozen=True, slots=True)
class Term:
    """One reason of a score: a feature, its value, and by how much it lifts the logit of p above
    that of somebody average."""

    feature: str
    value: float
    lift: float


def explain(weights: Weights, features: Features) -> tuple[Term, ...]:
    """All terms, the largest first. Their lifts and the logit of an average person add up to the
    logit of p."""
    columns = zip(NAMES, features, weights.weights, weights.means, strict=True)
    terms = [Term(name, value, weight * (value - mean)) for name, value, weight, mean in columns]
    return tuple(sorted(terms, key=lambda term: -abs(term.lift)))


class Level(IntEnum):
    """How much somebody knows of a subject."""

    BEGINNER = 0
    ADVANCED = 1
    EXPERT = 2


FITS: Final = 1.0
PARTLY: Final = 0.7
HARDLY: Final = 0.3
"""How well two sides fit, as guides and readers do (community.md §2.11)."""


@dataclass(frozen=True, slots=True)
class Openness:
    """What a person said of themselves, all of it optional: subjects they help with, their level.
    Not to have consented to matching is not a value here: such a person is no candidate."""

    subjects: frozenset[str] = frozenset()
    level: Level | None = None


def welcome(openness: Openness, subject: str | None, level: Level | None) -> float:
    """q: how welcome a need is to a person; what one side left open fits partly."""
    return _subject(openness, subject) * _level(openness, level)


def _subject(openness: Openness, subject: str | None) -> float:
    if subject is None or not openness.subjects:
        return PARTLY
    return FITS if subject in openness.subjects else HARDLY


def _level(openness: Openness, level: Level | None) -> float:
    if level is None or openness.level is None:
        return PARTLY
    # One who knows a little more explains best; who knows less cannot.
    gap = openness.level - level
    return FITS if gap in (0, 1) else PARTLY if gap > 1 else HARDLY


def two_sided(p: float, q: float) -> float:
    """s, in [0, 1]."""
    return sqrt(p * q)
