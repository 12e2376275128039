"""The hub's process: an engine on a store in memory, and what its connections have heard.

After every step it checks what holds of all: what the engine remembers is what a restart would
read, and nobody hears anything after BYE.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final, TypeVar

from hobnob_protocol.frames import (
    Bye,
    Frame,
)
from hobnob_protocol.ids import (
    hub_id,
)
from hobnob_protocol.registry import STANDARD, Registry
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from hobnob_sync.hub_engine.engine import Decision, HubEngine
from hobnob_sync.hub_engine.inputs import (
    Close,
    HubSettings,
    Input,
    Operated,
    Output,
    Send,
    Tick,
)
from hobnob_sync.hub_engine.restoring import RESTORED
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.ports import HubTransaction, Loaded
from hobnob_sync.testing.memory import MemoryEventStore

START_MS: Final = 1_000_000
ROUNDS_MAX: Final = 3
"""A step asks the store at most so often: what is named, then where it is."""
RICH: Final = HubSettings(budget_capacity=1e9)
"""So that only tests of budgets have to think of them."""

F = TypeVar("F", bound=Frame)
K = TypeVar("K")
V = TypeVar("V")


class Counter:
    """Entropy that never repeats and never surprises."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, count: int) -> bytes:
        """The next so many bytes."""
        self.drawn += 1
        return sha256(self.drawn.to_bytes(8, "big")).digest()[:count]


class Process:
    """The engine, its store, and what its connections hear.

    `now_ms` is the time of every step that names none.
    """

    def __init__(self, settings: HubSettings = RICH) -> None:
        self.store = MemoryEventStore()
        self.signer = KeyedSigner(b"hub")
        self.verifier = KeyedVerifier()
        self.entropy = Counter()
        self.settings = settings
        self.registry: Registry = STANDARD
        self.name = hub_id(self.signer.public_key)
        self.now_ms = START_MS
        self.read_only_until_ms = 0
        self.conns = 0
        self.heard: dict[int, list[Frame]] = {}
        self.byes: dict[int, Bye] = {}
        self.outputs: tuple[Output, ...] = ()
        self.store.commit(self._bootstrap())
        self.engine = self._boot()

    def _bootstrap(self) -> HubTransaction:
        return HubEngine.bootstrap(
            self.name, self.signer, self.verifier, STANDARD, self.entropy, self.settings, START_MS
        )

    def _boot(self) -> HubEngine:
        return HubEngine(
            self.store.boot(HubEngine.NOUNS),
            self.name,
            self.signer,
            self.verifier,
            self.registry,
            self.entropy,
            self.settings,
            read_only_until_ms=self.read_only_until_ms,
        )

    # The process.

    def step(self, batch: Sequence[Input], now_ms: int | None = None) -> tuple[Output, ...]:
        """One batch: loaded, decided, committed, said."""
        decision = self.decide(batch, now_ms)
        if decision.transaction:
            self.store.commit(decision.transaction)
        self._agrees()
        self.outputs = self.engine.committed()
        self._deliver()
        return self.outputs

    def step_operated(self, batch: Sequence[Input]) -> list[Operated]:
        """One batch: what came of the operator's acts in it."""
        return [found for found in self.step(batch) if isinstance(found, Operated)]

    def decide(self, batch: Sequence[Input], now_ms: int | None = None) -> Decision:
        """One batch as far as the decision, which is not committed yet."""
        self.now_ms = self.now_ms if now_ms is None else now_ms
        loaded = Loaded({})
        for _ in range(ROUNDS_MAX):
            keys = self.engine.needs(batch, loaded)
            if not keys:
                break
            assert len(keys) == len(dict.fromkeys(keys)), "a key is asked once"
            loaded = loaded.merged(self.store.load(keys))
        assert not self.engine.needs(batch, loaded), "needs end"
        self.decision = self.engine.decide(batch, loaded, self.now_ms)
        return self.decision

    def rest(self) -> None:
        """Ticks until there is no more to send."""
        while self.step([Tick()]) or self.decision.again:
            pass

    def reboot(self) -> None:
        """The process died: a new engine on the same store, nobody connected."""
        self.engine = self._boot()

    def restore(self, snapshot: object, told: bool = True) -> None:
        """A backup comes back; `told` says that it was restored by the book."""
        self.store.restore(snapshot)
        if told:
            self.store.commit(HubTransaction(meta={RESTORED: b"\1"}))
        self.reboot()
        self.step([Tick()])

    def _deliver(self) -> None:
        for output in self.outputs:
            if isinstance(output, Send):
                assert output.conns, "somebody is told"
                for conn in output.conns:
                    assert conn not in self.byes, "nothing comes after BYE"
                    self.heard.setdefault(conn, []).append(output.frame)
            elif isinstance(output, Close):
                assert output.conn not in self.byes, "BYE is said once"
                self.byes[output.conn] = output.bye

    def _agrees(self) -> None:
        """What is remembered is what the store holds."""
        held = self.engine.state
        image = self.store.boot(HubEngine.NOUNS)
        read = HubState(image, self.name, self.signer.public_key, self.verifier)
        assert held.streams == read.streams
        assert held.unsigned == read.unsigned
        assert held.due.next_ms() == read.due.next_ms()
        assert held.roles == read.roles
        assert held.devices == read.devices
        assert held.lineage == read.lineage
        assert held.cells == read.cells
        assert held.names == read.names
        assert _filled(held.grants) == _filled(read.grants)
        assert _filled(held.meta) == _filled(read.meta)
        assert (held.author_seq, held.next_stream) == (read.author_seq, read.next_stream)
        assert held.accounts.all == read.accounts.all
        for account in held.accounts.all:
            assert held.accounts.chain(account) == read.accounts.chain(account)

    # Hearing.

    def sent(self, conn: int) -> list[Frame]:
        """What a connection has heard since it was asked last."""
        return self.heard.pop(conn, [])


def _filled(table: Mapping[K, V]) -> dict[K, V]:
    return {key: value for key, value in table.items() if value}
