"""The shipped weights are whole, and say where they come from."""

import pytest

from hobnob_client.feed.features import FEATURES, Feature
from hobnob_client.feed.weights import read, shipped, written
from tests.client.feed.community import talk, weights


def test_the_shipped_weights_fit_the_features() -> None:
    """One each, for either sort of thread, and the archive, its windows and the day."""
    for regression in (shipped().joined, shipped().others):
        assert len(regression.weights) == len(FEATURES)
    assert "2022-01..06" in shipped().source
    assert "trained on 20" in shipped().source


def test_that_one_took_part_is_a_term_of_its_own() -> None:
    """Both sorts have one bias, so it can be told."""
    told, part = shipped(), FEATURES.index(Feature.PART)
    assert told.joined.bias == told.others.bias
    assert told.joined.terms((1.0,) * len(FEATURES))[part] == told.joined.weights[part] > 0
    assert told.others.weights[part] == 0


def test_a_thread_is_weighed_by_whether_one_wrote_in_it() -> None:
    """Once is enough."""
    assert shipped().of(talk("t", own=1)) is shipped().joined
    assert shipped().of(talk("t")) is shipped().others


def test_what_is_written_is_read() -> None:
    """To five digits."""
    told = weights(part=1.25, quiet=-0.5)
    assert read(written(told)) == told


@pytest.mark.parametrize(
    ("there", "instead"),
    [("[others.part]", "[others.other]"), ("spread = 1.00000", "spread = 0.0")],
)
def test_weights_of_other_features_are_refused(there: str, instead: str) -> None:
    """Nothing is ranked by half of them."""
    with pytest.raises(ValueError, match=r"feature|spread"):
        read(written(weights()).replace(there, instead, 1))


def test_a_logit_is_the_sum_of_its_terms() -> None:
    """In its short form too."""
    told = shipped().joined
    numbers = tuple(0.1 * at for at in range(len(FEATURES)))
    bias, factors = told.straight()
    short = bias + sum(factor * number for factor, number in zip(factors, numbers, strict=True))
    assert short == pytest.approx(told.bias + sum(told.terms(numbers)))
