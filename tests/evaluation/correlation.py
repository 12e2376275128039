"""How far two orders agree."""

from collections.abc import Sequence
from math import sqrt


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rank correlation, ties by their mean rank; 0 where one of them is all ties."""
    mine, theirs = _ranks(one), _ranks(other)
    middle = (len(one) - 1) / 2
    together = sum((a - middle) * (b - middle) for a, b in zip(mine, theirs, strict=True))
    spread = sum((a - middle) ** 2 for a in mine) * sum((b - middle) ** 2 for b in theirs)
    return together / sqrt(spread) if spread else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=lambda at: values[at])
    ranks = [0.0] * len(values)
    first = 0
    for at in range(1, len(order) + 1):
        if at == len(order) or values[order[at]] != values[order[first]]:
            for tied in order[first:at]:
                ranks[tied] = (first + at - 1) / 2
            first = at
    return ranks
