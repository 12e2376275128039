"""The hub in memory: a real engine on a store in memory, and lines to it that can fail."""

import asyncio
from hashlib import sha256
from random import Random
from typing import Final, Protocol

from hobnob.testing.clock import VirtualLoop
from hobnob_client.durations import DAY_MS
from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    ConnectionEvent,
    FrameReceived,
    HubConnection,
    LoginRequested,
)
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import StreamId, hub_id
from hobnob_protocol.kind import Body
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.senders import Side
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from hobnob_protocol.testing.wire import Wire
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import (
    Close,
    Gone,
    HubSettings,
    Input,
    Login,
    MakeInvite,
    Operate,
    Operated,
    Received,
    Reopen,
    Send,
    Tick,
)
from hobnob_sync.hub_engine.restoring import RESTORED
from hobnob_sync.ports import EventStore, HubImage, Loaded
from hobnob_sync.testing.memory import MemoryEventStore

START_MS: Final = 1_800_000_000_000
"""The wall clock when a community begins."""
INVITE_MS: Final = DAY_MS
VERIFIER: Final = KeyedVerifier()


class Caller(Protocol):
    """Who is at the other end of a line."""

    def on_event(self, event: ConnectionEvent) -> None:
        """Something came."""
        ...

    def deadline_ms(self) -> int | None:
        """When `tick` is due."""
        ...

    def tick(self) -> None:
        """The deadline has come."""
        ...


class Line:
    """One connection; `delay_seconds` is how long a frame is on its way."""

    def __init__(self, number: int, wire: Wire, caller: Caller, delay_seconds: float) -> None:
        self.number = number
        self.wire = wire
        self.caller = caller
        self.delay_seconds = delay_seconds
        self.arrival: asyncio.TimerHandle | None = None


