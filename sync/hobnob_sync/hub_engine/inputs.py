"""What a hub engine is told and what it answers: plain values, nothing else crosses its edge."""

from hobnob_protocol.errors import Refusal
from hobnob_protocol.frames import Auth, BackPage, Bye, Frame, Join, Page
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.kind import Body
from hobnob_protocol.limits import (
    ACCOUNT_CONNECTIONS_MAX,
    BOT_BUDGET_PER_SECOND,
    BOT_CONNECTIONS_MAX,
    BUDGET_CAPACITY,
    BUDGET_PER_SECOND,
    SHOWN_FIRST_MS,
)
from hobnob_protocol.meeting_frames import Await, Meet
from hobnob_protocol.question_frames import Ask
from hobnob_protocol.recovery_frames import Recover, SshRecover
from hobnob_protocol.value import value


@value
class HubSettings:
    """What an operator may set."""

    name: str = "hobnob"
    budget_capacity: float = BUDGET_CAPACITY
    budget_per_second: float = BUDGET_PER_SECOND
    bot_budget_per_second: float = BOT_BUDGET_PER_SECOND
    account_connections_max: int = ACCOUNT_CONNECTIONS_MAX
    bot_connections_max: int = BOT_CONNECTIONS_MAX
    questions: int = 0
    """The greatest number of a question that the shell answers, which members are told."""
    shown_first_ms: int = SHOWN_FIRST_MS


@value
class Input:
    """Something happened; the root of all inputs."""


@value
class Login(Input):
    """Somebody wants in, on a connection whose transcript is `transcript`."""

    conn: int
    request: Auth | Join
    transcript: bytes


@value
class Locate(Input):
    """Somebody shows a recovery key, on a connection whose transcript is `transcript`."""

    conn: int
    request: Recover | SshRecover
    transcript: bytes


@value
class Arrange(Input):
    """A device would wait at a slot or come to one; its connection's transcript is `transcript`."""

    conn: int
    request: Await | Meet
    transcript: bytes


@value
class Received(Input):
    """A frame came from a connection that is logged in."""

    conn: int
    frame: Frame
    size_bytes: int


@value
class Credited(Input):
    """Clients have taken in pages: each connection, once, and how many bytes it gives back. The
    same as a CREDIT of each."""

    given: tuple[tuple[int, int], ...]


@value
class Gone(Input):
    """A connection ended."""

    conn: int


@value
class Congested(Input):
    """A connection's transport holds more than it should: nothing live until it is drained."""

    conn: int


@value
class Drained(Input):
    """A congested connection has room again."""

    conn: int


@value
class Unsent(Input):
    """A page was not written, for its connection had no room: it is due again once drained."""

    conn: int
    page: Page | BackPage


@value
class Tick(Input):
    """A deadline came, or more pages can be sent."""


@value
class MakeInvite(Input):
    """The operator makes an invite: `secret_hash` is SHA-256 of what the link carries."""

    secret_hash: bytes
    uses: int
    expires_ms: int
    owner: bool = False


@value
class Reopen(Input):
    """The operator ends the waiting after a restore."""


@value
class Operate(Input):
    """The operator acts as the hub; `number` is the caller's own, for the answer."""

    number: int
    stream: StreamId
    body: Body


@value
class Output:
    """Something to do once the step is durable; the root of all outputs."""


@value
class Send(Output):
    """Send one frame to all of these connections: encode it once."""

    conns: tuple[int, ...]
    frame: Frame


@value
class Close(Output):
    """Say BYE and end the connection."""

    conn: int
    bye: Bye


@value
class Operated(Output):
    """The operator's act `number` is in the log as `target`, or was refused."""

    number: int
    refusal: Refusal | None
    target: TargetId | None = None


@value
class Asked(Output):
    """A member on this connection has a question, and has paid for it: the shell answers."""

    conn: int
    account: AccountId
    question: Ask
