"""Questions about load on their way to the writer and back: what waits is settled together, and
singly where that fails."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias, TypeVar

from hobnob_protocol.errors import StoreFull
from hobnob_protocol.question_frames import LATER, NO, THERE
from hobnob_protocol.questions import encode_answer
from hobnob_protocol.request_questions import LoadQuestion
from hobnob_server.clock import Clock
from hobnob_server.load.caps import SHIPPED, Caps
from hobnob_server.load.limits import TOGETHER_MAX, WAITING_MAX
from hobnob_server.load.settling import Said, Settling, Told
from hobnob_server.logs import Log
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.engine import HubEngine

T = TypeVar("T")
Status: TypeAlias = tuple[int, bytes]


class Asks(Protocol):
    """Does something on the writer's thread, between two commits."""

    def __call__(self, question: Callable[[HubEngine, SqliteEventStore], T], /) -> "Future[T]":
        """What came of it."""
        ...


@dataclass(frozen=True, slots=True)
class _Waiting:
    conn: int
    question: LoadQuestion
    answer: "asyncio.Future[Status]"


class LoadDesk:
    """One step at a time is on the writer's thread, with all that came while the last one was: the
    messages of all others are committed between two of them."""

    def __init__(
        self, ask: Asks, clock: Clock, log: Log, caps: Callable[[], Caps] = lambda: SHIPPED
    ) -> None:
        """`caps` says what people take as of now."""
        self._ask: Final = ask
        self._clock: Final = clock
        self._log: Final = log
        self._settling: Final = Settling(caps)
        self._waiting: Final[list[_Waiting]] = []
        self._apart = 0
        """So many of those that wait are settled one by one: together they failed."""
        self._working: asyncio.Task[None] | None = None
        self._stopped = False

    async def ask(self, conn: int, question: LoadQuestion) -> Status:
        """A status of TOLD and the answer; LATER where too many wait, or the disk is full."""
        if self._stopped or len(self._waiting) >= WAITING_MAX:
            return LATER, b""
        waiting = _Waiting(conn, question, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._working is None:
            self._working = asyncio.get_running_loop().create_task(self._work())
        return await waiting.answer

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._step(self._waiting[: 1 if self._apart else TOGETHER_MAX])
        finally:
            self._working = None

    async def _step(self, some: list[_Waiting]) -> None:
        def settled(engine: HubEngine, store: SqliteEventStore) -> list[Told] | None:
            return self._settled(some, engine, store)

        try:
            told = await asyncio.wrap_future(self._ask(settled))
        except Exception as failed:
            if len(some) > 1 and not isinstance(failed, StoreFull):
                # A fault, as of a row that has rotted, is nobody's but whose question it meets.
                self._apart = len(some)
                return
            self._log.error("load.failed", error=type(failed).__name__)
            self._tell(some, [(LATER, b"")] * len(some))
            return
        if told is not None:
            self._tell(some, [_status(each) for each in told])

    def _settled(
        self, some: list[_Waiting], engine: HubEngine, store: SqliteEventStore
    ) -> list[Told] | None:
        # The engine knows who speaks on a connection, and from which device.
        here = engine.sessions.by_conn
        said = [
            Said(here[each.conn].account, here[each.conn].device, each.question)
            if each.conn in here
            else None
            for each in some
        ]
        return self._settling.settle(engine.state, store, store.ledger, said, self._clock.wall_ms())

    def _tell(self, some: list[_Waiting], answers: list[Status]) -> None:
        del self._waiting[: len(some)]
        self._apart = max(0, self._apart - len(some))
        for each, answer in zip(some, answers, strict=True):
            if not each.answer.done():
                each.answer.set_result(answer)

    async def stop(self) -> None:
        """Whoever still waits is told to ask later."""
        self._stopped = True
        working = self._working
        if working is not None:
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
        self._tell(self._waiting[:], [(LATER, b"")] * len(self._waiting))


def _status(told: Told) -> Status:
    return (NO, b"") if told is None else (THERE, encode_answer(told))
