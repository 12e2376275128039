"""A poll's options as lines: a box that says what is mine, the text, a bar and a number.

What I chose is marked in the box, so that no colour is needed to see it: round boxes where one may
be chosen, square ones where several may.
"""

from typing import Final

from rich.cells import cell_len

from hobnob_client.catalogue import n, t
from hobnob_client.tui.timeline.row import Ballot, Choice
from hobnob_client.tui.timeline.span import Line, Span
from hobnob_client.tui.timeline.wrap import wrap

COUNT_CELLS: Final = 4
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


def box(multiple: bool, chosen: bool) -> str:
    """How an option stands: `( )`, `(•)`, `[ ]` or `[x]`."""
    if multiple:
        return "[x]" if chosen else "[ ]"
    return "(•)" if chosen else "( )"


def choices(ballot: Ballot, room: int) -> list[Line]:
    """The options, in so many cells."""
    most = max((choice.count for choice in ballot.choices), default=0)
    found: list[Line] = []
    for choice in ballot.choices:
        found.extend(_choice(choice, ballot.multiple, most, room))
    return found


def standing(ballot: Ballot) -> str:
    """How the poll stands, in words."""
    voted = n("{count} voted", "{count} voted", ballot.voters)
    if ballot.pending:
        return t("⧗ your vote waits · {voted}", voted=voted)
    if ballot.closed:
        return t("poll closed · {voted}", voted=voted)
    if ballot.imported:
        return t("asked elsewhere, takes no votes here · {voted}", voted=voted)
    if ballot.multiple:
        return t("poll · {voted} · several may be chosen", voted=voted)
    return t("poll · {voted}", voted=voted)


def _choice(choice: Choice, multiple: bool, most: int, room: int) -> list[Line]:
    bar = bar_cells(room)
    text_cells = room - 4 - COUNT_CELLS - (bar + 1 if bar else 0)
    style = "chosen" if choice.mine else "choice"
    found: list[Line] = []
    for nth, (start, end) in enumerate(wrap(choice.text, text_cells)):
        text = choice.text[start:end]
        if nth:
            found.append((Span("    "), Span(text, style)))
            continue
        head = (Span(f"{box(multiple, choice.mine)} ", style), Span(text, style))
        pad = Span(" " * (text_cells - cell_len(text)))
        share = f" {_bar(choice.count, most, bar)}" if bar else ""
        found.append((*head, pad, Span(share, "bar"), _number(choice.count)))
    return found


def _number(count: int) -> Span:
    return Span(f"{count:>{COUNT_CELLS}}" if count < 1_000 else " 1k+", "mark")


def bar_cells(room: int) -> int:
    """How much of a line a bar may take: nothing where the text needs all of it."""
    return 10 if room >= 50 else 5 if room >= 32 else 0


def _bar(count: int, most: int, cells: int) -> str:
    """Its share of what the most chosen one has, in eighths of a cell; from the left."""
    eighths = cells * 8 * count // most if most else 0
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(cells)
