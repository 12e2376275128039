"""How likely somebody answers, and why."""

import math

import pytest

from hobnob_client.logistic import sigmoid
from hobnob_client.match.features import NAMES
from hobnob_client.match.scoring import chance, explain
from hobnob_client.match.weights import Weights, parsed, shipped


def test_the_shipped_weights_fit_the_features_there_are() -> None:
    """And say what anybody would expect of the plainest of them."""
    weights = shipped()
    by_name = dict(zip(NAMES, weights.weights, strict=True))
    assert len(weights.means) == len(NAMES)
    assert by_name["silent"] < 0 < by_name["answered_of_it"]


def test_weights_of_other_features_are_refused() -> None:
    """Rather than read in the wrong order."""
    with pytest.raises(ValueError, match="train anew"):
        parsed("bias = 1.0\n[weights]\nidle = 1.0\n[means]\nidle = 1.0\n")


def test_the_terms_of_a_score_add_up_to_it() -> None:
    """From the logit of an average person; the largest come first."""
    weights = shipped()
    row = tuple(0.1 * at for at in range(len(NAMES)))
    terms = explain(weights, row)
    average = weights.bias + sum(map(float.__mul__, weights.weights, weights.means))
    logit = average + sum(term.lift for term in terms)
    assert math.isclose(sigmoid(logit), chance(weights, row))
    assert [abs(term.lift) for term in terms] == sorted(
        (abs(term.lift) for term in terms), reverse=True
    )
    assert {term.feature for term in terms} == set(NAMES)


def test_no_logit_overflows() -> None:
    """However sure it is."""
    sure = Weights(1e6, (0.0,) * len(NAMES), (0.0,) * len(NAMES))
    assert chance(sure, (0.0,) * len(NAMES)) == pytest.approx(1.0)
