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


def key_words(key: str) -> str:
    """A key by its English name, as "Ctrl+K" or "PgUp", in the language that is spoken."""
    if language() is not Language.GERMAN:
        return key
    return "+".join(_GERMAN.get(word, word) for word in key.split("+"))
