"""The switchboard: what connections say goes to the writer, what the writer answers goes out.

It lives in the loop's thread. A delivery is sorted by connection and written once to each, without
waiting for anybody.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Bye
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kind import Body
from hobnob_server.clock import Clock
from hobnob_server.delivery import Delivery, Message
from hobnob_server.logs import Log
from hobnob_server.session import Session
from hobnob_sync.hub_engine.engine import RETRY_MS
from hobnob_sync.hub_engine.inputs import (
    Congested,
    Input,
    Operate,
    Operated,
    Received,
    Tick,
)


class Switchboard:
    """All sessions of a running hub; `send` puts an input into the next commit."""

    def __init__(self, send: Callable[[Input], None], clock: Clock, log: Log) -> None:
        self._send: Final = send
        self._clock: Final = clock
        self._log: Final = log
        self._sessions: dict[int, Session] = {}
        self._acts: dict[int, asyncio.Future[Operated]] = {}
        self._conns = 0
        self._act_numbers = 0
        self._deadline_ms: int | None = None
        self._closed = False
        self.delivered = 0

    # Sessions.

    def number(self) -> int:
        """A connection's number, never given again."""
        self._conns += 1
        return self._conns

    def add(self, session: Session) -> None:
        """A connection is there."""
        self._sessions[session.conn] = session

    def remove(self, session: Session) -> None:
        """A connection is gone."""
        self._sessions.pop(session.conn, None)

    def ended(self, session: Session, code: str, detail: str) -> None:
        """A session is over, for the log."""
        self._log.info(
            "session.end", conn=session.conn, address=session.guard.address, code=code, why=detail
        )

    @property
    def count(self) -> int:
        """Connections that are WebSockets."""
        return len(self._sessions)

    @property
    def backlog_bytes(self) -> int:
        """What the fullest transport holds beyond its socket."""
        return max((session.backlog_bytes for session in self._sessions.values()), default=0)

    # To the writer.

    def put(self, incoming: Input) -> None:
        """For the next commit; once the hub stops, nothing new is."""
        if not self._closed:
            self._send(incoming)

    def operate(self, stream: StreamId, body: Body) -> "asyncio.Future[Operated]":
        """The operator acts as the hub: what comes of it."""
        self._act_numbers += 1
        answer: asyncio.Future[Operated] = asyncio.get_running_loop().create_future()
        self._acts[self._act_numbers] = answer
        self._send(Operate(self._act_numbers, stream, body))
        return answer

    # From the writer.

    def deliver(self, delivery: Delivery) -> None:
        """One commit is durable: say what follows from it."""
        sessions = self._sessions
        self.delivered += 1
        self._deadline_ms = delivery.deadline_ms
        for conn, due in _by_conn(delivery.messages).items():
            session = sessions.get(conn)
            if session is None:
                continue
            if isinstance(due, list):
                session.write(due)
            else:
                session.write_one(due)
        for close in delivery.closes:
            session = sessions.get(close.conn)
            if session is not None:
                self._close(session, close.bye)
        if delivery.reset:
            self.bye_all(Bye(ByeCode.RETRY, RETRY_MS))
        for incoming in delivery.batch:
            if isinstance(incoming, Received):
                session = sessions.get(incoming.conn)
                if session is not None:
                    session.taken(incoming.size_bytes)
            elif isinstance(incoming, Congested):
                session = sessions.get(incoming.conn)
                if session is not None:
                    session.congestion_taken()
        self._answer(delivery)
        if delivery.again:
            self.put(Tick())

    def _close(self, session: Session, bye: Bye) -> None:
        if bye.code == ByeCode.AUTH:
            session.guard.gate.login_failed(session.guard.address)
        self.ended(session, bye.code, "the hub said so")
        session.bye(bye)

    def _answer(self, delivery: Delivery) -> None:
        for done in delivery.operated:
            answer = self._acts.pop(done.number, None)
            if answer is not None and not answer.done():
                answer.set_result(done)
        if delivery.reset:
            for answer in self._acts.values():
                answer.cancel()
            self._acts.clear()

    # Time, and the end.

    def sweep(self) -> None:
        """Look at all deadlines."""
        now_ms = self._clock.monotonic_ms()
        for session in list(self._sessions.values()):
            session.sweep(now_ms)
        if self._deadline_ms is not None and self._clock.wall_ms() >= self._deadline_ms:
            self._deadline_ms = None
            self.put(Tick())

    def close(self) -> None:
        """Take nothing more."""
        self._closed = True

    def bye_all(self, bye: Bye) -> None:
        """Send everybody away."""
        for session in list(self._sessions.values()):
            session.bye(bye)

    def abort_all(self) -> None:
        """Cut what is still there."""
        for session in list(self._sessions.values()):
            session.abort()


def _by_conn(messages: list[Message]) -> dict[int, Message | list[Message]]:
    """What each connection gets: for most of them it is one message, the same for many."""
    due: dict[int, Message | list[Message]] = {}
    for message in messages:
        if not due:
            due = dict.fromkeys(message.conns, message)
            continue
        for conn in message.conns:
            found = due.get(conn)
            if found is None:
                due[conn] = message
            elif isinstance(found, list):
                found.append(message)
            else:
                due[conn] = [found, message]
    return due
