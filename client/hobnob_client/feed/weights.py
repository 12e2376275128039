"""The shipped weights: what was learnt from archives, and from which of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul
from typing import Any

from hobnob_client.feed.features import FEATURES, Feature, Numbers


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: for each feature its mean, its spread (above 0), and its weight by
    spread; `bias` is the logit of a thread that is the mean in all."""

    bias: float
    means: Numbers
    spreads: Numbers
    weights: Numbers
    source: str = ""
    """Which archive, which window, on which day."""

    def straight(self) -> tuple[float, Numbers]:
        """The same as a bias and one factor a feature: the logit, with half the work."""
        factors = tuple(
            weight / spread for weight, spread in zip(self.weights, self.spreads, strict=True)
        )
        return self.bias - sum(map(mul, factors, self.means)), factors

    def terms(self, numbers: Numbers) -> Numbers:
        """What each feature adds to the logit, which is their sum and the bias."""
        return tuple(
            weight * (number - mean) / spread
            for number, mean, spread, weight in zip(
                numbers, self.means, self.spreads, self.weights, strict=True
            )
        )


def read(text: str) -> Weights:
    """Weights from TOML; ValueError where a feature is missing, unknown, or has no spread."""
    told: Mapping[str, Any] = tomllib.loads(text)
    features: Mapping[str, Mapping[str, float]] = told["feature"]
    if set(features) != {feature.value for feature in Feature}:
        raise ValueError("the features of the weights are not those that are measured")
    means, spreads, weights = (
        tuple(float(features[feature.value][what]) for feature in FEATURES)
        for what in ("mean", "spread", "weight")
    )
    if not all(spread > 0 for spread in spreads):
        raise ValueError("a spread is above 0")
    return Weights(float(told["bias"]), means, spreads, weights, str(told["source"]))


def written(weights: Weights) -> str:
    """The same as TOML, which `read` reads."""
    lines = [f'source = "{weights.source}"', f"bias = {weights.bias:.5f}"]
    for feature, mean, spread, weight in zip(
        FEATURES, weights.means, weights.spreads, weights.weights, strict=True
    ):
        lines += ["", f"[feature.{feature.value}]", f"weight = {weight:.5f}"]
        lines += [f"mean = {mean:.5f}", f"spread = {spread:.5f}"]
    return "\n".join(lines) + "\n"


@cache
def shipped() -> Weights:
    """Those in this package; `python -m tests.evaluation.train_feed` writes them."""
    return read(files("hobnob_client.feed").joinpath("weights.toml").read_text("utf-8"))
