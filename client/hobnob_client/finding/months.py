"""How many hits each month has, the newest first: the search counts on while one looks."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from hobnob_client.finding import days
from hobnob_client.finding.hits import Moment, count
from hobnob_client.finding.meaning import LAST_PLACE, Wanted
from hobnob_client.texts import PLACES
from hobnob_protocol.value import value
from hobnob_sync.ports_sql import Database

MONTHS_MAX: Final = 240
"""Months that are told apart: twenty years. What is older is one with the last of them."""
EXTENT: Final = "SELECT min(id), max(id) FROM text"
_FIRST_DAY: Final = date(1970, 1, 1)


@value
class Month:
    """The hits of the month that begins on `first`."""

    first: date
    hits: int

    @property
    def name(self) -> str:
        """As `on:` takes it."""
        return f"{self.first.year:04}-{self.first.month:02}"


def months(database: Database, wanted: Wanted, moment: Moment, zone: tzinfo) -> Iterator[Month]:
    """Each month from the newest text down to the oldest that may be wanted, with its hits; of a
    query whose last word is one letter none, for half of all would have to be read."""
    oldest, newest = database.query(EXTENT)[0]
    if not wanted.match or wanted.initial or oldest is None:
        return
    oldest, newest = max(oldest, wanted.first), min(newest, wanted.beyond - 1)
    if oldest > newest:
        return
    first = _month_of(newest, zone)
    beyond = newest + 1
    for nth in range(MONTHS_MAX):
        begins = days.begins_ms(first, zone) * PLACES
        if nth == MONTHS_MAX - 1:
            begins = min(begins, oldest)
        yield Month(first, count(database, wanted, moment, begins, beyond))
        if begins <= oldest or first <= _FIRST_DAY:
            return
        beyond, first = begins, before(first)


def walked(months: Sequence[Month], place: int, step: int, zone: tzinfo) -> int | None:
    """Below which place the newest hit stands of the month with hits before that of `place`, or
    with a `step` of 1 of the one behind it; None where there is none. The newest month is first."""
    some = [month for month in months if month.hits]
    begins = [days.begins_ms(month.first, zone) * PLACES for month in some]
    here = next((nth for nth, begin in enumerate(begins) if begin <= place), len(some))
    there = here - step
    if not 0 <= there < len(some):
        return None
    return begins[there - 1] if there else LAST_PLACE


def before(first: date) -> date:
    """The first day of the month before."""
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)


def _month_of(place: int, zone: tzinfo) -> date:
    try:
        day = datetime.fromtimestamp(place // PLACES / 1_000, UTC).astimezone(zone).date()
    except (OverflowError, ValueError):
        # A forged time may lie outside of what a calendar knows.
        day = date.max
    return day.replace(day=1)
