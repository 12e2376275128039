"""The switchboard: what connections say goes to the writer, what the writer answers goes out.

It lives in the loop's thread. What one turn of the loop brings goes to the writer together, so that
messages that came together are committed and fanned out together. A delivery is written once to
each connection, without waiting for anybody.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Final, TypeAlias

from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Bye
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.kind import Body
from hobnob_protocol.limits import BACKLOG_BYTES_MAX
from hobnob_protocol.question_frames import LATER, Told
from hobnob_protocol.wire import encode_frame
from hobnob_server.clock import Clock
from hobnob_server.delivery import Delivery, Message
from hobnob_server.logs import Log
from hobnob_server.session import Session
from hobnob_server.straight import Straight
from hobnob_server.websocket import binary_frame
from hobnob_server.writes import Writes
from hobnob_sync.hub_engine.engine import RETRY_MS
from hobnob_sync.hub_engine.inputs import (
    Asked,
    Congested,
    Credited,
    Input,
    Operate,
    Operated,
    Received,
    Tick,
)

Answer: TypeAlias = Callable[[int, AccountId, bytes], Awaitable[tuple[int, bytes]]]
"""Answers a question that a member asks on a connection: a status of TOLD, and the answer."""


class Switchboard:
    """All sessions of a running hub; `send` puts inputs into the next commit, `answer` knows what
    members ask, and what most get goes to their sockets by `writes`."""

    def __init__(
        self,
        send: Callable[[Sequence[Input]], None],
        loop: asyncio.AbstractEventLoop,
        clock: Clock,
        log: Log,
        answer: Answer,
        writes: Writes,
    ) -> None:
        self._answer_question: Final = answer
        self._writes: Final = writes
        self._questions: Final[dict[AccountId, asyncio.Task[None]]] = {}
        """What is being answered, by account: whoever has many connections asks no more."""
        self._send: Final = send
        self._loop: Final = loop
        self._waiting: list[Input] = []
        self._credits: dict[int, int] = {}
        """What each connection gives back, beside what waits: one number, however often it does.
        Where nobody has `_spent` theirs it stays here until something else comes: to wake the
        writer for one of them costs as much as to take a hundred."""
        self._spent = False
        self._handing = False
        self._clock: Final = clock
        self._log: Final = log
        self._sessions: dict[int, Session] = {}
        self._clear: dict[int, int] = {}
        """The sockets of those to whom nothing waits."""
        self._straight: Straight | None = None
        self._straight_conns: tuple[int, ...] = ()
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
        self.blocked(session.conn)

    def clear(self, conn: int, file: int) -> None:
        """Frames may go straight to this socket, until it is `blocked`."""
        if self._clear.get(conn) != file:
            self._clear[conn] = file
            self._straight = None

    def blocked(self, conn: int) -> None:
        """Something waits in the transport, or no more may be said."""
        if self._clear.pop(conn, None) is not None:
            self._straight = None

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

    @property
    def late_logins(self) -> int:
        """How many wait to be let in, for their account has just flooded."""
        return sum(session.waits_for_login for session in self._sessions.values())

    # To the writer.

    def put(self, incoming: Input) -> None:
        """For the next commit; once the hub stops, nothing new is."""
        if not self._closed:
            self._put(incoming)

    def _put(self, incoming: Input) -> None:
        self._soon()
        self._waiting.append(incoming)

    def _soon(self) -> None:
        """Hand over what there is, when this turn of the loop is over."""
        if not self._handing:
            self._handing = True
            self._loop.call_soon(self._hand_over)

    def credit(self, conn: int, size_bytes: int) -> None:
        """A client gives back so much: for the next commit, with all that is given back by then."""
        if self._closed:
            return
        self._credits[conn] = self._credits.get(conn, 0) + size_bytes
        if self._spent:
            self._soon()

    def _hand_over(self) -> None:
        self._handing = False
        waiting, self._waiting = self._waiting, []
        if self._credits:
            # Whatever else a connection says does not depend on it, nor does it on that.
            waiting.append(Credited(tuple(self._credits.items())))
            self._credits = {}
        if waiting:
            self._send(waiting)

    def _ask(self, asked: Asked) -> None:
        """Answer a question of a member, beside all commits; one of each account at a time."""
        if self._closed or asked.account in self._questions:
            self._tell(asked.conn, Told(asked.question.number, LATER, b""))
            return
        self._questions[asked.account] = self._loop.create_task(self._answered(asked))

    async def _answered(self, asked: Asked) -> None:
        question = asked.question
        try:
            answer = await self._answer_question(asked.conn, asked.account, question.question)
        finally:
            del self._questions[asked.account]
        self._tell(asked.conn, Told(question.number, *answer))

    def _tell(self, conn: int, told: Told) -> None:
        session = self._sessions.get(conn)
        if session is not None:
            session.write([Message((conn,), binary_frame(encode_frame(told)), told)])

    def operate(self, stream: StreamId, body: Body) -> "asyncio.Future[Operated]":
        """The operator acts as the hub: what comes of it."""
        self._act_numbers += 1
        answer: asyncio.Future[Operated] = asyncio.get_running_loop().create_future()
        self._acts[self._act_numbers] = answer
        self._put(Operate(self._act_numbers, stream, body))
        return answer

    # From the writer.

    def deliver(self, delivery: Delivery) -> None:
        """One commit is durable: say what follows from it."""
        sessions = self._sessions
        self.delivered += 1
        self._deadline_ms = delivery.deadline_ms
        self._spent = delivery.spent
        if self._spent and self._credits:
            # What has come since may be what somebody waits for.
            self._soon()
        self._write(delivery.messages)
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
        for asked in delivery.asked:
            self._ask(asked)
        self._answer(delivery)
        if delivery.again:
            self.put(Tick())

    def _write(self, messages: Sequence[Message]) -> None:
        """What most get is all that most get: only who gets more is sorted for."""
        if not messages:
            return
        most = _together(messages)
        some = [messages[place] for place in most]
        data = some[0].data if len(some) == 1 else b"".join([each.data for each in some])
        straight = self._straight_to(some[-1].conns)
        several = _several(messages, most, straight.everybody)
        for conn, all_of_it in several.items():
            session = self._sessions.get(conn)
            if session is not None:
                session.write(all_of_it)

        def write_rest(conn: int, written: int) -> None:
            session = self._sessions.get(conn)
            if session is not None:
                session.write_rest(some, data[written:] if written else b"")

        straight.write(data, several, write_rest)
        for conn in straight.apart:
            if conn not in several:
                write_rest(conn, 0)

    def _straight_to(self, conns: tuple[int, ...]) -> Straight:
        """The same as for the last ones, if they are the same and nothing has changed."""
        if self._straight is None or self._straight_conns is not conns:
            self._straight, self._straight_conns = (
                Straight(conns, self._clear, self._writes),
                conns,
            )
        return self._straight

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
        """Look at all deadlines, and at those alone: nearly nobody has reached theirs."""
        now_ms = self._clock.monotonic_ms()
        for session in [each for each in self._sessions.values() if each.due_ms <= now_ms]:
            session.sweep(now_ms)
        if self._deadline_ms is not None and self._clock.wall_ms() >= self._deadline_ms:
            self._deadline_ms = None
            self.put(Tick())

    def close(self) -> None:
        """Take nothing more; what came goes to the writer."""
        self._closed = True
        self._hand_over()

    def bye_all(self, bye: Bye) -> None:
        """Send everybody away."""
        for session in list(self._sessions.values()):
            session.bye(bye)

    def abort_all(self) -> None:
        """Cut what is still there."""
        for session in list(self._sessions.values()):
            session.abort()


def _breadth(message: Message) -> int:
    return len(message.conns)


def _together(messages: Sequence[Message]) -> list[int]:
    """Where those stand that most get, who get all of them: a page, and the checkpoint before it.
    What is more than a transport may hold goes through the sessions, which know what to leave."""
    broadest = max(messages, key=_breadth)
    conns = broadest.conns
    # The same tuple, nearly always: to compare a thousand with themselves takes a while, too.
    places = [
        place for place, each in enumerate(messages) if each.conns is conns or each.conns == conns
    ]
    size_bytes = sum(len(messages[place].data) for place in places)
    return places if size_bytes <= BACKLOG_BYTES_MAX else [messages.index(broadest)]


def _several(
    messages: Sequence[Message], most: Sequence[int], everybody: Collection[int]
) -> dict[int, list[Message]]:
    """All messages, in order, of those who get anything but what most get, who are `everybody`."""
    found: dict[int, list[Message]] = {}
    for place, message in enumerate(messages):
        if place not in most:
            for conn in message.conns:
                found[conn] = []
    if found:
        for place, message in enumerate(messages):
            # Of most messages nearly everybody gets nothing else: they are not looked through.
            asked, getting = (found, everybody) if place in most else (message.conns, found)
            for conn in asked:
                if conn in getting:
                    found[conn].append(message)
    return found
