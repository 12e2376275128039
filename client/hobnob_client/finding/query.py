"""Reading a query: words, phrases in quotes, operators with a value, a minus before any of them.

Any text is a query. What is no operator is a word, so nothing here fails; what was perhaps meant
otherwise is told as a problem, at the place where it stands.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from hobnob_client.catalogue import t
from hobnob_protocol.value import value

PARTS_MAX: Final = 32
"""Conditions of one query that count: more would make it slow, and nobody types them."""
NEAR: Final = 0.7
"""So alike, of 1, are names of which one may be meant by the other."""
QUOTE: Final = '"'


class Operator(StrEnum):
    """What a condition is about."""

    FROM = "from"
    IN = "in"
    THREAD = "thread"
    HAS = "has"
    IS = "is"
    BEFORE = "before"
    AFTER = "after"
    ON = "on"
    MENTIONS = "mentions"


_OTHERS: Final = {
    "author": Operator.FROM,
    "by": Operator.FROM,
    "sender": Operator.FROM,
    "user": Operator.FROM,
    "channel": Operator.IN,
    "stream": Operator.IN,
    "topic": Operator.THREAD,
    "since": Operator.AFTER,
    "until": Operator.BEFORE,
    "date": Operator.ON,
    "during": Operator.ON,
    "to": Operator.MENTIONS,
}
"""What other programs call them."""


@value
class Part:
    """One condition: the query from `start` to `end`. `operator` is None for words; `value` is what
    stands behind it, without quotes, from `value_start` on. It is `finished` once something is
    typed behind it."""

    start: int
    end: int
    value_start: int
    value: str
    operator: Operator | None = None
    negated: bool = False
    quoted: bool = False
    finished: bool = True


@value
class Problem:
    """What is wrong from `start` to `end`, in words, and what may be meant there instead: it could
    stand in its place; "" where nothing comes near. What stands there may be `left_out` for it."""

    start: int
    end: int
    text: str
    instead: str = ""
    left_out: bool = False


@value
class Query:
    """A query that was read: its conditions in order, and what may be meant otherwise."""

    text: str
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]


def parse(text: str) -> Query:
    """Read a query; it never fails."""
    parts: list[Part] = []
    problems: list[Problem] = []
    for part in _parts(text):
        if len(parts) == PARTS_MAX:
            said = t("From here on nothing counts: {most} conditions are enough.", most=PARTS_MAX)
            problems.append(Problem(part.start, len(text), said, left_out=True))
            break
        parts.append(part)
        if part.operator is None and not part.quoted:
            problems.extend(_misnamed(text, part))
    return Query(text, tuple(parts), tuple(problems))


def nearest(name: str, names: list[str]) -> str:
    """Which of the names may be meant by this one; "" for none."""
    lowered = {each.lower(): each for each in names}
    found = get_close_matches(name.lower(), list(lowered), n=1, cutoff=NEAR)
    return lowered[found[0]] if found else ""


def quoted(value: str) -> str:
    """A value as it is typed: in quotes where it would else end early."""
    plain = value.replace(QUOTE, "")
    return f"{QUOTE}{plain}{QUOTE}" if any(char.isspace() for char in plain) else plain


def _parts(text: str) -> Iterator[Part]:
    at, end = 0, len(text)
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        part = _part(text, at)
        at = part.end
        yield part


def _part(text: str, start: int) -> Part:
    following = text[start + 1 : start + 2]
    negated = text[start] == "-" and (following.isalnum() or following == QUOTE)
    begin = start + negated
    operator = _operator(text, begin)
    value_start = begin if operator is None else begin + len(operator) + 1
    if text[value_start : value_start + 1] == QUOTE:
        closing = text.find(QUOTE, value_start + 1)
        finished = closing >= 0
        last = closing if finished else len(text)
        value = text[value_start + 1 : last]
        end = last + finished
        return Part(start, end, value_start, value, operator, negated, True, finished)
    end = value_start
    while end < len(text) and not text[end].isspace():
        end += 1
    value = text[value_start:end]
    return Part(start, end, value_start, value, operator, negated, False, end < len(text))


def _operator(text: str, begin: int) -> Operator | None:
    for operator in Operator:
        typed = text[begin : begin + len(operator) + 1]
        if typed.lower() == f"{operator}:":
            return operator
    return None


def _misnamed(text: str, part: Part) -> Iterator[Problem]:
    name, colon, value = part.value.partition(":")
    # An address or a name of a program's is no operator: those have another sign behind the colon.
    if not colon or not name.isalpha() or value[:1] in ("/", ":"):
        return
    near = _OTHERS.get(name.lower()) or nearest(name, list(Operator))
    if near:
        minus = "-" if part.negated else ""
        said = t(
            "There is no {name}: here, so it is looked for as words; {near}: may be meant.",
            name=name,
            near=near,
        )
        yield Problem(part.start, part.end, said, f"{minus}{near}:{value}")
