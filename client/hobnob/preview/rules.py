"""The file that whoever looks after a community edits: weights, caps, and the questions of a
newcomer. Every line is optional, and a slip in one is told."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from hobnob_client.match.features import NAMES
from hobnob_client.match.price import STEP
from hobnob_client.match.weights import Weights, shipped
from hobnob_client.onboarding import questions as asking
from hobnob_client.onboarding.questions import Question, Wrong
from hobnob_protocol.limits import ASKS_DEFAULT, ASKS_MAX
from hobnob_protocol.value import value
from hobnob_server.errors import ConfigError

BYTES_MAX: Final = 65_536
STEP_MAX: Final = 2.0
WEIGHT_MAX: Final = 100.0

HEAD: Final = """\
# Rules of matching, to be tried by: hobnob hub match preview --file THIS
# What is left out stays as it is. The hub hands none of it out yet: devices rank by what they have.

[caps]
# Requests a week that somebody takes who has not chosen; shows are twice as many.
default_requests = {requests}
# Nobody takes more requests a week than this, whatever they chose.
most_requests = {most}
# What each show adds to the price of the next; 0 shows the best who have room, greedily.
price = {step}

# [questions]
# file = "questions.toml"   what newcomers are asked, as in hobnob welcome --check

[weights]
bias = {bias}
"""


@value
class Rules:
    """What holds: a model, what people take, what a show costs, what a newcomer is asked."""

    weights: Weights
    default_requests: int = ASKS_DEFAULT
    most_requests: int = ASKS_MAX
    step: float = STEP
    questions: tuple[Question, ...] = ()


def now() -> Rules:
    """Those of this version."""
    return Rules(shipped(), questions=asking.shipped())


def text(rules: Rules) -> str:
    """Rules as a file to begin with."""
    head = HEAD.format(
        requests=rules.default_requests,
        most=rules.most_requests,
        step=rules.step,
        bias=rules.weights.bias,
    )
    pairs = zip(NAMES, rules.weights.weights, strict=True)
    return head + "".join(f"{name} = {weight}\n" for name, weight in pairs)


def read(path: Path) -> Rules:
    """The rules of a file. ConfigError where it cannot be read, or is not as it should be."""
    table = _table(path)
    _only(path, table, {"caps", "weights", "questions"})
    caps = _part(path, table, "caps")
    _only(path, caps, {"default_requests", "most_requests", "price"})
    before = now()
    return replace(
        before,
        weights=_weights(path, _part(path, table, "weights"), before.weights),
        default_requests=_whole(path, caps, "default_requests", before.default_requests),
        most_requests=_whole(path, caps, "most_requests", before.most_requests),
        step=_number(path, caps, "price", before.step, 0.0, STEP_MAX),
        questions=_questions(path, _part(path, table, "questions"), before.questions),
    )


def _table(path: Path) -> Mapping[str, object]:
    try:
        with path.open("rb") as file:
            data = file.read(BYTES_MAX + 1)
        if len(data) > BYTES_MAX:
            raise ConfigError(f"{path}: more than {BYTES_MAX} bytes")
        return tomllib.loads(data.decode())
    except OSError as broken:
        raise ConfigError(f"{path}: {broken.strerror}") from broken
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as broken:
        raise ConfigError(f"{path}: no TOML: {broken}") from broken


def _weights(path: Path, table: Mapping[str, object], before: Weights) -> Weights:
    _only(path, table, {"bias", *NAMES})
    pairs = zip(NAMES, before.weights, strict=True)
    span = (-WEIGHT_MAX, WEIGHT_MAX)
    return replace(
        before,
        bias=_number(path, table, "bias", before.bias, *span),
        weights=tuple(_number(path, table, name, weight, *span) for name, weight in pairs),
    )


def _questions(
    path: Path, table: Mapping[str, object], before: tuple[Question, ...]
) -> tuple[Question, ...]:
    _only(path, table, {"file"})
    name = table.get("file")
    if name is None:
        return before
    if not isinstance(name, str):
        raise ConfigError(f"{path}: questions.file is the name of a file")
    there = path.parent / name
    try:
        with there.open("rb") as file:
            return asking.parse(file.read(asking.FILE_BYTES_MAX + 1))
    except OSError as broken:
        raise ConfigError(f"{there}: {broken.strerror}") from broken
    except Wrong as wrong:
        raise ConfigError(f"{there}: {wrong}") from wrong


def _part(path: Path, table: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: [{name}] is a table")
    return cast("dict[str, object]", found)


def _only(path: Path, table: Mapping[str, object], known: set[str]) -> None:
    others = sorted(set(table) - known)
    if others:
        raise ConfigError(f"{path}: there is no {', '.join(others)}")


def _whole(path: Path, table: Mapping[str, object], name: str, before: int) -> int:
    found = table.get(name, before)
    if type(found) is not int or not 0 <= found <= ASKS_MAX:
        raise ConfigError(f"{path}: {name} is a whole number from 0 to {ASKS_MAX}")
    return found


def _number(
    path: Path, table: Mapping[str, object], name: str, before: float, least: float, most: float
) -> float:
    found = table.get(name, before)
    if type(found) not in (int, float) or not least <= cast("float", found) <= most:
        raise ConfigError(f"{path}: {name} is a number from {least:g} to {most:g}")
    return float(cast("float", found))
