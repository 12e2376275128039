"""Few bytes for any line: what a frame changes on a terminal that shows the frame before it.

Lines that only moved up are moved by the terminal (a scroll region, which every one since the VT100
has); of the others the cells that differ are written. Both frames are of one size.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, TypeAlias
from zlib import crc32

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from hobnob_protocol.value import value

MOVED_MAX: Final = 8
"""So many lines may have come at once for the others to be moved; more are written anew."""
GAP_CELLS: Final = 6
"""Going on over so few equal cells costs less than a jump."""
GAP_LINES: Final = 3
"""So many lines that are equal by chance, as empty ones, are moved along."""
STYLES_MAX: Final = 128
"""Styles of which cells are kept, each in up to `CELLS_MAX` letters."""
CELLS_MAX: Final = 256
LETTERS_MAX: Final = 4_096
"""Letters of which it is kept whether they stand alone: more than a screen has."""
_FORMAT: Final = unicodedata.category("\u200d")
"""The category of joiners."""
_HALVES_OF_FLAGS: Final = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_LINK: Final = "\x1b]8;"
_RESET: Final = "\x1b[0m"
_TO_END: Final = "\x1b[K"
_CODE: Final = r"0|1|2|3|39|49|3[0-7]|9[0-7]|38;5;\d+|38;2;\d+;\d+;\d+"
_UNSEEN: Final = re.compile(rf"(?:\x1b\[(?:{_CODE})(?:;(?:{_CODE}))*m)?")
"""A style that cannot be seen where nothing stands: it has no ground, no line, no reverse."""
_NONE: Final = re.compile(r"\x1b\[(?:0|39|49)(?:;(?:0|39|49))*m")
"""One that is that of the terminal itself."""

Cell: TypeAlias = tuple[str, str]
"""What stands in it, and what the terminal is sent before that."""
_BLANK: Final[Cell] = (" ", "")
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


_EMPTY: Final = Line(())


def linked(address: str) -> str:
    """What begins a link (OSC 8). Its name is the same in each frame, so that a link that stands
    where it stood is no change, and goes on over the end of a line."""
    return f"{_LINK}id={crc32(address.encode()):x};{address}\x1b\\"


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


class _Cells(dict[str, Cell]):
    """The cells of one style, by their letters, each made once: of the ten thousand of a screen a
    few hundred differ, and what is one and the same is found equal at once."""

    def __init__(self, before: str) -> None:
        super().__init__()
        self._before = "" if _NONE.fullmatch(before) else before
        self._space = _BLANK if _UNSEEN.fullmatch(self._before) else (" ", self._before)

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


def changes(before: Frame, after: Frame) -> str:
    """What makes a terminal that shows `before` show `after`."""
    plain = _written(before, after)
    region = _region(before, after)
    if region is None:
        return plain
    top, bottom = region
    found = plain
    for lines in range(1, min(MOVED_MAX, bottom - top - 1) + 1):
        if not _moved_up(before, after, region, lines):
            continue
        moved = [*before[:top], *before[top + lines : bottom], *[_EMPTY] * lines, *before[bottom:]]
        written = _move(top, bottom, lines) + _written(moved, after)
        found = min(found, written, key=len)
    return found


def _move(top: int, bottom: int, lines: int) -> str:
    """Move what stands in these lines up by so many; empty ones come from below."""
    newest = "\n" * lines
    return f"{_RESET}\x1b[{top + 1};{bottom}r\x1b[{bottom};1H{newest}\x1b[r"


def _region(before: Frame, after: Frame) -> tuple[int, int] | None:
    """The longest run of lines that are other than they were: (first, behind the last)."""
    differing = [y for y, line in enumerate(after) if line != before[y]]
    runs: list[tuple[int, int]] = []
    for y in differing:
        if runs and y - runs[-1][1] <= GAP_LINES:
            runs[-1] = runs[-1][0], y + 1
        else:
            runs.append((y, y + 1))
    longest = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    return longest if longest[1] - longest[0] > 1 else None


def _moved_up(before: Frame, after: Frame, region: tuple[int, int], lines: int) -> bool:
    """Do most of the lines, in the middle of the screen, stand where others stood before? What
    stands beside does not move with it."""
    top, bottom = region
    middle = slice(len(after[top].cells) * 2 // 5, len(after[top].cells) * 3 // 5)
    same = sum(
        after[y].cells[middle] == before[y + lines].cells[middle]
        for y in range(top, bottom - lines)
    )
    return same * 2 >= bottom - top - lines


def _written(before: Frame, after: Frame) -> str:
    return "".join(
        part
        for y, line in enumerate(after)
        if line != before[y]
        for part in _line_written(y, before[y], line)
    )


def _line_written(y: int, old: Line, new: Line) -> Iterator[str]:
    if new.whole or old.whole:
        yield f"\x1b[{y + 1};1H{_RESET}{_TO_END}{_text(new.cells)}"
        return
    width = len(new.cells)
    shown = _padded(old.cells, width)
    # Cells that are empty up to the end are not written but cleared.
    end = width
    while end and new.cells[end - 1] == _BLANK:
        end -= 1
    x = 0
    while x < end:
        if new.cells[x] == shown[x]:
            x += 1
            continue
        last = x
        for nth in range(x, end):
            if new.cells[nth] != shown[nth]:
                last = nth
            elif nth - last > GAP_CELLS:
                break
        yield f"\x1b[{y + 1};{x + 1}H{_text(new.cells[x : last + 1])}"
        x = last + 1
    if any(cell != _BLANK for cell in shown[end:]):
        yield f"\x1b[{y + 1};{end + 1}H{_RESET}{_TO_END}"


def _padded(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return cells if len(cells) >= width else (*cells, *[_BLANK] * (width - len(cells)))


def _text(cells: Sequence[Cell]) -> str:
    """These cells, each style said once; the terminal is left without any."""
    parts: list[str] = []
    style = ""
    for cell in cells:
        letter, before = cell
        if before != style and not (cell == _BLANK and _UNSEEN.fullmatch(style)):
            parts.append(_ended(style) + before)
            style = before
        parts.append(letter)
    return "".join(parts) + _ended(style)


def _ended(style: str) -> str:
    """What ends a style."""
    if not style:
        return ""
    return f"{_RESET}{_LINK};\x1b\\" if style.startswith(_LINK) else _RESET
