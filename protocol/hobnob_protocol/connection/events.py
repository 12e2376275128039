"""What a connection reports, and the states it goes through."""

from dataclasses import dataclass
from enum import Enum

from hobnob_protocol.frames import Auth, Frame, Join, Welcome


class State(Enum):
    """Where a connection stands; it only ever moves down this list."""

    GREETING = "greeting"
    """HELLO is due or under way."""
    PROVING = "proving"
    """The challenge is out; a login must follow."""
    WAITING = "waiting"
    """The login is out; the hub decides."""
    OPEN = "open"
    """Logged in."""
    CLOSED = "closed"
    """Over, for whatever reason; nothing wakes it again."""


@dataclass(frozen=True, slots=True)
class ConnectionEvent:
    """The root of all events."""


@dataclass(frozen=True, slots=True)
class LoginRequested(ConnectionEvent):
    """Hub: somebody wants in. Check it against the accounts, then send a WELCOME or close."""

    frame: Auth | Join
    transcript: bytes


@dataclass(frozen=True, slots=True)
class Welcomed(ConnectionEvent):
    """Client: logged in."""

    welcome: Welcome


@dataclass(frozen=True, slots=True)
class FrameReceived(ConnectionEvent):
    """A frame for the engine, and its encoded size."""

    frame: Frame
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Closed(ConnectionEvent):
    """The connection is over: a code of `ByeCode`, how long to wait before coming back, and what
    happened, for the log only."""

    code: str
    retry_ms: int
    detail: str
