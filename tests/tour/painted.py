"""A terminal's grid with the style of each cell, as an emulator would draw it."""

from dataclasses import dataclass, replace
from typing import Final

from tests.terminal.emulator import Grid, tokens

_ON: Final = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse", 9: "strike"}


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


class Painted(Grid):
    """The same grid, with what it looks like in `styles`."""

    def __post_init__(self) -> None:
        super().__post_init__()
        plain = Style()
        self.styles = [[plain] * self.columns for _ in range(self.lines)]
        self._style = plain

    def feed(self, output: str) -> None:
        """Take more output."""
        for token in tokens(output):
            if token.shape == "a style" or token.raw in ("\x1b[m", "\x1b[0m"):
                self._style = restyled(self._style, token.raw[2:-1])
                continue
            row, begins = self._row, self._column
            super().feed(token.raw)
            if token.sort == "text":
                ends = min(self._column, self.columns)
                self.styles[row][begins:ends] = [self._style] * max(0, ends - begins)

    def runs(self, nth: int) -> list[Run]:
        """One row, from left to right, without gaps."""
        found: list[Run] = []
        for column, (cell, style) in enumerate(zip(self.rows[nth], self.styles[nth], strict=True)):
            last = found[-1] if found else None
            if last is not None and last.style == style:
                found[-1] = replace(last, text=last.text + cell, cells=last.cells + 1)
            else:
                found.append(Run(column, cell, 1, style))
        return found


def restyled(style: Style, codes: str) -> Style:
    """After a sequence of these codes (ECMA-48, SGR)."""
    numbers = [int(code or 0) for code in codes.split(";")]
    at = 0
    while at < len(numbers):
        code = numbers[at]
        at += 1
        if code == 0:
            style = Style()
        elif code in _ON:
            style = replace(style, marks=style.marks | {_ON[code]})
        elif code in (38, 48) and numbers[at : at + 1] == [2]:
            colour = "#{:02x}{:02x}{:02x}".format(*numbers[at + 1 : at + 4])
            style = replace(style, ink=colour) if code == 38 else replace(style, ground=colour)
            at += 4
    return style
