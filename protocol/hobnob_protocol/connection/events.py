"""What a connection reports."""

from hobnob_protocol.frames import Auth, Frame, Join, Welcome
from hobnob_protocol.meeting_frames import Await, Meet
from hobnob_protocol.recovery_frames import ChainHead, Recover, SshRecover
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
class RecoveryRequested(ConnectionEvent):
    """Hub: somebody shows a recovery key. Check it, then send a CHAINHEAD and close, or close."""

    frame: Recover | SshRecover
    transcript: bytes


@value
class MeetingRequested(ConnectionEvent):
    """Hub: a device would wait at a slot, or come to one. Answer an empty CARRY, or close."""

    frame: Await | Meet
    transcript: bytes


@value
class Located(ConnectionEvent):
    """Client: where the account of our recovery key stands."""

    place: ChainHead


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
