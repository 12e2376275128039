"""Texts in the language that is spoken: a look-up, and values put where their names stand.

Values are often what others wrote. They are put in as they are, by name alone and in one pass: no
format of theirs is read, no attribute can be reached, and what they hold is not looked at again.
"""

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final

from hobnob_client.catalogue.german import Said, areas, german
from hobnob_client.catalogue.language import Language

_PLACE: Final = re.compile(r"\{([a-z_]+)\}")


class _Spoken:
    """What this process speaks: one screen has one language."""

    language = Language.ENGLISH
    known: Mapping[str, Said] = {}


def language() -> Language:
    """The language that is spoken now; English before anybody has chosen."""
    return _Spoken.language


def speak(wanted: Language) -> None:
    """Speak a language from now on; what is drawn already stays until it is drawn again."""
    _Spoken.known = german(areas()) if wanted is Language.GERMAN else {}
    _Spoken.language = wanted


@contextmanager
def speaking(wanted: Language) -> Generator[None]:
    """Speak a language for a while."""
    before = _Spoken.language
    speak(wanted)
    try:
        yield
    finally:
        speak(before)


def later(text: str, /) -> str:
    """The English text as it is: one that stands in a constant, and goes through `t` where it is
    shown."""
    return text


def t(text: str, /, **values: object) -> str:
    """The text in the language that is spoken; `{name}` becomes the value of that name."""
    said = _Spoken.known.get(text, text)
    if isinstance(said, tuple):
        said = said[1]
    return _filled(said, values) if values else said


def quoted(text: str) -> str:
    """What somebody said, in the quotation marks of the language."""
    return t("“{text}”", text=text)


def n(one: str, several: str, count: int, /, **values: object) -> str:
    """The text for one thing or for several; `{count}` is the number."""
    said = _Spoken.known.get(one)
    if said is None:
        said = (one, several)
    elif isinstance(said, str):
        said = (said, said)
    return _filled(said[count != 1], {"count": count, **values})


def _filled(text: str, values: Mapping[str, object]) -> str:
    """A name without a value stays as it stands: no text is worth a crash."""
    return _PLACE.sub(lambda found: str(values[found[1]]) if found[1] in values else found[0], text)
