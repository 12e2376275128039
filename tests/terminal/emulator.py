"""A terminal that obeys the few sequences an honest screen needs, and counts every other.

It knows nothing of Rich or Textual: widths are Unicode's own (UAX #11), and pictures join as
present terminals join them (UTS #51): with a joiner, a skin
tone or the picture selector they are one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_TOKEN: Final = re.compile(
    "(?P<csi>\x1b\\[[0-?]*[ -/]*[@-~])"
    "|(?P<string>\x1b[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\))"
    "|(?P<escape>\x1b(?:[ -/]*[0-~])?)"
    "|(?P<control>[\x00-\x1f\x7f-\x9f])"
    "|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)
_REGION: Final = re.compile("\x1b\\[(?:([0-9]+);([0-9]+))?r")
_OTHER_SCREEN: Final = "\x1b[?1049h"
_GOTO: Final = re.compile("\x1b\\[([0-9]*)(?:;([0-9]+))?H")
_STEP: Final = re.compile("\x1b\\[([0-9]*)([ABCD])")
_COLUMN: Final = re.compile("\x1b\\[([0-9]*)G")
_INDEX: Final = "\x1bD"
"""One line down in the same column."""
_CLEAR: Final = "\x1b[K"
_STEPS: Final = {"A": (-1, 0), "B": (1, 0), "C": (0, 1), "D": (0, -1)}
_BEGINNINGS: Final = ("\x1b", *(f"\x1b{char}" for char in "[]PX^_"))
SELECTOR: Final = "\ufe0f"
JOINER: Final = "\u200d"
_COLOUR: Final = "(?:38;2;|48;2;)[0-9]+;[0-9]+;[0-9]+|[34]8;5;[0-9]+|[349][0-9]|10[0-7]"
_STYLE: Final = re.compile(f"\x1b\\[(?:(?:[01234679]|2[23479]|{_COLOUR})(?:;|(?=m)))*m")
"""Weights, lines and colours, and their ends: no blinking, no hiding."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of text, or one sequence or control, whole."""

    sort: str
    raw: str

    @property
    def shape(self) -> str:
        """What the terminal is told to do, without where and in which colour."""
        if self.raw == _INDEX or any(way.fullmatch(self.raw) for way in (_GOTO, _STEP, _COLUMN)):
            return "go to a cell"
        if _REGION.fullmatch(self.raw):
            return "these lines scroll"
        return "a style" if _STYLE.fullmatch(self.raw) else self.raw


def tokens(output: str) -> Iterator[Token]:
    """All of an output, in order; every character belongs to exactly one token."""
    for found in _TOKEN.finditer(output):
        assert found.lastgroup is not None
        yield Token(found.lastgroup, found.group())


def whole(output: str) -> int:
    """Where the last sequence begins if it is not complete yet, else the end."""
    last = output.rfind("\x1b")
    if last < 0:
        return len(output)
    token = next(tokens(output[last:]))
    return last if token.raw in _BEGINNINGS else len(output)


def shapes(output: bytes) -> set[str]:
    """Everything but text that an output holds; text may not end in half a character."""
    return {token.shape for token in tokens(output.decode()) if token.sort != "text"}


@dataclass(slots=True)
class Grid:
    """What is seen after some output: a row is a list of cells, a wide character has two."""

    columns: int
    lines: int
    rows: list[list[str]] = field(init=False)
    _row: int = 0
    _column: int = 0
    _last: str = ""
    """The character before, where the next may join it."""
    _bottom: int = field(init=False)
    """The last row of the region that scrolls; `_top` is its first."""
    _top: int = 0

    def __post_init__(self) -> None:
        self.rows = [[" "] * self.columns for _ in range(self.lines)]
        self._bottom = self.lines - 1

    def feed(self, output: str) -> None:
        """Take more output."""
        for token in tokens(output):
            self._obey(token)

    def _obey(self, token: Token) -> None:
        if token.sort == "text":
            self._write(token.raw)
            return
        if self._went(token.raw) or token.sort == "control":
            self._last = ""
        if region := _REGION.fullmatch(token.raw):
            self._top = int(region[1] or 1) - 1
            self._bottom = int(region[2] or self.lines) - 1
            self._row = self._column = 0
        elif token.raw == _OTHER_SCREEN:
            # xterm, "DECSET 1049": the alternate screen is entered, and cleared.
            self.rows = [[" "] * self.columns for _ in range(self.lines)]
        elif token.raw == _CLEAR:
            self._clear()
        elif token.raw == "\n":
            self._column = 0
            self._line_feed()
        elif token.raw == _INDEX:
            self._line_feed()
        elif token.raw == "\r":
            self._column = 0

    def _went(self, raw: str) -> bool:
        """Go where a sequence leads, if it leads anywhere. A window that was made smaller meanwhile
        keeps what is drawn inside."""
        if goto := _GOTO.fullmatch(raw):
            self._row = min(int(goto[1] or 1), self.lines) - 1
            self._column = min(int(goto[2] or 1), self.columns) - 1
        elif column := _COLUMN.fullmatch(raw):
            self._column = min(int(column[1] or 1), self.columns) - 1
        elif step := _STEP.fullmatch(raw):
            down, right = (int(step[1] or 1) * way for way in _STEPS[step[2]])
            self._row = min(max(self._row + down, 0), self.lines - 1)
            self._column = min(max(self._column + right, 0), self.columns - 1)
        else:
            return raw == _INDEX
        return True

    def _clear(self) -> None:
        """The rest of a line."""
        self.rows[self._row][self._column :] = " " * (self.columns - self._column)

    def _line_feed(self) -> None:
        if self._row == self._bottom:
            del self.rows[self._top]
            self.rows.insert(self._bottom, [" "] * self.columns)
        else:
            self._row = min(self._row + 1, self.lines - 1)

    def _write(self, text: str) -> None:
        end = self._column + len(text)
        if text.isascii() and end <= self.columns:
            self.rows[self._row][self._column : end] = text
            self._column, self._last = end, ""
            return
        for char in text:
            self._put(char)

    def _put(self, char: str) -> None:
        width = width_of(char)
        last, self._last = self._last, char
        if char == SELECTOR and _may_be_picture(last):
            width, char = 1, ""
        elif not width or last == JOINER or (last and "\U0001f3fb" <= char <= "\U0001f3ff"):
            return
        # Lines do not wrap: Textual asks for that, and what is too much stays at the edge.
        place = min(self._column, self.columns - width)
        for cell in range(place, place + width):
            self.rows[self._row][cell] = char if cell == place else ""
        self._column = place + width

    def line(self, nth: int) -> str:
        """One row as text."""
        return "".join(self.rows[nth])

    @property
    def text(self) -> str:
        """All rows."""
        return "\n".join(self.line(nth) for nth in range(self.lines))


def _may_be_picture(char: str) -> bool:
    """Does a selector make this narrow character a picture, which is wide?"""
    if not char or width_of(char) != 1:
        return False
    return char in "0123456789#*" or (char > "\u2000" and unicodedata.category(char) == "So")


def width_of(char: str) -> int:
    """How many cells a character takes by itself."""
    if unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
