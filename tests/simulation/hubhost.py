"""The simulated hub: a real engine and real connections on a store that may crash or fill up."""

from dataclasses import dataclass
from hashlib import sha256
from random import Random

from hobnob_protocol.connection import Closed, FrameReceived, HubConnection, LoginRequested
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import StoreFull
from hobnob_protocol.frames import Frame
from hobnob_protocol.ids import HubId
from hobnob_protocol.limits import BACKLOG_BYTES_MAX
from hobnob_protocol.registry import Registry
from hobnob_protocol.wire import encode_frame
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import (
    Close,
    Congested,
    Drained,
    Gone,
    HubSettings,
    Input,
    Login,
    MakeInvite,
    Output,
    Received,
    Send,
    Tick,
)
from hobnob_sync.ports import EventStore, HubTransaction, Loaded
from tests.simulation.clienthost import NEEDS_ROUNDS_MAX, Crashed
from tests.simulation.network import Link, count
from tests.simulation.oracle_hub import HubOracle
from tests.simulation.violation import Violation


@dataclass(slots=True)
class HubPerils:
    """How often the hub's store fails, as probabilities."""

    crash_before: float = 0.0
    crash_after: float = 0.0
    full: float = 0.0


class HubHost:
    """The hub process: engine, store, and one connection for each link."""

    def __init__(
        self,
        store: EventStore,
        hub: HubId,
        signer: Signer,
        verifier: Verifier,
        registry: Registry,
        settings: HubSettings,
        rng: Random,
        seen: dict[str, int],
        now_ms: int,
    ) -> None:
        self.store = store
        self.hub = hub
        self.signer = signer
        self.verifier = verifier
        self.registry = registry
        self.settings = settings
        self.rng = rng
        self.seen = seen
        self.perils = HubPerils()
        self.links: dict[int, Link] = {}
        self.connections: dict[int, HubConnection] = {}
        self.oracle = HubOracle(store, seen)
        self.backlog_bytes = BACKLOG_BYTES_MAX
        self.deadline_ms: int | None = None
        self.again = False
        self.waiting: list[Input] = []
        """What came while the writer was busy: it goes into the next commit all at once."""
        self.busy = 0.0
        """How often the writer is busy when something comes, as a probability."""
        self.engine = self.boot(now_ms)

    def boot(self, now_ms: int, read_only_until_ms: int = 0) -> HubEngine:
        """An engine on what the store holds; a fresh store is founded first."""
        image = self.store.boot(HubEngine.NOUNS)
        if not image.lineage:
            self.store.commit(
                HubEngine.bootstrap(
                    self.hub,
                    self.signer,
                    self.verifier,
                    self.registry,
                    self.rng.randbytes,
                    self.settings,
                    now_ms,
                )
            )
            image = self.store.boot(HubEngine.NOUNS)
        return HubEngine(
            image,
            self.hub,
            self.signer,
            self.verifier,
            self.registry,
            self.rng.randbytes,
            self.settings,
            read_only_until_ms=read_only_until_ms,
        )

    def reboot(self, now_ms: int, read_only_until_ms: int = 0) -> None:
        """The process died and starts again: every connection is gone."""
        self.connections.clear()
        self.links.clear()
        self.waiting.clear()
        self.oracle.died()
        self.engine = self.boot(now_ms, read_only_until_ms)
        self.deadline_ms = now_ms
        self.again = False

    def invite(self, owner: bool, now_ms: int) -> bytes:
        """An invite's secret, as the operator makes it."""
        secret = self.rng.randbytes(16)
        wish = MakeInvite(sha256(secret).digest(), 100, now_ms + 86_400_000, owner)
        self.step([wish], now_ms)
        return secret

    def accept(self, link: Link, now_ms: int) -> None:
        """A client has connected."""
        self.links[link.number] = link
        self.connections[link.number] = HubConnection(
            self.hub, self.signer, self.rng.randbytes(32), (), self.verifier, now_ms
        )

    def drop(self, number: int, now_ms: int) -> None:
        """A link was cut."""
        if self.links.pop(number, None) is not None:
            self.connections.pop(number)
            self.step([Gone(number)], now_ms)

    def receive(self, number: int, data: bytes, now_ms: int) -> None:
        """Bytes came up a link."""
        connection = self.connections.get(number)
        if connection is None:
            return
        batch: list[Input] = []
        closed = False
        for event in connection.receive(data, now_ms):
            if isinstance(event, LoginRequested):
                self.oracle.logs_in(number, event.frame)
                batch.append(Login(number, event.frame, event.transcript))
            elif isinstance(event, FrameReceived):
                self.oracle.receives(number, event.frame)
                batch.append(Received(number, event.frame, event.size_bytes))
            elif isinstance(event, Closed):
                closed = True
        if batch:
            self.waiting.extend(batch)
            if self.busy and self.rng.random() < self.busy:
                count(self.seen, "hub took a batch later")
            else:
                self.step([], now_ms)
        self._flush(number)
        if closed:
            self._ended(number, now_ms)

    def tick(self, now_ms: int) -> None:
        """Time has passed: heartbeats, deadlines, and pages that wait for their turn."""
        for number in list(self.connections):
            connection = self.connections.get(number)
            if connection is None:
                continue
            if any(isinstance(event, Closed) for event in connection.tick(now_ms)):
                self._flush(number)
                self._ended(number, now_ms)
        if (
            self.waiting
            or self.again
            or (self.deadline_ms is not None and now_ms >= self.deadline_ms)
        ):
            self.step([Tick()], now_ms)

    def _watch(self, number: int) -> None:
        """Tell the engine of a transport that holds too much, as a shell does after writing."""
        link = self.links.get(number)
        if link is None or link.congested or link.down.size_bytes <= self.backlog_bytes:
            return
        link.congested = True
        count(self.seen, "reader congested")
        self.waiting.append(Congested(number))

    def drained(self, link: Link, now_ms: int) -> None:
        """Something left a transport: tell the engine where a congested one has room again."""
        if link.congested and link.down.size_bytes <= self.backlog_bytes // 2:
            link.congested = False
            self.step([Drained(link.number)], now_ms)

    def step(self, batch: list[Input], now_ms: int) -> None:
        """One commit: everything that waits and `batch`, then what follows from it."""
        batch = [*self.waiting, *batch]
        self.waiting.clear()
        engine = self.engine
        loaded = Loaded({})
        for _ in range(NEEDS_ROUNDS_MAX):
            keys = tuple(key for key in engine.needs(batch, loaded) if not loaded.has(key))
            if not keys:
                break
            loaded = loaded.merged(self.store.load(keys))
        else:
            raise Violation("the hub engine's needs never end")
        decision = engine.decide(batch, loaded, now_ms)
        self.deadline_ms = decision.deadline_ms
        self.again = decision.again
        if decision.transaction:
            try:
                self._commit(decision.transaction)
            except StoreFull:
                outputs = engine.failed()
                self._do_all(outputs, now_ms)
                self.reboot(now_ms, now_ms + 5_000)
                return
        self._do_all(engine.committed(), now_ms)

    def _commit(self, transaction: HubTransaction) -> None:
        rng, perils = self.rng, self.perils
        if perils.crash_before and rng.random() < perils.crash_before:
            count(self.seen, "hub crash before commit")
            if transaction.devices and transaction.entries:
                count(self.seen, "hub died before a push's commit")
            raise Crashed
        if perils.full and rng.random() < perils.full:
            count(self.seen, "hub disk full")
            raise StoreFull("simulated")
        self.oracle.committing(transaction)
        self.store.commit(transaction)
        self.oracle.committed(transaction)
        if perils.crash_after and rng.random() < perils.crash_after:
            count(self.seen, "hub crash after commit")
            if transaction.devices and transaction.entries:
                count(self.seen, "hub died after a push's commit")
            raise Crashed

    def _do_all(self, outputs: tuple[Output, ...], now_ms: int) -> None:
        for output in outputs:
            if isinstance(output, Send):
                self.deliver(output.conns, output.frame)
            elif isinstance(output, Close):
                connection = self.connections.get(output.conn)
                if connection is not None:
                    count(self.seen, f"bye: {output.bye.code}")
                    connection.close(output.bye)
                    self._flush(output.conn)
                    self.connections.pop(output.conn, None)
                    self.links.pop(output.conn, None)

    def deliver(self, conns: tuple[int, ...], frame: Frame) -> None:
        """Encode once, write the same bytes to every connection."""
        self.oracle.sending(self.engine, conns, frame)
        data = encode_frame(frame)
        for number in conns:
            connection = self.connections.get(number)
            if connection is not None:
                connection.send_encoded(data, type(frame))
                self._flush(number)
                self._watch(number)

    def _flush(self, number: int) -> None:
        connection = self.connections.get(number)
        link = self.links.get(number)
        if connection is not None and link is not None:
            link.down.put(connection.to_send())

    def _ended(self, number: int, now_ms: int) -> None:
        if self.connections.pop(number, None) is not None:
            self.links.pop(number, None)
            self.step([Gone(number)], now_ms)
