"""One member with several devices, and the hub between them."""

from collections.abc import Iterator
from random import Random
from typing import Final

import pytest

from hobnob.testing.clock import VirtualLoop
from hobnob.testing.hub import MemoryHub
from hobnob.testing.seat import Backup, Seat
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.sealing.tables import Tables
from hobnob_client.store.sqlite import SqliteReplicaStore, open_memory_sqlite
from hobnob_protocol.bodies import decode_body
from hobnob_protocol.event import Author, Event, decode_event, event_id
from hobnob_protocol.ids import StreamId, TargetId, user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.private import OwnKey, OwnKeyId, Private
from hobnob_protocol.limits import EVENT_BYTES_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.keeping import Stored
from hobnob_protocol.sealing.record import SealRecord, decode_record
from hobnob_server.store.database import SqliteDatabase
from hobnob_server.store.sqlite import SqliteEventStore
from hobnob_sync.client_engine.inputs import Alarm, Output
from hobnob_sync.hub_engine.inputs import HubSettings
from hobnob_sync.log import next_head
from hobnob_sync.ports import Entry, RangeKey

GARDEN: Final = StreamId(b"c:" + b"g" * 16)
SHED: Final = StreamId(b"c:" + b"s" * 16)
SOON: Final = 40
"""So many seconds on, what was begun is on every device that is on line."""


class Device(Seat):
    """A device whose replica can be looked into."""

    def __init__(
        self, hub: MemoryHub, random: Random, first: Seat | None = None, handle: str = "ada"
    ) -> None:
        self.store: SqliteReplicaStore = open_memory_sqlite()
        self._alarms: list[str] = []
        super().__init__(hub, handle, random, self.store, first)
        self.connect()

    def begun(self, stream: StreamId = GARDEN, thread: TargetId | None = None) -> str:
        """What was begun in a place."""
        return self.reader.draft(stream, thread)

    @property
    def beside(self) -> list[str]:
        """What lost against another draft, and is kept beside it."""
        return sorted(line.text for line in self.reader.drafts() if line.beside)

    @property
    def kept(self) -> list[bytes]:
        """The names of all that holds among what is private."""
        return [held.name for held in PrivateTable(self.store.sql).all()]

    @property
    def own_keys(self) -> dict[OwnKeyId, bytes]:
        """The own keys it holds."""
        return self._keys.load_own()

    @property
    def records(self) -> list[SealRecord]:
        """The seal records it knows of the account's active devices."""
        told = (decode_record(record) for record, _ in Tables(self.store.sql).records())
        active = {device.device for device in self.chain.active}
        return [record for record in told if record.device in active]

    @property
    def alarms(self) -> list[str]:
        """What its person was warned of."""
        return self._alarms

    def _do(self, output: Output) -> None:
        if isinstance(output, Alarm):
            self._alarms.append(output.reason)
        super()._do(output)

    def lose_keys(self) -> None:
        """The files of its keys are gone; all else stays."""
        self._keys.save_own({})
        self.put_back(Backup(self.back_up().replica, Stored(bytes(32), (0,))))

    def dump(self) -> bytes:
        """All bytes of the replica's file."""
        return self.back_up().replica


class Desk:
    """Ada and her devices; the first is on line."""

    def __init__(self) -> None:
        self._random = Random(0)
        self._loop = VirtualLoop()
        self._database = SqliteDatabase(":memory:")
        self.store = SqliteEventStore(self._database)
        self.hub = MemoryHub(self._loop, self._random, HubSettings(), self.store)
        self._devices: list[Device] = []
        self.first = self.link()

    def link(self) -> Device:
        """One more device, on line."""
        first = self._devices[0] if self._devices else None
        device = Device(self.hub, self._random, first)
        self._devices.append(device)
        self.wait(1)
        return device

    def stranger(self) -> Device:
        """A member who is somebody else."""
        device = Device(self.hub, self._random, handle="eve")
        self._devices.append(device)
        self.wait(1)
        return device

    def wait(self, seconds: float = SOON) -> None:
        """Let time pass."""
        self._loop.run_for(seconds)

    @property
    def stream(self) -> StreamId:
        """The stream of her own devices."""
        return user_stream(self.first.account)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """It, as the hub holds it."""
        key = RangeKey(self.stream, 1, 10_000, 10_000 * EVENT_BYTES_MAX)
        return self.store.load((key,)).get(key)

    @property
    def said(self) -> set[type[Body]]:
        """The kinds of event that came there, by their bodies."""
        kinds = {decode_event(entry.event).header.kind for entry in self.entries}
        return {kind.body for kind in STANDARD if kind.number in kinds}

    def _events(self, kind: type[Private] | type[OwnKey]) -> list[Event]:
        events = (decode_event(entry.event) for entry in self.entries)
        return [event for event in events if event.header.kind == STANDARD.of(kind).number]

    @property
    def cells(self) -> list[Private]:
        """What was sealed there, in order."""
        return [decode_body(Private, event.body) for event in self._events(Private)]

    @property
    def keys(self) -> list[OwnKey]:
        """The own keys that were shared there."""
        return [decode_body(OwnKey, event.body) for event in self._events(OwnKey)]

    # A hub that is not honest.

    def show(self, event: bytes, author: Author) -> None:
        """The hub puts an event at the end of her stream, whatever it is, and shows it to all."""
        self._database.run("DROP INDEX IF EXISTS log_id", [()])
        last = self.entries[-1]
        seq, at_ms = last.seq + 1, max(last.at_ms, self.hub.wall_ms())
        header = decode_event(event).header_bytes
        name = event_id(self.hub.hub, self.stream, author, header)
        head = next_head(last.head, name, seq, at_ms)
        row = (self.stream, seq, at_ms, name, head, event)
        self._database.run("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", [row])
        sql = "UPDATE stream SET seq = ?, head = ?, at_ms = ? WHERE stream = ?"
        self._database.run(sql, [(seq, head, at_ms, self.stream)])
        self.hub.crash()
        for device in self._devices:
            device.cut()
            device.connect()
        self.wait(5)

    def dump(self) -> bytes:
        """All bytes of the hub's file."""
        return self._database.raw.serialize()

    def close(self) -> None:
        """Let go of everything."""
        for device in self._devices:
            device.close()
        self._loop.run_for(0)
        self._loop.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Ada on one device."""
    made = Desk()
    yield made
    made.close()
