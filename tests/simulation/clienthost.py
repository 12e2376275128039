"""One simulated client: a real engine and connection on a store that may crash or fill up."""

from dataclasses import dataclass
from random import Random
from typing import Final

from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    FrameReceived,
    JoinRequest,
    Welcomed,
)
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import OutboxFull, StoreFull
from hobnob_protocol.event import Author, decode_event
from hobnob_protocol.ids import (
    PEOPLE,
    DeviceKey,
    EventId,
    GrantId,
    Head,
    HubId,
    ReplicaId,
    StreamId,
    device_id,
)
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.registry import Registry
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.inputs import (
    Alarm,
    Compose,
    Consumed,
    Disconnect,
    Healed,
    Input,
    Linked,
    NotSent,
    Output,
    Purged,
    Received,
    Refreshed,
    Retry,
    Send,
    Tick,
    Unlinked,
)
from hobnob_sync.client_engine.state import Identity
from hobnob_sync.ports import Loaded, ReplicaStore, ReplicaTransaction
from tests.simulation.network import Link, count
from tests.simulation.notices import Notices
from tests.simulation.oracle_hub import HubOracle
from tests.simulation.oracle_replica import ReplicaOracle
from tests.simulation.reference import first_key
from tests.simulation.standin import Sessions
from tests.simulation.stores import entries_of
from tests.simulation.violation import Violation

NEEDS_ROUNDS_MAX: Final = 4
"""A step asks the store at most so often: its cells, then what they point at."""
AWAITED: Final = 0.3
"""How often a conversation's keys are not there yet when something could be sealed."""


class Crashed(Exception):
    """The process died: memory is gone, the store is as it was last committed."""


@dataclass(slots=True)
class Perils:
    """How often this client's store fails, as probabilities."""

    crash_before: float = 0.0
    crash_after: float = 0.0
    full: float = 0.0


