"""One device in memory: a real replica, as the headless engine keeps it, and a line to the hub."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from random import Random
from typing import Final, NamedTuple, TypeVar

from hobnob.testing.hub import VERIFIER, Line, MemoryHub
from hobnob_client import progress as progress_of
from hobnob_client.news import Watch
from hobnob_client.progress import LinkState, Progress
from hobnob_client.reading import Reader
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_client.replica import Replica, Stepped
from hobnob_client.sealing.keys import KeysInMemory
from hobnob_client.store.database import SqliteDatabase
from hobnob_client.store.sqlite import SqliteReplicaStore, open_memory_sqlite
from hobnob_protocol import chain
from hobnob_protocol.account import Chain
from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    ConnectionEvent,
    FrameReceived,
    JoinRequest,
    State,
    Welcomed,
)
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.event import SALT_BYTES, Author
from hobnob_protocol.frames import Ack
from hobnob_protocol.ids import (
    PEOPLE,
    AccountId,
    ReplicaId,
    StreamId,
    TargetId,
    account_id,
    device_id,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.draft import Draft, encode_draft
from hobnob_protocol.sealing.keeping import Stored
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync.client_engine import inputs
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.reading import Read
from hobnob_sync.client_engine.state import Identity, ReplicaState
from hobnob_sync.views import overlay

T = TypeVar("T")

_PAUSE: Final = 3
FINAL: Final = frozenset({ByeCode.AUTH, ByeCode.REVOKED})
"""Ends after which only a person can change anything."""


class _MemoryDesk(Desk):
    """A desk on the very connection the engine writes to."""

    def __init__(self, store: SqliteReplicaStore, engine: ClientEngine) -> None:
        self.store = store
        self.engine = engine

    def moment(self) -> AbstractContextManager[None]:
        """Nobody else writes there."""
        return nullcontext()

    @property
    def me(self) -> AccountId:
        return self.engine.state.account

    @property
    def state(self) -> ReplicaState:
        return self.engine.state

    def remembered(self, question: tuple[object, ...], ask: Callable[[], T]) -> T:
        """It has no version that would tell when somebody writes."""
        return ask()

    def waiting(self, stream: StreamId) -> tuple[Read, ...]:
        """The engine's state moves on under it: nothing of it is kept."""
        return overlay.waiting(self.state, stream)


class _MemoryReader(Reader):
    def __init__(self, desk: _MemoryDesk) -> None:
        self._desk = desk
        self._people = People(desk)


class Backup(NamedTuple):
    """What a device keeps: its replica as a file holds it, and its seal keys."""

    replica: bytes
    keys: Stored | None


