"""A text that is too long for a message, as several: cut where it hurts least, code kept code."""

import re
from collections.abc import Callable
from typing import Final

PARTS_MAX: Final = 10
"""Nobody reads more at a time, and a hub lets nobody say more in one go."""
_SHARE: Final = 4
"""A cut is made where a sense ends, if that leaves a part at least one in so many of its room."""
_ENDS: Final = ("\n\n", "\n", ". ", " ")
"""Where a sense ends: a paragraph, a line, a sentence, a word."""
_FENCE: Final = re.compile(r"(?m)^ {0,3}(`{3,})([^\n`]*)$")


def parts(text: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """The text as parts each of which fits; no part at all where there would be too many."""
    found: list[str] = []
    rest = text.strip("\n")
    while rest and not fits(rest):
        if len(found) == PARTS_MAX:
            return ()
        part, rest = _cut(rest, fits)
        found.append(part)
    return (*found, rest)[: PARTS_MAX + 1] if len(found) < PARTS_MAX else ()


def _cut(text: str, fits: Callable[[str], bool]) -> tuple[str, str]:
    """A part that fits, and the rest; where the cut goes through code, it ends and begins again."""
    end = _room(text, fits)
    at = end
    for mark in _ENDS:
        place = text.rfind(mark, end // _SHARE, end)
        if place > 0:
            at = place + len(mark)
            break
    part, rest = text[:at].rstrip(), text[at:].lstrip("\n")
    opened = _open_fence(part)
    if opened:
        fence = re.match(r"`+", opened)
        assert fence is not None
        part, rest = f"{part}\n{fence[0]}", f"{opened}\n{rest}"
    return part, rest


def _room(text: str, fits: Callable[[str], bool]) -> int:
    """So many characters fit, with the end of a block of code behind them."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(text[:middle] + "\n" + "`" * 8):
            low = middle
        else:
            high = middle - 1
    return low


def _open_fence(text: str) -> str:
    """The line that has begun a block of code which the text does not end, "" for none."""
    opened = ticks = ""
    for found in _FENCE.finditer(text):
        if not opened:
            opened, ticks = found[1] + found[2], found[1]
        elif found[1].startswith(ticks) and not found[2].strip():
            opened = ""
    return opened