class ClientHost:
    """A member's device: everything but the screen."""

    def __init__(
        self,
        name: str,
        store: ReplicaStore,
        hub: HubId,
        hub_key: DeviceKey,
        author: Author,
        signer: Signer,
        verifier: Verifier,
        registry: Registry,
        rng: Random,
        seen: dict[str, int],
        oracle: HubOracle,
    ) -> None:
        self.name = name
        self.store = store
        self.hub = hub
        self.hub_key = hub_key
        self.author = author
        self.signer = signer
        self.verifier = verifier
        self.registry = registry
        self.rng = rng
        self.seen = seen
        self.perils = Perils()
        self.tail_events = rng.choice((2, 8, 50))
        self.replica = ReplicaId(rng.randbytes(8))
        self.link: Link | None = None
        self.connection: ClientConnection | None = None
        self.join: JoinRequest | None = None
        self.last_bye = ""
        self.oracle = ReplicaOracle(name, store, oracle, seen)
        self.notices = Notices(seen)
        self.sessions = Sessions()
        self.engine = self._boot()
        self.purges: list[StreamId] = []
        self.refused: dict[EventId, str] = {}
        self.alarms: list[Alarm] = []
        self.deadline_ms: int | None = None
        self.wants_cut = False
        self.crashes = 0
        self.away_ms = 0
        """How long it is away from every network; 0 where it is not."""
        self.tampered = False
        """Has its store been changed behind its engine's back?"""
        self.losses = 0
        """How often it was put back from an older copy, or rotted."""
        self.rolled_back = False
        self.lost: dict[EventId, None] = {}
        """What waited here when the file was put back from an older copy."""
        self.rogue = False
        self.twin: ClientHost | None = None
        """The copy of this profile on another machine."""
        self.former: dict[StreamId, tuple[GrantId, int, Head]] = {}
        """Where a stream stood when it was purged last."""
        self.heals = 0
        self.clock_off_ms = 0

    def _boot(self) -> ClientEngine:
        identity = Identity(
            self.hub,
            self.hub_key,
            self.author,
            self.signer,
            self.verifier,
            self.registry,
            self.tail_events,
        )
        return ClientEngine(self.store.boot(ClientEngine.NOUNS), identity)

    def reboot(self) -> None:
        """Start again from the store, as after any death of the process."""
        self.engine = self._boot()
        self.oracle.remember()
        self.disconnected()

    def disconnected(self) -> None:
        """The connection is gone."""
        self.link = None
        self.connection = None
        self.sessions.forget()
        if self.engine.link is not None:
            self.engine.link = None

    def connect(self, link: Link, now_ms: int) -> None:
        """Open a connection and begin the login."""
        self.link = link
        link_epoch = self.engine.state.epoch
        self.connection = ClientConnection(
            hub_expected=self.hub,
            signer=self.signer,
            account=self.author.account if self.join is None else None,
            join=self.join,
            replica=self.replica,
            epoch=link_epoch,
            digest=self.engine.digest(),
            nonce=self.rng.randbytes(32),
            client_name="simulation",
            certificate=None,
            loopback=True,
            verifier=self.verifier,
            now_ms=now_ms,
        )
        self._flush()

    def receive(self, data: bytes, now_ms: int) -> None:
        """Bytes came down the link."""
        connection = self.connection
        if connection is None:
            return
        for event in connection.receive(data, now_ms):
            self._on_connection(event, now_ms)
        self._seal_waiting(now_ms)
        self._flush()

    def tick(self, now_ms: int) -> None:
        """Time has passed."""
        if self.connection is not None:
            for event in self.connection.tick(now_ms):
                self._on_connection(event, now_ms)
        if self.deadline_ms is not None and now_ms >= self.deadline_ms:
            self.step(Tick(), now_ms)
        self._seal_waiting(now_ms)
        self._flush()

    def step_unlinked(self, now_ms: int) -> None:
        """The link broke: nothing but memory changes."""
        self.step(Unlinked(), now_ms)
        self.disconnected()

    def flush(self) -> None:
        """Put on the link what the connection has to say."""
        self._flush()

    def _on_connection(self, event: object, now_ms: int) -> None:
        if isinstance(event, Welcomed):
            self.join = None
            if self.link is not None:
                self.link.opened = True
            self.step(Linked(event.welcome), now_ms)
        elif isinstance(event, FrameReceived):
            self.step(Received(event.frame, event.size_bytes), now_ms)
        elif isinstance(event, Closed):
            self.last_bye = event.code
            if event.code == "auth":
                self._join_again()
            self.step(Unlinked(), now_ms)
            self.disconnected()

    def _join_again(self) -> None:
        """The hub does not know us (any more): show it the enrolment it once signed."""
        for entry in entries_of(self.store, PEOPLE, 1):
            event = decode_event(entry.event)
            body = self.registry.decode(event.header.kind, event.body)
            if isinstance(body, Enrol) and device_id(first_key(body.link)) == self.author.device:
                self.join = JoinRequest(entry.event, body.link, body.link_signature, body.handle)
                count(self.seen, "joined again")

    def step(self, incoming: Input, now_ms: int) -> tuple[Output, ...]:
        """Put one input through the engine and do what it says; Crashed when the store dies."""
        engine = self.engine
        loaded = Loaded({})
        self.notices.before(engine, incoming)
        for _ in range(NEEDS_ROUNDS_MAX):
            keys = engine.needs(incoming, loaded)
            if not keys:
                break
            loaded = loaded.merged(self.store.load(keys))
        else:
            raise Violation("the engine's needs never end")
        try:
            decision = engine.decide(incoming, loaded, now_ms)
        except OutboxFull:
            count(self.seen, "outbox full")
            return ()
        if decision.transaction:
            self.notices.after(engine, incoming, decision.transaction)
            self._commit(decision.transaction)
        self.deadline_ms = decision.deadline_ms
        outputs = engine.committed()
        for output in outputs:
            self._do(output, now_ms)
        return outputs

    def step_beside(self, said: Compose | Retry, now_ms: int) -> None:
        """Another process of this profile, which has no link, says something, and may die of it;
        this one then reads what it finds."""
        try:
            decision = self._boot().decide(said, Loaded({}), now_ms)
            self._commit(decision.transaction)
            count(self.seen, "composed by another process")
        except OutboxFull:
            count(self.seen, "outbox full")
        except (Crashed, StoreFull):
            count(self.seen, "another process died of its compose")
        image = self.store.boot(ClientEngine.NOUNS)
        self.step(Refreshed(image.outbox, image.tray, image.meta), now_ms)

    def _seal_waiting(self, now_ms: int) -> None:
        """Seal what waits in conversations that are known here, each once its keys have come."""
        link = self.engine.link
        if link is None or not link.ready:
            return
        held_back: dict[StreamId, None] = {}
        for row in self.engine.state.unsealed:
            if row.stream in held_back:
                continue
            if row.stream not in self.engine.state.streams or self.rng.random() < AWAITED:
                held_back[row.stream] = None
                continue
            ts_seconds = (now_ms + self.clock_off_ms) // 1_000
            self.step(self.sessions.seal(row, self.rng, ts_seconds), now_ms)

    def _commit(self, transaction: ReplicaTransaction) -> None:
        rng, perils = self.rng, self.perils
        if perils.crash_before and rng.random() < perils.crash_before:
            count(self.seen, "client crash before commit")
            raise Crashed
        if perils.full and rng.random() < perils.full:
            count(self.seen, "client disk full")
            raise StoreFull("simulated")
        for stream in transaction.purges:
            row = self.oracle.streams.get(stream)
            if row is not None:
                self.former[stream] = (row.grant, row.hi, row.head)
        self.oracle.committing(transaction, self.engine.state, self.tampered)
        self.store.commit(transaction)
        for kept in transaction.tray.values():
            if kept is not None:
                self.refused[kept.event_id] = kept.code
                if not self.tampered:
                    self.oracle.told(kept, transaction.purges)
        self.oracle.committed(self.engine.state)
        if perils.crash_after and rng.random() < perils.crash_after:
            count(self.seen, "client crash after commit")
            raise Crashed

    def _do(self, output: Output, now_ms: int) -> None:
        if isinstance(output, Send):
            if self.connection is not None:
                self.connection.send(output.frame)
        elif isinstance(output, Consumed):
            if self.connection is not None:
                self.connection.consumed(output.size_bytes)
        elif isinstance(output, Disconnect):
            count(self.seen, f"client disconnects: {output.reason}")
            self.wants_cut = True
        elif isinstance(output, Purged):
            self.purges.append(output.stream)
        elif isinstance(output, NotSent):
            count(self.seen, f"refused: {output.code}")
        elif isinstance(output, Healed):
            self.heals += 1
            count(self.seen, f"healed: {output.step}")
        elif isinstance(output, Alarm):
            self.alarms.append(output)
            count(self.seen, f"alarm: {output.reason}")

    def _flush(self) -> None:
        if self.connection is not None and self.link is not None:
            self.link.up.put(self.connection.to_send())
