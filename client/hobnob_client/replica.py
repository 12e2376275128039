"""The replica as one process uses it: the file, and the engine where this process owns the link.

Several processes share the file. Each step is one transaction under SQLite's one lock for writing:
what others have composed is taken in first, then the step reads, decides and commits; so no place
in the outbox is given twice, and what was decided is what still holds. A process without the link
composes the same way, with an engine made for that one step.

What a person said is committed with FULL synchronisation before it is shown, what the hub can send
again with NORMAL (sync.md §4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_client.index import TextIndex
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol import nouns
from hobnob_protocol.connection import JoinRequest
from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import OutboxFull, StoreBroken, UsageError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import PEOPLE, DeviceKey, ReplicaId
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.engine import ClientEngine, Decision
from hobnob_sync.client_engine.inputs import Compose, Discard, Input, Output, Retry
from hobnob_sync.client_engine.state import Identity
from hobnob_sync.ports import CellsKey, Loaded, RangeKey
from hobnob_sync.ports_sql import FULL, NORMAL

NEEDS_ROUNDS_MAX: Final = 4
"""A step asks the store at most so often: its cells, then what they point at."""
_SAID: Final = (Compose, Retry, Discard)
_REPLICA_ID: Final = "replica"
_NOTE: Final = "note:"


@dataclass(frozen=True, slots=True)
class Stepped:
    """What a durable step leads to; `deadline_ms` is when to tick at the latest."""

    outputs: tuple[Output, ...]
    deadline_ms: int | None


class Replica:
    """Every verb blocks, and may be called by one thread at a time."""

    def __init__(self, store: SqliteReplicaStore, identity: Identity) -> None:
        self._store = store
        self._database = store.sql
        self._identity = identity
        self._index = TextIndex(store, self._database, identity.registry)
        self._synchronous = ""
        self._version = -1
        self.engine: ClientEngine | None = None
        """Where this process owns the link."""

    @classmethod
    def open(cls, profile: Profile, device: DeviceFile, verifier: Verifier) -> "Replica":
        """The replica of a profile, made if it is not there."""
        store = SqliteReplicaStore.open(str(profile.replica))
        return cls(store, identity_of(device, verifier))

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def own(self) -> ClientEngine:
        """This process has the link now: an engine as of what the store holds."""
        # One state is enough, and needs no lock that a busy disk would make us wait for.
        with self._database.snapshot():
            self.engine = ClientEngine(self._store.boot(ClientEngine.NOUNS), self._identity)
            self._version = self._present_version()
        return self.engine

    def disown(self) -> None:
        """The link is another process's, or nobody's."""
        self.engine = None

    def replica_id(self, fresh: bytes) -> ReplicaId:
        """What this copy is called: `fresh`, 8 new bytes, the first time it is asked."""
        with self._database.transaction():
            found = self._store.meta().get(_REPLICA_ID)
            if found is None:
                self._store.put_meta({_REPLICA_ID: fresh})
            return ReplicaId(found or fresh)

    def notes(self) -> dict[str, bytes]:
        """What those who stand on the replica have noted, by name."""
        return {
            name.removeprefix(_NOTE): value
            for name, value in self._store.meta().items()
            if name.startswith(_NOTE)
        }

    def note(self, name: str, value: bytes) -> None:
        """Keep a small value beside the replica; no bytes forget it."""
        self._synchronise(NORMAL)
        with self._database.transaction():
            self._store.put_meta({_NOTE + name: value})

    def enrolment(self) -> JoinRequest | None:
        """What brings our account back to a hub that has lost it: the enrolment it signed."""
        account = self._identity.author.account
        links = CellsKey(PEOPLE, nouns.LINK, account)
        seqs = sorted(cell.seq for _, cell in self._store.load((links,)).get(links))
        for seq in seqs[:1]:
            key = RangeKey(PEOPLE, seq, 1, 1)
            for entry in self._store.load((key,)).get(key):
                event = decode_event(entry.event)
                body = STANDARD.decode(event.header.kind, event.body)
                if isinstance(body, Enrol):
                    said = (body.link, body.link_signature, body.handle)
                    return JoinRequest(entry.event, *said)
        return None

    def changed(self) -> bool:
        """Has another process committed since our last step? Asked without the link, also since
        this was asked last; with it, the next step takes in what was written."""
        present = self._present_version()
        differs = self._version not in (-1, present)
        if self.engine is None:
            self._version = present
        return differs

    def adopt(self, device: DeviceFile) -> None:
        """The hub has shown its key: judge by it from the next engine on."""
        self._identity = identity_of(device, self._identity.verifier)
        self.engine = None

    def step(self, incoming: Input, now_ms: int) -> Stepped:
        """Put one input through the engine, durably.

        OutboxFull and UsageError change nothing; after any other error the engine is made anew.
        """
        return self.steps((incoming,), now_ms)

    def steps(self, several: Sequence[Input], now_ms: int) -> Stepped:
        """Put inputs through the engine one after the other, all of them durable or none.

        What a person said comes alone: it is refused alone.
        """
        said = isinstance(several[0], _SAID)
        assert len(several) == 1 or not any(isinstance(each, _SAID) for each in several)
        self._synchronise(FULL if said else NORMAL)
        refused: OutboxFull | UsageError | None = None
        outputs: list[Output] = []
        decision: Decision | None = None
        try:
            with self._database.transaction():
                engine = self._present(outputs, now_ms)
                try:
                    for incoming in several:
                        decision = self._decide(engine, incoming, now_ms, outputs)
                except (OutboxFull, UsageError) as raised:
                    refused = raised
        except BaseException:
            if self.engine is not None:
                self.own()
            raise
        if refused is not None:
            raise refused
        return Stepped(tuple(outputs), decision.deadline_ms if decision else None)

    def index_some(self) -> bool:
        """Make a batch of texts searchable; False where nothing is left to do."""
        self._synchronise(NORMAL)
        if self.engine is not None:
            return self._index.advance(self.engine.state.streams)
        rows = self._store.boot(frozenset()).streams
        return self._index.advance({row.stream: row for row in rows})

    # Inside a transaction.

    def _present(self, outputs: list[Output], now_ms: int) -> ClientEngine:
        """The engine as of now: ours after a look at what others wrote, or one for this step."""
        version = self._present_version()
        if self.engine is None:
            self._version = version
            return ClientEngine(self._store.boot(frozenset()), self._identity)
        if version != self._version:
            self._version = version
            self._decide(self.engine, self._store.refreshed(), now_ms, outputs)
        return self.engine

    def _decide(
        self, engine: ClientEngine, incoming: Input, now_ms: int, outputs: list[Output]
    ) -> Decision:
        loaded = Loaded({})
        for _ in range(NEEDS_ROUNDS_MAX):
            keys = engine.needs(incoming, loaded)
            if not keys:
                break
            loaded = loaded.merged(self._store.load(keys))
        else:
            raise StoreBroken("the engine's questions have no end")
        decision = engine.decide(incoming, loaded, now_ms)
        if decision.transaction:
            # Before the log changes, while what is erased can still be told.
            self._index.follow(decision.transaction)
            self._store.write(decision.transaction)
        outputs.extend(engine.committed())
        return decision

    def _present_version(self) -> int:
        version: int = self._database.query("PRAGMA data_version")[0][0]
        return version

    def _synchronise(self, synchronous: str) -> None:
        if self._synchronous != synchronous:
            self._database.query(f"PRAGMA synchronous = {synchronous}")
            self._synchronous = synchronous


def identity_of(device: DeviceFile, verifier: Verifier) -> Identity:
    """Who the engine speaks for; before the hub's first answer its key is not known yet."""
    key = device.hub_key if device.hub_key is not None else DeviceKey(bytes(32))
    return Identity(device.hub, key, device.author, device.signer, verifier, STANDARD)
