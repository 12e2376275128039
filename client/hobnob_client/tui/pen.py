"""A terminal's pen: where it stands and in which style, and the fewest bytes to another place or
style. What every terminal since the VT220 obeys, and nothing else."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

PATHS_MAX: Final = 1 << 11
"""Moves that are kept, 250 bytes each: more than a screen needs for one sort of change."""
TURNS_MAX: Final = 1_024
"""Pairs of styles."""
LINK: Final = "\x1b]8;"
LINK_ENDS: Final = f"{LINK};\x1b\\"
RESET: Final = "\x1b[m"
_LINE_FEED: Final = "\x1bD"
"""One line down in the same column; not the control, to which a terminal's driver adds another."""
_SGR: Final = re.compile(r"\x1b\[([0-9;]*)m")
_CODE: Final = re.compile(r"[345]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+")
_NO_CODES: Final = frozenset({"0", "39", "49"})
_ENDS: Final = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What ends a weight or a line; 22 ends two of them."""
_WEIGHTS: Final = frozenset({"1", "2", "3"})
"""Of letters alone; 3 is their slant."""
_FORES: Final = ("3", "9")
_BACKS: Final = ("4", "10")

Place = tuple[int, int | None]
"""Line and column from 0; the column may not be known."""


def plain_style(before: str) -> str:
    """The same style without what says nothing behind a reset; "" for the terminal's own."""
    found = _SGR.search(before)
    if found is None:
        return before
    codes = [code for code in _CODE.findall(found[1]) if code not in _NO_CODES]
    link = before[: found.start()]
    return link + _style(codes)


@lru_cache(TURNS_MAX)
def ground(style: str) -> str:
    """What of a style is seen where nothing stands: its ground; all of it where it has a line, a
    link, or its colours the other way round."""
    link, codes = _parts(style)
    seen = [code for code in codes if code not in _WEIGHTS and _kind(code) != "39"]
    if link or any(_kind(code) != "49" for code in seen):
        return style
    return _style(seen)


@lru_cache(TURNS_MAX)
def upon(style: str, below: str) -> str:
    """The style that is nearest and shows an empty cell of this ground."""
    if ground(style) == below:
        return style
    link, codes = _parts(style)
    kept = [code for code in codes if code in _WEIGHTS or _kind(code) == "39"]
    below_link, grounds = _parts(below)
    bare = all(_kind(code) == "49" for code in grounds)
    if link or below_link or not bare or len(kept) + len(_parts(ground(style))[1]) < len(codes):
        return below
    return _style([*kept, *grounds])


def _style(codes: Sequence[str]) -> str:
    return f"\x1b[{';'.join(codes)}m" if codes else ""


@lru_cache(TURNS_MAX)
def turned(old: str, new: str) -> str:
    """What makes the style `old` the style `new`; both are plain."""
    old_link, old_codes = _parts(old)
    new_link, new_codes = _parts(new)
    link = "" if new_link == old_link else new_link or LINK_ENDS
    if old_codes == new_codes:
        return link
    anew = RESET if not new_codes else f"\x1b[{';'.join(('0', *new_codes))}m"
    if not old_codes:
        anew = f"\x1b[{';'.join(new_codes)}m"
    changed = _changed(old_codes, new_codes)
    return link + (anew if changed is None else min(anew, changed, key=len))


def _parts(style: str) -> tuple[str, tuple[str, ...]]:
    found = _SGR.search(style)
    if found is None:
        return style, ()
    return style[: found.start()], tuple(_CODE.findall(found[1]))


def _changed(old: tuple[str, ...], new: tuple[str, ...]) -> str | None:
    """Only what differs; None where it is not known how a code ends."""
    codes: list[str] = []
    for code in old:
        if code in new:
            continue
        kind = _kind(code)
        if kind is not None:
            if not any(_kind(other) == kind for other in new):
                codes.append(kind)
        elif code in _ENDS:
            codes.append(_ENDS[code])
        else:
            return None
    kept = {"1", "2"} if "22" in codes else set[str]()
    codes.extend(code for code in new if code not in old or code in kept)
    return f"\x1b[{';'.join(codes)}m"


def _kind(code: str) -> str | None:
    """Of a colour: what gives back the terminal's own."""
    if len(code) < len("30"):
        return None
    if code.startswith(_FORES):
        return "39"
    return "49" if code.startswith(_BACKS) else None


@lru_cache(PATHS_MAX)
def path(line: int | None, column: int | None, to_line: int, to_column: int) -> str:
    """The shortest of the ways from a place to another."""
    return min(_paths(line, column, to_line, to_column), key=len)


def _paths(line: int | None, column: int | None, to_line: int, to_column: int) -> Iterator[str]:
    if to_column:
        yield f"\x1b[{to_line + 1};{to_column + 1}H"
    else:
        yield f"\x1b[{to_line + 1}H" if to_line else "\x1b[H"
    if line is None:
        return
    yield _vertical(to_line - line) + _across(column, to_column)


def _vertical(lines: int) -> str:
    if lines == 1:
        return _LINE_FEED
    if lines > 0:
        return f"\x1b[{lines}B"
    if lines < -1:
        return f"\x1b[{-lines}A"
    return "\x1b[A" if lines else ""


def _across(column: int | None, to_column: int) -> str:
    if column == to_column:
        return ""
    if not to_column:
        return "\r"
    absolute = f"\x1b[{to_column + 1}G"
    if column is None:
        return absolute
    cells = to_column - column
    count = abs(cells) if abs(cells) > 1 else ""
    relative = f"\x1b[{count}{'C' if cells > 0 else 'D'}"
    return min(relative, absolute, f"\r\x1b[{to_column}C", key=len)
