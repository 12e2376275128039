"""How keys are called: by people ("Ctrl+K", "?", "PgUp"; in German "Strg+K"), in the settings (as
people call them in English, whatever language they speak), and by the screen ("ctrl+k",
"question_mark", "pageup")."""

import unicodedata
from typing import Final

from hobnob_client.catalogue import english_word, key_words, t

_NAMES: Final = {
    "escape": "Esc",
    "enter": "Enter",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
}
"""Keys that write nothing, and the space, as people call them."""
_ALSO: Final = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "del": "delete",
    "ins": "insert",
} | {shown.lower(): name for name, shown in _NAMES.items()}
_SHORT: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Characters the screen calls otherwise than Unicode does."""
_LONG: Final = {short: name for name, short in _SHORT.items()}
_HELD: Final = ("ctrl", "alt", "shift")
_FUNCTION_KEYS: Final = frozenset(f"f{nth}" for nth in range(1, 25))
_SAME: Final = {
    "ctrl+m": "Enter",
    "ctrl+i": "Tab",
    "ctrl+h": "Backspace",
    "ctrl+left_square_bracket": "Esc",
}
"""What a terminal sends another key for."""


def parsed(text: str) -> str:
    """The screen's name of a key as somebody has written it, in English or German, also while the
    other is spoken; ValueError says why it is none."""
    *held, last = map(english_word, _parts(text.strip()))
    held = [word.lower() for word in held]
    if any(word not in _HELD for word in held) or len(set(held)) != len(held):
        raise ValueError(t("'{key}' is no key: held are Ctrl, Alt and Shift", key=text))
    name = _named(last)
    if not name:
        raise ValueError(
            t("'{key}' is no key: it is as R, Ctrl+K, Alt+Enter, F5, PgUp or ?", key=text)
        )
    if "shift" in held and is_written(name) and name.isalpha() and len(name) == 1:
        held.remove("shift")
        name = name.upper()
    if held and len(name) == 1:
        name = name.lower()
    whole = "+".join((*(word for word in _HELD if word in held), name))
    if whole in _SAME:
        raise ValueError(
            t(
                "'{key}' cannot be told from {other} in a terminal",
                key=text,
                other=key_words(_SAME[whole]),
            )
        )
    return whole


def key_name(key: str) -> str:
    """A key as people write it: "Ctrl+K", "Alt+Enter", "PgUp"; in German "Strg+K"."""
    return key_words(written_name(key))


def written_name(key: str) -> str:
    """A key as the settings have it: as people write it in English."""
    *held, last = key.split("+")
    words = [word.capitalize() for word in held]
    if last in _FUNCTION_KEYS:
        return "+".join((*words, last.upper()))
    shown = _NAMES.get(last) or _character(last)
    return "+".join((*words, shown.upper() if held and len(shown) == 1 else shown))


def is_written(key: str) -> bool:
    """Does the key write a character where one writes?"""
    return key == "space" or ("+" not in key and len(_character(key)) == 1)


def _parts(text: str) -> list[str]:
    """What is held, and the key: the last of "Ctrl++" is a plus."""
    if text == "+" or text.endswith("++"):
        return [*(word for word in text[:-2].split("+") if word), "+"]
    return text.split("+")


def _named(last: str) -> str:
    lowered = last.lower()
    if len(last) == 1:
        return _of_character(last)
    if lowered in _NAMES or lowered in _FUNCTION_KEYS:
        return lowered
    if lowered in _ALSO:
        return _ALSO[lowered]
    return lowered if len(_character(lowered)) == 1 else ""


def _of_character(character: str) -> str:
    if character in _ALSO:
        return _ALSO[character]
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SHORT.get(name, name)


def _character(name: str) -> str:
    """The character that a key of this name writes; the name itself where it is none."""
    if len(name) == 1:
        return name
    said = _LONG.get(name, name).upper()
    for each in (said.replace("_", " "), said.replace("_", "-"), _HYPHENS.get(said, "")):
        try:
            found = unicodedata.lookup(each)
        except KeyError:
            continue
        return found if found.isprintable() else name
    return name


_HYPHENS: Final = {"LESS_THAN_SIGN": "LESS-THAN SIGN", "GREATER_THAN_SIGN": "GREATER-THAN SIGN"}
