"""One client's connection: its bytes to the engine, the engine's frames to its transport.

A page that would lift the transport's buffer above `BACKLOG_BYTES_MAX` is not written: the engine
hears of it and reads it again from the log once there is room. While there is none, nothing is read
from this client either, so that its answers are bounded by what waits already.
"""

import asyncio
from typing import Final, Protocol

from hobnob_protocol.connection import (
    Closed,
    FrameReceived,
    HubConnection,
    LoginRequested,
    MeetingRequested,
    RecoveryRequested,
    State,
)
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import BackPage, Bye, Page, Welcome
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import BACKLOG_BYTES_MAX, FRAME_BYTES_MAX
from hobnob_protocol.login import account_of
from hobnob_protocol.meeting_frames import Carry
from hobnob_protocol.presence_frames import Typing
from hobnob_protocol.recovery_frames import ChainHead
from hobnob_server.clock import Clock
from hobnob_server.delivery import Message
from hobnob_server.guard import Guard
from hobnob_server.limits import (
    CLOSE_SECONDS,
    FLOODED_FRAMES,
    FLOODED_SECONDS,
    READ_AHEAD_BYTES,
    UNREAD_BYTES_MAX,
)
from hobnob_server.websocket import binary_frame
from hobnob_sync.hub_engine.inputs import (
    Arrange,
    Congested,
    Drained,
    Gone,
    Input,
    Locate,
    Login,
    Received,
    Unsent,
)

# By name, for all that comes and goes asks: before Python 3.12 each `Enum.MEMBER` is a call.
_OPEN: Final = State.OPEN
_CLOSED: Final = State.CLOSED

FLOOD: Final = "flood"
"""In the log: no BYE says so, for the connection is cut."""


class Board(Protocol):
    """Where sessions hand in what happens."""

    def put(self, incoming: Input) -> None:
        """For the next commit."""
        ...

    def credit(self, conn: int, size_bytes: int) -> None:
        """A client gives back so much: for the next commit, too."""
        ...

    def ended(self, session: "Session", code: str, detail: str) -> None:
        """A session is over, for the log."""
        ...

    def remove(self, session: "Session") -> None:
        """Its connection is gone."""
        ...

    def clear(self, conn: int, file: int) -> None:
        """What all get may go straight to this socket, until it is `blocked`."""
        ...

    def blocked(self, conn: int) -> None:
        """... no more."""
        ...


