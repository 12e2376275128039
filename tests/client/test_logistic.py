"""Logits and probabilities."""

import pytest

from hobnob_client.logistic import logit_of, sigmoid


def test_a_logit_and_back() -> None:
    """The ends stay numbers."""
    assert sigmoid(logit_of(0.3)) == pytest.approx(0.3)
    assert 0 < sigmoid(-1e9) < sigmoid(1e9) < 1
    assert logit_of(0) < -20
    assert logit_of(1) > 20
