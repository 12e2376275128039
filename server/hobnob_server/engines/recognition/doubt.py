"""How far somebody's word about another is believed: little, where both might be one.

A second account costs nothing, so a fresh account, or one that came by the receiver's own invite,
counts a quarter (community reference §2.2).
"""

from collections.abc import Mapping
from typing import Final

from hobnob_server.engines.recognition.deeds import DAY_MS, Person

DOUBTED: Final = 0.25
"""What a doubted word weighs."""
FRESH_MS: Final = 7 * DAY_MS
"""How long an account is fresh."""
DEPTH_MAX: Final = 64
"""Generations of invites that are looked at."""


def kin(one: Person, other: Person, inviters: Mapping[Person, Person]) -> bool:
    """Whether one of them came by the invites of the other, or of whoever that one invited."""
    return _below(one, other, inviters) or _below(other, one, inviters)


def _below(one: Person, above: Person, inviters: Mapping[Person, Person]) -> bool:
    at = one
    for _ in range(DEPTH_MAX):
        inviter = inviters.get(at)
        if inviter is None or inviter == above:
            return inviter is not None
        at = inviter
    return False


def belief(
    giver: Person,
    receiver: Person,
    at_ms: int,
    since_ms: Mapping[Person, int],
    inviters: Mapping[Person, Person],
) -> float:
    """1, or DOUBTED where the giver is fresh at that time or kin of the receiver.

    `since_ms` tells since when each is here; who is not in it is fresh.
    """
    since = since_ms.get(giver)
    if since is None or at_ms - since < FRESH_MS or kin(giver, receiver, inviters):
        return DOUBTED
    return 1.0
