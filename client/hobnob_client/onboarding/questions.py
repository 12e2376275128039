"""The questions as the file has them: read strictly, so that a slip is told and nothing is guessed.

An operator writes the file; every bound holds for whatever a hub hands out.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Final, cast

from hobnob_client import term_safe
from hobnob_client.catalogue import Language
from hobnob_client.onboarding.first import First
from hobnob_client.profiles.fields import BY_NAME
from hobnob_client.profiles.forms import Unfit, fitted
from hobnob_protocol.kinds.consents import PURPOSES
from hobnob_protocol.limits import WELCOME_FILE_BYTES_MAX
from hobnob_protocol.value import value

QUESTIONS_MAX: Final = 4
"""Whoever is asked more leaves."""
OPTIONS_MAX: Final = 7
TOPICS_MAX: Final = 5
"""Options that may be chosen at once."""
TEXT_MAX: Final = 90
"""Letters of a question or an option: one line, or two on a small screen."""
WORDS_MAX: Final = 16
FILE_BYTES_MAX: Final = WELCOME_FILE_BYTES_MAX
_NAME_MAX: Final = 24


class Wrong(ValueError):
    """The file is not as it should be; the message says where and how."""


Texts = Mapping[Language, str]
"""The same in each language; safe to draw."""


@value
class Option:
    """One answer, and what follows from it."""

    name: str
    texts: Texts
    channels: tuple[str, ...] = ()
    first: First | None = None
    fill: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    allow: tuple[str, ...] = ()
    buddy: bool = False


@value
class Question:
    """One question; of `topics` the options are channels, and none stand here."""

    name: str
    texts: Texts
    several: bool = False
    topics: bool = False
    options: tuple[Option, ...] = ()


def shipped() -> tuple[Question, ...]:
    """Those of this version."""
    return parse(files("hobnob_client.onboarding").joinpath("questions.toml").read_bytes())


def those_of(file: bytes) -> tuple[Question, ...]:
    """Those a hub has handed out; of an empty or broken file those of this version."""
    try:
        return parse(file) if file else shipped()
    except Wrong:
        return shipped()


def parse(data: bytes) -> tuple[Question, ...]:
    """What a file has. Wrong with what is wrong in it."""
    if len(data) > FILE_BYTES_MAX:
        raise Wrong(f"more than {FILE_BYTES_MAX} bytes")
    try:
        table = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as broken:
        raise Wrong(f"no TOML: {broken}") from broken
    _only(table, {"question"}, "the file")
    found = [_question(each, nth) for nth, each in enumerate(_tables(table, "question"), 1)]
    _bounded(found, QUESTIONS_MAX, "questions")
    return tuple(found)


def _question(table: Mapping[str, object], nth: int) -> Question:
    where = f"question {nth}"
    _only(table, {"name", "en", "de", "several", "topics", "option"}, where)
    options = [_option(each, where) for each in _tables(table, "option")]
    _bounded(options, OPTIONS_MAX, f"options of {where}")
    topics = _flag(table, "topics", where)
    if topics == bool(options):
        raise Wrong(f"{where}: it has options, or topics = true")
    several = _flag(table, "several", where)
    return Question(_name(table, where), _texts(table, where), several, topics, tuple(options))


def _option(table: Mapping[str, object], of: str) -> Option:
    known = {"name", "en", "de", "channels", "first", "fill", "fields", "allow", "buddy"}
    name = _name(table, f"an option of {of}")
    where = f"{of}, option {name}"
    _only(table, known, where)
    first = table.get("first")
    if first is not None and first not in tuple(First):
        raise Wrong(f"{where}: first is one of {', '.join(First)}")
    fill = table.get("fill", "")
    if fill not in ("", "looks_for", "helps_with"):
        raise Wrong(f"{where}: fill is looks_for or helps_with")
    allow = _words(table, "allow", where)
    if not set(allow) <= set(PURPOSES):
        raise Wrong(f"{where}: allow has some of {', '.join(PURPOSES)}")
    return Option(
        name,
        _texts(table, where),
        tuple(each.casefold() for each in _words(table, "channels", where)),
        First(str(first)) if first is not None else None,
        str(fill),
        _fields(table, where),
        allow,
        _flag(table, "buddy", where),
    )


def _fields(table: Mapping[str, object], where: str) -> tuple[tuple[str, str], ...]:
    said = table.get("fields", {})
    wrong = f"{where}: fields has texts, each for one of {', '.join(BY_NAME)}"
    if not isinstance(said, dict):
        raise Wrong(wrong)
    found = list[tuple[str, str]]()
    for name, said_so in cast("dict[str, object]", said).items():
        field = BY_NAME.get(name)
        if field is None or not isinstance(said_so, str):
            raise Wrong(wrong)
        try:
            found.append((name, fitted(field.form, said_so)))
        except Unfit as unfit:
            raise Wrong(f"{where}: {name}: {unfit}") from unfit
    return tuple(found)


def _texts(table: Mapping[str, object], where: str) -> Texts:
    found = {language: _text(table, language.value, where) for language in Language}
    return {language: term_safe.line(text) for language, text in found.items()}


def _text(table: Mapping[str, object], name: str, where: str) -> str:
    said = table.get(name)
    if not isinstance(said, str) or not 0 < len(said.strip()) <= TEXT_MAX:
        raise Wrong(f"{where}: {name} is a text of at most {TEXT_MAX} letters")
    return said.strip()


def _name(table: Mapping[str, object], where: str) -> str:
    said = table.get("name")
    fits = isinstance(said, str) and said.isascii() and said.isalnum() and said.islower()
    if not fits or len(str(said)) > _NAME_MAX:
        raise Wrong(f"{where}: name is of small letters and digits, at most {_NAME_MAX}")
    return str(said)


def _flag(table: Mapping[str, object], name: str, where: str) -> bool:
    said = table.get(name, False)
    if not isinstance(said, bool):
        raise Wrong(f"{where}: {name} is true or false")
    return said


def _words(table: Mapping[str, object], name: str, where: str) -> tuple[str, ...]:
    said = table.get(name, [])
    several = cast("list[object]", said) if isinstance(said, list) else [None]
    words = [each for each in several if isinstance(each, str) and 0 < len(each) <= TEXT_MAX]
    if len(words) != len(several) or len(words) > WORDS_MAX:
        raise Wrong(f"{where}: {name} is a list of at most {WORDS_MAX} words")
    return tuple(words)


def _tables(table: Mapping[str, object], name: str) -> list[dict[str, object]]:
    said = table.get(name, [])
    several = cast("list[object]", said) if isinstance(said, list) else [None]
    found = [cast("dict[str, object]", each) for each in several if isinstance(each, dict)]
    if len(found) != len(several):
        raise Wrong(f"[[{name}]] is a table")
    return found


def _only(table: Mapping[str, object], known: set[str], where: str) -> None:
    others = sorted(set(table) - known)
    if others:
        raise Wrong(f"{where}: there is no {', '.join(others)}")


def _bounded(several: "list[Question] | list[Option]", most: int, called: str) -> None:
    if len(several) > most:
        raise Wrong(f"{called}: at most {most}")
    if len({each.name for each in several}) < len(several):
        raise Wrong(f"{called}: two have the same name")
