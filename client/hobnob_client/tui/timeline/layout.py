"""A row as lines of styled text, for a width: pure, so it is tested without a screen.

Wide: a column of authors, the text beside it, the time at the right edge. Narrow: the author above
the text. Every line is exactly as wide as asked for, whatever is in it.
"""

from datetime import date, tzinfo
from typing import Final
from zlib import crc32

from rich.cells import cell_len

from hobnob_client.catalogue import clock, clock_cells, n, t
from hobnob_client.durations import MINUTE_MS
from hobnob_client.tui.action import Pane
from hobnob_client.tui.key_names import key_name
from hobnob_client.tui.prose.blocks import Prose
from hobnob_client.tui.prose.highlight import Highlight, no_highlight
from hobnob_client.tui.prose.laying import Laying
from hobnob_client.tui.prose.reading import as_written, read
from hobnob_client.tui.rebinding import IN_FORCE
from hobnob_client.tui.timeline.ballot import choices, standing
from hobnob_client.tui.timeline.colours import AUTHOR_STYLES
from hobnob_client.tui.timeline.row import IMPORTED_SIGN, Row, Sending
from hobnob_client.tui.timeline.span import Line, Span
from hobnob_client.tui.timeline.times import day_name, local
from hobnob_client.tui.timeline.wrap import fit, wrap
from hobnob_protocol.value import value
from hobnob_sync.views.elsewhere import Manner

NARROW_CELLS: Final = 48
"""Below this width authors get a line of their own."""
AUTHOR_CELLS_MIN: Final = 12
AUTHOR_CELLS_MAX: Final = 20
AUTHOR_SHARE: Final = 5
"""The column of authors takes one of so many cells, within both bounds."""
TEXT_CELLS_MAX: Final = 110
"""Longer lines are not read with ease, however much room there is."""
MARGIN_CELLS: Final = 2
"""At the left: where the selected row's mark stands."""
RULES: Final = ("─", "━")
"""A line that begins so belongs to no message; those of messages begin with the margin."""
_JOINS: Final = "·"
"""Before a message that shares a head with the one above: where it begins."""
GROUPED_MS: Final = 5 * 60_000
"""Messages of one author so close together share a head."""


@value
class Beside:
    """What a row's look depends on besides itself: the row before it, whether the unread begin
    here, the reader's zone, what day it is there, whether its spoilers are shown, what gives code
    its colours, and whether the keys that act upon a message are heard here."""

    before: Row | None
    first_unread: bool
    zone: tzinfo
    today: date
    revealed: bool = False
    highlight: Highlight = no_highlight
    keys: bool = True


