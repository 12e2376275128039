"""The last line: whatever a widget draws, only text reaches the terminal (security.md §5b).

Rows are made safe when they are made; this holds for every widget, ours or Textual's own, and for
what somebody forgets. It stands first among the app's line filters, so all segments pass it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from hobnob_client import term_safe

HOSTILE: Final = (
    "\x1b]52;c;aG9ib29i\x07\x1b[2J\x9b2J\x90q\x9c\x1b]8;;file:///etc/passwd\x1b\\x\u202ey\x7f\r\n"
)
"""One string with every class of escape, for the self-test at the start."""

_AS_PICTURE: Final = re.compile("(.)\ufe0f")
"""A character, and the wish to see it as a picture. Where it is narrow without, terminals do not
agree how wide it gets: in some of them whatever stands right of it would stand elsewhere."""
_JOINED: Final = re.compile("(?:\u200d.\ufe0f?|[\U0001f3fb-\U0001f3ff])+")
"""What belongs to the picture before it: a joined one, or the tone of its skin. Where a terminal
draws each of them by itself, they are twice or thrice as wide as they were counted."""
_DRAW_JOINED: Final = (
    "KITTY_WINDOW_ID",
    "WEZTERM_PANE",
    "GHOSTTY_RESOURCES_DIR",
    "WT_SESSION",
    "ITERM_SESSION_ID",
)
"""Set by terminals that draw joined pictures as one."""
_LINK: Final = re.compile(r"(?:https?|hobnob)://[!-~]{1,2000}")
"""What may be clicked on; terminals take some 2,083 bytes."""
_CACHED_MAX: Final = 4_096


class Barrier(LineFilter):
    """Makes each segment printable at the width it had; links lead to the web and to messages.

    With `joins` the terminal draws joined pictures as one; else the first of them stands for all:
    as it does nowhere else, what is copied or seen whole has them."""

    def __init__(self, *, joins: bool = True) -> None:
        super().__init__()
        self._joins = joins

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line, harmless."""
        if not all(_is_harmless(segment) for segment in segments):
            segments = [_made_safe(segment) for segment in segments]
        if self._joins or all(
            (text := segment.text).isascii() or _unjoined(text) == text for segment in segments
        ):
            return segments
        return [
            Segment(_unjoined(text), style, control) if not text.isascii() else segment
            for segment in segments
            for text, style, control in (segment,)
        ]


def stands() -> bool:
    """Does the barrier hold back the hostile string? Asked before anything is drawn."""
    link = Style(link="file:///etc/passwd\x1b\\")
    passed = Barrier().apply([Segment(HOSTILE, link)], Color.parse("black"))
    return all(
        not _is_escape(char) and not (segment.style and segment.style.link)
        for segment in passed
        for char in segment.text
    )


def _is_escape(char: str) -> bool:
    return ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or char == "\u202e"


def _is_harmless(segment: Segment) -> bool:
    text, style, control = segment
    if control or (style is not None and style.link and not _LINK.fullmatch(style.link)):
        return False
    return (text.isascii() and text.isprintable()) or _safe(text) == text


def _made_safe(segment: Segment) -> Segment:
    text, style, _ = segment
    if style is not None and style.link and not _LINK.fullmatch(style.link):
        style = style.update_link(None)
    return Segment(_at_width(text), style)


def _at_width(text: str) -> str:
    """Safe text as wide as `text` was counted, so that nothing right of it moves."""
    cells = cell_len(text)
    shown = _safe(text)
    if cell_len(shown) > cells:
        # What took no room has none for its picture either: it would push out the end of the line.
        shown = "".join(each for char in text if cell_len(each := _safe(char)) <= cell_len(char))
    return set_cell_size(shown, cells)


def draws_joined(environ: Mapping[str, str]) -> bool:
    """Does this terminal draw joined pictures as one? Of one that says nothing it is not assumed:
    whatever stands right of them would move."""
    return any(name in environ for name in _DRAW_JOINED)


@lru_cache(_CACHED_MAX)
def _unjoined(text: str) -> str:
    """The same at the same width, where of each joined picture only the first is drawn."""
    alone = _JOINED.sub(_without, text)
    return alone if cell_len(alone) == cell_len(text) else text


def _without(found: re.Match[str]) -> str:
    # A tone that stands by itself is a picture of its own.
    before = found.string[: found.start()][-1:]
    return "" if before and cell_len(before + found[0]) == cell_len(before) else found[0]


@lru_cache(_CACHED_MAX)
def _safe(text: str) -> str:
    return _AS_PICTURE.sub(_at_its_own_width, term_safe.line(text))


def _at_its_own_width(found: re.Match[str]) -> str:
    char = found[1]
    return char if cell_len(char) == 1 else found[0]
