"""Results as a table, for eyes and for the manual."""

from collections.abc import Sequence

MISSING = "-"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown, its columns as wide as they must be."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    lines = [_line(head, widths), _line(["-" * width for width in widths], widths)]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)]) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
    return f"| {' | '.join(padded)} |"


def number(value: float | None, digits: int = 2) -> str:
    """A figure, or that there is none."""
    return MISSING if value is None else f"{value:,.{digits}f}"


def times(value: float | None, floor: float | None) -> str:
    """How many times the floor."""
    return MISSING if value is None or not floor else f"{value / floor:.3f}"
