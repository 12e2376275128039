"""Lines of a screen as the cells that a terminal has, and what it is sent before each."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, TypeAlias
from zlib import crc32

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from hobnob_client.tui.pen import LINK, ground, plain_style
from hobnob_protocol.value import value

STYLES_MAX: Final = 128
"""Styles of which cells are kept, each in up to `CELLS_MAX` letters."""
CELLS_MAX: Final = 256
LETTERS_MAX: Final = 4_096
"""Letters of which it is kept whether they stand alone: more than a screen has."""
_FORMAT: Final = unicodedata.category("\u200d")
"""The category of joiners."""
_HALVES_OF_FLAGS: Final = frozenset(map(chr, range(0x1F1E6, 0x1F200)))

Cell: TypeAlias = tuple[str, str]
"""What stands in it, and what the terminal is sent before that."""
BLANK: Final[Cell] = (" ", "")
"""An empty one, in whatever style that cannot be seen."""
Prefix: TypeAlias = Callable[[Style], str]
"""What a terminal is sent before a text of this style."""


@value
class Line:
    """One line of a frame. `whole` says that its characters are not one cell each, so that it is
    written as a whole."""

    cells: tuple[Cell, ...]
    whole: bool = False


Frame: TypeAlias = Sequence[Line]
"""The lines from the top."""


EMPTY: Final = Line(())
"""One on which nothing stands."""


def linked(address: str) -> str:
    """What begins a link (OSC 8). Its name is the same in each frame, so that a link that stands
    where it stood is no change, and goes on over the end of a line."""
    return f"{LINK}id={crc32(address.encode()):x};{address}\x1b\\"


def line_of(strip: Iterable[Segment], prefix: Prefix) -> Line:
    """A line, or a part of one, as it is drawn."""
    cells: list[Cell] = []
    whole = False
    for text, style, control in strip:
        if control:
            continue
        known = _cells(prefix(style) if style is not None else "")
        cells.extend(map(known.__getitem__, text))
        # Of the text as a whole nothing follows: a wide letter and one without width make two.
        whole = whole or not (text.isascii() or all(map(_stands_alone, text)))
    return Line(tuple(cells), whole)


def line_that_stands(runs: Iterable[tuple[str, str]]) -> Line:
    """A line that a terminal shows already: texts, each behind what it was sent before."""
    cells: list[Cell] = []
    whole = False
    for before, text in runs:
        cells.extend(map(_cells(before).__getitem__, text))
        whole = whole or not all(map(_stands_alone, text))
    return Line(tuple(cells), whole)


class _Cells(dict[str, Cell]):
    """The cells of one style, by their letters, each made once: of the ten thousand of a screen a
    few hundred differ, and what is one and the same is found equal at once."""

    def __init__(self, before: str) -> None:
        super().__init__()
        self._before = plain_style(before)
        self._space = (" ", ground(self._before))

    def __missing__(self, letter: str) -> Cell:
        if len(self) >= CELLS_MAX:
            self.clear()
        cell = self[letter] = self._space if letter == " " else (letter, self._before)
        return cell


@lru_cache(STYLES_MAX)
def _cells(before: str) -> _Cells:
    """The cells that are drawn after this was sent."""
    return _Cells(before)


@lru_cache(LETTERS_MAX)
def _stands_alone(letter: str) -> bool:
    """Has it one cell, whatever stands beside it? A mark is drawn into the cell before it, a joiner
    and the halves of a flag take their neighbours with them."""
    category = unicodedata.category(letter)
    joins = category.startswith("M") or category == _FORMAT or letter in _HALVES_OF_FLAGS
    return not joins and cell_len(letter) == 1


def patched(line: Line, start: int, part: Line) -> Line | None:
    """The line with a part of it drawn anew from a cell on; None where cells are no places."""
    if line.whole or part.whole or start > len(line.cells):
        return None
    end = start + len(part.cells)
    if line.cells[start:end] == part.cells:
        return line
    return Line(line.cells[:start] + part.cells + line.cells[end:])
