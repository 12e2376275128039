"""The stores a world may run on, and what the world does to them behind the engines' backs."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store.database import SqliteDatabase as ReplicaDatabase
from hobnob_protocol.ids import EventId, StreamId
from hobnob_protocol.nouns import EDIT, MESSAGE
from hobnob_server.store import SqliteEventStore
from hobnob_server.store.database import SqliteDatabase as HubDatabase
from hobnob_sync.ports import Entry, EventStore, KnownKey, RangeKey, ReplicaStore
from hobnob_sync.testing.memory import MemoryEventStore, MemoryReplicaStore
from hobnob_sync.testing.shelf import Shelf

ALL: Final = 1 << 50
MEMORY_PATH: Final = ":memory:"


class SqlEventStore(SqliteEventStore):
    """The hub's SQLite store in memory, with backups."""

    def __init__(self) -> None:
        self.database = HubDatabase(MEMORY_PATH)
        super().__init__(self.database)

    def snapshot(self) -> object:
        """A backup, as a database of its own."""
        return _copied(self.database.raw)

    def restore(self, snapshot: object) -> None:
        """Become what a backup was."""
        cast("sqlite3.Connection", snapshot).backup(self.database.raw)

    def remains(self) -> bytes:
        """The file's bytes, free pages and all."""
        return self.database.raw.serialize()

    def mark_restored(self) -> None:
        """What a restore writes before the hub starts."""
        self.database.run("INSERT OR REPLACE INTO meta VALUES ('restored', x'01')", [()])

    def streams_left(self) -> list[StreamId]:
        """Streams of which anything is left."""
        everywhere = f"{_LOGS} UNION SELECT stream FROM cell ORDER BY stream"
        return [row[0] for row in self.database.query(everywhere)]


class SqlReplicaStore(SqliteReplicaStore):
    """The replica's SQLite store in memory, with copies."""

    def __init__(self) -> None:
        self.database = ReplicaDatabase(MEMORY_PATH)
        super().__init__(self.database)

    def snapshot(self) -> object:
        """A copy of the file, as a database of its own."""
        return _copied(self.database.raw)

    def restore(self, snapshot: object) -> None:
        """Become what a copy was."""
        cast("sqlite3.Connection", snapshot).backup(self.database.raw)

    def remains(self) -> bytes:
        """The file's bytes, free pages and all."""
        return self.database.raw.serialize()

    def streams_left(self) -> list[StreamId]:
        """Streams of which anything is left."""
        everywhere = f"{_LOGS} UNION {_PLACES} UNION SELECT stream FROM context ORDER BY stream"
        return [row[0] for row in self.database.query(everywhere)]


def _copied(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(MEMORY_PATH)
    connection.backup(copy)
    return copy


_LOGS: Final = "SELECT stream FROM log"
_PLACES: Final = "SELECT stream FROM place"


def _remains(shelf: Shelf) -> bytes:
    events = [entry.event for log in shelf.logs.values() for entry in log.entries]
    cells = [
        repr(cell.value).encode()
        for (_, noun), nouns in shelf.cells.items()
        if noun in (MESSAGE, EDIT)
        for cell in nouns.cells.values()
    ]
    return b"".join((*events, *cells))


class RottableReplicaStore(MemoryReplicaStore):
    """The replica's store in memory, where bits may go bad."""

    def remains(self) -> bytes:
        """All events and texts that are kept."""
        context = [entry for entries in self.context.values() for entry in entries.values()]
        events = [entry.event for entry in context]
        events += [row.event for row in self.outbox.values()]
        events += [row.event for row in self.tray.values()]
        events += [row.event for row in self.orphans.values()]
        return _remains(self) + b"".join(events)

    def streams_left(self) -> list[StreamId]:
        """Streams of which anything is left."""
        cells = [stream for (stream, _), shelf in self.cells.items() if shelf.cells]
        beside = [stream for stream, kept in self.context.items() if kept]
        return sorted({*self.logs, *cells, *beside})


class BackedUpEventStore(MemoryEventStore):
    """The hub's store in memory, with backups."""

    def remains(self) -> bytes:
        """All events and texts that are kept."""
        return _remains(self)

    def mark_restored(self) -> None:
        """What a restore writes before the hub starts."""
        self.meta["restored"] = b"\1"


@dataclass(frozen=True, slots=True)
class Stores:
    """Which stores a world runs on; only those in memory can rot."""

    hub: Callable[[], EventStore]
    replica: Callable[[], ReplicaStore]
    rot: bool = True


MEMORY: Final = Stores(BackedUpEventStore, RottableReplicaStore)
SOUND_MEMORY: Final = Stores(BackedUpEventStore, RottableReplicaStore, rot=False)
SQL: Final = Stores(SqlEventStore, SqlReplicaStore, rot=False)


def snapshot(store: EventStore | ReplicaStore) -> object:
    """A copy of a store."""
    return cast("Any", store).snapshot()


def restore(store: EventStore | ReplicaStore, copied: object) -> None:
    """Make a store what a copy was."""
    cast("Any", store).restore(copied)


def mark_restored(store: EventStore) -> None:
    """Tell the hub that it comes from a backup."""
    cast("Any", store).mark_restored()


def remains(store: EventStore | ReplicaStore) -> bytes:
    """Whatever a store keeps, to look for what it must not."""
    return cast("bytes", cast("Any", store).remains())


def streams_left(store: ReplicaStore) -> list[StreamId]:
    """Streams of which a replica's store holds anything."""
    left: list[StreamId] = cast("Any", store).streams_left()
    return left


def holds(store: EventStore | ReplicaStore, event: EventId) -> bool:
    """Is the event in the log?"""
    key = KnownKey(event)
    return store.load((key,)).get(key) is not None


def entries_of(store: EventStore | ReplicaStore, stream: StreamId, first: int) -> tuple[Entry, ...]:
    """A stream's entries from `first` up."""
    key = RangeKey(stream, first, ALL, ALL)
    return store.load((key,)).get(key)
