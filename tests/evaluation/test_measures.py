"""The measures of ranking, by hand."""

from math import log2

import pytest

from tests.evaluation.measures import calibration_error, ndcg, percentile, recall, reciprocal


def test_the_best_order_has_all_the_gain() -> None:
    """And what stands below the first ten has none."""
    assert ndcg("abc", "ab") == 1
    assert ndcg("cab", "a") == pytest.approx(1 / log2(3))
    assert ndcg("abcdefghijk", "k") == 0
    assert ndcg("ba", "abcdefghijklmn", top=2) == 1


def test_recall_and_the_first_place() -> None:
    """Of what is relevant; of the first that is."""
    assert recall("abcd", "dz", top=4) == 0.5
    assert reciprocal("abcd", "cd") == pytest.approx(1 / 3)
    assert reciprocal("abcd", "z") == 0


def test_a_true_probability_has_no_error() -> None:
    """One that promises too much has the distance."""
    assert calibration_error([(0.5, at % 2 == 0) for at in range(40)], bins=1) == 0
    assert calibration_error([(0.9, at % 2 == 0) for at in range(40)], bins=2) == pytest.approx(0.4)
    assert calibration_error([]) == 0


def test_a_percentile_is_one_of_the_values() -> None:
    """The largest at the end."""
    assert percentile([3, 1, 2, 4], 0.5) == 3
    assert percentile([3, 1, 2, 4], 1) == 4
