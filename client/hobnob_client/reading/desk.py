"""What every question to a replica needs: the store, its small tables as of now, and cells with
what waits in the outbox on top."""

from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager, contextmanager
from typing import Final, TypeVar, cast

from hobnob_client.keyring import DeviceFile
from hobnob_client.replica import identity_of
from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store.database import SqliteDatabase
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_sync.client_engine.reading import Read
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.fold.cells import CellsView, Overlay
from hobnob_sync.opened import opened_row, sealed_stream
from hobnob_sync.ports import Key, ReplicaStream
from hobnob_sync.views import overlay

T = TypeVar("T")

LAID_OF = "SELECT lo, hi FROM laid WHERE stream = ?"
REMEMBERED_MAX: Final = 4_096
"""Answers kept at once: a few for each place that a list shows."""


class Desk:
    """One read-only connection to a replica that is there."""

    _stands = False
    """Is all that is asked now asked of one moment?"""

    def __init__(self, path: str, device: DeviceFile) -> None:
        database = SqliteDatabase(path, read_only=True)
        self.heed: Final = database.heed
        self.store = SqliteReplicaStore(database, None)
        self._verifier = Ed25519Verifier()
        self._device = device
        self._version = -1
        self._look_again()

    def adopt(self, device: DeviceFile) -> None:
        """The hub's key is known now."""
        self._device = device
        self._version = -1

    def moment(self) -> AbstractContextManager[None]:
        """Whatever is asked within is answered as of one moment: to ask whether another process has
        written costs as much as most answers. Never wait within."""
        return self._moment()

    @contextmanager
    def _moment(self) -> Generator[None]:
        if self._stands:
            yield
            return
        with self.store.sql.snapshot():
            self._look_again()
            self._stands = True
            try:
                yield
            finally:
                self._stands = False

    @property
    def me(self) -> AccountId:
        """Whose replica this is."""
        return self._device.account

    @property
    def state(self) -> ReplicaState:
        """The replica's small tables as of now; only read them."""
        if not self._stands:
            self._look_again()
        return self._state

    def _look_again(self) -> None:
        version: int = self.store.sql.query("PRAGMA data_version")[0][0]
        if version != self._version:
            self._version = version
            self._state = self._booted()

    def _booted(self) -> ReplicaState:
        self._waiting: dict[StreamId, tuple[Read, ...]] = {}
        self._remembered: dict[tuple[object, ...], object] = {}
        # Without the resident cells: who signs is the engine's question, not a reader's.
        image = self.store.boot(frozenset())
        return ReplicaState(image, identity_of(self._device, self._verifier))

    def row(self, stream: StreamId) -> ReplicaStream | None:
        """What is held of a stream; of an opened one, what of it is laid out."""
        sealed = sealed_stream(stream)
        row = self.state.streams.get(sealed)
        if row is None or sealed == stream:
            return row
        for lo, hi in self.store.sql.query(LAID_OF, (sealed,)):
            return opened_row(row, lo, hi)
        return opened_row(row, row.hi + 1, row.hi)

    def waiting(self, stream: StreamId) -> tuple[Read, ...]:
        """Our own events of a stream that are not in our log yet. Every question asks for them, so
        they are read once for each state of the replica."""
        state = self.state
        found = self._waiting.get(stream)
        if found is None:
            found = self._waiting[stream] = overlay.waiting(state, stream)
        return found

    def remembered(self, question: tuple[object, ...], ask: Callable[[], T]) -> T:
        """What `ask` answers, for what one picture asks a dozen times, as who is blocked: asked
        once for each state of the replica. `question` says what is asked; the answer depends on
        nothing but that and the replica, and nobody changes it."""
        if not self._stands:
            self._look_again()
        known = self._remembered
        if question not in known:
            answer = ask()
            if len(known) >= REMEMBERED_MAX:
                known.clear()
            known[question] = answer
        return cast("T", known[question])

    def cells(self, stream: StreamId, keys: Iterable[Key[object]]) -> CellsView:
        """The cells of one stream that `keys` ask for, as they will be."""
        reads = self.waiting(stream)
        base = Overlay(stream, self.store.load(overlay.asks(reads, keys)))
        return overlay.Pending(base, reads) if reads else base
