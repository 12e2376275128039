"""What a member asks the hub's load ledger: whom may I show and ask, and how does it stand?

These are questions as in `questions`, answered by ASK and TOLD. The hub hears whom a device shows
and who asks whom, and never what for. Each may be asked again without counting twice: a show counts
once for each who looks and week, a request has an id that the asker has made, and an act leads from
one state to another. Source: community.md §2.3.
"""

from hashlib import sha256
from typing import Final, TypeAlias

from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.limits import BUDDIES_ASKED_MAX
from hobnob_protocol.value import value

WEEKLY_REQUESTS: Final = "weekly_requests"
"""The field of a profile that says how many requests one takes in a week, 0 to `ASKS_MAX`; who has
said nothing, or something else, takes `ASKS_DEFAULT`. Without consent to matching it is none."""

WEEKLY_BUDDIES: Final = "weekly_buddies"
"""The field of a profile that says how many newcomers one shows around in a week, 0 to `ASKS_MAX`;
who has said nothing, or something else, shows nobody around. Each is one of the requests, too."""

ACTS: Final = ("accept", "decline", "withdraw", "meet", "helped", "not_helped", "dismiss")
"""What one can do with a request: the first two, and `meet`, who was asked; the others, and
`meet`, who asks. `dismiss` ends what is `due`. An act said again changes nothing."""
STATES: Final = (
    "asked", "accepted", "declined", "withdrawn", "expired", "met", "helped", "not_helped",
)  # fmt: skip
"""How a request stands. "declined" is told to nobody but who has declined."""
REASONS: Final = ("full", "own", "again", "too_many", "no_such")
"""Why nothing was done: the person takes no more, or none at all, which is one answer; it is
oneself; the same was asked within a week; one has begun as many as one may; there is no such
request, or not that can be done with it now."""
DUE: Final = ("offer_next", "did_it_help")
"""What the asker is to be reminded of."""


@value
class LoadsQuestion:
    """What do these people still take this week?"""

    people: tuple[AccountId, ...]


@value
class ShowQuestion:
    """Reserve up to three of these, the best first, before they are displayed."""

    people: tuple[AccountId, ...]


@value
class Displayed:
    """A person that a device has displayed without the hub, and when."""

    account: AccountId
    at_ms: int


@value
class ShowedQuestion:
    """What this device has displayed by itself while the hub was away."""

    displayed: tuple[Displayed, ...]


@value
class RequestQuestion:
    """Ask somebody. `follows` is the expired request after which this is the next person."""

    request: TargetId
    account: AccountId
    follows: TargetId | None = None


@value
class ActQuestion:
    """Do something with a request, one of `ACTS`."""

    request: TargetId
    act: str


@value
class RequestsQuestion:
    """The requests one has made or was made, the newest first: those that wait for something, with
    `over` also those that do not."""

    over: bool = False


@value
class Load:
    """What somebody takes: requests and shows that are free this week, the shows they take in one,
    and how often they were shown, in thousandths, each show fading by e in a week."""

    account: AccountId
    asks_free: int
    shows_free: int
    shows: int
    shown_thousandths: int


@value
class LoadsAnswer:
    """In the order that was asked."""

    loads: tuple[Load, ...]


@value
class Free:
    """Somebody who may be displayed, and how many requests they still take."""

    account: AccountId
    asks_free: int


@value
class ReservedAnswer:
    """Who may be displayed, in the order that was asked."""

    reserved: tuple[Free, ...]


@value
class CountedAnswer:
    """How many shows were counted, and how many the device may make by itself from now on."""

    shows: int
    lease: int


@value
class SettledAnswer:
    """How the request stands, one of `STATES`; or nothing was done, for one of `REASONS`. The other
    is empty."""

    state: str
    why: str


@value
class Request:
    """One request, as the one who asks may see it: `account` is the other one, `mine` says that
    they were asked by me. `due` is one of `DUE`, or empty."""

    request: TargetId
    account: AccountId
    mine: bool
    state: str
    at_ms: int
    accepted_ms: int
    due: str


@value
class RequestsAnswer:
    """Requests, and one's own week: how many one takes, how many of those were taken, and the lease
    of this device."""

    takes: int
    taken: int
    lease: int
    requests: tuple[Request, ...]


LoadQuestion: TypeAlias = (
    LoadsQuestion | ShowQuestion | ShowedQuestion | RequestQuestion | ActQuestion | RequestsQuestion
)
LoadAnswer: TypeAlias = (
    LoadsAnswer | ReservedAnswer | CountedAnswer | SettledAnswer | RequestsAnswer
)


def buddy_request(asker: AccountId, nth: int) -> TargetId:
    """The id of the request by which somebody asks for a buddy, the first one (0), or the next
    after one that expired: all devices of an account make the same, so that it is settled once."""
    return TargetId(sha256(_BUDDY + asker + bytes([nth])).digest()[:16])


def buddy_nth(request: TargetId, asker: AccountId) -> int | None:
    """Which of the buddies of somebody a request asks for; None where it is any other."""
    several = range(BUDDIES_ASKED_MAX)
    return next((nth for nth in several if buddy_request(asker, nth) == request), None)


_BUDDY: Final = b"hobnob/1 buddy\0"