class MemoryHub:
    """Everything happens on `loop`; `pump` carries what is on its way. The log is in an empty
    `store`, in memory where none is given."""

    def __init__(
        self,
        loop: VirtualLoop,
        random: Random,
        settings: HubSettings,
        store: EventStore | None = None,
    ) -> None:
        self._loop = loop
        self._random = random
        self._settings = settings
        self._signer = KeyedSigner(random.randbytes(32))
        self.key = self._signer.public_key
        self.hub = hub_id(self.key)
        self._store = MemoryEventStore() if store is None else store
        self._store.commit(
            HubEngine.bootstrap(
                self.hub,
                self._signer,
                VERIFIER,
                STANDARD,
                random.randbytes,
                settings,
                self.wall_ms(),
            )
        )
        self._lines: dict[int, Line] = {}
        self._count = 0
        self._again = False
        self._deadline_ms: int | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._pumping = False
        self._operated: list[Operated] = []
        self._engine = self._boot()

    def now_ms(self) -> int:
        """The clock that never goes back."""
        # A deadline that was slept for has come, though a float may lie a hair before it.
        return int(self._loop.time() * 1_000 + 1e-3)

    def wall_ms(self) -> int:
        """The time since 1970."""
        return START_MS + self.now_ms()

    def booted(self, image: HubImage) -> HubEngine:
        """An engine of this hub on what a store holds."""
        return HubEngine(
            image,
            self.hub,
            self._signer,
            VERIFIER,
            STANDARD,
            self._random.randbytes,
            self._settings,
        )

    def _boot(self) -> HubEngine:
        return self.booted(self._store.boot(HubEngine.NOUNS))

    def crash(self) -> None:
        """Die, and start again from what was committed; no line is left."""
        self._lines.clear()
        self._engine = self._boot()
        self._again = False

    def back_up(self) -> object:
        """What the store holds, for `restore`."""
        return self._memory.snapshot()

    @property
    def _memory(self) -> MemoryEventStore:
        if not isinstance(self._store, MemoryEventStore):
            raise UsageError("Only a log in memory is backed up here.")
        return self._store

    def restore(self, backup: object) -> None:
        """Die, and start again from an older copy, in a new epoch; everybody may come back."""
        self._memory.restore(backup)
        self._memory.put_meta({RESTORED: b"\1"})
        self.crash()
        self._step([Tick()])
        self._step([Reopen()])

    def invite(self) -> bytes:
        """The secret of an invite for one."""
        secret = self._random.randbytes(16)
        self._step([MakeInvite(sha256(secret).digest(), 1, self.wall_ms() + INVITE_MS)])
        return secret

    def operate(self, stream: StreamId, body: Body) -> None:
        """Act as the operator. UsageError where the hub refuses it."""
        self._operated.clear()
        self._step([Operate(0, stream, body)])
        self.pump()
        if self._operated[0].refusal is not None:
            raise UsageError(f"The hub refuses that: {self._operated[0].refusal}.")

    def connect(self, client: ClientConnection, caller: Caller, delay_seconds: float) -> Line:
        """Open a line."""
        nonce = self._random.randbytes(32)
        end = HubConnection(
            self.hub, self._signer, nonce, (), VERIFIER, self.now_ms(), self.wall_ms()
        )
        self._count += 1
        line = Line(self._count, Wire(client, end), caller, delay_seconds)
        self._lines[line.number] = line
        return line

    def drop(self, line: Line) -> None:
        """The line is cut, without a word."""
        if self._lines.pop(line.number, None) is not None:
            if line.arrival is not None:
                line.arrival.cancel()
            self._step([Gone(line.number)])

    def pump(self) -> None:
        """Carry all that may arrive now, and see to what is due."""
        if self._pumping:
            return
        self._pumping = True
        try:
            moved = True
            while moved:
                moved = self._again
                if moved:
                    self._step([Tick()])
                for line in list(self._lines.values()):
                    moved |= self._carry(line)
        finally:
            self._pumping = False
        self._arm()

    def _carry(self, line: Line) -> bool:
        waiting = bool(line.wire.queue(Side.HUB) or line.wire.queue(Side.CLIENT))
        if not line.delay_seconds:
            return waiting and self._deliver(line)
        if waiting and line.arrival is None:
            line.arrival = self._loop.call_later(line.delay_seconds, self._arrive, line)
        return False

    def _arrive(self, line: Line) -> None:
        line.arrival = None
        self._deliver(line)
        self.pump()

    def _deliver(self, line: Line) -> bool:
        """Hand over what is on its way now, not what that calls forth."""
        wire = line.wire
        wire.now_ms = self.now_ms()
        for side in (Side.HUB, Side.CLIENT):
            for _ in range(len(wire.queue(side))):
                if line.number not in self._lines or not wire.queue(side):
                    return True
                for event in wire.deliver(side):
                    if side is Side.CLIENT:
                        line.caller.on_event(event)
                    else:
                        self._on_event(line, event)
        return True

    def _on_event(self, line: Line, event: ConnectionEvent) -> None:
        if isinstance(event, LoginRequested):
            self._step([Login(line.number, event.frame, event.transcript)])
        elif isinstance(event, FrameReceived):
            self._step([Received(line.number, event.frame, event.size_bytes)])
        elif isinstance(event, Closed):
            self.drop(line)

    def _step(self, batch: list[Input]) -> None:
        loaded = Loaded({})
        while keys := self._engine.needs(batch, loaded):
            loaded = loaded.merged(self._store.load(keys))
        decision = self._engine.decide(batch, loaded, self.wall_ms())
        if decision.transaction:
            self._store.commit(decision.transaction)
        self._again, self._deadline_ms = decision.again, decision.deadline_ms
        for output in self._engine.committed():
            if isinstance(output, Send):
                for number in output.conns:
                    if number in self._lines:
                        self._lines[number].wire.hub.send(output.frame)
            elif isinstance(output, Close):
                if output.conn in self._lines:
                    self._lines[output.conn].wire.hub.close(output.bye)
            elif isinstance(output, Operated):
                self._operated.append(output)

    # Time.

    def _arm(self) -> None:
        """Wake at the next deadline of anybody's."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        hub_ms = None if self._deadline_ms is None else self._deadline_ms - START_MS
        found = [hub_ms]
        for line in self._lines.values():
            found += [
                line.wire.client.deadline_ms(),
                line.wire.hub.deadline_ms(),
                line.caller.deadline_ms(),
            ]
        due_ms = min((each for each in found if each is not None), default=None)
        if due_ms is not None:
            self._timer = self._loop.call_at(due_ms / 1_000, self._wake)

    def _wake(self) -> None:
        self._timer = None
        if self._deadline_ms is not None and self.wall_ms() >= self._deadline_ms:
            self._step([Tick()])
        for line in list(self._lines.values()):
            for event in line.wire.client.tick(self.now_ms()):
                line.caller.on_event(event)
            for event in line.wire.hub.tick(self.now_ms()):
                self._on_event(line, event)
            line.caller.tick()
        self.pump()
