"""All that one process does under seal while it has the link: the whole of it, as the replica and
its engine use it.

`follow` and `settle` stand around each transaction; `attend` is asked after steps what to seal and
what to say to the hub; `heard` takes what the hub answers.
"""

from typing import Final

from hobnob_client.sealing.forging import public_of
from hobnob_client.sealing.keys import Entropy, KeyKeeper
from hobnob_client.sealing.laying import Laying, Refresh
from hobnob_client.sealing.opening import Opening
from hobnob_client.sealing.own_keys import OwnKeys
from hobnob_client.sealing.private_reading import PrivateReading
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.sealing.private_writing import PrivateWriting
from hobnob_client.sealing.records import RecordBook
from hobnob_client.sealing.sending import PASSING, Sending
from hobnob_client.sealing.tables import Tables
from hobnob_client.sealing.views import Chains, Views
from hobnob_protocol.errors import SealError
from hobnob_protocol.ids import PEOPLE, StreamId, user_stream
from hobnob_protocol.seal_record_frames import Record, Records, Want
from hobnob_protocol.sealing.doubts import Doubts
from hobnob_protocol.sealing.keeping import SealKeys, Stored
from hobnob_protocol.sealing.record import SealRecord, make_record
from hobnob_protocol.sealing.seal_key import SEED_BYTES
from hobnob_protocol.value import value
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.inputs import Alarm, Compose, Output, Seal, Send
from hobnob_sync.client_engine.link import Link
from hobnob_sync.opened import is_conversation
from hobnob_sync.ports import ReplicaTransaction
from hobnob_sync.ports_sql import Database
from hobnob_sync.shelf_sql import SqlShelf


@value
class Attended:
    """What to put through the engine, and what to do beside it."""

    seals: tuple[Seal | Compose, ...] = ()
    outputs: tuple[Output, ...] = ()


AWAITED_SECONDS: Final = 2_592_000
"""30 days: so long may what cannot be opened yet keep the keys it was sealed to. Whoever sends what
never opens keeps none of them longer."""
NONE: Final[tuple[tuple[Compose, ...], tuple[Want, ...]]] = ((), ())
PUBLISH_SECONDS: Final = 90
"""A record is told again so much later where the hub has not kept it: it keeps one a minute."""
NOTHING: Final = Attended()


