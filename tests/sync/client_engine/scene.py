"""A replica of Alice's on a store in memory, beside a scripted hub: one input, one committed step.

After every step the engine's memory is compared with what a reboot would read.
"""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Final, TypeVar, cast

from hobnob_protocol import frames
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.event import Author
from hobnob_protocol.ids import EventId, Head8, StreamId, target_of
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD, Registry
from hobnob_protocol.testing.keyed import KeyedVerifier
from hobnob_sync import fold
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.inputs import (
    Alarm,
    Compose,
    Disconnect,
    Input,
    Linked,
    Output,
    Received,
    Send,
    Tick,
)
from hobnob_sync.client_engine.link import Link
from hobnob_sync.client_engine.reading import reread
from hobnob_sync.client_engine.state import Identity, ReplicaState
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import (
    Cell,
    Entry,
    Loaded,
    OutboxRow,
    RangeKey,
    ReplicaStream,
    ReplicaTransaction,
)
from hobnob_sync.testing.memory import MemoryReplicaStore
from tests.sync.client_engine.scripted_hub import (
    GARDEN,
    HUB,
    HUB_SIGNER,
    SALT,
    TS_SECONDS,
    Hub,
    Log,
    Member,
    Voice,
)

F = TypeVar("F", bound=frames.Frame)
P = TypeVar("P", bound=Output)
Outputs = tuple[Output, ...]

ROUNDS_MAX: Final = 3
"""A step asks for cells, then for what they point at, then for nothing."""
_REMEMBERED: Final = (
    "streams", "outbox", "outbox_ids", "outbox_bytes", "tray", "orphans", "epoch", "ancestry",
    "author_seq", "next_n", "kinds", "checkpoints", "verified", "witnesses", "forks", "offer_due",
    "forked", "mistimed", "heard",
)  # fmt: skip


def said(outputs: Outputs, kind: type[P]) -> list[P]:
    """Those outputs of one type, in order."""
    return [output for output in outputs if isinstance(output, kind)]


def sent(outputs: Outputs, kind: type[F]) -> list[F]:
    """Those frames of one type that go out, in order."""
    return [send.frame for send in said(outputs, Send) if isinstance(send.frame, kind)]


def pushed(outputs: Outputs) -> tuple[frames.Pushed, ...]:
    """The events of the one PUSH that goes out, none where none does."""
    found = sent(outputs, frames.Push)
    assert len(found) <= 1
    return found[0].events if found else ()


def asked(outputs: Outputs) -> list[frames.OpenStream]:
    """Every stream that is asked for, in order."""
    return [stream for frame in sent(outputs, frames.Open) for stream in frame.streams]


def alarms(outputs: Outputs) -> list[Alarm]:
    """What is held against the hub."""
    return said(outputs, Alarm)


def refused_for(outputs: Outputs, reason: str) -> bool:
    """Was a page refused, aloud, and the connection ended?"""
    return [alarm.reason for alarm in alarms(outputs)] == [reason] and said(
        outputs, Disconnect
    ) == [Disconnect(reason)]


def unsigned(event: bytes) -> bytes:
    """The same event under a signature that does not hold."""
    header, body, salt, _ = cast("tuple[bytes, ...]", decode(event))
    return encode((header, body, salt, bytes(64)))


def with_event(page: frames.Page, index: int, event: bytes) -> frames.Page:
    """The page with other bytes in one place."""
    events = list(page.events)
    events[index] = frames.Stamped(events[index].at_ms, event)
    return replace(page, events=tuple(events))


def kinds_of(registry: Registry) -> bytes:
    """The kinds that a replica has folded, as it notes them."""
    return encode(tuple(kind.number for kind in registry))


