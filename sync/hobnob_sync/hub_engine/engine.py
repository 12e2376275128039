"""The hub engine: orders, judges and hands out, without a socket or a disk.

Three steps for each batch (DESIGN §12): `needs` says what to load, again with what was loaded until
it asks for nothing more; `decide` returns what to commit; `committed` releases what to say. After a
failed commit everybody is sent away and the engine is made anew from the store.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.event import Claim
from hobnob_protocol.frames import Bye
from hobnob_protocol.ids import HubId
from hobnob_protocol.meeting_frames import Carry
from hobnob_protocol.registry import Registry
from hobnob_protocol.value import value
from hobnob_sync.hub_engine import (
    checkpoints,
    congestion,
    founding,
    live,
    logins,
    operating,
    pages,
    presence,
    pushing,
    recovering,
    rendezvous,
    reseating,
    restoring,
    session_frames,
    unsent,
)
from hobnob_sync.hub_engine.inputs import (
    Arrange,
    Close,
    Congested,
    Credited,
    Drained,
    Gone,
    HubSettings,
    Input,
    Locate,
    Login,
    MakeInvite,
    Operate,
    Output,
    Received,
    Reopen,
    Tick,
    Unsent,
)
from hobnob_sync.hub_engine.needs import Needs
from hobnob_sync.hub_engine.reading import EMPTY, Readings
from hobnob_sync.hub_engine.rendezvous import Rendezvous
from hobnob_sync.hub_engine.session_frames import Turn
from hobnob_sync.hub_engine.sessions import Sessions
from hobnob_sync.hub_engine.state import RESIDENT, HubState
from hobnob_sync.hub_engine.step import Hub, Step
from hobnob_sync.ports import HubImage, HubTransaction, Key, Loaded

RETRY_MS: Final = 2_000


@value
class Decision:
    """What one step asks of the shell: commit this; call again at the deadline at latest, and at
    once if `again`, for there is more that could be sent. As long as nobody has `spent` their
    credit, what is given back may wait for whatever else comes."""

    transaction: HubTransaction
    deadline_ms: int | None
    again: bool
    spent: bool


class HubEngine:
    """One hub. `image` comes from the store's `boot(HubEngine.NOUNS)`."""

    NOUNS: Final = RESIDENT
    bootstrap = staticmethod(founding.bootstrap)

    def __init__(
        self,
        image: HubImage,
        hub: HubId,
        signer: Signer,
        verifier: Verifier,
        registry: Registry,
        entropy: Callable[[int], bytes],
        settings: HubSettings,
        *,
        read_only_until_ms: int = 0,
    ) -> None:
        self.hub = Hub(signer, verifier, registry, entropy, settings)
        self.state = HubState(image, hub, signer.public_key, verifier)
        self.sessions = Sessions()
        self.rendezvous = Rendezvous()
        self.read_only_until_ms = read_only_until_ms
        self._outputs: tuple[Output, ...] = ()
        self._plan: list[pages.Planned] | None = None
        self._readings = Readings(self.hub, self.state, self.sessions)
        self._needs = Needs(self.hub, self.state, self.sessions, self._readings)
        self._turn = Turn(self._readings, 0, read_only=False)
        """Whose it is in the batch that is decided upon."""
        self._read_only = False
        """Is it a time at which nothing can be written?"""

    # Needs.

    def needs(self, batch: Sequence[Input], loaded: Loaded = EMPTY) -> tuple[Key[object], ...]:
        """What must be loaded before `decide`; ask again with the answers until it is empty."""
        if self._plan is None:
            self._plan = pages.plan(self.state, self.sessions)
            self._readings.begin()
        return self._needs.of(batch, self._plan, loaded)

    @property
    def read(self) -> int:
        """So many events are pushed in the batch that was asked about: what bounds its `claims`."""
        return self._readings.read

    def claims(self, now_ms: int) -> list[Claim]:
        """The signatures that deciding upon the pushes asked about so far will check, in order.
        Whoever checks them meanwhile may hand in a verifier that knows the answers: nothing that
        is decided changes by that."""
        return self._readings.claims(now_ms)

    def foresee(self, batch: Sequence[Input], now_ms: int, most: int) -> list[Claim]:
        """The same of up to `most` inputs more of the next batch, which begins with `batch`: asked
        after `claims`, as long as `foreseen` is less than what has come. Its pushes are read for it
        already; what it decides does not change by that."""
        return self._readings.foresee(batch, now_ms, most)

    @property
    def foreseen(self) -> int:
        """So many inputs of the next batch have been looked at."""
        return self._readings.foreseen

    # Deciding.

    def decide(self, batch: Sequence[Input], loaded: Loaded, now_ms: int) -> Decision:
        """What the batch changes, in its order; but who logs in is told how things stood before."""
        step = Step(self.hub, self.state, self.sessions, loaded, now_ms)
        self._read_only = now_ms < self.read_only_until_ms
        self._turn = turn = Turn(self._readings, 0, self._read_only)
        for turn.at, incoming in _in_turn(batch):
            _HANDLERS[type(incoming)](self, step, incoming)
        if not self._read_only:
            reseating.finish_due(step)
        pushing.close_all(step)
        if not self._read_only:
            checkpoints.sign_due(step)
        congestion.end_stalled(step)
        pages.send_planned(step, self._plan or [])
        live.send_live(step)
        presence.send_typing(step)
        presence.tell_due(step)
        self._plan = None
        self._readings.end()
        self._outputs = tuple(step.outputs)
        again = bool(pages.plan(self.state, self.sessions, 1))
        return Decision(step.transaction, self.deadline_ms(), again, bool(self.sessions.spent))

    def committed(self) -> tuple[Output, ...]:
        """The step is durable: what to say now, in order."""
        outputs, self._outputs = self._outputs, ()
        return outputs

    def failed(self) -> tuple[Output, ...]:
        """The commit failed: everybody is told to come back. Make a new engine afterwards."""
        self._outputs = ()
        bye = Bye(ByeCode.RETRY, RETRY_MS)
        return tuple(
            Close(conn, bye) for conn in (*self.sessions.by_conn, *self.rendezvous.by_conn)
        )

    def deadline_ms(self) -> int | None:
        """When to call with a Tick at the latest; None if nothing is awaited."""
        due = (self.state.due.next_ms(), reseating.next_ms(self.state))
        # What is due is written, so it waits until that can be.
        written = (max(each, self.read_only_until_ms) for each in due if each is not None)
        told = self.sessions.who_due_ms.values()
        return min((*congestion.ends_ms(self.sessions), *told, *written), default=None)

    # Handlers, by type of input.

    def on_login(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Login)
        if self._read_only and logins.writes(self.state, incoming.request):
            # A commit that fails would send everybody away, again and again.
            wait_ms = self.read_only_until_ms - step.now_ms
            step.say(Close(incoming.conn, Bye(ByeCode.RETRY, wait_ms)))
            return
        logins.log_in(step, incoming)

    def on_locate(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Locate)
        recovering.locate(step, incoming)

    def on_arrange(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Arrange)
        rendezvous.arrange(step, self.rendezvous, incoming)

    def on_gone(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Gone)
        self.sessions.remove(incoming.conn)
        rendezvous.leave(step, self.rendezvous, incoming.conn)

    def on_credited(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Credited)
        by_conn = self.sessions.by_conn
        for conn, size_bytes in incoming.given:
            session = by_conn.get(conn)
            if session is not None:
                session_frames.credit(step, session, size_bytes)

    def on_congested(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Congested)
        congestion.begin(step, incoming.conn)

    def on_drained(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Drained)
        congestion.ease(step, incoming.conn)

    def on_tick(self, step: Step, incoming: Input) -> None:
        if self.state.meta.get(restoring.RESTORED):
            restoring.mint_epoch(step)

    def on_invite(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, MakeInvite)
        logins.make_invite(step, incoming)

    def on_reopen(self, step: Step, incoming: Input) -> None:
        restoring.reopen(step)

    def on_operate(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Operate)
        operating.operate(step, incoming)

    def on_unsent(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Unsent)
        unsent.take_back(step, incoming)

    def on_received(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Received)
        if isinstance(incoming.frame, Carry):
            rendezvous.carry(step, self.rendezvous, incoming.conn, incoming.frame)
            return
        session = self.sessions.by_conn.get(incoming.conn)
        if session is not None:
            session_frames.take(step, session, incoming.frame, self._turn)


_FIRST: Final = frozenset((Login, MakeInvite))


def _in_turn(batch: Sequence[Input]) -> Iterable[tuple[int, Input]]:
    """A login is announced by what was loaded, so it goes before what others change."""
    placed = enumerate(batch)
    if _FIRST.isdisjoint(map(type, batch)):
        return placed
    return sorted(placed, key=_comes_later)


def _comes_later(placed: tuple[int, Input]) -> bool:
    return type(placed[1]) not in _FIRST


_HANDLERS: Final[dict[type[Input], Callable[[HubEngine, Step, Input], None]]] = {
    Locate: HubEngine.on_locate,
    Arrange: HubEngine.on_arrange,
    Login: HubEngine.on_login,
    Received: HubEngine.on_received,
    Gone: HubEngine.on_gone,
    Credited: HubEngine.on_credited,
    Congested: HubEngine.on_congested,
    Drained: HubEngine.on_drained,
    Tick: HubEngine.on_tick,
    MakeInvite: HubEngine.on_invite,
    Reopen: HubEngine.on_reopen,
    Operate: HubEngine.on_operate,
    Unsent: HubEngine.on_unsent,
}
