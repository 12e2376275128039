"""What a connection reports."""

from hobnob_protocol.frames import Auth, Frame, Join, Welcome
from hobnob_protocol.value import value


@value
class ConnectionEvent:
    """The root of all events."""


@value
class LoginRequested(ConnectionEvent):
    """Hub: somebody wants in. Check it against the accounts, then send a WELCOME or close.

    `transcript` is what `login.check_request` needs: 32 bytes.
    """

    frame: Auth | Join
    transcript: bytes


@value
class Welcomed(ConnectionEvent):
    """Client: logged in."""

    welcome: Welcome


@value
class FrameReceived(ConnectionEvent):
    """A frame for the engine, and its encoded size."""

    frame: Frame
    size_bytes: int


@value
class Closed(ConnectionEvent):
    """The connection is over: a code of `ByeCode` (or a later version's), how long to wait before
    coming back, and what happened, for the log only."""

    code: str
    retry_ms: int
    detail: str
