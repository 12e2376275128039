"""A terminal's grid with the style of each cell, as an emulator would draw it."""

from dataclasses import dataclass, replace
from typing import Final

from tests.terminal import painted

_MARKS: Final = {
    "1": "bold",
    "2": "dim",
    "3": "italic",
    "4": "underline",
    "7": "reverse",
    "9": "strike",
}
_SEEN: Final = frozenset({"underline", "reverse", "strike"})
"""Marks that are seen where no letter stands."""
_DIRECT: Final = "8;2;"
"""Behind it stand red, green and blue."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is drawn; colours are `#rrggbb`, "" the terminal's own."""

    ink: str = ""
    ground: str = ""
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """Cells beside each other that look alike, from a column on."""

    column: int
    text: str
    cells: int
    style: Style


class Painted(painted.Painted):
    """The same grid as runs of cells that are seen alike."""

    def runs(self, nth: int) -> list[Run]:
        """One row, from left to right, without gaps; what is blank belongs to what stands before it
        on the same ground, whatever ink it was written in."""
        found: list[Run] = []
        for column, (cell, look) in enumerate(self.row_seen(nth)):
            style = styled(look)
            last = found[-1] if found else None
            if last is not None and (last.style == style or _goes_on(last.style, cell, style)):
                found[-1] = replace(last, text=last.text + cell, cells=last.cells + 1)
            else:
                found.append(Run(column, cell, 1, style))
        return found


def styled(look: dict[str, str]) -> Style:
    """What the codes of a look come to."""
    marks = frozenset(_MARKS[code] for code in look if code in _MARKS)
    return Style(_colour(look.get("fore", "")), _colour(look.get("back", "")), marks)


def _goes_on(before: Style, cell: str, style: Style) -> bool:
    return cell == " " and style == Style(ground=before.ground) and not before.marks & _SEEN


def _colour(code: str) -> str:
    _, direct, rest = code.partition(_DIRECT)
    return "#{:02x}{:02x}{:02x}".format(*map(int, rest.split(";"))) if direct else ""
