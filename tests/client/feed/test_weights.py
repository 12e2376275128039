"""The shipped weights are whole, and say where they come from."""

from dataclasses import replace
from operator import mul

import pytest

from hobnob_client.feed.features import FEATURES, Feature
from hobnob_client.feed.weights import Bend, Weights, read, shipped, written
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
    """In its short form too, on either side of every bend."""
    for told in (shipped().joined, shipped().others):
        assert told.bends
        for step in (0.1, 1.0, 7.0):
            numbers = tuple(step * at for at in range(len(FEATURES)))
            bias, factors, bends = told.straight()
            short = bias + sum(map(mul, factors, numbers))
            short += sum(slope * max(0.0, numbers[place] - at) for place, at, slope in bends)
            assert short == pytest.approx(told.bias + sum(told.terms(numbers)))


def test_a_bend_changes_the_slope_of_its_feature_alone() -> None:
    """From where it is: what is longest ago need not repel as much more as it did before."""
    place = FEATURES.index(Feature.QUIET)
    bent = replace(weights(quiet=-1.0).others, bends=(Bend(Feature.QUIET, 3.0, 0.75, 0.0),))

    def term(number: float) -> float:
        terms = bent.terms((number,) * len(FEATURES))
        assert not any(terms[:place] + terms[place + 1 :])
        return terms[place]

    assert [term(number) for number in (0.0, 3.0, 7.0)] == [0.0, -3.0, -4.0]
    assert read(written(Weights(bent, bent))) == Weights(bent, bent)
