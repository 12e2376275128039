"""What devices say to the ledger, and what it answers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from hobnob_protocol.ids import AccountId, DeviceId, TargetId
from hobnob_server.engines.load.person import Limits
from hobnob_server.engines.load.request import Act, State


@dataclass(frozen=True, slots=True)
class Choose:
    """Somebody chooses what they take; `CLOSED` when consent is withdrawn."""

    person: AccountId
    limits: Limits


@dataclass(frozen=True, slots=True)
class Show:
    """Online: reserve up to three of these, best first, before they are displayed."""

    asker: AccountId
    people: tuple[AccountId, ...]
    """At most `OFFERED_MAX`; more are not looked at."""


@dataclass(frozen=True, slots=True)
class Showed:
    """Back online: these were displayed from the lease."""

    asker: AccountId
    device: DeviceId
    people: tuple[AccountId, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask somebody. `request` is the id of the asker's event: saying it again changes nothing."""

    request: TargetId
    asker: AccountId
    asked: AccountId
    follows: TargetId | None = None
    """The expired request after which this is the next person."""


@dataclass(frozen=True, slots=True)
class Do:
    """Somebody does something with a request."""

    request: TargetId
    by: AccountId
    act: Act


Command: TypeAlias = Choose | Show | Showed | Ask | Do


class Refusal(StrEnum):
    """Why nothing was done."""

    FULL = "full"
    """The person takes no more this week, or is not open to requests: one answer for both."""
    OWN = "own"
    AGAIN = "again"
    """Asked by the same person within the week."""
    TOO_MANY = "too_many"
    """The asker has begun as many requests as one may in a week."""
    NO_SUCH = "no_such"
    """There is no such request for this person, or it cannot take that act now."""


@dataclass(frozen=True, slots=True)
class Reserved:
    """Who may be displayed, and how many requests each still takes."""

    people: tuple[tuple[AccountId, int], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a report was counted, and what the device may show by itself from now on."""

    shows: int
    lease: int


@dataclass(frozen=True, slots=True)
class Settled:
    """How a request stands, as the one who spoke may see it."""

    state: State


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done."""

    why: Refusal


@dataclass(frozen=True, slots=True)
class Chosen:
    """The limits hold from now on."""


Answer: TypeAlias = Reserved | Counted | Settled | Refused | Chosen
