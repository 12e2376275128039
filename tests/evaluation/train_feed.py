"""`python -m tests.evaluation.train_feed --data DIR`: learns the feed's weights and writes them.

A row is a candidate of a session (`sessions`); what happens is that the member writes in it within
a day. Most candidates are passed by, so one in `NEGATIVES` of these is taken, and stands for as
many.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import hobnob_client.feed
from hobnob_client.feed.features import FEATURES, Feature, Numbers, measure
from hobnob_client.feed.weights import Bend, Regression, Weights, written
from tests.evaluation.archive import Archive, load
from tests.evaluation.logistic import Example, fit
from tests.evaluation.sessions import TRAIN, moments, sessions, windows_in

SESSIONS: Final = 4_000
"""Of each window."""
NEGATIVES: Final = 12
BENT: Final = frozenset(
    (
        *(Feature.QUIET, Feature.PLACE, Feature.AGE, Feature.PEOPLE, Feature.KNOWN),
        *(Feature.CHANNEL, Feature.CHANNEL_IDLE, Feature.PACE),
    )
)
"""Where a straight line says least: chosen on months of the windows that were held out. Of two
numbers that go together, as people and those one passed by, one is bent: bends of both would cancel
out, and what is told of either would be untrue."""
SHARE: Final = (0.2, 0.6)
"""Of the time of an archive without those windows; before it habits grow, after it is the test."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.train_feed")
    parser.add_argument("--data", type=Path, required=True, help="the archive")
    parser.add_argument("--to", type=Path, default=_shipped(), help="the file to write")
    parser.add_argument("--name", help="what the archive is called in the file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sessions", type=int, default=SESSIONS, help="of each window, at most")
    given = parser.parse_args(arguments)
    archive = load(given.data)
    name = given.name or given.data.resolve().name
    weights = train(archive, given.seed, given.sessions, name)
    given.to.write_text(written(weights), "utf-8")
    print(weights.source)
    return 0


def _shipped() -> Path:
    return Path(str(hobnob_client.feed.__file__)).with_name("weights.toml")


def train(archive: Archive, seed: int, most: int, name: str) -> Weights:
    """The weights, and where they come from."""
    windows = windows_in(archive, TRAIN, SHARE)
    examples = list(_examples(archive, seed, most))
    part = FEATURES.index(Feature.PART)
    others = _regression([one for one in examples if not one.numbers[part]])
    joined = _joined(_regression([one for one in examples if one.numbers[part]]), others.bias, part)
    spans = " and ".join(window.name for window in windows)
    today = datetime.now(UTC).date().isoformat()
    source = f"{name}, {spans}, up to {most:,} sessions each, seed {seed}, trained on {today}"
    return Weights(joined, others, source)


def _regression(examples: Sequence[Example]) -> Regression:
    """Straight in all features, and bent in some: each bend is one more number to learn from."""
    places = [
        (place, at)
        for place, feature in enumerate(FEATURES)
        if feature in BENT
        for at in thirds([one.numbers[place] for one in examples])
    ]
    found = fit(
        [
            Example(
                (*one.numbers, *(max(0.0, one.numbers[place] - at) for place, at in places)),
                one.happened,
                one.times,
            )
            for one in examples
        ]
    )
    few = len(FEATURES)
    bends = tuple(
        Bend(FEATURES[place], at, weight / spread, mean)
        for (place, at), mean, spread, weight in zip(
            places, found.means[few:], found.spreads[few:], found.weights[few:], strict=True
        )
    )
    straight = (found.means[:few], found.spreads[:few], found.weights[:few])
    return Regression(found.bias, *straight, bends)


def thirds(numbers: Sequence[float]) -> tuple[float, ...]:
    """Where a third and two thirds of them are below; none where there is nothing on one side."""
    ordered = sorted(numbers)
    found = {ordered[len(ordered) * nth // 3] for nth in (1, 2)}
    return tuple(sorted(at for at in found if ordered[0] < at < ordered[-1]))


def _joined(found: Regression, bias: float, part: int) -> Regression:
    """The same with the bias of the others: the difference is what having taken part adds."""

    def put(numbers: Numbers, number: float) -> Numbers:
        return (*numbers[:part], number, *numbers[part + 1 :])

    weights = put(found.weights, found.bias - bias)
    straight = (put(found.means, 0.0), put(found.spreads, 1.0), weights)
    return Regression(bias, *straight, found.bends)


def _examples(archive: Archive, seed: int, most: int) -> Iterator[Example]:
    draw = Random(seed)
    chosen = [
        session
        for window in windows_in(archive, TRAIN, SHARE)
        for session in sessions(archive, window, most, seed)
    ]
    for moment in moments(archive, chosen):
        beside = Counter(talk.channel for talk in moment.talks)
        for place, talk in enumerate(moment.talks):
            relevant = talk.key in moment.relevant
            if relevant or draw.randrange(NEGATIVES) == 0:
                threads = beside[talk.channel]
                numbers = measure(talk, place, threads, moment.habits, moment.now_ms)
                yield Example(numbers, relevant, 1.0 if relevant else float(NEGATIVES))


if __name__ == "__main__":
    sys.exit(main())
