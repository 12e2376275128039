"""What is said under a query: what is wrong in it, what may be typed, or how it stands."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len

from hobnob_client.catalogue import later, n, t
from hobnob_client.finding.completing import Offer
from hobnob_client.finding.query import Problem
from hobnob_client.term_safe import line
from hobnob_client.tui import blank
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import hint
from hobnob_client.tui.blank import Listed, Why
from hobnob_client.tui.hit_rows import FIRST_HITS
from hobnob_client.tui.timeline.wrap import fit

COMMAND_CELLS: Final = 32
"""So much of a command is shown."""
INSTEAD_CELLS: Final = 40
"""So much of another query is shown."""
NOT_ALL: Final = later("No message has all of this: drop a word; thread:word looks in titles")
"""What is spread over a thread stands in no single message of it."""


def begins() -> str:
    """What may be typed, for who has typed nothing."""
    return blank.said(Listed.HITS, Why.EMPTY)


def problem(wrong: Problem) -> str:
    """What is wrong, and what Tab puts there."""
    instead = t(" Tab: {text}", text=wrong.instead) if wrong.instead else ""
    # What was pasted stands in it.
    return line(f"✗ {wrong.text}{instead}")


def offered(offers: Sequence[Offer], chosen: int | None, room: int) -> str:
    """What Tab types, one after the other; what it has typed is marked."""
    shown = t("Tab ")
    for nth, offer in enumerate(offers):
        label = f"[{offer.label}]" if nth == chosen else f" {offer.label} "
        if len(shown) + len(label) > room - 2 and nth:
            return shown + "…"
        shown += label
    return fit(shown, room)


def keys(asks: str, room: int) -> str:
    """What the keys do, in the most words that `room` cells hold; `asks` is the place where one
    would ask, "" for none. What goes on and back is always told, nothing is cut."""
    labels = {"save": t("Keep this search"), "ask": t("Ask in {place}", place=asks)}
    acts = ["go", "save", *(["ask"] if asks else []), "close"]
    ways = (
        hint(Pane.SEARCH, acts, labels=labels),
        hint(Pane.SEARCH, acts, labels={"ask": labels["ask"]}),
        hint(Pane.SEARCH, acts),
        hint(Pane.SEARCH, [each for each in acts if each != "save"]),
        hint(Pane.SEARCH, ["go", "close"]),
    )
    return next((way for way in ways if cell_len(way) <= room), ways[-1])


def found(count: int, ms: str) -> str:
    """How many hits there are, and how long that took."""
    if count == FIRST_HITS:
        return t("{count} or more found in {ms} ms, the newest last", count=count, ms=ms)
    return n("{count} found in {ms} ms", "{count} found in {ms} ms, the newest last", count, ms=ms)


def nothing(asks: str, conditions: int, instead: str = "") -> str:
    """No hit for so many conditions, what else to try, as what Tab types `instead`, and who could
    be asked; "" for nobody."""
    said = t(NOT_ALL) if conditions > 1 else blank.said(Listed.HITS, Why.FILTERED)
    if instead:
        said = t(
            "No message has all of this. Tab: {query}", query=line(fit(instead, INSTEAD_CELLS))
        )
    return said + "\n" + t("Ctrl+N asks {place}", place=asks) if asks else said


def as_command(command: str, *, alone: bool) -> str:
    """What was typed is a command, too; where it is found nowhere it is `alone`, and Enter does
    it."""
    shown = line(fit(command, COMMAND_CELLS))
    if alone:
        return t("Enter does it as a command: {command}", command=shown)
    return t("{command} is a command where one writes", command=shown)


def at_problem(problems: Sequence[Problem], at: int) -> Problem | None:
    """The problem where one types, else the first."""
    here = [each for each in problems if each.start < at <= each.end]
    return (*here, *problems)[0] if problems else None
