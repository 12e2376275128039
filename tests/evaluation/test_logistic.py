"""Logistic regression finds the weights that were there."""

from random import Random

import pytest

from hobnob_client.logistic import sigmoid
from tests.evaluation.logistic import Example, fit

BIAS, WEIGHTS = -1.0, (2.0, -0.5, 0.0)


def drawn(count: int) -> list[Example]:
    """Rows whose outcome follows from known weights."""
    random = Random(1)
    found: list[Example] = []
    for _ in range(count):
        numbers = (random.gauss(0, 1), random.gauss(0, 1), random.gauss(0, 1))
        logit = BIAS + sum(w * x for w, x in zip(WEIGHTS, numbers, strict=True))
        found.append(Example(numbers, random.random() < sigmoid(logit)))
    return found


def test_the_weights_are_found() -> None:
    """As near as four thousand rows can tell."""
    found = fit(drawn(4_000))
    weights = [w / spread for w, spread in zip(found.weights, found.spreads, strict=True)]
    assert weights == pytest.approx(WEIGHTS, abs=0.15)


def test_a_row_that_stands_for_several_weighs_as_much() -> None:
    """As if it were there as often."""
    rows = drawn(300)
    often = fit([*rows, *rows])
    once = fit([Example(row.numbers, row.happened, 2.0) for row in rows])
    assert once.weights == pytest.approx(often.weights)
    assert once.bias == pytest.approx(often.bias)


def test_what_never_differs_weighs_nothing() -> None:
    """And breaks nothing."""
    rows = [Example((*row.numbers, 0.7), row.happened, 0.1) for row in drawn(300)]
    found = fit(rows)
    assert found.weights[-1] == pytest.approx(0)
    assert found.spreads[-1] == 1
