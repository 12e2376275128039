"""What is written into a screen, and in which order that takes the fewest bytes.

Marks and numbers of a list stand below each other in one style: they are written down the column,
which takes a third of what it takes line by line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from hobnob_client.tui.pen import path, turned, upon

TO_END: Final = "\x1b[K"
NEAR_LINES: Final = 2
"""What is written next stands in the line of what was, or so many further down, or is the first
that is left."""

Piece = tuple[str, str]
"""A text and its style; that of spaces says no more than their ground."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """Text that is written at one go. `column` and `end` are the cells where it begins and behind
    it; the latter is None where a terminal may see that otherwise. One that `clears` empties its
    line from there on, before."""

    line: int
    column: int
    pieces: tuple[Piece, ...]
    end: int | None
    clears: bool = False
    begins: str = field(init=False)
    """The style of its first cell."""
    empty: bool = field(init=False)
    """Does any style begin it that has the same ground?"""

    def __post_init__(self) -> None:
        style, text = ("", "") if self.clears else self.pieces[0]
        object.__setattr__(self, "begins", style)
        object.__setattr__(self, "empty", not text.strip(" "))


class Pen:
    """Writes strokes; it begins and ends without any style, and nobody knows where."""

    def __init__(self) -> None:
        self._line: int | None = None
        self._column: int | None = None
        self._style = ""
        self._written: list[str] = []

    def moved_home(self) -> None:
        """The terminal has put it into the first cell."""
        self._line, self._column = 0, 0

    def cost(self, stroke: Stroke) -> int:
        """Bytes until it can be written."""
        way = len(path(self._line, self._column, stroke.line, stroke.column))
        if stroke.begins == self._style:
            return way
        return way + len(turned(self._style, self._first(stroke)))

    def _first(self, stroke: Stroke) -> str:
        return upon(self._style, stroke.begins) if stroke.empty else stroke.begins

    def write(self, stroke: Stroke) -> None:
        """Go there, and write it."""
        put = self._written.append
        put(path(self._line, self._column, stroke.line, stroke.column))
        self._turn(self._first(stroke))
        if stroke.clears:
            put(TO_END)
        for style, text in stroke.pieces:
            self._turn(style if text.strip(" ") else upon(self._style, style))
            put(text)
        self._line, self._column = stroke.line, stroke.end

    def _turn(self, style: str) -> None:
        self._written.append(turned(self._style, style))
        self._style = style

    def end(self) -> str:
        """All that was written."""
        self._turn("")
        return "".join(self._written)


def drawn(strokes: Iterable[Stroke], pen: Pen) -> str:
    """All strokes, each time the one that costs the least of those that are near."""
    left: dict[int, list[Stroke]] = {}
    for stroke in strokes:
        left.setdefault(stroke.line, []).append(stroke)
    lines = sorted(left)
    first, line = 0, 0
    while True:
        while first < len(lines) and not left[lines[first]]:
            first += 1
        if first == len(lines):
            return pen.end()
        near = [
            stroke
            for nth in {lines[first], *range(line, line + NEAR_LINES)}
            for stroke in left.get(nth, ())
        ]
        found = min(near, key=pen.cost)
        pen.write(found)
        line = found.line
        left[line].remove(found)
