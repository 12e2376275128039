"""A row as lines of styled text, for a width: pure, so it is tested without a screen.

Wide: a column of authors, the text beside it, the time at the right edge. Narrow: the author above
the text. Every line is exactly as wide as asked for, whatever is in it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final
from zlib import crc32

from rich.cells import cell_len

from hobnob_client.tui.timeline.row import Row, Sending
from hobnob_client.tui.timeline.times import clock, day_name, local
from hobnob_client.tui.timeline.wrap import chop, fit, wrap

NARROW_CELLS: Final = 48
"""Below this width authors get a line of their own."""
AUTHOR_CELLS_MIN: Final = 12
AUTHOR_CELLS_MAX: Final = 20
AUTHOR_SHARE: Final = 5
"""The column of authors takes one of so many cells, within both bounds."""
TIME_CELLS: Final = 6
AUTHOR_STYLES: Final = 6
"""So many colours tell authors apart; one has the same everywhere and always."""
MARGIN_CELLS: Final = 2
"""At the left: where the selected row's mark stands."""
GROUPED_MS: Final = 5 * 60_000
"""Messages of one author so close together share a head."""

_MARKS: Final = re.compile(
    r"(?P<code>`[^`\n]+`)"
    r"|(?P<link>https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])"
    r"|(?P<mention>(?<![\w@])@[a-z][a-z0-9_-]{1,31}|(?<![\w#])#[a-z][a-z0-9_-]{0,31})"
    r"|(?P<strong>\*\*[^*\n]+\*\*)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style; the names of styles are the widget's component classes."""

    text: str
    style: str = "text"


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row's look depends on besides itself: the row before it, whether the unread begin
    here, the reader's zone, and what day it is there."""

    before: Row | None
    first_unread: bool
    zone: tzinfo
    today: date


def lines(row: Row, beside: Beside, width: int) -> tuple[Line, ...]:
    """The lines of a row, each `width` cells wide (from 24)."""
    found: list[Line] = []
    when = local(row.at_ms, beside.zone)
    before = beside.before
    if before is None or local(before.at_ms, beside.zone).date() != when.date():
        found.append(_rule(day_name(when.date(), beside.today), "─", width, "day"))
    if beside.first_unread:
        found.append(_rule("new", "━", width, "unread"))
    grouped = not found and before is not None and _goes_with(before, row)
    narrow = width < NARROW_CELLS
    author_cells = min(AUTHOR_CELLS_MAX, max(AUTHOR_CELLS_MIN, width // AUTHOR_SHARE))
    indent = MARGIN_CELLS if narrow else MARGIN_CELLS + author_cells
    follows = before is not None and before.thread == row.thread
    content = _content(row, width - indent - (1 if narrow else TIME_CELLS + 1), follows)
    if grouped:
        found.extend(_joined(indent, line, width) for line in content)
    elif narrow:
        head = _author(row, width - MARGIN_CELLS - TIME_CELLS - 1)
        found.append(_joined(MARGIN_CELLS, head, width, clock(when)))
        found.extend(_joined(indent, line, width) for line in content)
    else:
        author = _author(row, author_cells - 1)
        head = (*author, Span(" " * (author_cells - _cells(author))), *content[0])
        found.append(_joined(MARGIN_CELLS, head, width, clock(when)))
        found.extend(_joined(indent, line, width) for line in content[1:])
    return tuple(found)


def _goes_with(before: Row, row: Row) -> bool:
    return (
        before.author == row.author
        and 0 <= row.at_ms - before.at_ms < GROUPED_MS
        and before.bot == row.bot
        and before.imported == row.imported
        and before.thread == row.thread
        and not row.title
    )


def _author(row: Row, room: int) -> Line:
    mark = " bot" if row.bot else " ⇢" if row.imported else ""
    name = fit(row.author, room - cell_len(mark))
    style = "mine" if row.mine else f"author-{crc32(row.author.encode()) % AUTHOR_STYLES}"
    return (Span(name, style), Span(mark, "mark")) if mark else (Span(name, style),)


def _content(row: Row, room: int, follows: bool) -> list[Line]:
    """What stands beside the author: title, quote, text, marks."""
    found: list[Line] = []
    if row.title:
        found.append((Span(fit(row.title, room), "title"),))
    if row.quote and not follows:
        found.append((Span(fit("↳ " + row.quote.replace("\n", " "), room), "quote"),))
    if row.note:
        found.append((Span(fit(row.note, room), "note"),))
    else:
        found.extend(_text(row.text, room, "waiting" if row.sending else "text"))
    found.extend(_marks(row, room))
    return found


def _text(text: str, room: int, style: str) -> Iterable[Line]:
    """Paragraphs are wrapped, code in fences keeps its lines beside a bar."""
    fenced = False
    for paragraph in text.split("\n"):
        if paragraph.lstrip().startswith("```"):
            fenced = not fenced
            continue
        if fenced:
            for start, end in chop(paragraph, room - 2):
                yield (Span("│ ", "mark"), Span(paragraph[start:end], "code"))
            continue
        runs = _styled(paragraph, style)
        for start, end in wrap(paragraph, room):
            yield tuple(_cut(paragraph, runs, start, end))


def _styled(text: str, style: str) -> list[tuple[int, int, str]]:
    """Runs of one style: (start, end, style)."""
    runs: list[tuple[int, int, str]] = []
    done = 0
    for found in _MARKS.finditer(text):
        runs.append((done, found.start(), style))
        runs.append((found.start(), found.end(), found.lastgroup or style))
        done = found.end()
    runs.append((done, len(text), style))
    return runs


def _cut(text: str, runs: list[tuple[int, int, str]], start: int, end: int) -> Iterable[Span]:
    """What of the runs lies between two places."""
    for first, last, style in runs:
        low, high = max(first, start), min(last, end)
        if low < high:
            yield Span(text[low:high], style)


def _marks(row: Row, room: int) -> list[Line]:
    """What is known of the message besides its text, in words and signs, never by colour alone."""
    words: list[str] = []
    if row.sending is Sending.QUEUED:
        words.append("⧗ queued, not sent yet")
    if row.sending is Sending.REFUSED:
        words.append(f"✗ not sent: {row.why}")
    if row.accepted:
        words.append("✓ accepted answer")
    if row.replies:
        words.append(f"▸ {row.replies} {'reply' if row.replies == 1 else 'replies'}")
    if row.resolved:
        words.append("✓ solved")
    if row.edited:
        words.append("edited")
    if row.conflict:
        words.append("≠ another edit was kept")
    words.extend(
        f"{'[' if given.mine else ''}{given.emoji} {given.count}{']' if given.mine else ''}"
        for given in row.reactions
    )
    if not words:
        return []
    style = "refused" if row.sending is Sending.REFUSED else "mark"
    text = " · ".join(words)
    return [(Span(text[start:end], style),) for start, end in wrap(text, room)]


# Lines of the right width.


def _cells(line: Line) -> int:
    return sum(cell_len(span.text) for span in line)


def _joined(indent: int, line: Line, width: int, right: str = "") -> Line:
    gap = width - indent - _cells(line) - cell_len(right)
    return (Span(" " * indent), *line, Span(" " * gap), Span(right, "time"))


def _rule(word: str, stroke: str, width: int, style: str) -> Line:
    label = f" {word} "
    left = (width - cell_len(label)) // 2
    right = width - cell_len(label) - left
    return (Span(stroke * left + label + stroke * right, style),)
