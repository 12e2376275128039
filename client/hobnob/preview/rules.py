"""The file that whoever looks after a community edits: weights, caps, the wizard's questions, and
the questions of a newcomer. Every line is optional, and a slip in one is told."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeVar, cast

from hobnob_client.match import rules_file
from hobnob_client.match.features import NAMES
from hobnob_client.match.rules import Rules, shipped
from hobnob_client.match.wizard import Aspect
from hobnob_client.onboarding import questions as asking
from hobnob_client.onboarding.questions import Question
from hobnob_protocol.limits import MATCH_FILE_BYTES_MAX
from hobnob_protocol.value import value
from hobnob_server.datadir import DataDir
from hobnob_server.errors import ConfigError
from hobnob_server.load.caps import caps_of

T = TypeVar("T")

HEAD: Final = """\
# Rules of matching. Try them: hobnob hub match preview --file THIS
# Put them into force: hobnob hub match apply --file THIS
# A line that begins with a sign like this is as this version of hobnob has it, and follows a later
# one; take the sign away to say otherwise.
"""
CAPS: Final = """
[caps]
# Requests a week that somebody takes who has not chosen; shows are twice as many.
{default_requests}
# Nobody takes more requests a week than this, whatever they chose.
{most_requests}
# What each show adds to the price of the next; 0 shows the best who have room, greedily.
{price}

[questions]
# What somebody who needs help is asked, in this order; what cannot change the result is skipped.
{asked}
# How they are asked, in the words of this place; without them, in each member's language.
{wording}
# What newcomers are asked, as in: hobnob welcome --check FILE
# file = "questions.toml"

[weights]
"""


@value
class Held:
    """What is in force, or would be: the rules of matching, what a newcomer is asked, and both as
    files, empty where this version's hold."""

    rules: Rules
    questions: tuple[Question, ...]
    file: bytes = b""
    newcomers: bytes = b""


def now(directory: DataDir | None = None) -> Held:
    """Those in force in a hub's directory; without one, or without files in it, those of this
    version. ConfigError where one is broken."""
    file = _bytes(directory.match) if directory is not None and directory.match.exists() else b""
    asked = b""
    if directory is not None and directory.welcome.exists():
        asked = _bytes(directory.welcome)
    rules = _rules(directory.match, file)[0] if directory is not None else shipped()
    questions = _questions(directory.welcome, asked) if directory is not None and asked else None
    return Held(rules, questions or asking.shipped(), file, asked)


def read(path: Path, before: Held) -> Held:
    """Those of a file; questions of newcomers that it does not name stay as they were. ConfigError
    where it cannot be read, or is not as it should be."""
    file = _bytes(path)
    rules, name = _rules(path, file)
    if not name:
        return Held(rules, before.questions, file, before.newcomers)
    there = path.parent / name
    asked = _bytes(there)
    return Held(rules, _questions(there, asked), file, asked)


def text(rules: Rules) -> str:
    """Rules as a file to begin with: what is as this version has it is a comment."""
    before = shipped()

    def line(name: str, one: T, other: T) -> str:
        return f"{'# ' if one == other else ''}{name} = {_toml(one)}"

    said = dict(rules.wording)

    def wording(aspect: Aspect) -> str:
        return f"{aspect} = {_quoted(said[aspect])}" if aspect in said else f'# {aspect} = ""'

    caps = CAPS.format(
        default_requests=line("default_requests", rules.default_requests, before.default_requests),
        most_requests=line("most_requests", rules.most_requests, before.most_requests),
        price=line("price", rules.step, before.step),
        asked=line("asked", rules.asked, before.asked),
        wording="\n".join(wording(aspect) for aspect in Aspect),
    )
    rows = [line("bias", rules.weights.bias, before.weights.bias)]
    columns = zip(NAMES, rules.weights.weights, before.weights.weights, strict=True)
    rows += [line(name, one, other) for name, one, other in columns]
    return HEAD + caps + "\n".join(rows) + "\n"


def changes(before: Rules, after: Rules) -> list[str]:
    """Each rule that would be another, as "caps.price 0.15 -> 0.3"."""
    pairs = [
        ("caps.default_requests", before.default_requests, after.default_requests),
        ("caps.most_requests", before.most_requests, after.most_requests),
        ("caps.price", before.step, after.step),
        ("questions.asked", _toml(before.asked), _toml(after.asked)),
        *((f"questions.{aspect}", one, other) for aspect, one, other in _wordings(before, after)),
        ("weights.bias", before.weights.bias, after.weights.bias),
        *(
            (f"weights.{name}", one, other)
            for name, one, other in zip(
                NAMES, before.weights.weights, after.weights.weights, strict=True
            )
        ),
    ]
    return [f"{name} {one} -> {other}" for name, one, other in pairs if one != other]


def _wordings(before: Rules, after: Rules) -> Iterator[tuple[Aspect, str, str]]:
    """Each question, as it is asked and would be."""
    said, will = dict(before.wording), dict(after.wording)
    for aspect in Aspect:
        yield aspect, _quoted(said.get(aspect, "")), _quoted(will.get(aspect, ""))


def _rules(path: Path, file: bytes) -> tuple[Rules, str]:
    """With the name of the questions of newcomers."""
    try:
        rules, name = rules_file.parse(file), rules_file.newcomers(file)
    except rules_file.Wrong as wrong:
        where = f"{path}:{wrong.line}" if wrong.line else str(path)
        raise ConfigError(f"{where}: {wrong}") from wrong
    # The hub reads the caps by itself, and has to see the same in them.
    caps = caps_of(file)
    assert (caps.default_requests, caps.most_requests) == (
        rules.default_requests,
        rules.most_requests,
    )
    return rules, name


def _questions(path: Path, file: bytes) -> tuple[Question, ...]:
    try:
        return asking.parse(file)
    except asking.Wrong as wrong:
        raise ConfigError(f"{path}: {wrong}") from wrong


def _bytes(path: Path) -> bytes:
    """The whole of a file, or a byte more than any may have."""
    try:
        with path.open("rb") as file:
            return file.read(MATCH_FILE_BYTES_MAX + 1)
    except OSError as broken:
        raise ConfigError(f"{path}: {broken.strerror}") from broken


def _quoted(said: str) -> str:
    """Printable text as TOML has it, which is as JSON does."""
    return json.dumps(said, ensure_ascii=False)


def _toml(said: object) -> str:
    if isinstance(said, tuple):
        return "[" + ", ".join(f'"{each}"' for each in cast("tuple[str, ...]", said)) + "]"
    return str(said)
