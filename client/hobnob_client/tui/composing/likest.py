"""Whom or what somebody means who has typed a part of a name, or has mistyped it."""

from collections.abc import Sequence
from typing import Final

NAME_CHARS: Final = 64
"""A longer one is like none."""


def only(letters: str, names: Sequence[str]) -> str:
    """The one name that begins with these letters, in whatever case; "" for none, or several."""
    typed = letters.casefold()
    found = [name for name in names if name.casefold().startswith(typed)] if typed else []
    return found[0] if len(found) == 1 else ""


def likest(name: str, names: Sequence[str]) -> str:
    """The one name that holds it, else the one most like it; "" where none is like it."""
    typed = name.casefold()
    if len(typed) > NAME_CHARS:
        return ""
    found = [each for each in names if typed in each.casefold()] if typed else []
    if len(found) == 1:
        return found[0]
    # Only somebody who has mistyped pays for importing it.
    from difflib import get_close_matches

    folded = {each.casefold(): each for each in names}
    near = get_close_matches(typed, folded, 1)
    return folded[near[0]] if near else ""
