"""Threads and habits for the tests of the feed, in few words."""

from dataclasses import replace
from typing import Any, Final

from hobnob_client.feed.features import FEATURES, Feature
from hobnob_client.feed.habits import Habits
from hobnob_client.feed.talk import Talk
from hobnob_client.feed.weights import Regression, Weights

NOW: Final = 1_700_000_000_000
MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
STRANGER: Final = Habits()


def talk(key: str, **known: Any) -> Talk:
    """A thread of #garden that bob began an hour ago; nobody has answered."""
    plain = Talk(key, "garden", NOW - HOUR, "bob", NOW - HOUR, "bob", 1, 1, 1, 1, 40)
    return replace(plain, **known)


def weights(**told: float) -> Weights:
    """Those that are named, by the feature's name; all else weighs nothing, all spreads are 1."""
    zeros = (0.0,) * len(FEATURES)
    ones = (1.0,) * len(FEATURES)
    assert told.keys() <= {feature.value for feature in Feature}
    same = Regression(0.0, zeros, ones, tuple(told.get(each.value, 0.0) for each in FEATURES))
    return Weights(same, same)
