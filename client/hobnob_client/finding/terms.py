"""Conditions in the language of the index of words: whatever is put in is quoted, so that no text
can raise an error or mean something else (security.md §6 row 47)."""

import re
from collections.abc import Sequence
from typing import Final

from hobnob_client.finding.marks import EVERY
from hobnob_client.term_safe import line

TERM_TEXT_MAX: Final = 64
"""Letters of one phrase that count."""
PREFIX_TEXT_MIN: Final = 2
"""The last word may be unfinished from so many letters on: those of shorter ones match half of
all, and are looked at one by one."""

_LAST_WORD: Final = re.compile(r"[^\W_]+$")


def has_letters(text: str) -> bool:
    """Is there anything in it that could be found?"""
    return any(char.isalnum() for char in text)


def phrase(text: str, *, unfinished: bool = False) -> str:
    """Its words one behind the other, the last of them only begun where it is `unfinished`; ""
    where nothing of it can be found."""
    safe = line(text)[:TERM_TEXT_MAX]
    if unfinished:
        last = _LAST_WORD.search(safe)
        if last is not None and len(last.group()) < PREFIX_TEXT_MIN:
            safe, unfinished = safe[: last.start()], False
        unfinished = unfinished and last is not None
    return quoted(safe) + ("*" if unfinished else "") if has_letters(safe) else ""


def quoted(text: str) -> str:
    """A text that means itself."""
    return '"' + text.replace('"', '""') + '"'


def any_of(terms: Sequence[str]) -> str:
    """What has one of these at least; there must be one."""
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"


def all_of(terms: Sequence[str], without: Sequence[str]) -> str:
    """What has all of these, and nothing of what it should be `without`."""
    wanted = " AND ".join(terms) if terms else quoted(EVERY)
    return f"({wanted}) NOT {any_of(without)}" if without else wanted
