"""The stores there are: each is made empty, or opened again where it lay."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store import open_memory_sqlite as open_memory_replica
from hobnob_server.store import SqliteEventStore
from hobnob_server.store import open_memory_sqlite as open_memory_hub
from hobnob_sync.ports import EventStore, ReplicaStore
from hobnob_sync.testing.faults import FaultyStore
from hobnob_sync.testing.memory import MemoryEventStore, MemoryReplicaStore
from tests.contract.apsw_database import ApswDatabase

EVENT_STORES: Final[dict[str, Callable[[str], EventStore]]] = {
    "memory": lambda _: MemoryEventStore(),
    "faulty, unarmed": lambda _: FaultyStore(MemoryEventStore()),
    "sqlite3 in memory": lambda _: open_memory_hub(),
    "sqlite3": SqliteEventStore.open,
    "apsw": lambda path: SqliteEventStore(ApswDatabase(path)),
}
"""How the hub's stores are opened at a path."""

REPLICA_STORES: Final[dict[str, Callable[[str], ReplicaStore]]] = {
    "memory": lambda _: MemoryReplicaStore(),
    "faulty, unarmed": lambda _: FaultyStore(MemoryReplicaStore()),
    "sqlite3 in memory": lambda _: open_memory_replica(),
    "sqlite3": SqliteReplicaStore.open,
    "sqlite3 applying": lambda path: SqliteReplicaStore.open(path, "NORMAL"),
    "apsw": lambda path: SqliteReplicaStore(ApswDatabase(path)),
}
"""How the client's stores are opened at a path."""

LASTING: Final = ("sqlite3", "apsw")
"""Those that outlive their process."""


S = TypeVar("S")


@contextmanager
def making(
    opened: Callable[[str], S], folder: Path, again: bool = False
) -> Generator[Callable[[], S], None, None]:
    """A maker of empty stores, or with `again` one that opens one file again and again; all are
    closed in the end."""
    made: list[S] = []

    def make() -> S:
        if again:
            close(made)
        made.append(opened(str(folder / ("one" if again else str(len(made))))))
        return made[-1]

    yield make
    close(made)


def close(stores: list[S]) -> None:
    """Let go of every file; closing twice does no harm."""
    for store in stores:
        if isinstance(store, SqliteEventStore | SqliteReplicaStore):
            store.close()
