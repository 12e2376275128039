"""A probability, and all that it is made of."""

import pytest

from hobnob_client.feed.features import FEATURES, Feature
from hobnob_client.feed.fewer import Fewer, Sort
from hobnob_client.feed.scoring import explain, score
from hobnob_client.feed.weights import shipped
from hobnob_client.logistic import sigmoid
from tests.client.feed.community import DAY, NOW, STRANGER, talk, weights


def test_the_more_probable_stands_first() -> None:
    """With the weights that are given; equal ones by their newest message."""
    talks = [talk("old", last_ms=NOW - DAY), talk("new"), talk("mine", last_ms=NOW - DAY, own=1)]
    by_part = score(talks, STRANGER, (), weights(part=2.0), NOW)
    assert [one.talk.key for one in by_part] == ["mine", "new", "old"]


def test_a_channel_with_many_threads_is_known_by_their_number() -> None:
    """Of all that are ranked; a thread that is alone in its channel has none beside it."""
    talks = [*(talk(f"g{n}") for n in range(3)), talk("k", channel="kitchen")]
    found = score(talks, STRANGER, (), weights(channel_threads=-1.0), NOW)
    assert found[0].talk.key == "k"
    assert found[0].probability == 0.5 > found[1].probability == found[3].probability


def test_every_term_is_told_and_they_sum_up() -> None:
    """The bias, one for each feature, the largest first, and what "see fewer" left."""
    wish = Fewer(Sort.CHANNEL, "garden", NOW - 20 * DAY)
    (scored,) = score([talk("t", own=2)], STRANGER, (wish,), shipped(), NOW)
    told = explain(scored, STRANGER, shipped())
    assert told.bias + sum(term.logit for term in told.terms) == pytest.approx(told.logit)
    assert any(bend.feature is Feature.QUIET for bend in shipped().joined.bends)
    assert len({term.feature for term in told.terms}) == len(told.terms) == len(FEATURES)
    sizes = [abs(term.logit) for term in told.terms]
    assert sizes == sorted(sizes, reverse=True)
    assert told.left == 0.2
    assert told.probability == scored.probability == pytest.approx(0.2 * sigmoid(told.logit))
