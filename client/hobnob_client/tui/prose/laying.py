"""Blocks as lines of styled text for a width.

Code stands beside a bar and is not broken: a line that is too long ends with a mark. A quote has
a heavier bar, an item hangs behind its mark, a table keeps its columns as long as there is room.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from rich.cells import cell_len

from hobnob_client.catalogue import n
from hobnob_client.tui.prose.address import CLICKABLE
from hobnob_client.tui.prose.blocks import (
    Block,
    Code,
    Heading,
    Items,
    Paragraph,
    Prose,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
)
from hobnob_client.tui.prose.highlight import Highlight, no_highlight
from hobnob_client.tui.prose.tables import rows
from hobnob_client.tui.timeline.span import Line, Span
from hobnob_client.tui.timeline.wrap import fitting, wrap

CODE_BAR: Final = "│ "
QUOTE_BAR: Final = "▎ "
CUT: Final = "»"
"""Ends a line of code that goes on beyond the edge."""
CODE_LINES_MAX: Final = 40
"""More of one block is told, and seen elsewhere: a log of a build is no talk."""
MEASURE_CELLS_MAX: Final = 110
"""Longer lines are hard to find the way back from; code and tables may be wider."""
INNER_CELLS_MIN: Final = 10
"""Where less is left, bars and marks of what is inside are left out."""
VEIL: Final = "▒"
"""Stands for each cell of a spoiler."""
RULE_CELLS_MAX: Final = 24


class Laying:
    """Lays out one text: `base` is the style of what has none, `revealed` shows spoilers."""

    def __init__(
        self,
        prose: Prose,
        base: str = "text",
        *,
        revealed: bool = False,
        highlight: Highlight = no_highlight,
    ) -> None:
        self._prose = prose
        self._base = base
        self._revealed = revealed
        self._highlight = highlight
        self.is_cut = False
        """Was there code that does not fit? Known once it is laid out."""

    def lines(self, room: int) -> list[Line]:
        """The lines, each at most `room` (from 10) cells wide."""
        return self._blocks(self._prose.blocks, room)

    def _blocks(self, blocks: Sequence[Block], room: int) -> list[Line]:
        found: list[Line] = []
        before: Block | None = None
        for block in blocks:
            if before is not None and _stands_apart(before, block):
                found.append(())
            found.extend(self._block(block, room))
            before = block
        return found

    def _block(self, block: Block, room: int) -> Iterable[Line]:
        if isinstance(block, Paragraph):
            room = min(room, MEASURE_CELLS_MAX)
            return [line for runs in block.lines for line in self._wrapped(runs, room)]
        if isinstance(block, Heading):
            style = "heading" if block.level <= 2 else "heading-low"
            return self._wrapped(tuple(_over(run, style) for run in block.runs), room)
        if isinstance(block, Code):
            return self._code(block, room)
        if isinstance(block, Quote):
            return self._behind(block.blocks, QUOTE_BAR, QUOTE_BAR, room, "quote")
        if isinstance(block, Items):
            return self._items(block, room)
        if isinstance(block, Table):
            return rows(block, self._wrapped, room)
        assert isinstance(block, Rule)
        return [(Span("─" * min(room, RULE_CELLS_MAX), "mark"),)]

    def _behind(
        self, blocks: Sequence[Block], first: str, later: str, room: int, over: str = ""
    ) -> Iterator[Line]:
        """Blocks behind a bar or a mark, if there is room for one."""
        inner = room - cell_len(first)
        if inner < INNER_CELLS_MIN:
            yield from self._blocks(blocks, room)
            return
        base = self._base
        if over and base == "text":
            self._base = over
        found = self._blocks(blocks, inner) or [()]
        self._base = base
        for nth, line in enumerate(found):
            yield (Span(later if nth else first, "mark"), *line)

    def _items(self, block: Items, room: int) -> Iterator[Line]:
        cells = max(cell_len(item.mark) for item in block.items) + 1
        for item in block.items:
            yield from self._behind(item.blocks, item.mark.ljust(cells), " " * cells, room)

    def _code(self, code: Code, room: int) -> Iterator[Line]:
        bar = Span(CODE_BAR, "mark")
        if code.language:
            yield (bar, Span(_cut_to(code.language, room - 2), "mark"))
        if code.hidden and not self._revealed:
            yield (bar, Span(VEIL * min(room - 2, RULE_CELLS_MAX), "spoiler"))
            return
        lines = code.text.split("\n")
        styled = self._highlight(code)
        for text, runs in zip(lines[:CODE_LINES_MAX], styled, strict=False):
            yield (bar, *self._one(text, runs, room - len(CODE_BAR)))
        if len(lines) > CODE_LINES_MAX:
            self.is_cut = True
            left = len(lines) - CODE_LINES_MAX
            more = n("… {count} more line", "… {count} more lines", left)
            yield (
                bar,
                Span(_cut_to(more, room - 2), "mark"),
            )

    def _one(self, text: str, runs: Sequence[tuple[int, str]], room: int) -> Iterator[Span]:
        """One line of code, as far as it fits: `runs` are (end, style)."""
        end = len(text)
        if cell_len(text) > room:
            self.is_cut = True
            end = fitting(text, 0, room - 1)
        start = 0
        for last, style in runs:
            if start >= end:
                break
            yield Span(text[start : min(last, end)], style)
            start = last
        if end < len(text):
            yield Span(" " * (room - 1 - cell_len(text[:end])) + CUT, "mark")

    def _wrapped(self, runs: Runs, room: int) -> list[Line]:
        """A line of runs, broken where it must be."""
        if not runs:
            return [()]
        shown = [self._veiled(run) for run in runs]
        text = "".join(run.text for run in shown)
        ends = list(accumulate(len(run.text) for run in shown))
        return [tuple(self._spans(shown, ends, start, end)) for start, end in wrap(text, room)]

    def _veiled(self, run: Run) -> Run:
        if not run.hidden:
            return run
        if self._revealed:
            return Run(run.text, f"{run.style} revealed".strip(), run.link)
        return Run("".join(c if c == " " else VEIL * cell_len(c) for c in run.text), "spoiler")

    def _spans(
        self, runs: Sequence[Run], ends: Sequence[int], start: int, end: int
    ) -> Iterator[Span]:
        """What of the runs, each of which ends at one of `ends`, lies between two places."""
        for nth in range(bisect_right(ends, start), len(runs)):
            run, first = runs[nth], ends[nth] - len(runs[nth].text)
            low, high = max(first, start), min(ends[nth], end)
            if first >= end:
                break
            # A run may be empty: of a veil over nothing that is seen.
            if low < high:
                text = run.text[low - first : high - first]
                yield Span(text, run.style or self._base, self._target(run))

    def _target(self, run: Run) -> str:
        if not run.link:
            return ""
        target = self._prose.links[run.link - 1].target
        return target if target.startswith(CLICKABLE) else ""


def _stands_apart(before: Block, block: Block) -> bool:
    """Is there a line between the two? Bars and marks show by themselves where something begins."""
    return isinstance(block, Heading) or (
        isinstance(before, Paragraph) and isinstance(block, Paragraph)
    )


def _over(run: Run, style: str) -> Run:
    return Run(run.text, f"{style} {run.style}".strip(), run.link, run.hidden)


def _cut_to(text: str, room: int) -> str:
    return text if cell_len(text) <= room else text[: fitting(text, 0, room - 1)] + "…"
