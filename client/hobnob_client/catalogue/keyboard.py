"""Keys as the keyboards of a language have them printed."""

from typing import Final

from hobnob_client.catalogue.language import Language
from hobnob_client.catalogue.speaking import language

_GERMAN: Final = {
    "Ctrl": "Strg",
    "Shift": "Umschalt",
    "Space": "Leer",
    "Backspace": "Rücktaste",
    "PgUp": "Bild↑",
    "PgDn": "Bild↓",
    "Home": "Pos1",
    "End": "Ende",
    "Del": "Entf",
    "Ins": "Einfg",
}
_ENGLISH: Final = {word.casefold(): name for name, word in _GERMAN.items()} | {
    "eingabe": "Enter",
    "leertaste": "Space",
}
"""The way back, whatever language is spoken; keyboards have some keys under two names."""


def english_word(word: str) -> str:
    """A part of a key's name in English, of whatever language it is and in either case: "Ctrl" for
    "strg"; the word itself where no language has another."""
    return _ENGLISH.get(word.casefold(), word)


def key_words(key: str) -> str:
    """A key by its English name, as "Ctrl+K" or "PgUp", in the language that is spoken."""
    if language() is not Language.GERMAN:
        return key
    return "+".join(_GERMAN.get(word, word) for word in key.split("+"))
