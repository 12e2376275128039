"""Right-to-left text among columns: isolated, so that a terminal that reorders cannot mix them.

Some terminals put Hebrew and Arabic in reading order themselves (VTE, Konsole, mlterm, Apple's), by
the rules of UAX #9 over the whole line: two names in two columns would become one run and change
places. So each cell of a line that has such text stands between FSI and PDI there. Terminals that
leave the order to others get none: they show every letter in its own cell, first letter first, and
need no protection; nor do old ones, which would draw a sign for each.

All such signs of others are gone before (`term_safe`), and ours end in the line in which they
begin, so no order leaks out of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

ISOLATE: Final = "\u2068"
"""FSI: what follows has the direction of its first letter, whatever stands around it."""
END: Final = "\u2069"
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BAR: Final = "│"
_GAP: Final = re.compile("^ +| *[│▌▸─━╭╮╰╯]+ *|  +| +$")
"""What stands between the cells of a line."""
_BASIC_TERMS: Final = ("dumb", "linux", "vt100", "vt220", "ansi")
_LEAVE_THE_ORDER: Final = (
    "XTERM_VERSION",
    "KITTY_WINDOW_ID",
    "ALACRITTY_WINDOW_ID",
    "WEZTERM_PANE",
    "GHOSTTY_RESOURCES_DIR",
    "WT_SESSION",
)
"""Set by terminals that show letters in the order in which they come."""


def may_reorder(environ: Mapping[str, str]) -> bool:
    """May this terminal put right-to-left text in another order? Of one that says nothing, as
    through SSH, it is assumed."""
    basic = environ.get("TERM", "dumb") in _BASIC_TERMS
    return not basic and not any(name in environ for name in _LEAVE_THE_ORDER)


def isolated(texts: Sequence[str]) -> list[str]:
    """The texts of a line's segments, each cell of it that has right-to-left letters between the
    two signs, which take no room. A cell may go over several segments; one that is blank ends it.
    """
    # Blanks of their own stand between columns, however few they are.
    line = "".join(_BAR * len(text) if text.isspace() else text for text in texts)
    signs: list[tuple[int, str]] = []
    start = 0
    for gap in (*_GAP.finditer(line), None):
        end = len(line) if gap is None else gap.start()
        if _RIGHT_TO_LEFT.search(line, start, end):
            signs += [(start, ISOLATE), (end, END)]
        start = end if gap is None else gap.end()
    return list(_put(texts, signs))


def _put(texts: Sequence[str], signs: Sequence[tuple[int, str]]) -> Iterator[str]:
    """The texts with signs at these places of the whole line; one between two texts ends the first
    or begins the second."""
    begin = 0
    for text in texts:
        end = begin + len(text)
        here = [
            (place - begin, sign)
            for place, sign in signs
            if (begin < place <= end if sign is END else begin <= place < end)
        ]
        begin, done, parts = end, 0, list[str]()
        for place, sign in here:
            parts += [text[done:place], sign]
            done = place
        yield "".join((*parts, text[done:]))


class Isolation(LineFilter):
    """Isolates what reads from right to left, in each line that a widget draws."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line."""
        texts = [segment.text for segment in segments]
        if not any(_RIGHT_TO_LEFT.search(text) for text in texts if not text.isascii()):
            return segments
        return [
            segment if text == segment.text else Segment(text, segment.style, segment.control)
            for text, segment in zip(isolated(texts), segments, strict=True)
        ]
