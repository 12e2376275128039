"""What both sides of a connection share: taking and sending frames, answering pings, and dying.

A machine never raises for what a peer sends: it answers BYE, reports `Closed`, and stays calm when
poked again. Times are integer milliseconds of any one clock that never goes back. The shell is one
loop: `receive` or `tick`, act on the events, write `to_send`, close the transport once `state` is
CLOSED, sleep until `deadline_ms`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, TypeAlias

from hobnob_protocol.connection.events import Closed, ConnectionEvent, FrameReceived
from hobnob_protocol.connection.states import CLOSING, DEAD, OPEN, State, step
from hobnob_protocol.errors import AuthError, ByeCode, ProtocolError, UsageError
from hobnob_protocol.frames import Auth, Bye, Challenge, Frame, Hello, Join, Ping, Pong
from hobnob_protocol.limits import (
    FRAME_BYTES_MAX,
    HANDSHAKE_SECONDS,
    MEETING_SECONDS,
    PREAUTH_FRAME_BYTES_MAX,
)
from hobnob_protocol.meeting_frames import Await, Meet
from hobnob_protocol.recovery_frames import Recover, SshRecover
from hobnob_protocol.senders import Side
from hobnob_protocol.wire import decode_frame, encode_frame

Handler: TypeAlias = "Callable[[Any, Any, bytes], list[ConnectionEvent]]"
"""Takes the machine, a frame that has its place, and the frame's bytes as they came."""

_MS: Final = 1_000
_OWN: Final = (Hello, Challenge, Auth, Join, Recover, SshRecover, Await, Meet, Bye)
"""Frames a machine makes itself; its BYE is said with `close`."""


def milliseconds(seconds: float) -> int:
    """A limit in the unit of a connection's clock."""
    return int(seconds * _MS)


class Machine(ABC):
    """One side of one connection. Read `state`; only the machine moves it."""

    side: ClassVar[Side]

    def __init__(self, now_ms: int) -> None:
        self.state = State.CONNECTING
        self._peer: Final = self.side.peer
        self._now_ms = now_ms
        self._heard_ms = now_ms
        self._login_by_ms = now_ms + milliseconds(HANDSHAKE_SECONDS)
        self._out: list[bytes] = []
        self._pong: int | None = None

    # What comes in.

    def receive(self, data: bytes, now_ms: int) -> list[ConnectionEvent]:
        """Take one message's bytes; what it means, in order."""
        if self.state in DEAD:
            return []
        self._now_ms = self._heard_ms = now_ms
        try:
            return self._take(data)
        except AuthError as broken:
            upgrade = broken.rule == "login.version"
            return [self._die(ByeCode.VERSION if upgrade else ByeCode.CHANNEL, str(broken))]
        except ProtocolError as broken:
            return [self._die(ByeCode.PROTOCOL, str(broken))]

    def _take(self, data: bytes) -> list[ConnectionEvent]:
        opened = self.state is OPEN
        frame = decode_frame(data, FRAME_BYTES_MAX if opened else PREAUTH_FRAME_BYTES_MAX)
        frame_type = type(frame)
        self.state = step(self.state, self._peer, frame_type)
        handler = self.handlers.get(frame_type)
        if handler is None:
            return [FrameReceived(frame, len(data))]
        return handler(self, frame, data)

    def _on_ping(self, ping: Ping, _: bytes) -> list[ConnectionEvent]:
        # One answer for each time of writing, to the last: a flood of pings buys no more.
        self._pong = ping.number
        return []

    def _on_pong(self, _: Pong, __: bytes) -> list[ConnectionEvent]:
        # That it was heard is all it says.
        return []

    def _on_bye(self, bye: Bye, _: bytes) -> list[ConnectionEvent]:
        # Nobody is there to read what still waits.
        self._out.clear()
        self._pong = None
        self.state = State.CLOSED
        return [Closed(bye.code, bye.retry_ms, "the peer said so")]

    # What goes out.

    def send(self, frame: Frame) -> None:
        """Send a frame; nothing happens after the end.

        UsageError where the frame is not this side's to send now: an engine sends frames of the
        open connection only, before it the hub's a WELCOME or CHAINHEAD, and both a CARRY at a
        slot. A BYE is said with `close`.
        """
        if self.state not in DEAD:
            self.send_encoded(encode_frame(frame), type(frame))

    def send_encoded(self, data: bytes, frame_type: type[Frame]) -> None:
        """The same for a frame of this type that was encoded once for many connections."""
        if self.state in DEAD:
            return
        if frame_type in _OWN:
            raise UsageError(f"{frame_type.__name__} is not an engine's to send")
        self._advance(frame_type)
        self._out.append(data)

    def _advance(self, frame_type: type[Frame]) -> None:
        """Step for a frame of our own."""
        try:
            self.state = step(self.state, self.side, frame_type)
        except ProtocolError as broken:
            raise UsageError(str(broken)) from broken

    def close(self, bye: Bye) -> None:
        """Say why and end; whatever follows is ignored."""
        if self.state in DEAD:
            return
        self._out.append(encode_frame(bye))
        self._pong = None
        self.state = State.CLOSING

    def to_send(self) -> list[bytes]:
        """The messages to write now, each once."""
        out, self._out = self._out, []
        if self._pong is not None:
            out.append(encode_frame(Pong(self._pong)))
            self._pong = None
        if self.state is CLOSING:
            self.state = State.CLOSED
        return out

    def _die(self, code: ByeCode, detail: str) -> Closed:
        self.close(Bye(code, 0))
        return Closed(code, 0, detail)

    # Time.

    def _stay(self) -> None:
        """Whoever meets somebody at a slot has longer than a login."""
        self._login_by_ms = self._now_ms + milliseconds(MEETING_SECONDS)

    def deadline_ms(self) -> int | None:
        """When to call `tick` next; None once it is over."""
        if self.state in DEAD:
            return None
        return self._due_ms() if self.state is State.OPEN else self._login_by_ms

    def tick(self, now_ms: int) -> list[ConnectionEvent]:
        """Time has passed; before the deadline nothing happens."""
        deadline_ms = self.deadline_ms()
        if deadline_ms is None:
            return []
        self._now_ms = now_ms
        if now_ms < deadline_ms:
            return []
        if self.state is not State.OPEN:
            return [self._die(ByeCode.TIMEOUT, "the login took too long")]
        return self._on_due()

    @abstractmethod
    def _due_ms(self) -> int:
        """When an open connection next needs something."""

    @abstractmethod
    def _on_due(self) -> list[ConnectionEvent]:
        """What it then does."""

    handlers: ClassVar[Mapping[type[Frame], Handler]] = {
        Ping: _on_ping,
        Pong: _on_pong,
        Bye: _on_bye,
    }
    """What the machine itself does with a frame; all others are the engine's."""
