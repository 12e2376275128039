"""A table as lines: columns as wide as what is in them, or as there is room for.

Where a column would tear its words, or a row become a tower of short lines, each row is told cell
by cell instead.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from rich.cells import cell_len

from hobnob_client.tui.prose.blocks import Cells, Run, Runs, Table
from hobnob_client.tui.timeline.span import Line, Span

WORD_CELLS_MAX: Final = 14
"""A column need not be as wide as a longer word: such words are addresses and hashes."""
ROW_LINES_MAX: Final = 5
BETWEEN: Final = " │ "

Wrapped: TypeAlias = Callable[[Runs, int], list[Line]]


def rows(table: Table, wrapped: Wrapped, room: int) -> Iterator[Line]:
    """The lines of a table, each at most `room` cells wide."""
    widths = _widths(table, room)
    if widths is None or _is_tower(table, wrapped, widths):
        yield from _told(table, wrapped, room)
        return
    header = tuple(tuple(_strong(run) for run in cell) for cell in table.header)
    yield from _row(header, table.aligns, widths, wrapped)
    yield (Span("─┼─".join("─" * width for width in widths), "mark"),)
    for cells in table.rows:
        yield from _row(cells, table.aligns, widths, wrapped)


def _widths(table: Table, room: int) -> list[int] | None:
    """How wide each column is; None where words of one would be torn."""
    inner = room - len(BETWEEN) * (len(table.aligns) - 1)
    columns = list(zip(table.header, *table.rows, strict=True))
    least = [min(WORD_CELLS_MAX, max(1, *map(_word_cells, column))) for column in columns]
    if sum(least) > inner:
        return None
    widths = [min(inner, max(1, *map(_cells, column))) for column in columns]
    over = sum(widths) - inner
    # The widest gives way first: narrow ones stay whole.
    while over > 0:
        wide = (at for at, width in enumerate(widths) if width > least[at])
        widths[max(wide, key=widths.__getitem__)] -= 1
        over -= 1
    return widths


def _is_tower(table: Table, wrapped: Wrapped, widths: Sequence[int]) -> bool:
    """Has one of its cells more lines than a row may have?"""
    return any(
        _cells(cell) > width and len(wrapped(cell, width)) > ROW_LINES_MAX
        for cells in table.rows
        for cell, width in zip(cells, widths, strict=True)
    )


def _row(
    cells: Cells, aligns: Sequence[str], widths: Sequence[int], wrapped: Wrapped
) -> Iterator[Line]:
    columns = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for nth in range(max(len(column) for column in columns)):
        line: list[Span] = []
        for column, align, width in zip(columns, aligns, widths, strict=True):
            if line:
                line.append(Span(BETWEEN, "mark"))
            spans = column[nth] if nth < len(column) else ()
            pad = width - sum(cell_len(span.text) for span in spans)
            left = pad if align == "right" else pad // 2 if align == "center" else 0
            line += [Span(" " * left), *spans, Span(" " * (pad - left))]
        yield tuple(span for span in line if span.text)


def _told(table: Table, wrapped: Wrapped, room: int) -> Iterator[Line]:
    """Each row as lines of "column: cell", with a rule between."""
    for nth, row in enumerate(table.rows or (table.header,)):
        if nth:
            yield (Span("─" * min(room, 8), "mark"),)
        for name, cell in zip(table.header, row, strict=True):
            head = (*(_strong(run) for run in name), Run(": ", "mark")) if name else ()
            if cell:
                yield from wrapped((*head, *cell), room)


def _strong(run: Run) -> Run:
    return Run(run.text, f"{run.style} strong".strip(), run.link, run.hidden)


def _cells(runs: Runs) -> int:
    return sum(cell_len(run.text) for run in runs)


def _word_cells(runs: Runs) -> int:
    text = "".join(run.text for run in runs)
    return max((cell_len(word) for word in text.split()), default=0)
