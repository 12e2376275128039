"""How good an order is, and how true a probability: the measures of ranking, plainly."""

from collections.abc import Collection, Sequence
from math import log2
from typing import Any, Final

TOP: Final = 10


def ndcg(order: Sequence[Any], relevant: Collection[Any], top: int = TOP) -> float:
    """Discounted gain of the first `top` by that of the best order: 0 to 1."""
    gained = sum(1 / log2(at + 2) for at, one in enumerate(order[:top]) if one in relevant)
    return gained / sum(1 / log2(at + 2) for at in range(min(top, len(relevant))))


def recall(order: Sequence[Any], relevant: Collection[Any], top: int = TOP) -> float:
    """The share of what is relevant that stands among the first `top`."""
    return sum(one in relevant for one in order[:top]) / len(relevant)


def reciprocal(order: Sequence[Any], relevant: Collection[Any]) -> float:
    """1 by the place of the first that is relevant; 0 where none is in the order."""
    return next((1 / (at + 1) for at, one in enumerate(order) if one in relevant), 0.0)


def mean(values: Sequence[float]) -> float:
    """0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def calibration_error(told: Sequence[tuple[float, bool]], bins: int = 20) -> float:
    """Expected calibration error: over bins of equally many, in the order of probability, the mean
    distance between what was told and what happened."""
    ordered = sorted(told, key=lambda one: one[0])
    size = max(1, len(ordered) // bins)
    error = 0.0
    for at in range(0, len(ordered), size):
        part = ordered[at : at + size]
        expected = sum(probability for probability, _ in part)
        error += abs(expected - sum(happened for _, happened in part))
    return error / len(ordered) if ordered else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
