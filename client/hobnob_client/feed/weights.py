"""The shipped weights: what was learnt from archives, and from which of them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from operator import mul
from typing import Any, Final

from hobnob_client.feed.features import FEATURES, Feature, Numbers
from hobnob_client.feed.talk import Talk
from hobnob_protocol.value import value

_PLACES: Final = {feature: place for place, feature in enumerate(FEATURES)}


@value
class Bend:
    """Above a number of its feature, what the feature adds rises by another slope from there on."""

    feature: Feature
    at: float
    slope: float
    """What is added to the slope, in logits."""
    mean: float
    """Of what the feature's number is above `at`; below it that is 0."""


@value
class Regression:
    """A logistic regression: for each feature its mean, its spread (above 0), and its weight by
    spread, and where it bends; `bias` is the logit of a thread that is the mean in all."""

    bias: float
    means: Numbers
    spreads: Numbers
    weights: Numbers
    bends: tuple[Bend, ...] = ()

    def straight(self) -> tuple[float, Numbers, tuple[tuple[int, float, float], ...]]:
        """The same as a bias, one factor a feature, and for each bend the feature's place, where it
        is, and its slope: the logit, with half the work."""
        factors = tuple(
            weight / spread for weight, spread in zip(self.weights, self.spreads, strict=True)
        )
        bias = self.bias - sum(map(mul, factors, self.means))
        bias -= sum(bend.slope * bend.mean for bend in self.bends)
        bends = tuple((_PLACES[bend.feature], bend.at, bend.slope) for bend in self.bends)
        return bias, factors, bends

    def terms(self, numbers: Numbers) -> Numbers:
        """What each feature adds to the logit, which is their sum and the bias."""
        found = [
            weight * (number - mean) / spread
            for number, mean, spread, weight in zip(
                numbers, self.means, self.spreads, self.weights, strict=True
            )
        ]
        for bend in self.bends:
            place = _PLACES[bend.feature]
            found[place] += bend.slope * (max(0.0, numbers[place] - bend.at) - bend.mean)
        return tuple(found)


@value
class Weights:
    """One regression for threads in which one has written and one for others: whether one goes on
    and whether one begins depend on different things. Both have one bias: what it adds that one has
    taken part is the term of that feature."""

    joined: Regression
    others: Regression
    source: str = ""
    """Which archive, which windows, on which day."""

    def of(self, talk: Talk) -> Regression:
        """That for a thread."""
        return self.joined if talk.own else self.others


def read(text: str) -> Weights:
    """Weights from TOML; ValueError where a feature is missing, unknown, or has no spread."""
    told: Mapping[str, Any] = tomllib.loads(text)
    bias = float(told["bias"])
    joined, others = (_regression(bias, told[name]) for name in ("joined", "others"))
    return Weights(joined, others, str(told["source"]))


def _regression(bias: float, features: Mapping[str, Mapping[str, Any]]) -> Regression:
    if set(features) != {feature.value for feature in Feature}:
        raise ValueError("the features of the weights are not those that are measured")
    means, spreads, weights = (
        tuple(float(features[feature.value][what]) for feature in FEATURES)
        for what in ("mean", "spread", "weight")
    )
    if not all(spread > 0 for spread in spreads):
        raise ValueError("a spread is above 0")
    bends = tuple(
        Bend(feature, float(at), float(slope), float(mean))
        for feature in FEATURES
        for at, slope, mean in features[feature.value].get("bends", ())
    )
    return Regression(bias, means, spreads, weights, bends)


def written(weights: Weights) -> str:
    """The same as TOML, which `read` reads."""
    lines = [f'source = "{weights.source}"', f"bias = {weights.others.bias:.5f}"]
    for name, of in (("joined", weights.joined), ("others", weights.others)):
        for feature, mean, spread, weight in zip(
            FEATURES, of.means, of.spreads, of.weights, strict=True
        ):
            lines += ["", f"[{name}.{feature.value}]", f"weight = {weight:.5f}"]
            lines += [f"mean = {mean:.5f}", f"spread = {spread:.5f}"]
            bends = [
                f"[{bend.at:.5f}, {bend.slope:.5f}, {bend.mean:.5f}]"
                for bend in of.bends
                if bend.feature is feature
            ]
            lines += [f"bends = [{', '.join(bends)}]"] if bends else []
    return "\n".join(lines) + "\n"


@cache
def shipped() -> Weights:
    """Those in this package; `python -m tests.evaluation.train_feed` writes them."""
    return read(files("hobnob_client.feed").joinpath("weights.toml").read_text("utf-8"))
