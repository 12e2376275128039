"""Keywords: words, or expressions between slashes, that one wants to hear of wherever they are
said.

A word stands for itself as a whole word, or several in a row, regardless of case: `deploy` is not
in `redeployed`. What stands between slashes, as `/deploy(ed|ment)?/`, is an expression of
`pattern`. Of a message its first letters are looked at (`TEXT_MAX`), so that no text costs more
than some milliseconds.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from hobnob_client.attention.pattern import Pattern, PatternError
from hobnob_client.catalogue import t
from hobnob_protocol.value import value

KEYWORDS_MAX: Final = 32
KEYWORD_TEXT_MAX: Final = 100
TEXT_MAX: Final = 4_000
"""Letters of a message in which a keyword is looked for."""


class KeywordError(ValueError):
    """Why a text is no keyword, in words."""


@value
class Keyword:
    """What one wants to hear of, as it was typed; or, where not `pings`, never."""

    text: str
    pings: bool = True

    @property
    def is_expression(self) -> bool:
        """Does it stand between slashes?"""
        return len(self.text) > 2 and self.text[0] == self.text[-1] == "/"


def keyword(typed: str, *, pings: bool = True) -> Keyword:
    """The keyword that somebody has typed; KeywordError where it is none."""
    text = " ".join(typed.split())
    if not any(char.isalnum() for char in text):
        raise KeywordError(t("A keyword has a letter or a digit in it."))
    if len(text) > KEYWORD_TEXT_MAX:
        raise KeywordError(t("A keyword has at most {most} letters.", most=KEYWORD_TEXT_MAX))
    found = Keyword(text, pings)
    try:
        _finder(found)
    except PatternError as wrong:
        said = t("{text} is no expression: {wrong}.", text=text, wrong=wrong)
        raise KeywordError(said) from wrong
    if found.is_expression and _finder(found).found_in(""):
        raise KeywordError(t("{text} is found in every message.", text=text))
    return found


def first_in(text: str, keywords: Iterable[Keyword]) -> Keyword | None:
    """The first of the keywords that is in a text; None where none is, or as though it were one
    that a later version took and this one does not."""
    looked_at = text[:TEXT_MAX]
    for each in keywords:
        try:
            found = _finder(each).found_in(looked_at)
        except PatternError:
            continue
        if found:
            return each
    return None


class _Words:
    """Words in a row: a fixed text has nothing to go back to."""

    def __init__(self, text: str) -> None:
        words = r"\s+".join(map(re.escape, text.casefold().split()))
        self._found = re.compile(rf"(?<!\w){words}(?!\w)").search

    def found_in(self, text: str) -> bool:
        return self._found(text.casefold()) is not None


@lru_cache(4 * KEYWORDS_MAX)
def _finder(keyword: Keyword) -> Pattern | _Words:
    return Pattern(keyword.text[1:-1]) if keyword.is_expression else _Words(keyword.text)