class Scene:
    """Alice's replica and her hub; Bob and Carol are members too. All kinds there are have been
    folded already."""

    def __init__(self, tail_events: int = 50, registry: Registry = STANDARD) -> None:
        self.alice, self.bob, self.carol = Member("alice"), Member("bob"), Member("carol")
        self.hub = Hub(self.alice, self.bob, self.carol)
        self.store = MemoryReplicaStore()
        self.tail_events = tail_events
        self.registry = registry
        self.now_ms = 1_000_000
        self.deadline_ms: int | None = None
        self.transaction = ReplicaTransaction()
        self.store.commit(ReplicaTransaction(meta={"kinds": kinds_of(registry)}))
        self.engine = self._boot()

    @property
    def identity(self) -> Identity:
        """Who the replica is."""
        alice = self.alice
        return Identity(
            HUB,
            HUB_SIGNER.public_key,
            alice.author,
            alice.signer,
            KeyedVerifier(),
            self.registry,
            self.tail_events,
        )

    def _boot(self) -> ClientEngine:
        return ClientEngine(self.store.boot(ClientEngine.NOUNS), self.identity)

    def reboot(self) -> None:
        """Start again from the store."""
        self.engine = self._boot()

    def put(self, transaction: ReplicaTransaction) -> None:
        """Write something straight into the store and start again from it."""
        self.store.commit(transaction)
        self.reboot()

    @property
    def state(self) -> ReplicaState:
        """What the engine remembers."""
        return self.engine.state

    @property
    def link(self) -> Link:
        """What it knows of the connection, which is there."""
        assert self.engine.link is not None
        return self.engine.link

    @property
    def garden(self) -> Log:
        """The hub's log of the garden."""
        return self.hub.logs[GARDEN]

    def row(self, stream: StreamId = GARDEN) -> ReplicaStream:
        """The replica's record of a stream."""
        return self.state.streams[stream]

    def step(self, incoming: Input, now_ms: int | None = None) -> Outputs:
        """One input: asked for, decided, committed; what is said then."""
        if now_ms is not None:
            self.now_ms = now_ms
        loaded = Loaded({})
        for _ in range(ROUNDS_MAX):
            keys = self.engine.needs(incoming, loaded)
            if not keys:
                break
            loaded = loaded.merged(self.store.load(keys))
        assert self.engine.needs(incoming, loaded) == ()
        decision = self.engine.decide(incoming, loaded, self.now_ms)
        self.store.commit(decision.transaction)
        self.transaction = decision.transaction
        self.deadline_ms = decision.deadline_ms
        outputs = self.engine.committed()
        assert self.engine.committed() == ()
        self._remembers()
        return outputs

    def _remembers(self) -> None:
        fresh = ReplicaState(self.store.boot(ClientEngine.NOUNS), self.identity)
        if self.state.spilled:
            # Some of the store's orphans; which ones depends on what was offered.
            assert self.state.orphans.items() <= self.store.orphans.items()
            fresh.orphans = self.state.orphans
        for name in _REMEMBERED:
            assert getattr(self.state, name) == getattr(fresh, name), name

    def receive(self, *received: frames.Frame) -> Outputs:
        """Frames come, one after the other."""
        return tuple(output for frame in received for output in self.step(Received(frame, 100)))

    def tick(self, after_ms: int = 0) -> Outputs:
        """So much later the shell looks in."""
        return self.step(Tick(), self.now_ms + after_ms)

    def announce(self, last_push_no: int = 0) -> Outputs:
        """Log in and hear the announcement; no OPEN is answered yet."""
        self.step(Linked(self.hub.welcome(last_push_no)))
        return self.receive(self.hub.grants())

    def connect(self, last_push_no: int = 0) -> Outputs:
        """Log in, and hear all that the hub has to say: all that was said in turn."""
        return self.serve(self.announce(last_push_no))

    def serve(self, outputs: Outputs) -> Outputs:
        """Answer every OPEN among `outputs`, and those that follow: all outputs."""
        heard = outputs
        while wishes := asked(outputs):
            outputs = self.receive(*(frame for wish in wishes for frame in self.hub.answers(wish)))
            heard += outputs
        return heard

    def posts(self, count: int, stream: StreamId = GARDEN) -> list[Entry]:
        """Bob posts so often; the replica has not heard it yet."""
        return [self.hub.say(stream, self.bob, Post(f"post {nth + 1}")) for nth in range(count)]

    def hears(self, body: Body, voice: Voice | None = None, stream: StreamId = GARDEN) -> Outputs:
        """Somebody (Bob) says something and the page comes at once."""
        entry = self.hub.say(stream, voice or self.bob, body)
        return self.receive(self.hub.logs[stream].page(entry.seq))

    def compose(self, body: Body, stream: StreamId = GARDEN) -> Outputs:
        """Alice says something here."""
        kind, data = STANDARD.encode(body)
        return self.step(Compose(stream, kind, data, SALT, TS_SECONDS))

    def write(self, *texts: str) -> list[OutboxRow]:
        """Alice posts these, one after the other: what waits in the outbox after that."""
        for text in texts:
            self.compose(Post(text))
        return self.outbox

    def linked(self, last_push_no: int = 0) -> Linked:
        """The input that opens the connection; an announcement follows."""
        return Linked(self.hub.welcome(last_push_no))

    def accept_at(self, row: OutboxRow, seq: int) -> None:
        """The hub has taken an event there; its page has not come."""
        self.receive(ack(accepted(row, seq)))

    def offer_taken(self) -> Outputs:
        """The hub takes all that it was offered; no page has come."""
        answers = (frames.OfferAnswer(target_of(name), 0) for name in self.link.offer_sent)
        return self.receive(frames.OfferAck(tuple(answers)))

    def rot(self, seq: int, event: bytes, stream: StreamId = GARDEN) -> None:
        """An entry goes bad on the disk."""
        log = self.store.logs[stream]
        log.entries[seq - log.first] = replace(log.entries[seq - log.first], event=event)

    def compose_in(self, stream: StreamId) -> list[OutboxRow]:
        """Alice says something there: what waits after that."""
        self.compose(Post("hello"), stream)
        return self.outbox

    def put_row(self, **fields: int) -> None:
        """The record of the garden says something else, in memory and in the store."""
        row = replace(self.row(), **fields)  # type: ignore[arg-type]  # only integers are named
        self.store.commit(ReplicaTransaction(streams={GARDEN: row}))
        self.state.streams[GARDEN] = row

    @property
    def outbox(self) -> list[OutboxRow]:
        """What waits."""
        return list(self.state.outbox.values())

    @property
    def author(self) -> Author:
        """Who Alice is."""
        return self.alice.author

    def held(self, stream: StreamId = GARDEN) -> tuple[Entry, ...]:
        """The log as the store has it."""
        key = RangeKey(stream, 1, 10_000, 1 << 30)
        return self.store.load((key,)).get(key)

    def cells(self, stream: StreamId = GARDEN) -> dict[tuple[str, bytes], Cell]:
        """The cells as the store has them."""
        return {
            (noun, key): cell
            for (place, noun), shelf in self.store.cells.items()
            if place == stream
            for key, cell in shelf.cells.items()
        }

    def folded(self, entries: Iterable[Entry], stream: StreamId = GARDEN) -> dict[object, Cell]:
        """The cells that these events make, taken in this order."""
        cells = Overlay.fresh(stream)
        for entry in entries:
            read = reread(self.state, stream, entry)
            if read is not None and read.kind is not None:
                fold.apply(cells, read.kind, read.fact)
        return {place: cell for place, cell in cells.changes().items() if cell is not None}


