"""Every store keeps the contract: in memory, on SQLite in memory, on SQLite in a file."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store import sqlite as replica_sqlite
from hobnob_client.store.database import SqliteDatabase as ReplicaDatabase
from hobnob_protocol.errors import StoreBroken, StoreFull, UsageError
from hobnob_server.store import SqliteEventStore
from hobnob_server.store import sqlite as hub_sqlite
from hobnob_server.store.database import SqliteDatabase
from hobnob_sync.ports import EventStore, HubTransaction, RangeKey, ReplicaStore
from hobnob_sync.ports_sql import migrate
from hobnob_sync.testing.contract import (
    ALL,
    EVENT_STORE_CHECKS,
    GARDEN,
    REPLICA_STORE_CHECKS,
    MakeEventStore,
    MakeReplicaStore,
    entry,
)
from hobnob_sync.testing.memory import MemoryEventStore, MemoryReplicaStore

HUBS = ("memory", "sqlite", "file")


def hub_maker(sort: str, folder: Path) -> Callable[[], EventStore]:
    """A maker of empty hub stores."""
    numbers = count()
    makers: dict[str, Callable[[], EventStore]] = {
        "memory": MemoryEventStore,
        "sqlite": lambda: SqliteEventStore.open(":memory:"),
        "file": lambda: SqliteEventStore.open(str(folder / f"hub{next(numbers)}.db")),
    }
    return makers[sort]


def replica_maker(sort: str, folder: Path) -> Callable[[], ReplicaStore]:
    """A maker of empty replica stores."""
    numbers = count()
    makers: dict[str, Callable[[], ReplicaStore]] = {
        "memory": MemoryReplicaStore,
        "sqlite": lambda: SqliteReplicaStore.open(":memory:"),
        "file": lambda: SqliteReplicaStore.open(str(folder / f"r{next(numbers)}.db"), "NORMAL"),
    }
    return makers[sort]


@pytest.mark.parametrize("check", EVENT_STORE_CHECKS)
@pytest.mark.parametrize("sort", HUBS)
def test_the_hubs_store(sort: str, check: Callable[[MakeEventStore], None], tmp_path: Path) -> None:
    """Each promise of the port, on each store."""
    check(hub_maker(sort, tmp_path))


@pytest.mark.parametrize("check", REPLICA_STORE_CHECKS)
@pytest.mark.parametrize("sort", HUBS)
def test_the_replicas_store(
    sort: str, check: Callable[[MakeReplicaStore], None], tmp_path: Path
) -> None:
    """Each promise of the port, on each store."""
    check(replica_maker(sort, tmp_path))


def test_a_transaction_that_fails_changes_nothing() -> None:
    """An event that is there twice undoes the whole commit."""
    store = SqliteEventStore.open(":memory:")
    store.commit(HubTransaction(entries=[(GARDEN, entry(1))]))
    with pytest.raises(StoreBroken):
        store.commit(HubTransaction(entries=[(GARDEN, entry(2)), (GARDEN, entry(1))]))
    key = RangeKey(GARDEN, 1, 10, ALL)
    assert store.load((key,)).get(key) == (entry(1),)
    store.commit(HubTransaction(entries=[(GARDEN, entry(2))]))
    assert len(store.load((key,)).get(key)) == 2


def test_a_full_disk_changes_nothing_and_can_be_read() -> None:
    """StoreFull, and all that was there before."""
    database = SqliteDatabase(":memory:")
    store = SqliteEventStore(database)
    store.commit(HubTransaction(entries=[(GARDEN, entry(1))]))
    pages = database.query("PRAGMA page_count")[0][0]
    database.query(f"PRAGMA max_page_count = {pages}")
    large = HubTransaction(meta={"large": bytes(1_000_000)}, entries=[(GARDEN, entry(2))])
    with pytest.raises(StoreFull):
        store.commit(large)
    key = RangeKey(GARDEN, 1, 10, ALL)
    assert store.load((key,)).get(key) == (entry(1),)
    assert dict(store.boot(frozenset()).meta) == {}


def test_what_was_committed_outlives_the_process(tmp_path: Path) -> None:
    """A file is opened again with all it held."""
    path = str(tmp_path / "hub.db")
    SqliteEventStore.open(path).commit(HubTransaction(entries=[(GARDEN, entry(1))]))
    again = SqliteEventStore.open(path)
    key = RangeKey(GARDEN, 1, 10, ALL)
    assert again.load((key,)).get(key) == (entry(1),)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    """A file of a later version is left alone, and the error says what to do."""
    path = str(tmp_path / "hub.db")
    database = SqliteDatabase(path)
    database.query("PRAGMA user_version = 99")
    with pytest.raises(StoreBroken, match="upgrade"):
        SqliteEventStore(database)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """Foreign bytes are named broken, not written over."""
    path = tmp_path / "replica.db"
    path.write_bytes(b"not a database " * 500)
    with pytest.raises(StoreBroken):
        SqliteReplicaStore.open(str(path))
    assert path.read_bytes().startswith(b"not a database")


def test_a_replicas_durability_has_two_names() -> None:
    """FULL for what was said, NORMAL for what can be pulled again, nothing else."""
    with pytest.raises(UsageError, match="FULL or NORMAL"):
        ReplicaDatabase(":memory:", "OFF")


FROZEN = Path(__file__).parent / "frozen"


@pytest.mark.parametrize(
    ("name", "schema", "make"),
    [
        ("hub", hub_sqlite.SCHEMA, lambda: SqliteDatabase(":memory:")),
        ("replica", replica_sqlite.SCHEMA, lambda: ReplicaDatabase(":memory:")),
    ],
)
def test_the_first_schema_migrates_to_the_present_one(
    name: str, schema: str, make: Callable[[], SqliteDatabase]
) -> None:
    """A database of the first version becomes what a new one is."""
    listed = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
    migrations = hub_sqlite.MIGRATIONS if name == "hub" else replica_sqlite.MIGRATIONS
    old, new = make(), make()
    migrate(old, (FROZEN / f"{name}-1.sql").read_text(), ())
    migrate(old, schema, migrations)
    migrate(new, schema, migrations)
    assert old.query(listed) == new.query(listed)
