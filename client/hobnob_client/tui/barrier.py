"""The last line: whatever a widget draws, only text reaches the terminal (security.md §5b).

Rows are made safe when they are made; this holds for every widget, ours or Textual's own, and for
what somebody forgets. It stands first among the app's line filters, so all segments pass it.
"""

import re
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
_LINK: Final = re.compile(r"https?://[!-~]+")
_CACHED_MAX: Final = 4_096


class Barrier(LineFilter):
    """Makes each segment printable at the width it had, and keeps web links only."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line, harmless."""
        if all(_is_harmless(segment) for segment in segments):
            return segments
        return [_made_safe(segment) for segment in segments]


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


@lru_cache(_CACHED_MAX)
def _safe(text: str) -> str:
    return _AS_PICTURE.sub(_at_its_own_width, term_safe.line(text))


def _at_its_own_width(found: re.Match[str]) -> str:
    char = found[1]
    return char if cell_len(char) == 1 else found[0]
