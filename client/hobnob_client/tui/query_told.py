"""Which of all that may be said under a query is: of what it finds and of what Tab would type."""

from collections.abc import Callable, Sequence
from typing import Final

from hobnob_client.finding.completing import Offer
from hobnob_client.finding.query import parse
from hobnob_client.tui import query_line
from hobnob_client.tui.found import Found
from hobnob_client.tui.hit_rows import FIRST_HITS
from hobnob_protocol.value import value


@value
class Told:
    """What is said; `wrong` where it is a fault, `counted` where it says how many were found in
    all."""

    text: str
    wrong: bool = False
    counted: bool = False


@value
class Cycle:
    """What Tab has typed, the `chosen` of some offers, and the text that came of it."""

    offers: tuple[Offer, ...]
    chosen: int
    text: str


NONE: Final = Cycle((), 0, "")
"""Tab has typed nothing."""


def told(found: Found, cycle: Cycle, room: int, asks: str, command: Callable[[str], str]) -> Told:
    """What is said of it in lines of `room` cells; `asks` is the place where one would ask, "" for
    none, `command` finds what a text is behind a slash, "" for nothing."""
    wrong = query_line.at_problem(found.meaning.problems, found.at)
    chosen = cycle.chosen if cycle.offers and cycle.text == found.text else None
    offers = found.offers if chosen is None else cycle.offers
    none = not found.hits and bool(found.meaning.wanted.match)
    if wrong is not None and not (chosen is None and offers):
        return Told(query_line.problem(wrong), wrong=True)
    if none and chosen is None and any(_is_typed(each, found.text) for each in offers):
        # Whole as it stands, whatever else begins with it.
        said = query_line.nothing(asks, len(parse(found.text).parts))
        return Told(f"{said}\n{query_line.offered(offers, None, room)}")
    if completes(offers) or (offers and not none):
        return Told(query_line.offered(offers, chosen, room))
    if not found.text.strip():
        return Told(query_line.begins())
    also = command(found.text)
    if none:
        said = query_line.nothing(asks, len(parse(found.text).parts), found.instead)
        return Told(f"{query_line.as_command(also, alone=True)}\n{said}" if also else said)
    said = query_line.found(len(found.hits), f"{found.ms:.0f}")
    text = f"{said}\n{query_line.as_command(also, alone=False)}" if also else said
    return Told(text, counted=len(found.hits) < FIRST_HITS)


def completes(offers: Sequence[Offer]) -> bool:
    """Is more offered than to begin with an operator?"""
    return bool(offers) and not offers[0].text.endswith(":")


def _is_typed(offer: Offer, text: str) -> bool:
    """Is it what stands there already?"""
    return text[offer.start : offer.end] == offer.text
