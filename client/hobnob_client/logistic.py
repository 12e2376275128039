"""Logits and probabilities, for all that is ranked by a logistic regression."""

from math import exp, log
from typing import Final

SURE: Final = 30.0
"""Logits beyond are cut off: nothing is certain, and no power overflows."""
_LEAST: Final = 1e-12


def sigmoid(logit: float) -> float:
    """The probability of a logit, 1 / (1 + e^-x): above 0, below 1."""
    return 1 / (1 + exp(-max(-SURE, min(SURE, logit))))


def logit_of(probability: float) -> float:
    """And back; the ends are cut off, where floats end."""
    kept = max(_LEAST, min(1 - _LEAST, probability))
    return log(kept / (1 - kept))
