"""What a hub engine is told and what it answers: plain values, nothing else crosses its edge."""

from dataclasses import dataclass

from hobnob_protocol.errors import Refusal
from hobnob_protocol.frames import Auth, BackPage, Bye, Frame, Join, Page
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kind import Body
from hobnob_protocol.limits import (
    ACCOUNT_CONNECTIONS_MAX,
    BOT_BUDGET_PER_SECOND,
    BOT_CONNECTIONS_MAX,
    BUDGET_CAPACITY,
    BUDGET_PER_SECOND,
)


@dataclass(frozen=True, slots=True)
class HubSettings:
    """What an operator may set."""

    name: str = "hobnob"
    budget_capacity: float = BUDGET_CAPACITY
    budget_per_second: float = BUDGET_PER_SECOND
    bot_budget_per_second: float = BOT_BUDGET_PER_SECOND
    account_connections_max: int = ACCOUNT_CONNECTIONS_MAX
    bot_connections_max: int = BOT_CONNECTIONS_MAX


@dataclass(frozen=True, slots=True)
class Input:
    """Something happened; the root of all inputs."""


@dataclass(frozen=True, slots=True)
class Login(Input):
    """Somebody wants in, on a connection whose transcript is `transcript`."""

    conn: int
    request: Auth | Join
    transcript: bytes


@dataclass(frozen=True, slots=True)
class Received(Input):
    """A frame came from a connection that is logged in."""

    conn: int
    frame: Frame
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Gone(Input):
    """A connection ended."""

    conn: int


@dataclass(frozen=True, slots=True)
class Congested(Input):
    """A connection's transport holds more than it should: nothing live until it is drained."""

    conn: int


@dataclass(frozen=True, slots=True)
class Drained(Input):
    """A congested connection has room again."""

    conn: int


@dataclass(frozen=True, slots=True)
class Unsent(Input):
    """A page was not written, for its connection had no room: it is due again once drained."""

    conn: int
    page: Page | BackPage


@dataclass(frozen=True, slots=True)
class Tick(Input):
    """A deadline came, or more pages can be sent."""


@dataclass(frozen=True, slots=True)
class MakeInvite(Input):
    """The operator makes an invite: `secret_hash` is SHA-256 of what the link carries."""

    secret_hash: bytes
    uses: int
    expires_ms: int
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Reopen(Input):
    """The operator ends the waiting after a restore."""


@dataclass(frozen=True, slots=True)
class Operate(Input):
    """The operator acts as the hub; `number` is the caller's own, for the answer."""

    number: int
    stream: StreamId
    body: Body


@dataclass(frozen=True, slots=True)
class Output:
    """Something to do once the step is durable; the root of all outputs."""


@dataclass(frozen=True, slots=True)
class Send(Output):
    """Send one frame to all of these connections: encode it once."""

    conns: tuple[int, ...]
    frame: Frame


@dataclass(frozen=True, slots=True)
class Close(Output):
    """Say BYE and end the connection."""

    conn: int
    bye: Bye


@dataclass(frozen=True, slots=True)
class Operated(Output):
    """The operator's act `number` is in the log as `target`, or was refused."""

    number: int
    refusal: Refusal | None
    target: TargetId | None = None
