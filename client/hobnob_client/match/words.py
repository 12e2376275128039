"""Words of a text as the replica's index reads them: runs of letters and digits, small."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

WORD_MIN: Final = 2
"""Single letters are in half of all texts and tell nothing."""
TEXT_MAX: Final = 2_000
"""Letters of one text that count: what follows is a log or a listing."""

STEM_MIN: Final = 4
"""A word that is cut is not cut shorter."""
ENDINGS: Final = ("ing", "ed", "es", "en", "s", "e")
"""English and German ones; the first that fits is cut."""
STOP_WORDS: Final = "stop_words.txt"

_WORD: Final = re.compile(rf"[^\W_]{{{WORD_MIN},}}")


def words(text: str) -> list[str]:
    """In order, with repeats."""
    return _WORD.findall(text[:TEXT_MAX].lower())


def places(text: str) -> Iterator[tuple[int, str]]:
    """The same, each with where it begins."""
    return ((found.start(), found.group().lower()) for found in _WORD.finditer(text[:TEXT_MAX]))


@cache
def stop_words() -> frozenset[str]:
    """What everybody says about everything, in English and German."""
    text = files(__name__.rpartition(".")[0]).joinpath(STOP_WORDS).read_text("utf-8")
    return frozenset(text.split())


def stem(word: str) -> str:
    """A word without its ending, where enough of it is left."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM_MIN:
            return word[: -len(ending)]
    return word
