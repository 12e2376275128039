"""Logistic regression by Newton's method: some twenty numbers a row, and no library for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_client.logistic import sigmoid

STEPS: Final = 8
"""It converges in six; from the weights 0 each step is a weighted least squares."""
RIDGE: Final = 1.0
"""On the squared weights of standardised numbers: as much as one row."""


@dataclass(frozen=True, slots=True)
class Example:
    """One row: its numbers, what happened, and how many such rows it stands for."""

    numbers: Sequence[float]
    happened: bool
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """On numbers less `means` by `spreads`."""

    bias: float
    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]


def fit(examples: Sequence[Example]) -> Fitted:
    """The most probable weights. A number that never differs weighs nothing."""
    means, spreads = _standard(examples)
    rows = [
        [
            1.0,
            *(
                (x - mean) / spread
                for x, mean, spread in zip(one.numbers, means, spreads, strict=True)
            ),
        ]
        for one in examples
    ]
    width = len(means) + 1
    weights = [0.0] * width
    for _ in range(STEPS):
        gradient = [0.0] * width
        curvature = [[0.0] * width for _ in range(width)]
        for row, one in zip(rows, examples, strict=True):
            logit = sum(map(float.__mul__, row, weights))
            p = sigmoid(logit)
            missed = one.times * (one.happened - p)
            bend = one.times * p * (1 - p)
            for i, x in enumerate(row):
                gradient[i] += missed * x
                bent, line = bend * x, curvature[i]
                for j in range(i + 1):
                    line[j] += bent * row[j]
        for i in range(1, width):
            gradient[i] -= RIDGE * weights[i]
            curvature[i][i] += RIDGE
        step = _solved(curvature, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
    return Fitted(weights[0], means, spreads, tuple(weights[1:]))


def _standard(examples: Sequence[Example]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    total = sum(one.times for one in examples)
    width = len(examples[0].numbers)
    means = [sum(one.times * one.numbers[at] for one in examples) / total for at in range(width)]
    spreads = [
        (sum(one.times * (one.numbers[at] - means[at]) ** 2 for one in examples) / total) ** 0.5
        for at in range(width)
    ]
    # Of what never differs the rounding is all there is to see.
    return tuple(means), tuple(spread if spread > 1e-9 else 1.0 for spread in spreads)


def _solved(lower: list[list[float]], right: list[float]) -> list[float]:
    """x of A x = right by Cholesky; of the symmetric A, `lower` holds the lower half."""
    width = len(right)
    root = [[0.0] * width for _ in range(width)]
    for i in range(width):
        for j in range(i + 1):
            rest = lower[i][j] - sum(root[i][k] * root[j][k] for k in range(j))
            root[i][j] = max(rest, 1e-12) ** 0.5 if i == j else rest / root[j][j]
    half: list[float] = []
    for i in range(width):
        half.append((right[i] - sum(root[i][k] * half[k] for k in range(i))) / root[i][i])
    found = [0.0] * width
    for i in reversed(range(width)):
        rest = half[i] - sum(root[k][i] * found[k] for k in range(i + 1, width))
        found[i] = rest / root[i][i]
    return found
