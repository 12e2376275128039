"""A long thread in short: its days, who spoke when, how each message begins; pure."""

from collections.abc import Sequence
from datetime import date, tzinfo

from hobnob_client.catalogue import clock, t
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.times import day_name, local
from hobnob_client.tui.widgets.card_list import Card

TEXT_MAX = 120


def outline(rows: Sequence[Row], zone: tzinfo, today: date) -> list[Card]:
    """One entry a message, its days above them; the accepted answer says that it is."""
    found: list[Card] = []
    day: date | None = None
    for row in rows:
        moment = local(row.at_ms, zone)
        if moment.date() != day:
            day = moment.date()
            found.append(
                Card(f"day {day}".encode(), f"─ {day_name(day, today)} ─", is_heading=True)
            )
        marks = [row.author, t("✓ answer") if row.accepted else ""]
        text = row.note or brief(row.text, TEXT_MAX)
        head = " · ".join(filter(None, marks))
        found.append(Card(row.target, head, tail=text, side=clock(moment)))
    return found