class Seat:
    """A member's device; what a bot stands on (`hobnob.bot.ground`).

    `on_crash` is called when it dies; until `restart` nothing can be said then. The replica is in
    an empty `store`, in memory where none is given. With a `first` one, on line, it is a device
    more of that account.
    """

    def __init__(
        self,
        hub: MemoryHub,
        handle: str,
        random: Random,
        store: SqliteReplicaStore | None = None,
        first: "Seat | None" = None,
    ) -> None:
        self.account: AccountId
        self._hub = hub
        self._random = random
        self._signer = KeyedSigner(random.randbytes(32))
        genesis = chain.genesis(self._signer, hub.hub, 0)
        key = self._signer.public_key
        self.account = account_id(genesis[0]) if first is None else first.account
        author = Author(self.account, device_id(key), key)
        self.identity = Identity(hub.hub, hub.key, author, self._signer, VERIFIER, STANDARD)
        store = open_memory_sqlite() if store is None else store
        self._store = store
        self._keys = KeysInMemory()
        self._replica = Replica(store, self.identity, self._keys, random.randbytes)
        self._engine = self._replica.own()
        self._desk = _MemoryDesk(store, self._engine)
        self.reader: Reader = _MemoryReader(self._desk)
        self._join: JoinRequest | None = None
        if first is None:
            self._join = JoinRequest(hub.invite(), *genesis, handle)
        else:
            link = chain.add(first.chain, first._signer, self._signer, hub.wall_ms() // 1_000)
            first.say(PEOPLE, DeviceLink(*link))
        self._replica_id = ReplicaId(random.randbytes(8))
        self._line: Line | None = None
        self._watches: list[Watch] = []
        self._link = LinkState.OFFLINE
        self._deadline_ms: int | None = None
        self._lost = False
        self.delay_seconds = 0.0
        self.on_crash: Callable[[], object] = lambda: None
        self.dead = False
        self.commits_left: int | None = None
        """It dies when it has committed so often, and has not died yet."""
        self.pauses = 0
        """How often the hub has asked for patience."""

    # The line.

    @property
    def connected(self) -> bool:
        """Is there a line?"""
        return self._line is not None

    def connect(self) -> None:
        """Open a line and log in, unless there is one."""
        if self._line is not None:
            return
        engine = self._engine
        client = ClientConnection(
            hub_expected=self._hub.hub,
            signer=self._signer,
            account=self.account if self._join is None else None,
            join=self._join,
            replica=self._replica_id,
            epoch=engine.state.epoch,
            digest=engine.digest(),
            nonce=self._random.randbytes(32),
            client_name="hobnob.testing",
            certificate=None,
            loopback=True,
            verifier=VERIFIER,
            now_ms=self._hub.now_ms(),
        )
        self._line = self._hub.connect(client, self, self.delay_seconds)
        self._hub.pump()

    def delay(self, seconds: float) -> None:
        """From now on a frame is so long on its way."""
        self.delay_seconds = seconds
        if self._line is not None:
            self._line.delay_seconds = seconds

    def cut(self) -> None:
        """The line breaks; nobody is told."""
        line, self._line = self._line, None
        if line is not None:
            self._hub.drop(line)
            self._step(inputs.Unlinked())
            self._say_link(LinkState.WAITING, "")
            self._hub.pump()

    def crash(self) -> None:
        """Memory is gone; what was committed stays."""
        self.dead = True
        self.commits_left = None
        self.on_crash()
        self.cut()
        self._watches.clear()

    def restart(self) -> None:
        """Start again from what was committed."""
        self.dead = False
        self._engine = self._desk.engine = self._replica.own()
        self.connect()

    def back_up(self) -> Backup:
        """A copy of all that this device keeps."""
        return Backup(_raw(self._store).serialize(), self._keys.load())

    def put_back(self, backup: Backup) -> None:
        """It starts again from an old copy of all that it keeps; those who watched watch on."""
        watches = tuple(self._watches)
        self.crash()
        self._watches += watches
        copy = sqlite3.connect(":memory:")
        copy.deserialize(backup.replica)
        copy.backup(_raw(self._store))
        copy.close()
        if backup.keys is not None:
            self._keys.save(backup.keys)
        self.restart()

    def close(self) -> None:
        """Let go of everything."""
        self.cut()
        self._store.close()

    def on_event(self, event: ConnectionEvent) -> None:
        """For the hub: something came down the line."""
        if isinstance(event, Welcomed):
            self._join = None
            self._take(inputs.Linked(event.welcome))
            self._say_link(LinkState.ONLINE, "")
        elif isinstance(event, FrameReceived):
            if isinstance(event.frame, Ack):
                self.pauses += sum(answer.status == _PAUSE for answer in event.frame.answers)
            self._take(inputs.Received(event.frame, event.size_bytes))
        elif isinstance(event, Closed):
            self.cut()
            if event.code in FINAL:
                self._say_link(LinkState.REFUSED, event.code)
        if self._lost:
            self._lost = False
            self.cut()
            self.connect()

    def deadline_ms(self) -> int | None:
        """For the hub: when `tick` is due."""
        return self._deadline_ms

    def tick(self) -> None:
        """For the hub: time has passed."""
        if self._deadline_ms is not None and self._hub.now_ms() >= self._deadline_ms:
            self._take(inputs.Tick())

    @property
    def chain(self) -> Chain:
        """The account's devices, as this one knows them."""
        found = self._engine.state.accounts.chain(self.account)
        assert found is not None, "it was on line once"
        return found

    def revoke(self, other: "Seat") -> None:
        """End another device of the account."""
        device = other.identity.author.device
        link = chain.revoke(self.chain, self._signer, device, self._hub.wall_ms() // 1_000)
        self.say(PEOPLE, DeviceLink(*link))

    # What a bot stands on.

    def watch(self) -> Watch:
        """Be told from here on."""
        watch = Watch(self._link)
        self._watches.append(watch)
        return watch

    def progress(self) -> Progress | None:
        """How far the replica is."""
        return progress_of.of(self._engine)

    async def compose(self, stream: StreamId, body: Body) -> inputs.Composed:
        """Say something."""
        self._may_die()
        composed = self.say(stream, body)
        self._may_die()
        return composed

    async def notes(self) -> dict[str, bytes]:
        """What was noted on this profile."""
        return self._replica.notes.all()

    async def note(self, name: str, value: bytes) -> None:
        """Keep a small value beside the replica."""
        self._may_die()
        self._replica.notes.put(name, value)
        self._count()
        self._may_die()

    def say(self, stream: StreamId, body: Body) -> inputs.Composed:
        """Say something; it is sent at once where there is a line."""
        kind, data = STANDARD.encode(body)
        seconds = self._hub.wall_ms() // 1_000
        salt = self._random.randbytes(SALT_BYTES)
        outputs = self._step(inputs.Compose(stream, kind, data, salt, seconds)).outputs
        self._count()
        self._hub.pump()
        return next(each for each in reversed(outputs) if isinstance(each, inputs.Composed))

    def draft(self, stream: StreamId, text: str, thread: TargetId | None = None) -> None:
        """Begin something in a place, or with no text give it up."""
        self._keep(encode_draft(Draft(stream, thread)), text.encode())

    def set_up(self, body: Body) -> None:
        """Set what one's own devices alone need to know."""
        self._keep(*self.reader.setting(body))

    def _keep(self, name: bytes, value: bytes) -> None:
        if self._replica.keep_private(name, value, self._hub.wall_ms()):
            self._take(inputs.Tick())
            self._hub.pump()

    def index_some(self) -> bool:
        """Make a batch of texts searchable; False where nothing is left to do."""
        return self._replica.lay_some() is not None or self._replica.index_some()

    def _count(self) -> None:
        if self.commits_left:
            self.commits_left -= 1

    def _may_die(self) -> None:
        if self.commits_left == 0:
            self.crash()
        if self.dead:
            raise asyncio.CancelledError("the device has died")

    # Steps.

    def _take(self, incoming: inputs.Input) -> None:
        self._step(incoming)
        self._step(inputs.FetchHistory())

    def _step(self, incoming: inputs.Input) -> Stepped:
        stepped = self._replica.step(incoming, self._hub.now_ms())
        self._act(stepped)
        attended = self._replica.attend(self._hub.now_ms())
        if attended is not None:
            self._act(attended)
        return stepped

    def _act(self, stepped: Stepped) -> None:
        self._deadline_ms = stepped.deadline_ms
        for output in stepped.outputs:
            self._do(output)

    def _do(self, output: inputs.Output) -> None:
        client = self._line.wire.client if self._line is not None else None
        if isinstance(output, inputs.Send):
            if client is not None and client.state is State.OPEN:
                client.send(output.frame)
        elif isinstance(output, inputs.Consumed):
            if client is not None:
                client.consumed(output.size_bytes)
        elif isinstance(output, inputs.Disconnect):
            self._lost = True
        else:
            for watch in self._watches:
                watch.heed(output)

    def _say_link(self, link: LinkState, detail: str) -> None:
        self._link = link
        for watch in self._watches:
            watch.linked(link, detail)


def _raw(store: SqliteReplicaStore) -> sqlite3.Connection:
    database = store.sql
    assert isinstance(database, SqliteDatabase), "a seat's replica is on Python's own SQLite"
    return database.raw
