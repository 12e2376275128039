"""Entries of a room as they are drawn, by the width there is; pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from typing import Final

from rich.cells import cell_len

from hobnob_client.catalogue import clock, later, quoted, t
from hobnob_client.tui.rooms.line import Lately, Line, Sort
from hobnob_client.tui.timeline.times import day_name, local
from hobnob_client.tui.widgets.card_list import Card

NARROW_CELLS = 50
"""Below this the reason and the text have a line each."""
LATELY_MAX: Final = 3
"""Messages that are told of each place where something can wait."""
FOR_YOU = later("For you")
BEGIN = later("To begin with (m: not for me)")
LATER = later("Later")


def when(at_ms: int, zone: tzinfo, today: date) -> str:
    """A moment in few letters: the clock today, else the day; "" for none."""
    if not at_ms:
        return ""
    moment = local(at_ms, zone)
    day = moment.date()
    return clock(moment) if day == today else day_name(day, today)


Last = Callable[[Line, int], Sequence[Lately]]
"""What was said last where an entry leads, oldest first, up to so many messages."""


def cards(lines: Iterable[Line], width: int, zone: tzinfo, today: date) -> list[Card]:
    """One each; what needs one stands apart from what can wait."""
    found: list[Card] = []
    above = ""
    several = tuple(lines)
    parted = any(_part(line) != FOR_YOU for line in several)
    for line in several:
        if parted and _part(line) != above:
            above = _part(line)
            found.append(heading(t(above), width))
        found.append(_card(line, width, when(line.at_ms, zone, today)))
    return found


def filled(found: Sequence[Card], lines: Iterable[Line], height: int, last: Last) -> list[Card]:
    """The same in `height` lines. Where some are left, what was said last stands below what can
    wait: everywhere up to as many messages, so that nothing is asked that there is no room for."""
    laters = {line.key: line for line in lines if line.later}
    free = height - sum(len(card.lines) for card in found)
    each = min(LATELY_MAX, free // len(laters)) if laters else 0
    if each < 1:
        return list(found)

    def told(card: Card) -> Card:
        later = laters.get(card.key)
        said = () if later is None else last(later, each)
        return replace(card, rest=tuple(f"{one.who}: {one.text}" for one in said) or card.rest)

    return [told(card) for card in found]


def _part(line: Line) -> str:
    if line.sort is Sort.STEP:
        return BEGIN
    return LATER if line.later else FOR_YOU


def heading(label: str, width: int) -> Card:
    """What stands above a part of a room."""
    rule = f"─ {label} "
    return Card(label.encode(), rule + "─" * max(0, width - 2 - cell_len(rule)), is_heading=True)


def _card(line: Line, width: int, at: str) -> Card:
    if line.sort is Sort.PLACE and line.later:
        return Card(line.key, line.where, tail=line.text, side=line.why)
    who = " · ".join(filter(None, (line.who, line.where)))
    head = f"{line.sign} {who}"
    said = quoted(line.text) if line.text else ""
    if not line.why or not said:
        rest = tuple(filter(None, (line.why, said)))
    elif width < NARROW_CELLS:
        rest = (line.why, said)
    else:
        rest = (f"{line.why}: {said}",)
    return Card(line.key, head, rest, alarm=line.sort is Sort.REFUSED, side=at)
