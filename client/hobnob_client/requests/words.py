"""Requests in words: one place for the screen and the shell."""

from collections.abc import Mapping
from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_protocol.request_questions import Request

STATES: Final[Mapping[str, str]] = {
    "asked": later("asked"),
    "accepted": later("accepted"),
    "declined": later("declined"),
    "withdrawn": later("withdrawn"),
    "expired": later("not answered within two days"),
    "met": later("met"),
    "helped": later("it helped"),
    "not_helped": later("it did not help"),
}
"""How a request stands."""
REASONS: Final[Mapping[str, str]] = {
    "full": later("They take no more requests this week, or none at all."),
    "own": later("That is you."),
    "again": later("You have asked them within the last seven days."),
    "too_many": later("You have begun as many requests as one may in a week."),
    "no_such": later("There is no such request, or not that can be done with it now."),
}
"""Why nothing was done."""
WHY: Final[Mapping[str, str]] = {
    "away": later("the hub is not reached"),
    "later": later("the hub is busy"),
    "old": later("this hub keeps no requests"),
    "no": later("this hub does not answer that"),
}
"""Why the hub was not asked."""


def state(each: Request) -> str:
    """How it stands."""
    return t(STATES.get(each.state, each.state))


def reason(why: str) -> str:
    """Why nothing was done."""
    return t(REASONS.get(why, why))


def away(why: str) -> str:
    """Why the hub was not asked."""
    return t(WHY.get(why, WHY["away"]))