class Session:
    """Between one guard and the writer."""

    __slots__ = (
        "_account",
        "_asked",
        "_board",
        "_clock",
        "_connection",
        "_ends_by_ms",
        "_late_login",
        "_late_login_ms",
        "_paused",
        "_waiting_bytes",
        "_withholds",
        "_withholds_known",
        "conn",
        "due_ms",
        "finished",
        "guard",
    )

    def __init__(
        self, conn: int, guard: Guard, connection: HubConnection, board: Board, clock: Clock
    ) -> None:
        self.conn: Final = conn
        self.guard: Final = guard
        self.finished: asyncio.Future[None] = guard.loop.create_future()
        self._connection: Final = connection
        self._board: Final = board
        self._clock: Final = clock
        self._asked = False
        self._account: AccountId | None = None
        self._late_login: Login | None = None
        self._late_login_ms = 0
        self._waiting_bytes = 0
        self._withholds = False
        self._withholds_known = False
        self._paused = False
        self._ends_by_ms: int | None = None
        self.due_ms = 0
        """Before this moment a sweep finds nothing to do."""

    # What comes.

    def receive(self, data: bytes) -> None:
        """One message."""
        if self._ends_by_ms is not None:
            return
        now_ms = self._clock.monotonic_ms()
        size_bytes = self._connection.take_credit(data, now_ms)
        if size_bytes:
            # Nothing is said to it, and it adds nothing to what waits.
            self._board.credit(self.conn, size_bytes)
            return
        for event in self._connection.receive(data, now_ms):
            if isinstance(event, FrameReceived):
                self._waiting_bytes += event.size_bytes
                self._board.put(Received(self.conn, event.frame, event.size_bytes))
            elif isinstance(event, LoginRequested):
                self._take_login(Login(self.conn, event.frame, event.transcript))
            elif isinstance(event, RecoveryRequested):
                self._ask(Locate(self.conn, event.frame, event.transcript))
            elif isinstance(event, MeetingRequested):
                self._ask(Arrange(self.conn, event.frame, event.transcript))
            elif isinstance(event, Closed):
                self._board.ended(self, event.code, event.detail)
        self._flush()
        self._read_or_not()

    def _take_login(self, login: Login) -> None:
        """Whoever has just flooded waits, and begins with few frames: a new connection must give
        no more than the old one would have, and a login costs more than a flood."""
        self._account = account_of(login.request)
        if not self.guard.gate.has_flooded(self._account):
            self._ask(login)
            return
        self.guard.draw(FLOODED_FRAMES)
        self._late_login = login
        self._late_login_ms = self._clock.monotonic_ms() + int(FLOODED_SECONDS * 1_000)
        self._due_at(self._late_login_ms)

    def _ask(self, incoming: Login | Locate | Arrange) -> None:
        self._asked = True
        self._board.put(incoming)

    def flooded(self) -> None:
        """It sent too many frames. What a stranger does is not held against whom they name."""
        self._board.ended(self, FLOOD, "too many frames")
        if self._account is not None and self._connection.state is State.OPEN:
            self.guard.gate.flooded(self._account)

    def no_frame(self) -> None:
        """Text is no frame."""
        self._board.ended(self, ByeCode.PROTOCOL, "a text message")
        self.bye(Bye(ByeCode.PROTOCOL, 0))

    def taken(self, size_bytes: int) -> None:
        """A frame of this session is in a commit."""
        self._waiting_bytes -= size_bytes
        self._read_or_not()

    def _read_or_not(self) -> None:
        """Read on only while little waits in either direction."""
        pause = self._withholds or self._waiting_bytes > READ_AHEAD_BYTES
        if pause != self._paused:
            self._paused = pause
            self.guard.withhold(pause)

    # What goes.

    def write_rest(self, messages: list[Message], rest: bytes) -> None:
        """Messages of which the socket has taken all but a rest, or nothing at all (b"")."""
        if self._is_over():
            return
        if rest:
            self.guard.transport.write(rest)
        else:
            self.write(messages)

    def write(self, messages: list[Message]) -> None:
        """What one commit has for this client, in order, in one write where it fits."""
        if self._is_over():
            return
        if self._connection.state is not _OPEN:
            messages = self._open(messages)
        if not messages:
            return
        data = messages[0].data if len(messages) == 1 else b"".join([m.data for m in messages])
        transport = self.guard.transport
        if not self._withholds and transport.get_write_buffer_size() + len(data) <= (
            BACKLOG_BYTES_MAX
        ):
            transport.write(data)
        else:
            self._write_what_fits(messages)

    def _is_over(self) -> bool:
        """Has the client taken leave without a BYE? It may hold the connection for a while."""
        if self.guard.is_open:
            return False
        self._finish()
        return True

    def _open(self, messages: list[Message]) -> list[Message]:
        """A WELCOME opens the connection; before it there is nothing else to say but a CHAINHEAD to
        a recovery key, or what is carried at a slot, and after a BYE nothing at all."""
        if self._connection.state is State.MEETING:
            for message in messages:
                if isinstance(message.frame, Carry):
                    self._connection.send(message.frame)
            self._flush()
            return []
        welcome = messages[0].frame
        if isinstance(welcome, ChainHead) and self._connection.state is State.LOCATING:
            self._connection.send(welcome)
            self._flush()
            return []
        if not isinstance(welcome, Welcome) or self._connection.state is not State.AUTHENTICATING:
            return []
        self._connection.send(welcome)
        self._flush()
        self.guard.login_done(FRAME_BYTES_MAX)
        self._unblock()
        return messages[1:]

    def _write_what_fits(self, messages: list[Message]) -> None:
        transport = self.guard.transport
        for message in messages:
            size_bytes = transport.get_write_buffer_size() + len(message.data)
            if isinstance(message.frame, Page | BackPage):
                if self._withholds or size_bytes > BACKLOG_BYTES_MAX:
                    self._withhold()
                    self._board.put(Unsent(self.conn, message.frame))
                    continue
            elif isinstance(message.frame, Typing):
                # It says nothing by the time there is room.
                if self._withholds or size_bytes > BACKLOG_BYTES_MAX:
                    continue
            elif size_bytes > UNREAD_BYTES_MAX:
                self._board.ended(self, ByeCode.SLOW, "asks and does not read")
                self.abort()
                return
            transport.write(message.data)
        if transport.get_write_buffer_size() > BACKLOG_BYTES_MAX:
            self._withhold()

    def _withhold(self) -> None:
        """No pages until the transport is empty; the engine hears of it before it hears of any."""
        if not self._withholds:
            self._withholds = True
            self._withholds_known = False
            self._board.put(Congested(self.conn))
            self._board.blocked(self.conn)
            self._read_or_not()

    def congestion_taken(self) -> None:
        """The engine knows; pages decided before that have all come back by now."""
        self._withholds_known = True
        if not self.guard.transport.get_write_buffer_size():
            self.room()

    def full(self) -> None:
        """Something waits in the transport."""
        self._board.blocked(self.conn)

    def room(self) -> None:
        """The transport is empty."""
        self._unblock()
        if self._withholds and self._withholds_known:
            self._withholds = False
            self._board.put(Drained(self.conn))
            self._read_or_not()
            self._unblock()

    def _unblock(self) -> None:
        """Where nothing waits and nothing encrypts, frames go straight to the socket."""
        file = self.guard.file
        if (
            file is not None
            and self._connection.state is _OPEN
            and not self._withholds
            and not self.guard.transport.get_write_buffer_size()
        ):
            self._board.clear(self.conn, file)

    def _flush(self) -> None:
        transport = self.guard.transport
        for data in self._connection.to_send():
            if self.guard.is_open and not transport.is_closing():
                transport.write(binary_frame(data))
        if self._connection.state is _CLOSED:
            self._finish()
        elif transport.get_write_buffer_size() > UNREAD_BYTES_MAX:
            self.abort()

    @property
    def backlog_bytes(self) -> int:
        """What the transport holds beyond its socket."""
        return self.guard.transport.get_write_buffer_size()

    @property
    def waits_for_login(self) -> bool:
        """Is its login held back, for its account has just flooded?"""
        return self._late_login is not None

    # The end.

    def bye(self, bye: Bye) -> None:
        """Say why and end; who has no room even for pages is cut off."""
        if self._ends_by_ms is not None:
            return
        self._board.blocked(self.conn)
        self._connection.close(bye)
        if self._withholds:
            self.abort()
        else:
            self._flush()

    def abort(self) -> None:
        """End at once, whatever has not left yet."""
        self.guard.transport.abort()
        self._finish()

    def _finish(self) -> None:
        self._board.blocked(self.conn)
        if self._ends_by_ms is None:
            self._ends_by_ms = self._clock.monotonic_ms() + int(CLOSE_SECONDS * 1_000)
            self._due_at(self._ends_by_ms)
        if not self.finished.done():
            self.finished.set_result(None)

    def lost(self) -> None:
        """The connection is gone."""
        self._finish()
        if self._asked:
            self._board.put(Gone(self.conn))
        self._board.remove(self)

    def _due_at(self, at_ms: int) -> None:
        self.due_ms = min(self.due_ms, at_ms)

    def sweep(self, now_ms: int) -> None:
        """Time has passed: silence, a login that takes too long, an end that does. What comes makes
        silence begin later, so that a sweep may come too soon, never too late."""
        if self._ends_by_ms is not None:
            if now_ms >= self._ends_by_ms:
                self.guard.transport.abort()
            return
        if self._late_login is not None and now_ms >= self._late_login_ms:
            login, self._late_login = self._late_login, None
            self._ask(login)
        for event in self._connection.tick(now_ms):
            if isinstance(event, Closed):
                self._board.ended(self, event.code, event.detail)
        self._flush()
        self.due_ms = self._next_ms(now_ms)

    def _next_ms(self, now_ms: int) -> int:
        """When something is due if nothing comes."""
        if self._ends_by_ms is not None:
            return self._ends_by_ms
        deadline_ms = self._connection.deadline_ms()
        if deadline_ms is None:
            return now_ms
        return deadline_ms if self._late_login is None else min(deadline_ms, self._late_login_ms)
