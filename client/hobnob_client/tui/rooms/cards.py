"""Entries of a room as they are drawn, by the width there is; pure."""

from collections.abc import Iterable
from datetime import date, tzinfo

from rich.cells import cell_len

from hobnob_client.catalogue import later, t
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.timeline.times import clock, day_name, local
from hobnob_client.tui.widgets.card_list import Card

NARROW_CELLS = 50
"""Below this the reason and the text have a line each."""
FOR_YOU = later("For you")
LATER = later("Later")


def when(at_ms: int, zone: tzinfo, today: date) -> str:
    """A moment in few letters: the clock today, else the day; "" for none."""
    if not at_ms:
        return ""
    moment = local(at_ms, zone)
    day = moment.date()
    return clock(moment) if day == today else day_name(day, today)


def cards(lines: Iterable[Line], width: int, zone: tzinfo, today: date) -> list[Card]:
    """One each; what needs one stands apart from what can wait."""
    found: list[Card] = []
    is_later = False
    several = tuple(lines)
    parted = any(line.later for line in several)
    for nth, line in enumerate(several):
        if parted and (nth == 0 or line.later != is_later):
            is_later = line.later
            found.append(_heading(t(LATER if is_later else FOR_YOU), width))
        found.append(_card(line, width, when(line.at_ms, zone, today)))
    return found


def _heading(label: str, width: int) -> Card:
    rule = f"─ {label} "
    return Card(label.encode(), rule + "─" * max(0, width - 2 - cell_len(rule)), is_heading=True)


def _card(line: Line, width: int, at: str) -> Card:
    if line.sort is Sort.PLACE and line.later:
        return Card(line.key, line.where, tail=line.text, side=line.why)
    who = " · ".join(filter(None, (line.who, line.where)))
    head = f"{line.sign} {who}"
    said = f"“{line.text}”" if line.text else ""
    if not line.why or not said:
        rest = tuple(filter(None, (line.why, said)))
    elif width < NARROW_CELLS:
        rest = (line.why, said)
    else:
        rest = (f"{line.why}: {said}",)
    return Card(line.key, head, rest, alarm=line.sort is Sort.REFUSED, side=at)
