"""The weights of the helper score as they are shipped: `weights.toml`, written by training."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from hobnob_client.match.features import NAMES, Features

FILE: Final = "weights.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model. `weights` and `means` are in the order of `NAMES`; a mean is what people
    have on average, from which an explanation counts."""

    bias: float
    weights: Features
    means: Features


def shipped() -> Weights:
    """What `python -m tests.evaluation.train_helpers` has written. ValueError where the file and
    `NAMES` do not fit."""
    return parsed(files(__name__.rpartition(".")[0]).joinpath(FILE).read_text())


def parsed(text: str) -> Weights:
    """Weights of a file's text."""
    held = tomllib.loads(text)
    weights, means = held["weights"], held["means"]
    if tuple(weights) != NAMES or tuple(means) != NAMES:
        raise ValueError(f"{FILE} is not about the features there are: train anew")
    return Weights(
        float(held["bias"]),
        tuple(float(value) for value in weights.values()),
        tuple(float(value) for value in means.values()),
    )
