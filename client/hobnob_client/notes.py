"""Small values that are kept beside the replica, by name, for those who stand on it."""

from collections.abc import Callable
from typing import Final

from hobnob_client.durable import Durable
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol.value import value
from hobnob_sync.ports_sql import NORMAL

_PREFIX: Final = "note:"
"""What the store calls a note begins so."""


@value
class Noting:
    """What a note becomes: `change` makes it of what was there, no bytes where there was none, and
    no bytes forget it."""

    name: str
    change: Callable[[bytes], bytes]


class Notes:
    """Every verb blocks, and may be called by one thread at a time, as those of a replica."""

    def __init__(self, store: SqliteReplicaStore, durable: Durable) -> None:
        self._store = store
        self._durable = durable

    def all(self) -> dict[str, bytes]:
        """What has been noted, by name."""
        return {
            name.removeprefix(_PREFIX): value
            for name, value in self._store.meta().items()
            if name.startswith(_PREFIX)
        }

    def put(self, name: str, value: bytes) -> None:
        """Keep a small value; no bytes forget it."""
        with self._durable.transaction(NORMAL):
            self._store.put_meta({_PREFIX + name: value})

    def change(self, name: str, change: Callable[[bytes], bytes]) -> None:
        """Keep what `change` makes of a small value: whatever others write meanwhile comes before
        or after."""
        with self._durable.transaction(NORMAL):
            self.make(Noting(name, change))

    def make(self, noting: Noting) -> None:
        """The same inside a transaction of whoever calls."""
        name = _PREFIX + noting.name
        self._store.put_meta({name: noting.change(self._store.meta().get(name, b""))})
