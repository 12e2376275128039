"""Few bytes for any line: what a frame changes on a terminal that shows the frame before it.

Lines that only moved up are moved by the terminal (`moved_lines`); of the others the cells that
differ are written, in the order that takes the fewest bytes (`strokes`). Both frames are of one
size.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, groupby
from operator import itemgetter, ne
from typing import Final

from hobnob_client.tui.cell_lines import BLANK, Cell, Frame, Line
from hobnob_client.tui.moved_lines import move_between, moved, told
from hobnob_client.tui.pen import ground
from hobnob_client.tui.strokes import Pen, Piece, Stroke, drawn

GAP_CELLS: Final = 4
"""Going on over so few equal cells costs less than a jump."""
STROKE_BYTES: Final = 4
"""What it takes to come to another place, about."""
STYLE_BYTES: Final = 6
"""And to another style."""


def changes(before: Frame, after: Frame) -> str:
    """What makes a terminal that shows `before` show `after`."""
    strokes, begun, pen = list(_strokes(before, after)), "", Pen()
    move = move_between(before, after)
    if move is not None:
        left = list(_strokes(moved(before, move), after))
        if _weight(left) < _weight(strokes):
            strokes, begun = left, told(move)
            pen.moved_home()
    return begun + drawn(strokes, pen)


def _weight(strokes: Iterable[Stroke]) -> int:
    """How many bytes they take, about."""
    return sum(
        STROKE_BYTES + sum(STYLE_BYTES + len(text) for _, text in stroke.pieces)
        for stroke in strokes
    )


def _strokes(before: Frame, after: Frame) -> Iterator[Stroke]:
    for y, line in enumerate(after):
        if line != before[y]:
            yield from _line_strokes(y, before[y], line)


def _line_strokes(y: int, old: Line, new: Line) -> Iterator[Stroke]:
    if new.whole or old.whole:
        yield Stroke(y, 0, tuple(pieces(new.cells)), None, clears=True)
        return
    width = len(new.cells)
    shown = _padded(old.cells, width)
    # Cells that are empty up to the end are not written but cleared.
    end = width
    while end and new.cells[end - 1] == BLANK:
        end -= 1
    first = last = -1
    for x in compress(range(end), map(ne, new.cells, shown)):
        if first < 0:
            first = x
        elif x > last + 1 and not _goes_on(new.cells, last, x):
            yield _stroke(y, first, new.cells[first : last + 1], width)
            first = x
        last = x
    if first >= 0:
        yield _stroke(y, first, new.cells[first : last + 1], width)
    if any(cell != BLANK for cell in shown[end:]):
        yield Stroke(y, end, (), end, clears=True)


def _goes_on(cells: Sequence[Cell], last: int, to: int) -> bool:
    """Does it take less to write the equal cells between two others than to leap over them?"""
    if to - last - 1 > GAP_CELLS:
        return False
    style = cells[last][1]
    space = (" ", ground(style))
    return all(cell[1] == style or cell == space for cell in cells[last + 1 : to])


def _stroke(y: int, x: int, cells: Sequence[Cell], width: int) -> Stroke:
    written = tuple(pieces(cells))
    end = x + len(cells)
    # A letter that is none of ASCII may have two cells where a terminal is set so.
    sure = end < width and all(text.isascii() for _, text in written)
    return Stroke(y, x, written, end if sure else None)


def _padded(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return cells if len(cells) >= width else (*cells, *[BLANK] * (width - len(cells)))


def pieces(cells: Iterable[Cell]) -> Iterator[Piece]:
    """These cells, each style said once."""
    letters, style = "", ""
    for before, group in groupby(cells, itemgetter(1)):
        text = "".join(map(itemgetter(0), group))
        if letters and not text.strip(" ") and ground(style) == before:
            letters += text
            continue
        if letters and (letters.strip(" ") or ground(before) != style):
            yield style, letters
            letters = ""
        letters, style = letters + text, before
    yield style, letters
