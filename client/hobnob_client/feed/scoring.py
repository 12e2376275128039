"""How probable it is that one takes part in a thread next, and what that is made of."""

from collections import Counter
from collections.abc import Sequence
from operator import mul

from hobnob_client.feed.features import FEATURES, Feature, Numbers, measure
from hobnob_client.feed.fewer import Fewer, Wishes
from hobnob_client.feed.habits import Habits
from hobnob_client.feed.reasons import Reason, reasons
from hobnob_client.feed.talk import Talk
from hobnob_client.feed.weights import Weights
from hobnob_client.logistic import sigmoid
from hobnob_protocol.value import value


@value
class Scored:
    """One thread with its numbers."""

    talk: Talk
    numbers: Numbers
    probability: float
    """Of writing in it within a day, times `left`: 0 to 1."""
    left: float
    """What "see fewer" has left of it."""


@value
class Term:
    """What one feature adds to the logit."""

    feature: Feature
    number: float
    logit: float


@value
class Explained:
    """All that a thread's place is made of."""

    bias: float
    terms: tuple[Term, ...]
    """Every feature, that which moves most first; with `bias` they sum to `logit`."""
    logit: float
    left: float
    probability: float
    """1 / (1 + e^-logit), times `left`."""
    reasons: tuple[Reason, ...]
    """Those that are true, the strongest first: two are told on a row."""


def score(
    talks: Sequence[Talk], habits: Habits, fewer: Sequence[Fewer], weights: Weights, now_ms: int
) -> list[Scored]:
    """All threads, the most probable first; equal ones in the order of their newest message."""
    newest = sorted(talks, key=lambda talk: (-talk.last_ms, -talk.begun_ms, -talk.said))
    beside = Counter(talk.channel for talk in talks)
    wishes = Wishes(fewer, now_ms)
    found: list[Scored] = []
    joined, others = weights.joined.straight(), weights.others.straight()
    for place, talk in enumerate(newest):
        numbers = measure(talk, place, beside[talk.channel], habits, now_ms)
        left = wishes.of(talk)
        bias, factors, bends = joined if talk.own else others
        logit = bias + sum(map(mul, factors, numbers))
        for which, at, slope in bends:
            above = numbers[which] - at
            if above > 0:
                logit += slope * above
        found.append(Scored(talk, numbers, left * sigmoid(logit), left))
    found.sort(key=lambda scored: -scored.probability)
    return found


def explain(scored: Scored, habits: Habits, weights: Weights) -> Explained:
    """Every term of one thread."""
    regression = weights.of(scored.talk)
    terms = regression.terms(scored.numbers)
    told = [Term(*one) for one in zip(FEATURES, scored.numbers, terms, strict=True)]
    told.sort(key=lambda term: -abs(term.logit))
    return Explained(
        regression.bias,
        tuple(told),
        regression.bias + sum(terms),
        scored.left,
        scored.probability,
        reasons(scored.talk, habits, terms),
    )
