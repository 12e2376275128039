"""The replica as one process uses it: the file, and the engine where this process owns the link.

Several processes share the file. Each step is one transaction under SQLite's one lock for writing:
what others have composed is taken in first, then the step reads, decides and commits; so no place
in the outbox is given twice, and what was decided is what still holds. A process without the link
composes the same way, with an engine made for that one step.

What a person said is committed with FULL synchronisation before it is shown, what the hub can send
again with NORMAL (sync.md §4).
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from secrets import token_bytes
from typing import TYPE_CHECKING, Final

from hobnob_client.durable import Durable
from hobnob_client.index import TextIndex
from hobnob_client.keyring import DeviceFile
from hobnob_client.known_links import KnownLinks
from hobnob_client.notes import Notes, Noting
from hobnob_client.paths import Profile
from hobnob_client.sealing.keys import Entropy, KeyFile, KeyKeeper, KeysInMemory
from hobnob_client.sealing.tables import Handed, Tables
from hobnob_client.sealing.withdrawing import as_the_hub_knows_it
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol import nouns
from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import OutboxFull, StoreBroken, UsageError, WorldError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import PEOPLE, DeviceKey, ReplicaId
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.value import value
from hobnob_sync.client_engine.inputs import Compose, Discard, Input, Output, Received, Retry, Seal
from hobnob_sync.client_engine.state import Identity
from hobnob_sync.opened import is_conversation, opened_row
from hobnob_sync.ports import CellsKey, Loaded, RangeKey
from hobnob_sync.ports_sql import FULL, NORMAL, cut_write_ahead_log

if TYPE_CHECKING:
    # Who only reads, as the first screen does, is spared them.
    from hobnob_client.sealing.seals import Seals
    from hobnob_protocol.connection import JoinRequest
    from hobnob_sync.client_engine.engine import ClientEngine, Decision

NEEDS_ROUNDS_MAX: Final = 4
"""A step asks the store at most so often: its cells, then what they point at."""
AGAIN_MS: Final = 2_000
"""What could not be sealed is looked at so often."""
BATCHES_MANY: Final = 4
"""Batches that are indexed in a row leave more in memory than what is looked at needs; it goes."""
_SAID: Final = (Compose, Retry, Discard, Seal)
_REPLICA_ID: Final = "replica"
_LINKS: Final = "known_links"
"""Where the replica keeps which links were verified."""


@value
class Stepped:
    """What a durable step leads to; `deadline_ms` is when to tick at the latest."""

    outputs: tuple[Output, ...]
    deadline_ms: int | None


class Replica:
    """Every verb blocks, and may be called by one thread at a time."""

    def __init__(
        self,
        store: SqliteReplicaStore,
        identity: Identity,
        keeper: KeyKeeper | None = None,
        entropy: Entropy = token_bytes,
    ) -> None:
        self._store = store
        self._database = store.sql
        self._links = KnownLinks(identity.verifier)
        self._identity = replace(identity, verifier=self._links)
        self._index = TextIndex(store, self._database)
        self._batches = 0
        """So many were indexed since all there was could be searched."""
        self._keeper = KeysInMemory() if keeper is None else keeper
        self._entropy = entropy
        self._durable = Durable(self._database)
        self.notes = Notes(store, self._durable)
        self._version = -1
        self._uncut = False
        self.engine: ClientEngine | None = None
        """Where this process owns the link."""
        self.seals: Seals | None = None
        """What it does under seal, there too."""

    @classmethod
    def open(cls, profile: Profile, device: DeviceFile, verifier: Verifier) -> "Replica":
        """The replica of a profile, made if it is not there."""
        # What was seen when the screen was left may be seen no more after what is done here.
        profile.forget_picture()
        store = SqliteReplicaStore.open(str(profile.replica))
        return cls(store, identity_of(device, verifier), KeyFile(profile, device.seed))

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def own(self, *, brief: bool = False) -> "ClientEngine":
        """This process has the link now: an engine as of what the store holds.

        One that has it but for a moment, `brief`, does nothing under seal where there is no
        conversation.
        """
        from hobnob_sync.client_engine.engine import ClientEngine

        # One state is enough, and needs no lock that a busy disk would make us wait for.
        with self._database.snapshot():
            self._links.learn(self._store.meta().get(_LINKS, b""))
            self.engine = ClientEngine(self._store.boot(ClientEngine.NOUNS), self._identity)
            self._version = self._present_version()
            if not brief or self._has_conversations(self.engine):
                # The libraries take their time: a verb that only posts is spared them.
                from hobnob_client.sealing.seals import Seals

                self.seals = Seals(
                    self._keeper, self._store, self._database, self.engine, self._entropy,
                    self._index.refresh,
                )  # fmt: skip
        self._note_links()
        return self.engine

    def _note_links(self) -> None:
        names = self._links.news()
        if names is not None:
            # Nothing is lost without it: a disk that is full or busy is left alone.
            with suppress(WorldError), self._durable.transaction(NORMAL):
                self._store.put_meta({_LINKS: names})

    @staticmethod
    def _has_conversations(engine: "ClientEngine") -> bool:
        waiting = (row.stream for row in engine.state.outbox.values())
        return any(is_conversation(stream) for stream in (*engine.state.streams, *waiting))

    def disown(self) -> None:
        """The link is another process's, or nobody's."""
        self.engine = self.seals = None

    def replica_id(self, fresh: bytes) -> ReplicaId:
        """What this copy is called: `fresh`, 8 new bytes, the first time it is asked."""
        with self._database.transaction():
            found = self._store.meta().get(_REPLICA_ID)
            if found is None:
                self._store.put_meta({_REPLICA_ID: fresh})
            return ReplicaId(found or fresh)

    def enrolment(self) -> "JoinRequest | None":
        """What brings our account back to a hub that has lost it: the enrolment it signed."""
        account = self._identity.author.account
        links = CellsKey(PEOPLE, nouns.LINK, account)
        from hobnob_protocol.connection import JoinRequest

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
        self.engine = self.seals = None

    def step(self, incoming: Input, now_ms: int) -> Stepped:
        """Put one input through the engine, durably.

        OutboxFull and UsageError change nothing; after any other error the engine is made anew.
        """
        return self.steps((incoming,), now_ms)

    def steps(self, several: Sequence[Input], now_ms: int, noting: Noting | None = None) -> Stepped:
        """Put inputs through the engine one after the other, all of them durable or none, and what
        is noted with them; of what is refused nothing is noted.

        What a person said comes alone: it is refused alone.
        """
        # Before others are kept from writing.
        import_module("hobnob_sync.client_engine.engine")
        said = isinstance(several[0], _SAID)
        assert len(several) == 1 or not any(isinstance(each, _SAID) for each in several)
        refused: OutboxFull | UsageError | None = None
        outputs: list[Output] = []
        decision: Decision | None = None
        try:
            with self._durable.transaction(FULL if said else NORMAL):
                engine = self._present(outputs, now_ms)
                try:
                    for incoming in self._meant(engine, several):
                        decision = self._decide(engine, incoming, now_ms, outputs)
                    if self.seals is not None:
                        outputs += self.seals.settle()
                    if noting is not None:
                        self.notes.make(noting)
                except (OutboxFull, UsageError) as raised:
                    refused = raised
        except BaseException:
            if self.engine is not None:
                self.own()
            raise
        if self._uncut:
            self._uncut = not cut_write_ahead_log(self._database)
        if refused is not None:
            raise refused
        return Stepped(tuple(outputs), decision.deadline_ms if decision else None)

    def attend(self, now_ms: int) -> Stepped | None:
        """Do what is due under seal on this connection; None for nothing.

        What is sealed is as durable as what was said: it says so once more.
        """
        if self.seals is None or self.engine is None:
            return None
        attended = self.seals.attend(now_ms)
        outputs = [*attended.outputs]
        for seal in attended.seals:
            outputs += self.steps((seal,), now_ms).outputs
        later = [self.seals.later_ms(now_ms)]
        if self.seals.is_due:
            # Nobody tells us when a key is there that something waits for.
            later.append(now_ms + AGAIN_MS)
        dues = [due_ms for due_ms in later if due_ms is not None and self.engine.link is not None]
        if not outputs and not attended.seals and not dues:
            return None
        deadline_ms = self.engine.deadline_ms(now_ms)
        dues += [] if deadline_ms is None else [deadline_ms]
        return Stepped(tuple(outputs), min(dues, default=None))

    def lay_some(self) -> tuple[Output, ...] | None:
        """Open a few conversations' events that came before; None where none is left."""
        if self.seals is None:
            return None
        with self._durable.transaction(NORMAL):
            return self.seals.advance()

    def hand(self, texts: Iterable[Handed]) -> None:
        """Keep what another device of the account hands over: `lay_some` of the next `own` shows
        what is believed of it."""
        with self._durable.transaction(NORMAL):
            Tables(self._database).put_handed(texts)

    def keep_private(
        self, name: bytes, value: bytes, at_ms: int, known: bytes | None = None
    ) -> bool:
        """Keep what is private to the account under a name, or with no bytes nothing; durable when
        it returns. False where nothing changes. It is sealed for the account's other devices when
        it has rested and there is a link; `at_ms` is the time of day, `known` what the person had
        before them."""
        from hobnob_client.sealing.private_table import PrivateTable

        with self._durable.transaction(FULL):
            return PrivateTable(self._database).edit(name, value, at_ms, known)

    def index_some(self) -> bool:
        """Make a batch of texts searchable; False where nothing is left to do."""
        self._durable.synchronise(NORMAL)
        if self.engine is not None:
            held = self.engine.state.streams
        else:
            held = {row.stream: row for row in self._store.boot(frozenset()).streams}
        laid = Tables(self._database).laid().items()
        opened = [opened_row(held[stream], *at) for stream, at in laid if stream in held]
        left = self._index.advance({**held, **{row.stream: row for row in opened}})
        self._batches += left
        if not left:
            if self._batches >= BATCHES_MANY:
                self.rest()
            self._batches = 0
        return left

    def rest(self) -> None:
        """Nobody waits: what is kept in memory of the file, up to 2 MiB, is let go. What is asked
        next comes from the system's own cache, in 0.1 ms more."""
        from hobnob_client.heap import give_back

        self._database.query("PRAGMA shrink_memory")
        give_back()

    # Inside a transaction.

    def _present(self, outputs: list[Output], now_ms: int) -> "ClientEngine":
        """The engine as of now: ours after a look at what others wrote, or one for this step."""
        from hobnob_sync.client_engine.engine import ClientEngine

        version = self._present_version()
        if self.engine is None:
            self._version = version
            return ClientEngine(self._store.boot(frozenset()), self._identity)
        if version != self._version:
            self._version = version
            self._decide(self.engine, self._store.refreshed(), now_ms, outputs)
        return self.engine

    def _meant(self, engine: "ClientEngine", several: Sequence[Input]) -> Iterable[Input]:
        """What is put through the engine for what was said; what was said itself comes last."""
        me = self._identity.author.account
        for incoming in several:
            if isinstance(incoming, Compose):
                if is_conversation(incoming.stream):
                    # The libraries take their time: what is said in channels is spared them.
                    from hobnob_client.sealing.accepting import acceptance

                    also = acceptance(self._store, engine.state, incoming, self._entropy)
                    if also is not None:
                        yield also
                yield from as_the_hub_knows_it(self._store, me, incoming, self._entropy)
            else:
                yield incoming

    def _decide(
        self, engine: "ClientEngine", incoming: Input, now_ms: int, outputs: list[Output]
    ) -> "Decision":
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
            if self.seals is not None:
                self.seals.follow(decision.transaction)
            self._store.write(decision.transaction)
            erased = decision.transaction.strips or decision.transaction.purges
            self._uncut = self._uncut or bool(erased)
        frame = incoming.frame if isinstance(incoming, Received) else None
        if self.seals is not None and frame is not None:
            from hobnob_protocol.seal_record_frames import Records

            if isinstance(frame, Records):
                outputs.extend(self.seals.heard(frame, now_ms))
        outputs.extend(engine.committed())
        return decision

    def _present_version(self) -> int:
        version: int = self._database.query("PRAGMA data_version")[0][0]
        return version


def identity_of(device: DeviceFile, verifier: Verifier) -> Identity:
    """Who the engine speaks for; before the hub's first answer its key is not known yet."""
    key = device.hub_key if device.hub_key is not None else DeviceKey(bytes(32))
    return Identity(device.hub, key, device.author, device.signer, verifier, STANDARD)
