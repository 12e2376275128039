"""A board as entries of its room: rows, and below the one that is unfolded what it came of."""

from collections.abc import Callable, Sequence
from typing import Final

from rich.cells import cell_len

from hobnob_client.catalogue import n, quoted, t
from hobnob_client.recognition import words
from hobnob_client.tui.rooms.contents import Contents
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.widgets.card_list import AROUND_CELLS, Card
from hobnob_protocol.ids import AccountId
from hobnob_protocol.questions import BoardAnswer, BoardRow, Counted, Evidence
from hobnob_protocol.value import value

BAR: Final = "█"
BAR_CELLS: Final = 12
"""So long is the bar of the first row."""
_SET_IN: Final = "  "
WIDE_CELLS: Final = 60
"""From here on there is room for bars."""


@value
class Entry:
    """One in words, safe to draw; a row is `whose`, a line below it leads to a message."""

    line: Line
    head: str
    rest: tuple[str, ...] = ()
    side: str = ""
    whose: AccountId | None = None
    share: float = 0.0
    """Of the first row's points."""


def entries(
    contents: Contents,
    answer: BoardAnswer,
    unfolded: BoardAnswer | None,
    me: AccountId,
    when: Callable[[int], str],
) -> tuple[Entry, ...]:
    """All rows, one's own last where it is not among them; `unfolded` has the lines of one."""
    own = answer.own
    rows = list(answer.rows)
    if own is not None and own.account not in {row.account for row in rows}:
        rows.append(own)
    most = max((row.tenths for row in rows), default=0)
    found: list[Entry] = []
    for row in rows:
        found.append(_row(contents, row, most, me))
        whose = unfolded.unfolded if unfolded is not None else None
        if unfolded is not None and whose is not None and whose.account == row.account:
            found += _lines(contents, unfolded, when)
    return tuple(found)


def _row(contents: Contents, row: BoardRow, most: int, me: AccountId) -> Entry:
    mine = row.account == me
    name = t("you") if mine else contents.who(row.account)
    head = f"{row.place:>3} {name}"
    return Entry(
        Line(b"row" + row.account, Sort.PLACE, "", name, ""),
        head,
        tuple(words.part(each) for each in row.parts),
        words.points(row.tenths),
        row.account,
        row.tenths / most if most else 0.0,
    )


def _lines(contents: Contents, unfolded: BoardAnswer, when: Callable[[int], str]) -> list[Entry]:
    found: list[Entry] = []
    for nth, line in enumerate(unfolded.lines):
        for place, event in enumerate(line.events):
            found.append(_event(contents, line, event, bytes((nth, place)), when))
    return found


def _event(
    contents: Contents, line: Counted, event: Evidence, key: bytes, when: Callable[[int], str]
) -> Entry:
    said = contents.newest(event.stream, event.target)
    what = words.counted(line.measure, line.count)
    by = t("from {name}", name=contents.who(line.other)) if line.other is not None else ""
    head = " · ".join(filter(None, (f"    {what}", by)))
    text = quoted(said.text) if said is not None else t("not on this device")
    where = contents.place(event.stream) if said is not None else t("a channel you are not in")
    more = line.count - len(line.events)
    beyond = n("… and {count} more", "… and {count} more", more) if more > 0 else ""
    return Entry(
        Line(
            b"event" + key + event.target,
            Sort.MESSAGE,
            "",
            "",
            where,
            stream=event.stream if said is not None else None,
            target=event.target if said is not None else None,
        ),
        head,
        tuple(filter(None, (f"  {when(event.at_ms)} {where}: {text}", beyond))),
        words.points(line.tenths),
    )


def cards(found: Sequence[Entry], width: int) -> list[Card]:
    """One each, by the width there is."""
    return [_card(each, width) for each in found]


def _card(entry: Entry, width: int) -> Card:
    bar = BAR * round(BAR_CELLS * entry.share) if width >= WIDE_CELLS and entry.share else ""
    side = f"{bar:<{BAR_CELLS}} {entry.side:>7}" if width >= WIDE_CELLS else entry.side
    # What a row is made of stands below its name, on as few lines as it fits; what a line is, each
    # on its own.
    rest = entry.rest if entry.whose is None else packed(entry.rest, width - AROUND_CELLS)
    return Card(entry.line.key, entry.head, rest, side=side)


def packed(parts: Sequence[str], room: int) -> tuple[str, ...]:
    """Parts on as few lines of `room` cells as they fit on, set in as far as a name; one that is
    longer has a line of its own."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]} · {part}" if lines else ""
        if lines and cell_len(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(f"{_SET_IN}{part}")
    return tuple(lines)
