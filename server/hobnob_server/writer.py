"""The group commit: one thread that takes all that waits, one transaction, one fsync, one callback.

It never waits for more: under load a commit takes what came during the last one, alone a message
goes through at once. Engine and store belong to this thread; whoever wants to know something of
them asks here. Signatures are checked here and, of many, by a second process (`ahead`).
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

from hobnob_protocol.crypto import Ed25519Verifier, Verifier
from hobnob_protocol.errors import StoreBroken, StoreFull
from hobnob_server.ahead import Ahead
from hobnob_server.beacon import Beacon
from hobnob_server.clock import Clock
from hobnob_server.delivery import Delivery
from hobnob_server.limits import BATCH_BYTES_MAX, FULL_SECONDS, FULL_SECONDS_MAX, INPUT_BYTES
from hobnob_server.logs import Log
from hobnob_server.second import start_second
from hobnob_server.stepping import step
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.engine import Decision, HubEngine
from hobnob_sync.hub_engine.inputs import Input, Received

T = TypeVar("T")


class Boot(Protocol):
    """Makes an engine from what the store holds; until then it only reads."""

    def __call__(self, read_only_until_ms: int, verifier: Verifier) -> HubEngine:
        """A new engine."""
        ...


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """Something to read on the writer's thread, after everything that was put before it."""

    ask: Callable[[HubEngine, SqliteEventStore], T]
    answer: "Future[T]"


class _Stop:
    """The last thing in the queue."""


_Item: TypeAlias = "Sequence[Input] | Question[Any] | _Stop"


@dataclass(slots=True)
class _Batch:
    """What one commit takes, up to a bound; a question ends it, for it asks what came of it."""

    inputs: list[Input] = field(default_factory=list[Input])
    questions: list[Question[Any]] = field(default_factory=list[Question[Any]])
    size_bytes: int = 0
    stopping: bool = False

    @property
    def full(self) -> bool:
        """Does it take nothing more?"""
        return self.stopping or bool(self.questions) or self.size_bytes >= BATCH_BYTES_MAX

    def add(self, item: _Item) -> None:
        """One thing from the queue."""
        if isinstance(item, _Stop):
            self.stopping = True
        elif isinstance(item, Question):
            self.questions.append(item)
        else:
            self.inputs.extend(item)
            self.size_bytes += sum(
                each.size_bytes if isinstance(each, Received) else INPUT_BYTES for each in item
            )


class Writer:
    """`deliver` gets each commit's answers, `died` what ended the thread; both are called in it."""

    def __init__(
        self,
        store: SqliteEventStore,
        boot: Boot,
        beacon: Beacon,
        clock: Clock,
        log: Log,
        deliver: Callable[[Delivery], None],
        died: Callable[[BaseException], None],
    ) -> None:
        self._store: Final = store
        self._boot: Final = boot
        self._beacon: Final = beacon
        self._clock: Final = clock
        self._log: Final = log
        self._deliver: Final = deliver
        self._died: Final = died
        self._queue: SimpleQueue[_Item] = SimpleQueue()
        self._next = _Batch()
        self._ahead: Final = Ahead(Ed25519Verifier(), start_second, log)
        self._engine = boot(0, self._ahead)
        self._thread = Thread(target=self._run, name="hobnob-writer", daemon=True)
        self._full_seconds = FULL_SECONDS
        """So long the hub will only read when the disk is full."""
        self.commits = 0
        self.inputs = 0

    # From any thread.

    def start(self) -> None:
        """Begin to commit."""
        self._thread.start()

    def put(self, *incoming: Input) -> None:
        """Something happened, in this order: it goes into the next commit, all of it into one."""
        self._queue.put(incoming)

    def ask(self, question: Callable[[HubEngine, SqliteEventStore], T]) -> "Future[T]":
        """Read something once all that was put before is committed."""
        answer: Future[T] = Future()
        self._queue.put(Question(question, answer))
        return answer

    def stop(self) -> None:
        """Commit what waits, deliver it, end."""
        self._queue.put(_Stop())

    def join(self) -> None:
        """Wait for the end; the store may be closed then."""
        self._thread.join()

    # On the thread.

    def _run(self) -> None:
        try:
            while self._turn():
                pass
        except BaseException as ended:
            self._died(ended)
        finally:
            self._ahead.stop()

    def _turn(self) -> bool:
        batch, self._next = self._next, _Batch()
        self._gather(batch, wait=not batch.inputs)
        if batch.inputs:
            self._deliver(self._commit(batch.inputs))
        for question in batch.questions:
            _answer(question, self._engine, self._store)
        return not batch.stopping

    def _gather(self, batch: _Batch, *, wait: bool) -> None:
        """Put all that waits into a batch; if `wait`, at least one thing."""
        with suppress(Empty):
            while not batch.full:
                batch.add(self._queue.get(wait))
                wait = False

    def _upcoming(self) -> Sequence[Input]:
        """What has come for the next batch, which will be more when it begins."""
        self._gather(self._next, wait=False)
        return self._next.inputs

    def _commit(self, batch: list[Input]) -> Delivery:
        delivery = Delivery(batch)
        try:
            decision = self._step(batch)
        except StoreFull as full:
            self._log.error("store.full", detail=str(full))
            self._rebuild(delivery, int(self._full_seconds * 1_000))
            self._full_seconds = min(FULL_SECONDS_MAX, 2 * self._full_seconds)
            # What is due waits for room, not for somebody to come.
            delivery.deadline_ms = self._engine.deadline_ms()
        except StoreBroken:
            raise
        except Exception as fault:
            # Whoever brought this about is sent away with all others, and the hub goes on.
            self._log.error("step.failed", error=type(fault).__name__, where=_where(fault))
            self._rebuild(delivery, 0)
        else:
            delivery.add(self._engine.committed())
            delivery.deadline_ms, delivery.again = decision.deadline_ms, decision.again
            delivery.spent = decision.spent
        self.commits += 1
        self.inputs += len(batch)
        return delivery

    def _step(self, batch: list[Input]) -> Decision:
        now_ms = self._clock.wall_ms()
        decision = step(self._engine, self._store, batch, now_ms, self._ahead, self._upcoming)
        if decision.transaction:
            self._full_seconds = FULL_SECONDS
            self._beacon.committed(decision.transaction, self._engine.state.epoch)
        return decision

    def _rebuild(self, delivery: Delivery, read_only_ms: int) -> None:
        """What the engine remembers may never have been written: read it anew."""
        self._engine = self._boot(self._clock.wall_ms() + read_only_ms, self._ahead)
        delivery.reset = True


def _answer(question: Question[Any], engine: HubEngine, store: SqliteEventStore) -> None:
    try:
        question.answer.set_result(question.ask(engine, store))
    except Exception as fault:
        question.answer.set_exception(fault)


def _where(fault: Exception) -> str:
    """The innermost place of a fault; no values: they may be secrets."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
