"""A terminal's grid as an SVG picture: text stays text, and looks the same wherever it is drawn."""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from tests.tour.painted import Painted, Run

CELL_WIDTH: Final = 8.4
LINE_HEIGHT: Final = 17
FONT_SIZE: Final = 14
BASE: Final = 13
"""From the top of a line to its base."""
FRAME: Final = 10
INK, GROUND = "#e0e0e0", "#121212"
"""Of a terminal that was not told any."""
_WEIGHTS: Final = {
    "bold": 'font-weight="bold"',
    "italic": 'font-style="italic"',
    "dim": 'opacity="0.6"',
}


def svg(grid: Painted, title: str) -> str:
    """The picture; `title` says what it shows to those who cannot see it."""
    width = grid.columns * CELL_WIDTH + 2 * FRAME
    height = grid.lines * LINE_HEIGHT + 2 * FRAME
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    font = f'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="{FONT_SIZE}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font} role="img">'
    behind = grid.runs(0)[0].style.ground or GROUND
    frame = f'<rect width="100%" height="100%" rx="8" fill="{behind}"/>'
    body = "\n".join(part for nth in range(grid.lines) for part in _line(grid, nth))
    return f"{head}\n<title>{escape(title)}</title>\n{frame}\n{body}\n</svg>\n"


def _line(grid: Painted, nth: int) -> Iterator[str]:
    top = FRAME + nth * LINE_HEIGHT
    for run in grid.runs(nth):
        left = FRAME + run.column * CELL_WIDTH
        ink, ground = run.style.ink or INK, run.style.ground
        if "reverse" in run.style.marks:
            ink, ground = ground or GROUND, ink
        if ground:
            cells = f'width="{run.cells * CELL_WIDTH:g}" height="{LINE_HEIGHT}"'
            yield f'<rect x="{left:g}" y="{top}" {cells} fill="{ground}"/>'
        if run.text.strip():
            yield _text(run, left, top + BASE, ink)


def _text(run: Run, left: float, base: int, ink: str) -> str:
    """Stretched to its cells: no font of the reader's moves a column."""
    lines = [mark for mark in ("underline", "strike") if mark in run.style.marks]
    told = [_WEIGHTS[mark] for mark in _WEIGHTS if mark in run.style.marks]
    if lines:
        named = " ".join("line-through" if mark == "strike" else mark for mark in lines)
        told.append(f"text-decoration={quoteattr(named)}")
    length = f'textLength="{run.cells * CELL_WIDTH:g}" lengthAdjust="spacingAndGlyphs"'
    place = f'x="{left:g}" y="{base}" fill="{ink}" xml:space="preserve"'
    return f"<text {' '.join([place, length, *told])}>{escape(run.text)}</text>"
