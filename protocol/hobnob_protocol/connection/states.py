"""The states of a connection, and the one table that says which frame leads from which to which.

Both ends keep the same table and step through it for frames they send and frames they take, so it
does not matter who we are (h11's second rule). Two things do not fit the table and are code in
`machine`: a BYE ends every state, and so does a frame that has no place in it.
"""

from enum import Enum
from typing import Final

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.frames import Auth, Challenge, Frame, Hello, Join, Welcome
from hobnob_protocol.meeting_frames import Await, Carry, Meet
from hobnob_protocol.recovery_frames import ChainHead, Recover, SshRecover
from hobnob_protocol.senders import SENDERS, Phase, Side

RULES: Final = {
    "connection.sender": "each side sends its own frames only",
    "connection.state": (
        "the login goes HELLO, CHALLENGE, AUTH or JOIN, WELCOME; RECOVER or SSHRECOVER and"
        " CHAINHEAD, or AWAIT or MEET and CARRY, may stand in place of the last two"
    ),
}
"""Rules of order, by the name their `ProtocolError` carries."""


class State(Enum):
    """Where a connection stands; it only ever moves down this list."""

    CONNECTING = "connecting"
    """Nothing was proved yet: HELLO is due or under way."""
    CHALLENGED = "challenged"
    """The hub has proved who it is; the client must."""
    LOCATING = "locating"
    """A recovery key asks where its account stands; only the answer and BYE are left to say."""
    MEETING = "meeting"
    """A device waits at a slot or has come to one; what is carried and BYE are left to say."""
    AUTHENTICATING = "authenticating"
    """The client has; the hub decides whether it may enter."""
    OPEN = "open"
    """Logged in."""
    CLOSING = "closing"
    """Our BYE waits to be written; nothing else is said or heard."""
    CLOSED = "closed"
    """Over: close the transport. Nothing wakes it again."""


# By name, for every frame asks: before Python 3.12 each `Enum.MEMBER` is a call.
OPEN: Final = State.OPEN
CLOSING: Final = State.CLOSING
_WHEN_OPEN: Final = Phase.OPEN
_WHENEVER: Final = Phase.ANY

DEAD: Final = (State.CLOSING, State.CLOSED)
"""States in which a connection stays calm whatever comes."""

LOGIN: Final[dict[tuple[State, type[Frame]], State]] = {
    # The hub answers HELLO at once, so that a second one finds it in the next state.
    (State.CONNECTING, Hello): State.CONNECTING,
    (State.CONNECTING, Challenge): State.CHALLENGED,
    (State.CHALLENGED, Auth): State.AUTHENTICATING,
    (State.CHALLENGED, Join): State.AUTHENTICATING,
    (State.CHALLENGED, Recover): State.LOCATING,
    (State.CHALLENGED, SshRecover): State.LOCATING,
    (State.LOCATING, ChainHead): State.LOCATING,
    (State.CHALLENGED, Await): State.MEETING,
    (State.CHALLENGED, Meet): State.MEETING,
    (State.MEETING, Carry): State.MEETING,
    (State.AUTHENTICATING, Welcome): State.OPEN,
}
"""The login. A stranger sends two frames on this path, and at a slot `CARRIES_MAX` more: no more
than `PREAUTH_FRAMES_MAX`."""


def step(state: State, sender: Side, frame: type[Frame]) -> State:
    """The state after `sender` has sent a frame of this type in a live state.

    ProtocolError, by a rule of `RULES`, where it may not.
    """
    turn = SENDERS[frame]
    if sender not in turn.sides:
        raise ProtocolError("connection.sender", f"{frame.__name__} from the {sender}")
    phase = turn.phase
    if phase is _WHENEVER or (phase is _WHEN_OPEN and state is OPEN):
        return state
    found = LOGIN.get((state, frame))
    if found is None:
        raise ProtocolError("connection.state", f"{frame.__name__} while {state.value}")
    return found
