"""Rules of matching as a file: what an operator edits, and what a hub hands out.

Every line is optional, and what is left out is as this version has it. Whoever writes it is told of
a slip with its line and what may have been meant; a device passes over names that it does not know,
for the hub may be newer, and a file that is wrong altogether.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, cast

from hobnob_client.config.nearest import nearest
from hobnob_client.config.places import line_of
from hobnob_client.match.features import NAMES
from hobnob_client.match.rules import Rules, shipped
from hobnob_client.match.weights import Weights
from hobnob_client.match.wizard import Aspect
from hobnob_protocol.limits import (
    ASKS_MAX,
    MATCH_FILE_BYTES_MAX,
    MATCH_PRICE_MAX,
    MATCH_QUESTION_TEXT_MAX,
    MATCH_WEIGHT_MAX,
)

NEWCOMERS: Final = "questions.file"
"""The name of a file of questions for newcomers; whoever applies the rules puts it beside them, and
devices have no use for it."""
KNOWN: Final = (
    "caps.default_requests",
    "caps.most_requests",
    "caps.price",
    "questions.asked",
    *(f"questions.{aspect}" for aspect in Aspect),
    NEWCOMERS,
    "weights.bias",
    *(f"weights.{name}" for name in NAMES),
)
"""All names there are."""
_TABLES: Final = tuple(dict.fromkeys(name.partition(".")[0] for name in KNOWN))


class Wrong(ValueError):
    """The file is not as it should be; `line` is where, 0 for the whole of it."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line: Final = line


def those_of(file: bytes) -> Rules:
    """Those a hub has handed out; of an empty or broken file those of this version."""
    try:
        return parse(file, strict=False) if file else shipped()
    except Wrong:
        return shipped()


def parse(file: bytes, *, strict: bool = True) -> Rules:
    """The rules of a file. Wrong where it is not as it should be; without `strict` names that are
    not known are passed over."""
    given, text = _given(file)
    if strict:
        _only_known(given, text)
    before = shipped()
    found = _Values(given, text)
    return replace(
        before,
        weights=_weights(found, before.weights),
        default_requests=found.whole("caps.default_requests", before.default_requests),
        most_requests=found.whole("caps.most_requests", before.most_requests),
        step=found.number("caps.price", before.step, 0.0, MATCH_PRICE_MAX),
        asked=found.aspects("questions.asked", before.asked),
        wording=tuple(
            (aspect, words) for aspect in Aspect if (words := found.wording(f"questions.{aspect}"))
        ),
    )


def newcomers(file: bytes) -> str:
    """The name of the file of questions for newcomers; "" for none. Wrong where it is no name."""
    given, text = _given(file)
    name = given.get(NEWCOMERS, "")
    if not isinstance(name, str):
        raise Wrong(line_of(NEWCOMERS, text), f"{NEWCOMERS} is the name of a file")
    return name


def _given(file: bytes) -> tuple[Mapping[str, object], str]:
    if len(file) > MATCH_FILE_BYTES_MAX:
        raise Wrong(0, f"more than {MATCH_FILE_BYTES_MAX} bytes")
    try:
        text = file.decode()
        tables = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as broken:
        raise Wrong(0, f"no TOML: {broken}") from broken
    given = dict[str, object]()
    for table, held in tables.items():
        if isinstance(held, dict) and held:
            inner = cast("dict[str, object]", held)
            given.update((f"{table}.{name}", each) for name, each in inner.items())
        elif table in _TABLES and not isinstance(held, dict):
            raise Wrong(line_of(table, text), f"{table} is a table: [{table}]")
        elif table not in _TABLES:
            given[table] = held
    return given, text


def _only_known(given: Iterable[str], text: str) -> None:
    for name in given:
        if name not in KNOWN:
            near = nearest(name, KNOWN)
            meant = f"; did you mean {near}?" if near else ""
            raise Wrong(line_of(name, text), f"there is no {name}{meant}")


def _weights(found: "_Values", before: Weights) -> Weights:
    pairs = zip(NAMES, before.weights, strict=True)
    span = (-MATCH_WEIGHT_MAX, MATCH_WEIGHT_MAX)
    return replace(
        before,
        bias=found.number("weights.bias", before.bias, *span),
        weights=tuple(found.number(f"weights.{name}", each, *span) for name, each in pairs),
    )


class _Values:
    """What a file gives, each within its bounds."""

    def __init__(self, given: Mapping[str, object], text: str) -> None:
        self._given: Final = given
        self._text: Final = text

    def whole(self, name: str, before: int) -> int:
        found = self._given.get(name, before)
        if type(found) is not int or not 0 <= found <= ASKS_MAX:
            raise self._wrong(name, f"a whole number from 0 to {ASKS_MAX}")
        return found

    def number(self, name: str, before: float, least: float, most: float) -> float:
        found = self._given.get(name, before)
        if type(found) not in (int, float) or not least <= cast("float", found) <= most:
            raise self._wrong(name, f"a number from {least:g} to {most:g}")
        return float(cast("float", found))

    def aspects(self, name: str, before: tuple[Aspect, ...]) -> tuple[Aspect, ...]:
        found = self._given.get(name, list(before))
        several = cast("list[object]", found) if isinstance(found, list) else [None]
        if not all(each in tuple(Aspect) for each in several) or len(set(several)) < len(several):
            raise self._wrong(name, f"a list of some of {', '.join(Aspect)}, each once")
        return tuple(Aspect(str(each)) for each in several)

    def wording(self, name: str) -> str:
        found = self._given.get(name, "")
        most = MATCH_QUESTION_TEXT_MAX
        if not isinstance(found, str) or len(found) > most or not found.isprintable():
            raise self._wrong(name, f"a question in one line of at most {most} characters")
        return found.strip()

    def _wrong(self, name: str, wanted: str) -> Wrong:
        return Wrong(line_of(name, self._text), f"{name} is {wanted}")
