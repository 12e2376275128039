"""A terminal's grid as lines of text, and below each where which style is: made to be compared."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from tests.tour.painted import Painted, Style

_TOOK: Final = re.compile(r"\b\d+ ms\b")
"""How long something took is another each time."""
_LETTERS: Final = ascii_lowercase + ascii_uppercase


def told(grid: Painted) -> str:
    """Text, then the letter of a style for each run of cells, then what the letters mean."""
    letters: dict[Style, str] = {}
    text = [_TOOK.sub("_ ms", grid.line(nth)).rstrip() for nth in range(grid.lines)]
    styles = [" ".join(_runs(grid, nth, letters)) for nth in range(grid.lines)]
    legend = [f"{letter} = {_meant(style)}" for style, letter in letters.items()]
    return "\n".join([*text, "", *_folded(styles), "", *legend]) + "\n"


def differences(name: str, kept: str, drawn: str) -> list[str]:
    """The lines in which what is drawn is another than what was kept, as `diff -u` tells them;
    none where it is the same."""
    lines = unified_diff(
        kept.splitlines(), drawn.splitlines(), f"{name} (kept)", f"{name} (drawn)", "", "", 1, ""
    )
    return list(lines)


def _runs(grid: Painted, nth: int, letters: dict[Style, str]) -> Iterator[str]:
    for run in grid.runs(nth):
        letter = letters.setdefault(run.style, _named(len(letters)))
        yield f"{run.cells}{letter}"


def _named(nth: int) -> str:
    return _LETTERS[nth] if nth < len(_LETTERS) else f"<{nth}>"


def _folded(lines: list[str]) -> Iterator[str]:
    """Rows that look the same are one line."""
    begin = 0
    for nth in range(1, len(lines) + 1):
        if nth == len(lines) or lines[nth] != lines[begin]:
            rows = f"{begin + 1}" if nth == begin + 1 else f"{begin + 1}-{nth}"
            yield f"{rows}: {lines[begin]}"
            begin = nth


def _meant(style: Style) -> str:
    marks = " ".join(sorted(style.marks))
    return f"{style.ink or 'own'} on {style.ground or 'own'} {marks}".rstrip()
