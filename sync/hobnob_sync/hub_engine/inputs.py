"""What a hub engine is told and what it answers: plain values, nothing else crosses its edge."""

from dataclasses import dataclass

from hobnob_protocol.frames import Auth, Bye, Frame, Join
from hobnob_protocol.limits import BOT_BUDGET_PER_SECOND, BUDGET_CAPACITY, BUDGET_PER_SECOND


@dataclass(frozen=True, slots=True)
class HubSettings:
    """What an operator may set."""

    name: str = "hobnob"
    budget_capacity: float = BUDGET_CAPACITY
    budget_per_second: float = BUDGET_PER_SECOND
    bot_budget_per_second: float = BOT_BUDGET_PER_SECOND


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
