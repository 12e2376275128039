"""Lines that have moved up are moved by the terminal, in a region that scrolls: every one since the
VT100 has that."""

from operator import eq
from typing import Final

from hobnob_client.tui.cell_lines import EMPTY, Frame

MOVED_MAX: Final = 24
"""So many lines may have come at once for the others to be moved; more are written anew."""
GAIN: Final = 4
"""One line in so many must come to stand right: what stands beside must be written anew for it."""
GAP_LINES: Final = 3
"""So many lines that are equal by chance, as empty ones, are moved along."""

Move = tuple[int, int, int]
"""The first of the lines, the one behind the last, and by how many lines they move up."""


def move_between(before: Frame, after: Frame) -> Move | None:
    """What sets most of the lines right that are others; None where nothing does."""
    top, bottom = _region(before, after)
    lines = _lines_up(before, after, (top, bottom))
    return (top, bottom, lines) if lines else None


def moved(frame: Frame, move: Move) -> Frame:
    """A frame after it."""
    top, bottom, lines = move
    return [*frame[:top], *frame[top + lines : bottom], *[EMPTY] * lines, *frame[bottom:]]


def told(move: Move) -> str:
    """What a terminal is told: empty lines come from below. The pen is in the first cell then."""
    top, bottom, lines = move
    newest = "\n" * lines
    return f"\x1b[{top + 1};{bottom}r\x1b[{bottom}H{newest}\x1b[r"


def _region(before: Frame, after: Frame) -> tuple[int, int]:
    """The longest run of lines that are other than they were: (first, behind the last)."""
    runs: list[tuple[int, int]] = []
    for y, line in enumerate(after):
        if line == before[y]:
            continue
        if runs and y - runs[-1][1] <= GAP_LINES:
            runs[-1] = runs[-1][0], y + 1
        else:
            runs.append((y, y + 1))
    return max(runs, key=lambda run: run[1] - run[0], default=(0, 0))


def _lines_up(before: Frame, after: Frame, region: tuple[int, int]) -> int:
    """By how many lines most of a region have moved up, in the middle of the screen: what stands
    beside does not move with it. 0 for none."""
    top, bottom = region
    width = len(after[top].cells)
    middle = slice(width * 2 // 5, width * 3 // 5)
    old, new = ([line.cells[middle] for line in frame[top:bottom]] for frame in (before, after))
    # What stands right without it is no gain.
    still = sum(map(eq, before[top:bottom], after[top:bottom]))
    gains = {
        lines: sum(map(eq, old[lines:], new)) - still
        for lines in range(1, min(MOVED_MAX, bottom - top - 1) + 1)
    }
    best = max(gains, key=gains.__getitem__, default=0)
    return best if best and gains[best] * GAIN >= bottom - top - best else 0