def lines(row: Row, beside: Beside, width: int) -> tuple[Line, ...]:
    """The lines of a row, each `width` cells wide (from 24)."""
    found: list[Line] = []
    when = local(row.at_ms, beside.zone)
    before = beside.before
    if before is None or local(before.at_ms, beside.zone).date() != when.date():
        found.append(_rule(day_name(when.date(), beside.today), RULES[0], width, "day"))
    if beside.first_unread:
        found.append(_rule(t("new"), RULES[1], width, "unread"))
    grouped = not found and before is not None and _goes_with(before, row)
    narrow = width < NARROW_CELLS
    author_cells = min(AUTHOR_CELLS_MAX, max(AUTHOR_CELLS_MIN, width // AUTHOR_SHARE))
    indent = MARGIN_CELLS if narrow else MARGIN_CELLS + author_cells
    follows = before is not None and before.thread == row.thread
    room = min(width - indent - (1 if narrow else clock_cells() + 2), TEXT_CELLS_MAX)
    content = _content(row, beside, room, follows)
    if grouped:
        later = clock(when) if _is_later(before, row) and not narrow else ""
        found.append(_joined(indent, content[0], width, later, _JOINS))
        found.extend(_joined(indent, line, width) for line in content[1:])
    elif narrow:
        head = _author(row, width - MARGIN_CELLS - clock_cells() - 2)
        found.append(_joined(MARGIN_CELLS, head, width, clock(when)))
        found.extend(_joined(indent, line, width) for line in content)
    else:
        author = _author(row, author_cells - 1)
        head = (*author, Span(" " * (author_cells - _cells(author))), *content[0])
        found.append(_joined(MARGIN_CELLS, head, width, clock(when)))
        found.extend(_joined(indent, line, width) for line in content[1:])
    if row.mentions_me:
        place = next(n for n, line in enumerate(found) if not line[0].text.startswith(RULES))
        margin, *rest = found[place]
        found[place] = (Span("@", "mention"), Span(margin.text[1:], margin.style), *rest)
    return tuple(found)


def _is_later(before: Row | None, row: Row) -> bool:
    """Do the two show different clocks?"""
    return before is not None and before.at_ms // MINUTE_MS != row.at_ms // MINUTE_MS


def _goes_with(before: Row, row: Row) -> bool:
    return (
        before.manner is row.manner is Manner.SAID
        and before.author == row.author
        and 0 <= row.at_ms - before.at_ms < GROUPED_MS
        and before.bot == row.bot
        and before.imported == row.imported
        and before.thread == row.thread
        and not row.title
    )


def _author(row: Row, room: int) -> Line:
    if row.manner is Manner.DID:
        return (Span("*", "mark"),)
    if row.manner is Manner.HAPPENED:
        return (Span(fit(f"· {row.author}", room), "mark"),)
    mark = " bot" if row.bot else f" {IMPORTED_SIGN}" if row.imported else ""
    name = fit(row.author, room - cell_len(mark))
    style = "mine" if row.mine else f"author-{crc32(row.author.encode()) % AUTHOR_STYLES}"
    return (Span(name, style), Span(mark, "mark")) if mark else (Span(name, style),)


def _content(row: Row, beside: Beside, room: int, follows: bool) -> list[Line]:
    """What stands beside the author: title, quote, text, marks."""
    found: list[Line] = []
    words: list[str] = []
    if row.title:
        found.append((Span(fit(row.title, room), "title"),))
    if row.quote and not follows:
        found.append((Span(fit("↳ " + row.quote.replace("\n", " "), room), "quote"),))
    if row.note:
        found.append((Span(fit(row.note, room), "note"),))
    elif row.manner is Manner.HAPPENED:
        found.extend(Laying(as_written(row.text), "note").lines(room))
    elif row.manner is Manner.DID:
        found.extend(Laying(as_written(f"{row.author} {row.text}"), "act").lines(room))
    elif row.text or not found:
        prose = read(row.text)
        base = "waiting" if row.sending else "text"
        laying = Laying(prose, base, revealed=beside.revealed, highlight=beside.highlight)
        found.extend(laying.lines(room) or [()])
        words = _of_prose(prose, beside, laying.is_cut)
    if row.ballot is not None:
        found.extend(choices(row.ballot, room))
    found.extend(_marks(row, words, room))
    return found


def _key(id: str) -> str:
    """By which key one sees what is not seen at once."""
    return key_name(IN_FORCE.named(Pane.TIMELINE, id)[0])


def _of_prose(prose: Prose, beside: Beside, is_cut: bool) -> list[str]:
    """What is not seen of a text at once."""
    words: list[str] = []
    if prose.hides:
        key = _key("reveal")
        if not beside.keys:
            words.append(t("▒ hides a spoiler"))
        elif beside.revealed:
            words.append(t("▒ {key} hides the spoiler", key=key))
        else:
            words.append(t("▒ {key} shows the spoiler", key=key))
    if is_cut:
        keys = {"whole": _key("whole"), "copy": _key("code")}
        told = t("» cut: {whole} shows it whole, {copy} copies it", **keys)
        words.append(told if beside.keys else t("» cut"))
    if prose.cut:
        words.append(t("too much for a layout, shown as it was written"))
    return words


def _marks(row: Row, of_text: list[str], room: int) -> list[Line]:
    """What is known of the message besides its text, in words and signs, never by colour alone."""
    words = [*of_text]
    if row.sending is Sending.QUEUED:
        words.append(t("⧗ queued, not sent yet") + (f": {row.why}" if row.why else ""))
    if row.sending is Sending.REFUSED:
        words.append(t("✗ not sent: {why}", why=row.why))
    if row.accepted:
        words.append(t("✓ accepted answer"))
    if row.replies:
        words.append(n("▸ {count} reply", "▸ {count} replies", row.replies))
    if row.resolved:
        words.append(t("✓ solved"))
    if row.ballot is not None:
        words.append(standing(row.ballot))
    if row.edited:
        words.append(t("edited"))
    if row.conflict:
        words.append(t("≠ another edit was kept"))
    if row.thanks:
        words.append(_framed(t("♥ thanks {count}", count=row.thanks), row.thanked))
    words.extend(_framed(f"{given.emoji} {given.count}", given.mine) for given in row.reactions)
    if not words:
        return []
    style = "refused" if row.sending is Sending.REFUSED else "mark"
    return [(Span(line, style),) for line in _packed(words, room)]


def _packed(words: list[str], room: int) -> list[str]:
    """On as few lines as they fit on, none torn that fits on one."""
    found: list[str] = []
    for word in words:
        longer = f"{found[-1]} · {word}" if found else word
        if found and cell_len(longer) <= room:
            found[-1] = longer
        else:
            found.extend(word[start:end] for start, end in wrap(word, room))
    return found


def _framed(given: str, mine: bool) -> str:
    """What is given to a message, in brackets where one gave it too."""
    return f"[{given}]" if mine else given


# Lines of the right width.


def _cells(line: Line) -> int:
    return sum(cell_len(span.text) for span in line)


def _joined(indent: int, line: Line, width: int, right: str = "", mark: str = "") -> Line:
    """A line behind its margin, which is blank but for a `mark` at its end."""
    gap = width - indent - _cells(line) - cell_len(right)
    margin = Span(f"{mark} ".rjust(indent) if mark else " " * indent, "mark" if mark else "text")
    return (margin, *line, Span(" " * gap), Span(right, "time"))


def _rule(word: str, stroke: str, width: int, style: str) -> Line:
    label = f" {word} "
    left = (width - cell_len(label)) // 2
    right = width - cell_len(label) - left
    return (Span(stroke * left + label + stroke * right, style),)