def ack(*answers: frames.Acked) -> frames.Ack:
    """The hub's answers to a PUSH."""
    return frames.Ack(answers, 40)


def accepted(row: OutboxRow, seq: int) -> frames.Acked:
    """The event is in the log at `seq`."""
    return frames.Acked(row.push_no, 0, Head8(row.event_id[:8]), seq, Head8(bytes(8)))


def refused(row: OutboxRow, code: str) -> frames.Acked:
    """The event will never be taken."""
    return frames.Acked(row.push_no, 1, Head8(row.event_id[:8]), 0, Head8(b""), code)


def gap(expected: int) -> frames.Acked:
    """The hub expects another number."""
    return frames.Acked(expected, 2, Head8(bytes(8)))


def pause(row: OutboxRow, wait_ms: int) -> frames.Acked:
    """Try again later."""
    return frames.Acked(row.push_no, 3, Head8(row.event_id[:8]), wait_ms)


def waiting(n: int, push_no: int = 0, size_bytes: int = 200, state: str = "queued") -> OutboxRow:
    """A row of the outbox, of so many bytes that nobody reads."""
    name = EventId(sha256(b"row %d" % n).digest())
    return OutboxRow(n, push_no, GARDEN, name, bytes(size_bytes), state)


def queue(scene: Scene, *rows: OutboxRow) -> None:
    """These wait in the outbox since before the engine started."""
    scene.put(
        ReplicaTransaction(
            outbox={row.n: row for row in rows}, meta={"next_n": encode(len(rows) + 1)}
        )
    )
