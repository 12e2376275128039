"""What comes after a request that nobody has answered: one rule for screen and shell."""

from enum import Enum, auto

from hobnob_client.requests.kept import Made
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import BUDDIES_ASKED_MAX
from hobnob_protocol.request_questions import Request, buddy_nth


class After(Enum):
    """Who is next."""

    RANKED = auto()
    """Whoever was ranked behind them, once one says so."""
    BUDDY = auto()
    """Another one who shows around: they are asked by themselves."""
    CARE = auto()
    """So many who show around were silent: whoever cares for the place sees that."""
    NOBODY = auto()
    """Nobody whom this device knows of."""


def after(each: Request, me: AccountId, made: Made | None) -> After:
    """Who is next after one of mine, which this device has `made` where it knows of it."""
    nth = buddy_nth(each.request, me)
    if nth is not None:
        return After.BUDDY if nth + 1 < BUDDIES_ASKED_MAX else After.CARE
    return After.RANKED if made is not None and made.next_people else After.NOBODY
