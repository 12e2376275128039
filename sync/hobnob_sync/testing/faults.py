"""A store that fails on demand: its disk is full, or its process dies around a commit."""

from collections.abc import Sequence
from enum import Enum
from typing import Generic, Protocol, TypeVar

from hobnob_protocol.errors import StoreFull
from hobnob_sync.keys import Key, Loaded

Transaction = TypeVar("Transaction", contravariant=True)
Image = TypeVar("Image", covariant=True)


class Store(Protocol[Transaction, Image]):
    """What `EventStore` and `ReplicaStore` have in common."""

    def boot(self, nouns: frozenset[str]) -> Image:
        """Everything small."""
        ...

    def load(self, keys: Sequence[Key[object]]) -> Loaded:
        """Answer every key."""
        ...

    def commit(self, transaction: Transaction) -> None:
        """All of it or nothing."""
        ...


class Fault(Enum):
    """What can befall a commit."""

    FULL = "full"
    """StoreFull: nothing is written, and the process lives."""
    CRASH_BEFORE = "crash before"
    """The process dies; nothing was written."""
    CRASH_AFTER = "crash after"
    """The process dies; all was written, and nobody was told."""


class Crashed(Exception):
    """The process is dead: what it held in memory is lost, the store is as last committed."""


class FaultyStore(Generic[Transaction, Image]):
    """Keeps the contract of the store it wraps, but for the faults it was told of.

    After a crash everything raises `Crashed` until `revive`, so that no dead process goes on.
    """

    def __init__(self, store: Store[Transaction, Image]) -> None:
        self._store = store
        self._fault: Fault | None = None
        self._spared = 0
        self._dead = False

    def arm(self, fault: Fault, spared: int = 0) -> None:
        """`fault` strikes one commit after `spared` more, instead of any fault that waits."""
        self._fault = fault
        self._spared = spared

    def disarm(self) -> None:
        """No fault strikes any more."""
        self._fault = None

    def revive(self) -> None:
        """A new process stands on what the dead one had committed."""
        self._dead = False

    def boot(self, nouns: frozenset[str]) -> Image:
        """Everything small, with the cells of `nouns`."""
        self._live()
        return self._store.boot(nouns)

    def load(self, keys: Sequence[Key[object]]) -> Loaded:
        """Answer every key."""
        self._live()
        return self._store.load(keys)

    def commit(self, transaction: Transaction) -> None:
        """All of it, or what the fault makes of it."""
        self._live()
        fault = self._due()
        if fault is Fault.FULL:
            raise StoreFull("no room, on demand")
        if fault is not Fault.CRASH_BEFORE:
            self._store.commit(transaction)
        if fault is not None:
            self._dead = True
            raise Crashed(fault.value)

    def _due(self) -> Fault | None:
        if self._fault is None or self._spared > 0:
            self._spared -= self._fault is not None
            return None
        due, self._fault = self._fault, None
        return due

    def _live(self) -> None:
        if self._dead:
            raise Crashed("dead since a commit")
