"""Alice and Bob, who talk under seal, and the hub between them."""

from collections.abc import Iterator
from random import Random
from typing import Final

import pytest

from hobnob.testing.clock import VirtualLoop
from hobnob.testing.hub import MemoryHub
from hobnob.testing.people import User
from hobnob.testing.seat import Backup, Seat
from hobnob_client.news import News
from hobnob_client.sealing.tables import Tables
from hobnob_client.store.sqlite import SqliteReplicaStore, open_memory_sqlite
from hobnob_protocol.errors import Unopened
from hobnob_protocol.event import Event, decode_event
from hobnob_protocol.ids import StreamId
from hobnob_protocol.limits import EVENT_BYTES_MAX
from hobnob_protocol.sealing.keeping import Stored
from hobnob_server.store.database import SqliteDatabase
from hobnob_server.store.sqlite import SqliteEventStore
from hobnob_sync.hub_engine.inputs import HubSettings
from hobnob_sync.ports import EventStore, RangeKey, SealRecordsKey
from hobnob_sync.testing.memory import MemoryEventStore
from hobnob_sync.views.message import Message

CANARY: Final = "the canary sings at noon"
FAR: Final = 10_000


class Member(User):
    """A member whose device can be looked into."""

    def __init__(self, loop: VirtualLoop, hub: MemoryHub, handle: str, random: Random) -> None:
        self.store: SqliteReplicaStore = open_memory_sqlite()
        super().__init__(loop, Seat(hub, handle, random, self.store), handle)
        self.seat.connect()
        self._watch = self.seat.watch()

    @property
    def alarms(self) -> list[str]:
        """What they were warned of since this was asked last."""
        asked = self._watch.next()
        try:
            asked.send(None)
        except StopIteration as told:
            news: News = told.value
            return [alarm.reason for alarm in news.alarms]
        asked.close()
        return []

    def await_in_vain(self, stream: StreamId) -> None:
        """Something waits here to be opened by what will never come."""
        Tables(self.store.sql).await_(stream, FAR, Unopened.START, b"never")

    def await_chain(self, stream: StreamId, seq: int, account: bytes) -> None:
        """What stands in a place waits here for the chain of an account."""
        Tables(self.store.sql).await_(stream, seq, Unopened.CHAIN, account)

    def awaiting(self, stream: StreamId) -> list[int]:
        """Which places of a stream wait for a chain."""
        rows = self.store.sql.query(
            "SELECT seq FROM awaiting WHERE stream = ? AND code = ?", (stream, Unopened.CHAIN)
        )
        return [seq for (seq,) in rows]

    @property
    def seal_keys(self) -> int:
        """How many seal keys the device keeps."""
        keys = self.seat.back_up().keys
        return 0 if keys is None else len(keys.since_seconds)

    def lose_seal_keys(self) -> None:
        """The file of seal keys is gone; all else stays."""
        backup = self.seat.back_up()
        self.seat.put_back(Backup(backup.replica, Stored(bytes(32), (0,))))

    def dump(self) -> bytes:
        """All bytes of the replica's file."""
        return self.seat.back_up().replica


class Pair:
    """Both have joined, and are on line. The hub's log is on SQLite, unless a store is given."""

    def __init__(self, store: EventStore | None = None) -> None:
        random = Random(0)
        self._loop = VirtualLoop()
        self._database = SqliteDatabase(":memory:")
        self._store = SqliteEventStore(self._database) if store is None else store
        self._random = random
        self.hub = MemoryHub(self._loop, random, HubSettings(), self._store)
        self.members: list[Member] = []
        self.alice = self.join("alice")
        self.bob = self.join("bob")

    def join(self, handle: str) -> Member:
        """One more member."""
        member = Member(self._loop, self.hub, handle, self._random)
        self.members.append(member)
        self.wait()
        return member

    @property
    def stream(self) -> StreamId:
        """Their conversation."""
        return self.alice.seat.reader.between(self.bob.account).stream

    @staticmethod
    def other(who: Member) -> str:
        """How one of them calls the other."""
        return "@bob" if who.handle == "alice" else "@alice"

    def texts(self, who: Member) -> list[str]:
        """The conversation as one of them reads it."""
        return who.texts(self.other(who))

    def messages(self, who: Member) -> tuple[Message, ...]:
        """The same as messages."""
        return who.reads(self.other(who))

    @property
    def both(self) -> list[str]:
        """What both read, who read the same."""
        assert self.texts(self.alice) == self.texts(self.bob)
        return self.texts(self.alice)

    def found(self, who: Member, word: str) -> int:
        """How many messages one of them finds by a word."""
        while who.seat.index_some():
            pass
        hits = who.seat.reader.search(word, 10)
        assert all(hit.stream == self.stream for hit in hits)
        return len(hits)

    def at_the_hub(self) -> list[Event]:
        """Their conversation as the hub holds it."""
        key = RangeKey(self.stream, 1, FAR, FAR * EVENT_BYTES_MAX)
        return [decode_event(entry.event) for entry in self._store.load((key,)).get(key)]

    def records(self, who: Member) -> list[bytes]:
        """The seal records that the hub holds of somebody."""
        key = SealRecordsKey(who.account)
        return [row.record for row in self._store.load((key,)).get(key)]

    def dump(self) -> bytes:
        """All bytes of the hub's file."""
        return self._database.raw.serialize()

    def forget_records(self) -> None:
        """The hub loses all seal records."""
        self._database.run("DELETE FROM seal_record", [()])

    def restore(self, backup: object) -> None:
        """The hub is put back from a copy; both come back to it."""
        self.hub.restore(backup)
        for member in self.members:
            member.seat.cut()
            member.seat.connect()
        self.wait()

    def wait(self, seconds: float = 0) -> None:
        """Let time pass."""
        self._loop.run_for(seconds)

    def close(self) -> None:
        """Let go of everything."""
        for member in self.members:
            member.seat.close()
        self._loop.run_for(0)
        self._loop.close()


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Both on line, nothing said yet."""
    made = Pair()
    yield made
    made.close()


@pytest.fixture
def backed_up() -> Iterator[Pair]:
    """The same, at a hub that can be put back from a copy."""
    made = Pair(MemoryEventStore())
    yield made
    made.close()