class Seals:
    """One device's keys, what it has opened, and what it seals."""

    def __init__(
        self,
        keeper: KeyKeeper,
        shelf: SqlShelf,
        database: Database,
        engine: ClientEngine,
        entropy: Entropy,
        refresh: Refresh,
    ) -> None:
        identity = engine.state.identity
        self._keeper = keeper
        self._engine = engine
        self._keys = _keys(keeper, entropy)
        self._chains = Chains(engine.state.accounts)
        self._tables = Tables(database)
        doubts = Doubts()
        self._records = RecordBook(identity.hub, identity.verifier, self._tables, self._chains)
        views = Views(shelf)
        self._opening = Opening(
            shelf, views, self._tables, identity.author, self._keys, doubts, identity.verifier,
            identity.registry,
        )  # fmt: skip
        self._laying = Laying(shelf, views, self._tables, self._opening, identity.registry, refresh)
        self._sending = Sending(
            views, identity.author, doubts, self._opening, self._records, entropy
        )
        own_keys = OwnKeys(
            shelf, user_stream(identity.author.account), identity.author, identity.hub, keeper
        )
        table, state = PrivateTable(database), engine.state
        self._private_reading = PrivateReading(shelf, table, state, own_keys, self._keys, doubts)
        self._private_writing = PrivateWriting(
            table, state, own_keys, self._records, doubts, entropy
        )
        self._link: Link | None = None
        self._answered = self._published = self._confirmed = False
        self._publish_from = 0
        self._people = 0

    @property
    def held_back(self) -> dict[StreamId, str]:
        """Why what waits in a conversation cannot be sealed now."""
        return self._sending.held_back

    @property
    def is_known(self) -> bool:
        """Does the hub tell others, on this connection, which key to seal to?"""
        return self._confirmed and self._link is self._engine.link

    @property
    def is_due(self) -> bool:
        """Is something awaited of which no frame may ever tell: a key of others, or the answer of a
        hub that had no time?"""
        return bool(self.held_back) or not self._answered

    @property
    def stuck(self) -> tuple[StreamId, ...]:
        """Conversations in which nothing can be sealed, until somebody does something."""
        return tuple(stream for stream, why in self.held_back.items() if why not in PASSING)

    def hurry(self) -> None:
        """From now on what is private is sealed at once: one leaves."""
        self._private_writing.hurry()

    @property
    def is_asking(self) -> bool:
        """Is something private left to be sealed, once the hub has answered what it was asked?"""
        return self._private_writing.left and self._records.is_awaited

    def later_ms(self, now_ms: int) -> int | None:
        """When something private is to be sealed of which no frame tells."""
        link, seconds = self._link, self._private_writing.later_seconds
        if link is None or seconds is None:
            return None
        return now_ms + max(seconds * 1_000 - _hub_ms(link, now_ms), 1)

    def follow(self, transaction: ReplicaTransaction) -> None:
        """Inside a transaction, before it is written."""
        self._laying.follow(transaction)

    def settle(self) -> tuple[Output, ...]:
        """Inside a transaction, after it is written: lay out what has come."""
        return (*self._private_reading.settle(), *self._laying.settle(self._engine.state))

    def advance(self) -> tuple[Output, ...] | None:
        """Lay out a little of what was held before; None where nothing is left."""
        return self._laying.advance(self._engine.state)

    def attend(self, now_ms: int) -> Attended:
        """What is due on this connection now."""
        link = self._engine.link
        if link is None or not link.ready or link.offering:
            return NOTHING
        if link is not self._link:
            self._link = link
            self._answered = self._published = self._confirmed = False
            self._records.relinked(self._engine.state.account)
            self._sending.relinked()
        self._heed_people()
        state = self._engine.state
        now_seconds = _hub_seconds(link, now_ms)
        if not self._answered:
            want = self._records.wish((state.account,), now_seconds)
            return NOTHING if want is None else Attended(outputs=(Send(want),))
        if self._keys.is_due(now_seconds):
            self._step(now_seconds)
        published = self._publish(now_seconds)
        sealed, wants = self._sending.seal(state, now_seconds)
        private, more = (
            self._private_writing.attend(now_seconds) if self._private_reading.is_abreast else NONE
        )
        wanted = (*wants, *(() if wants else more))
        return Attended((*sealed, *private), (*published, *(Send(want) for want in wanted)))

    def heard(self, frame: Records, now_ms: int) -> tuple[Output, ...]:
        """Take the hub's answer, inside a transaction: what to say to it."""
        link = self._engine.link
        if link is None:
            return ()
        now_seconds = _hub_seconds(link, now_ms)
        found = self._records.take(frame, self._chains, now_seconds)
        author = self._engine.state.identity.author
        if author.account not in frame.accounts:
            return ()
        self._answered = True
        outputs: list[Output] = []
        for record in found:
            if record.device == author.device:
                outputs += self._catch_up(record)
                self._published = self._confirmed = record.kid == self._keys.kid
                outputs += self._private_reading.learn()
        return tuple(outputs)

    def _catch_up(self, record: SealRecord) -> list[Output]:
        """What this device, or a copy of it, has published comes before what it publishes next."""
        try:
            self._keys.catch_up(record.kid, record.not_before_seconds)
        except SealError as broken:
            # A key that is gone, or was never ours: ours takes its place.
            self._keys.step(record.not_before_seconds + 1)
            self._keeper.save(self._keys.stored)
            return [Alarm(broken.rule, PEOPLE)]
        self._keeper.save(self._keys.stored)
        return []

    def _step(self, now_seconds: int) -> None:
        """A day has gone: the next key; and none is kept that nothing can be sealed to any more,
        where all that came was opened. What waits in vain keeps none for ever."""
        self._keys.step(now_seconds)
        self._published = False
        rows = self._engine.state.streams.values()
        behind = any(is_conversation(row.stream) and row.hi < row.head_seq for row in rows)
        if not behind:
            waited_seconds = AWAITED_SECONDS if self._tables.any_awaiting else 0
            self._keys.forget(now_seconds - waited_seconds)

    def _publish(self, now_seconds: int) -> tuple[Output, ...]:
        """Tell which key to seal to, once the disk holds it and the chain has this device; what a
        hub does not take is not pressed upon it."""
        if self._published or now_seconds < self._publish_from:
            return ()
        identity = self._engine.state.identity
        chain = self._chains.get(identity.author.account)
        device = None if chain is None else chain.find(identity.author.device)
        if chain is None or device is None or not device.active:
            return ()
        self._keeper.save(self._keys.stored)
        self._published = True
        self._publish_from = now_seconds + PUBLISH_SECONDS
        self._records.expect()
        present = self._keys.public, self._keys.since_seconds
        return (Send(Record(*make_record(chain, identity.signer, *present))),)

    def _heed_people(self) -> None:
        row = self._engine.state.streams.get(PEOPLE)
        people = 0 if row is None else row.hi
        if people != self._people:
            self._people = people
            self._records.retry(self._chains)


def _keys(keeper: KeyKeeper, entropy: Entropy) -> SealKeys:
    """The keys of this device; a new one draws a seed, and takes up its first key when the hub has
    told the time."""
    stored = keeper.load()
    if stored is None:
        stored = Stored(entropy(SEED_BYTES), (0,))
        keeper.save(stored)
    return SealKeys(stored, public_of)


def _hub_seconds(link: Link, now_ms: int) -> int:
    """The hub's time: all members' times are compared at one clock."""
    return _hub_ms(link, now_ms) // 1_000


def _hub_ms(link: Link, now_ms: int) -> int:
    return link.welcome.time_ms + now_ms - link.begun_at
