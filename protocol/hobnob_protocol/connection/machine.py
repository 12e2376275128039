"""What both sides of a connection share: one state, one way to die, heartbeat, and the rules that
say which frame may come from whom and when.

A machine never raises for what a peer sends: it answers BYE, reports `Closed` and stays calm when
poked again. Times are integer milliseconds of any monotonic clock.
"""

from abc import ABC, abstractmethod
from typing import Final

from hobnob_protocol.connection.events import Closed, ConnectionEvent, FrameReceived, State
from hobnob_protocol.errors import AuthError, ByeCode, ProtocolError, UsageError
from hobnob_protocol.frames import (
    Auth,
    Bye,
    Challenge,
    Frame,
    Hello,
    Join,
    Ping,
    Pong,
    Welcome,
)
from hobnob_protocol.limits import (
    FRAME_BYTES_MAX,
    HANDSHAKE_SECONDS,
    PREAUTH_FRAME_BYTES_MAX,
    PREAUTH_FRAMES_MAX,
)
from hobnob_protocol.wire import BOTH, SENDERS, decode_frame, encode_frame

MS: Final = 1_000
LOGIN_FRAMES: Final = (Hello, Challenge, Auth, Join, Welcome)
"""Frames that have their place before the connection is open, and only there."""


class Machine(ABC):
    """One side. `peer` names who is at the other end in `SENDERS`."""

    peer = ""

    def __init__(self, now_ms: int) -> None:
        self.state = State.GREETING
        self.heard_ms = now_ms
        self.spoke_ms = now_ms
        self._login_by_ms = now_ms + int(HANDSHAKE_SECONDS * MS)
        self._frames_before_login = 0
        self._out: list[bytes] = []

    def receive(self, data: bytes, now_ms: int) -> list[ConnectionEvent]:
        """Take one message's bytes; what it means, in order."""
        if self.state is State.CLOSED:
            return []
        self.heard_ms = now_ms
        try:
            return self._take(data, now_ms)
        except AuthError as broken:
            return [self._die(ByeCode.CHANNEL, str(broken))]
        except ProtocolError as broken:
            return [self._die(ByeCode.PROTOCOL, str(broken))]

    def _take(self, data: bytes, now_ms: int) -> list[ConnectionEvent]:
        if self.state is State.OPEN:
            frame = decode_frame(data, FRAME_BYTES_MAX)
        else:
            self._frames_before_login += 1
            if self._frames_before_login > PREAUTH_FRAMES_MAX:
                raise ProtocolError("connection.frames_before_login")
            frame = decode_frame(data, PREAUTH_FRAME_BYTES_MAX)
        if SENDERS[type(frame)] not in (self.peer, BOTH):
            raise ProtocolError("connection.sender", type(frame).__name__)
        if isinstance(frame, Bye):
            self.state = State.CLOSED
            return [Closed(frame.code, frame.retry_ms, "the peer said so")]
        if self.state is not State.OPEN:
            return self._log_in(frame, data, now_ms)
        if isinstance(frame, Ping):
            self._answer(frame, now_ms)
            return []
        if isinstance(frame, Pong):
            return []
        return self._open(frame, len(data))

    def _answer(self, ping: Ping, now_ms: int) -> None:
        """One PONG a flush at most: a flood of pings is answered by its last."""
        pong = encode_frame(Pong(ping.number))
        if self._out and self._out[-1][:2] == pong[:2]:
            self._out.pop()
        self._out.append(pong)
        self.spoke_ms = now_ms

    @abstractmethod
    def _log_in(self, frame: Frame, data: bytes, now_ms: int) -> list[ConnectionEvent]:
        """A frame before the login is over."""

    def _open(self, frame: Frame, size_bytes: int) -> list[ConnectionEvent]:
        """A frame after the login; a second login is refused."""
        if type(frame) in LOGIN_FRAMES:
            raise ProtocolError("connection.state", type(frame).__name__)
        return [FrameReceived(frame, size_bytes)]

    def send(self, frame: Frame) -> None:
        """Send a frame; UsageError before the login is over, nothing after the end."""
        if self.state is State.CLOSED:
            return
        if self.state is not State.OPEN:
            raise UsageError("the connection is not open yet")
        self._out.append(encode_frame(frame))

    def close(self, bye: Bye) -> None:
        """Say why and end; what follows is ignored."""
        if self.state is not State.CLOSED:
            self._out.append(encode_frame(bye))
            self.state = State.CLOSED

    def to_send(self) -> list[bytes]:
        """The messages to write now, each once."""
        out, self._out = self._out, []
        return out

    def _die(self, code: ByeCode, detail: str) -> Closed:
        self._out.append(encode_frame(Bye(code, 0)))
        self.state = State.CLOSED
        return Closed(code, 0, detail)

    def _overdue(self, now_ms: int) -> Closed | None:
        """The login must be over in time."""
        if self.state is not State.OPEN and now_ms >= self._login_by_ms:
            return self._die(ByeCode.TIMEOUT, "the login took too long")
        return None
