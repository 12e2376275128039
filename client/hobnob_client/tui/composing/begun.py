"""What is begun before the caret and may be completed: a name, an emoji, a command, a language."""

import re
from enum import StrEnum
from typing import Final

from hobnob_client import slash
from hobnob_protocol.value import value

LETTERS_MAX: Final = 64
"""Whoever has typed more of a name means none."""
EMOJI_LETTERS_MIN: Final = 2
"""Fewer behind a colon are a smiley, or the end of a word."""
_FENCE: Final = "```"
_LANGUAGE: Final = re.compile(r"(?:^|\n) {0,3}```([\w#+-]*)\Z")
_ARGUMENT: Final = re.compile(r"([@#:]?)([^\s@#:]*)\Z")
_NAME: Final = re.compile(r"(?:\A|(?<=[\s(\[{\"'*_~>|,;]))([@#])([\w-]*)\Z")
_EMOJI: Final = re.compile(r"(?<![\w:]):([a-z0-9_+-]+)\Z", re.IGNORECASE)
_WHOLE: Final = re.compile(r"(?<![\w:]):([a-z0-9_+-]+):\Z")


class Sort(StrEnum):
    """What is begun."""

    PERSON = "@"
    CHANNEL = "#"
    EMOJI = ":"
    COMMAND = slash.SIGN
    LANGUAGE = "```"


@value
class Begun:
    """The text from `start` to the caret, sign and all, is a `sort`, `letters` of it are typed."""

    sort: Sort
    start: int
    letters: str


def is_code(before: str) -> bool:
    """Does a text end within code, where nothing is a name?"""
    if before.count(_FENCE) % 2:
        return True
    line = before.rpartition("\n")[2]
    return line.count("`") % 2 == 1


def begun(before: str, takes: dict[str, Sort]) -> Begun | None:
    """What is begun at the end of `before`, the text up to the caret; None for nothing. `takes`
    says what the words behind a command are, by its name."""
    command = slash.begun(before)
    if command is not None and command.words_at is None and _is_name(command.name):
        return Begun(Sort.COMMAND, command.at, command.name)
    if command is not None and command.words_at is not None and command.name in takes:
        sort, argument = takes[command.name], _ARGUMENT.match(before, command.words_at)
        if argument is not None:
            named = argument[1] in ("", sort)
            return Begun(sort, command.words_at, argument[2]) if named else None
    language = _LANGUAGE.search(before)
    if language is not None and before[: language.start(1)].count(_FENCE) % 2:
        return Begun(Sort.LANGUAGE, language.start(1), language[1])
    tail = before[-LETTERS_MAX - 1 :]
    if is_code(before):
        return None
    shift = len(before) - len(tail)
    name = _NAME.search(tail)
    if name is not None and (shift == 0 or name.start() > 0):
        return Begun(Sort(name[1]), shift + name.start(1), name[2])
    emoji = _EMOJI.search(tail)
    if emoji is not None and len(emoji[1]) >= EMOJI_LETTERS_MIN:
        return Begun(Sort.EMOJI, shift + emoji.start(), emoji[1].lower())
    return None


def _is_name(letters: str) -> bool:
    """May a command be called so, or begin so? A path begins with a slash, too."""
    return not letters or letters.isalpha()


def whole_emoji(before: str) -> tuple[int, str] | None:
    """Where a `:name:` that ends a text begins, and its name; None where none does."""
    found = _WHOLE.search(before[-LETTERS_MAX - 2 :])
    if found is None or is_code(before):
        return None
    return max(0, len(before) - LETTERS_MAX - 2) + found.start(), found[1]
