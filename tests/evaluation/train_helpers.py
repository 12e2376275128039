"""`python -m tests.evaluation.train_helpers --data DIR`: learns who answers, and writes weights.

A row is a candidate of a question (`asking`); what happens is that they answer it within a day.
Most do not. Of these all are taken who did most there and lately, since it is they who are hard to
tell apart; of the others one in `NEGATIVES`, who stands for as many.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import hobnob_client.match
from hobnob_client.match.features import NAMES, Features
from hobnob_client.match.weights import FILE
from tests.evaluation.archive import Archive, load
from tests.evaluation.asking import questions
from tests.evaluation.logistic import Example, Fitted, fit
from tests.evaluation.sessions import TRAIN, Window, windows_in

NEAR: Final = 60
"""So many of a question's who did not answer are all taken."""
NEGATIVES: Final = 20
_DID: Final = tuple(NAMES.index(name) for name in ("answered_here", "posts_here", "lately"))
SHARE: Final = (0.2, 0.6)
"""Of the time of an archive without those windows; before it habits grow, after it is the test."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.train_helpers")
    parser.add_argument("--data", type=Path, required=True, help="the archive")
    parser.add_argument("--to", type=Path, default=_shipped(), help="the file to write")
    parser.add_argument("--name", help="what the archive is called in the file")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    archive = load(given.data)
    # The first window alone has texts, without which what somebody knows is nothing.
    window = windows_in(archive, TRAIN, SHARE)[0]
    examples = list(_examples(archive, window, given.seed))
    name = given.name or given.data.resolve().name
    asked = f"{sum(one.happened for one in examples):,} answers of {window.name}"
    today = datetime.now(UTC).date().isoformat()
    source = f"{name}, {asked}, seed {given.seed}, trained on {today}"
    given.to.write_text(_written(fit(examples), source), "utf-8")
    print(source)
    return 0


def _shipped() -> Path:
    return Path(str(hobnob_client.match.__file__)).with_name(FILE)


def _examples(archive: Archive, window: Window, seed: int) -> Iterator[Example]:
    random = Random(seed)
    for question in questions(archive, window.begin_ms, window.end_ms):
        others: list[Features] = []
        for who, row in zip(question.candidates, question.features, strict=True):
            if who in question.answered_by:
                yield Example(row, happened=True)
            else:
                others.append(row)
        others.sort(key=_done, reverse=True)
        for at, row in enumerate(others):
            if at < NEAR:
                yield Example(row, happened=False)
            elif random.random() * NEGATIVES < 1:
                yield Example(row, happened=False, times=NEGATIVES)


def _done(row: Features) -> float:
    return sum(row[at] for at in _DID)


def _written(fitted: Fitted, source: str) -> str:
    """The file: weights of the bare features, whose spread is divided out."""
    weights = [w / spread for w, spread in zip(fitted.weights, fitted.spreads, strict=True)]
    bias = fitted.bias - sum(w * mean for w, mean in zip(weights, fitted.means, strict=True))
    return "\n".join(
        (
            "# Written by `python -m tests.evaluation.train_helpers`; not by hand.",
            f'source = "{source}"',
            f"bias = {bias:.5f}",
            "",
            "[weights]",
            *(f"{name} = {value:.5f}" for name, value in zip(NAMES, weights, strict=True)),
            "",
            "[means]",
            *(f"{name} = {value:.5f}" for name, value in zip(NAMES, fitted.means, strict=True)),
            "",
        )
    )


if __name__ == "__main__":
    sys.exit(main())
