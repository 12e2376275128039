"""The WebSocket connection as the hub takes it: a bound on frames, no queue, no task for reading.

The library answers pings while it parses, as many as a chunk of bytes holds: 600 KB of empty pings
would stop the hub for a second. So bytes go to it in slices, each frame costs a token, and who has
none left is cut off at once. A slice of many frames makes the next one small, and after some frames
it is the others' turn: what is left of the bytes waits, and no more are read meanwhile. Messages go
straight to the session: nothing waits in the library.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, Protocol, cast

from websockets.asyncio.server import Server, ServerConnection
from websockets.frames import DATA_OPCODES, Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import CONNECTING, OPEN, Event
from websockets.server import ServerProtocol

from hobnob_protocol.limits import PREAUTH_FRAME_BYTES_MAX
from hobnob_server.gate import UNIX, Gate, address_of, forwarded
from hobnob_server.limits import READ_BYTES, SLICE_BYTES, SLICE_BYTES_MIN, TURN_FRAMES
from hobnob_server.plain import is_between_frames, plain_frame

_REFUSED: Final = (
    "HTTP/1.1 {} {}\r\nRetry-After: 30\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)


class Listening(Protocol):
    """What a guard tells of its connection, until `finished`."""

    finished: "asyncio.Future[None]"

    def receive(self, data: bytes) -> None:
        """A whole message."""
        ...

    def no_frame(self) -> None:
        """A message that can be no frame of ours: text."""
        ...

    def full(self) -> None:
        """Not all that was written has left."""
        ...

    def room(self) -> None:
        """All that was written has left."""
        ...

    def flooded(self) -> None:
        """It is cut off: too many frames."""
        ...

    def lost(self) -> None:
        """It is over."""
        ...


class Guard(ServerConnection):
    """One connection; it has a session as soon as it is a WebSocket."""

    # Of a thousand connections each is cold in memory when something comes: what is looked at then
    # lies together.
    __slots__ = (
        "_between",
        "_burst",
        "_entered",
        "_frames",
        "_new_session",
        "_parts",
        "_per_second",
        "_rest",
        "_session",
        "_size_bytes_max",
        "_slice_bytes",
        "_tokens",
        "_tokens_at",
        "_withheld",
        "address",
        "file",
        "gate",
        "logged_in",
    )

    def __init__(
        self,
        gate: Gate,
        frames_per_second: int,
        frames_burst: int,
        new_session: "Callable[[Guard], Listening]",
        protocol: ServerProtocol,
        server: Server,
        **options: Any,
    ) -> None:
        super().__init__(protocol, server, **options)
        self.gate: Final = gate
        self._new_session: Final = new_session
        self._session: Listening | None = None
        self.address = UNIX
        self.logged_in = False
        self._entered = False
        self._per_second: Final = frames_per_second
        self._burst: Final = float(frames_burst)
        self._tokens = self._burst
        self._tokens_at = self.loop.time()
        self._frames = 0
        """In this turn of the loop, about."""
        self._slice_bytes = SLICE_BYTES_MIN
        self._rest = b""
        self._withheld = False
        self._parts: bytearray | None = None
        self._size_bytes_max = PREAUTH_FRAME_BYTES_MAX
        self._between = False
        """Is it sure that the library's parser stands between two messages?"""
        self.file: int | None = None
        """The socket, where what is written is what travels: without TLS."""

    # Coming.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it in, or answer before anything is spent on it."""
        stream = cast("asyncio.Transport", transport)
        # (host, port, ...) of a network's, a path or nothing of a Unix socket's.
        peer = cast("tuple[str, ...] | str | None", stream.get_extra_info("peername"))
        self.address = address_of(peer[0]) if isinstance(peer, tuple) else UNIX
        refusal = self.gate.refuses(self.address)
        if refusal is not None:
            self.transport = stream
            stream.write(_REFUSED.format(refusal.value, refusal.phrase).encode())
            stream.close()
            return
        self.gate.enter(self.address)
        self._entered = True
        super().connection_made(stream)
        # So that we hear when all has left; how much may wait is the session's to know.
        stream.set_write_buffer_limits(0)
        if stream.get_extra_info("sslcontext") is None:
            self.file = stream.get_extra_info("socket").fileno()
            # No part of the transport's type, but what it asks its socket for.
            cast("Any", stream).max_size = READ_BYTES

    def forwarded_for(self, request: Request) -> HTTPStatus | None:
        """A proxy we trust says for whom it comes: that address is what counts."""
        if not self.gate.is_trusted(self.address):
            return None
        header = request.headers.get_all("X-Forwarded-For")
        if not header:
            return None
        real = forwarded(header[-1])
        refusal = self.gate.refuses_address(real)
        if refusal is None:
            self.gate.move(self.address, real)
            self.address = real
        return refusal

    def session(self) -> Listening:
        """The session, which begins with the first that asks: a fast client's first frame, or the
        library's handler, which waits until its answer has left."""
        if self._session is None:
            self._session = self._new_session(self)
        return self._session

    def login_done(self, size_bytes_max: int) -> None:
        """It is a stranger's no more, and may send larger messages."""
        if not self.logged_in:
            self.logged_in = True
            self.gate.logged_in()
            self.protocol.max_message_size = self._size_bytes_max = size_bytes_max

    def draw(self, frames_left: int) -> None:
        """It has so many frames at most until time gives it more."""
        self._tokens = min(self._tokens, float(frames_left))

    # Reading.

    def withhold(self, withheld: bool) -> None:
        """Read no more for now, or again."""
        self._withheld = withheld
        self._read_or_not()

    def _read_or_not(self) -> None:
        if self._withheld or self._rest:
            self.transport.pause_reading()
        elif not self.transport.is_closing():
            self.transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        """Bytes for the parser; every frame in them costs a token."""
        if not self._entered:
            return
        if self._rest:
            # TLS may have decrypted more before it heard of the pause.
            self._rest += data
            return
        self._feed(data)

    def _feed(self, data: bytes) -> None:
        """Slice by slice; once there were many frames the rest waits for the next turn."""
        now = self.loop.time()
        gained = (now - self._tokens_at) * self._per_second
        self._tokens = min(self._burst, self._tokens + gained)
        self._tokens_at = now
        self._frames = start = 0
        while start < len(data):
            if self._frames >= TURN_FRAMES:
                self._rest = data[start:]
                self._read_or_not()
                self.loop.call_soon(self._go_on)
                return
            start = self._take_plain(data, start) or self._parse(data, start)
            if self._tokens < 0:
                self._cut_off()
                return

    def _take_plain(self, data: bytes, start: int) -> int:
        """Take a frame that needs no parser: where it ends, or 0."""
        if not self._between or self.protocol.state is not OPEN:
            return 0
        found = plain_frame(data, start, self._size_bytes_max)
        if found is None:
            return 0
        self._tokens -= 1
        self._frames += 1
        if self._tokens >= 0:
            self.session().receive(found[0])
        return found[1]

    def _parse(self, data: bytes, start: int) -> int:
        """Give the library a slice: where it ends."""
        before, end = self._frames, start + self._slice_bytes
        super().data_received(data[start:end])
        many = self._frames - before > TURN_FRAMES // 2
        self._slice_bytes = SLICE_BYTES_MIN if many else min(SLICE_BYTES, 2 * self._slice_bytes)
        self._between = self._parts is None and is_between_frames(self.protocol)
        return end

    def _go_on(self) -> None:
        rest, self._rest = self._rest, b""
        if self._entered and not self.transport.is_closing():
            self._feed(rest)
            if not self._rest:
                self._read_or_not()

    def _cut_off(self) -> None:
        if self._session is not None:
            self._session.flooded()
        self.transport.abort()

    def process_event(self, event: Event) -> None:
        """A request, or a frame."""
        if not isinstance(event, Frame):
            super().process_event(event)
            return
        self._tokens -= 1
        self._frames += 1
        if self.protocol.state is CONNECTING:
            # Frames before the answer to the request: no client of ours.
            self.transport.abort()
        elif event.opcode in DATA_OPCODES and self._tokens >= 0:
            self._take(self.session(), event)

    def _take(self, session: Listening, frame: Frame) -> None:
        """A message, put together if it came in parts: the library bounds their sum."""
        if frame.opcode is Opcode.TEXT:
            session.no_frame()
        elif self._parts is None and frame.fin:
            session.receive(bytes(frame.data))
        else:
            self._parts = self._parts if self._parts is not None else bytearray()
            self._parts += frame.data
            if frame.fin:
                whole, self._parts = bytes(self._parts), None
                session.receive(whole)

    # Writing.

    @property
    def is_open(self) -> bool:
        """May a frame be written? After a CLOSE, whoever has said it, the library writes the end
        of the stream, and whatever is written behind that is an error of ours."""
        return self.protocol.state is OPEN

    def pause_writing(self) -> None:
        """Something waits in the transport's buffer."""
        super().pause_writing()
        if self._session is not None:
            self._session.full()

    def resume_writing(self) -> None:
        """The transport's buffer is empty."""
        super().resume_writing()
        if self._session is not None:
            self._session.room()

    # Going.

    def eof_received(self) -> None:
        """The peer says no more."""
        if self._entered:
            super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        if not self._entered:
            return
        self._entered = False
        self.gate.leave(self.address, logged_in=self.logged_in)
        super().connection_lost(exc)
        if self._session is not None:
            self._session.lost()


def admit(connection: ServerConnection, request: Request) -> Response | None:
    """The library asks this of each request."""
    assert isinstance(connection, Guard)
    refusal = connection.forwarded_for(request)
    return None if refusal is None else connection.respond(refusal, f"{refusal.phrase}.\n")
