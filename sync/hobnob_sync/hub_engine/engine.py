"""The hub engine: orders, judges and hands out, without a socket or a disk.

Three steps for each batch (DESIGN §12): `needs` says what to load, again with what was loaded until
it asks for nothing more; `decide` returns what to commit; `committed` releases what to say. After a
failed commit everybody is sent away and the engine is made anew from the store.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_protocol import frames, seal_record_frames
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.event import Claim
from hobnob_protocol.frames import Bye
from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    ChannelId,
    Epoch,
    HubId,
    channel_stream,
)
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.hub_acts import Bootstrap
from hobnob_protocol.limits import STALL_SECONDS
from hobnob_protocol.meeting_frames import Carry
from hobnob_protocol.registry import Registry
from hobnob_sync.hub_engine import (
    checkpoints,
    live,
    logins,
    offers,
    opening,
    operating,
    pages,
    pushing,
    records,
    recovering,
    rendezvous,
    reseating,
    restoring,
    unsent,
)
from hobnob_sync.hub_engine.effects import end
from hobnob_sync.hub_engine.inputs import (
    Arrange,
    Close,
    Congested,
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
from hobnob_sync.hub_engine.reading import EMPTY, Readings
from hobnob_sync.hub_engine.rendezvous import Rendezvous
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.sessions import Sessions
from hobnob_sync.hub_engine.state import RESIDENT, HubState
from hobnob_sync.hub_engine.step import Hub, Step
from hobnob_sync.ports import HubImage, HubTransaction, Key, LineageRow, Loaded, SealRecordsKey

RETRY_MS: Final = 2_000
_WITH_EVENTS: Final = (frames.Push, frames.Offer)


@dataclass(frozen=True, slots=True)
class Decision:
    """What one step asks of the shell: commit this; call again at the deadline at latest, and at
    once if `again`, for there is more that could be sent."""

    transaction: HubTransaction
    deadline_ms: int | None
    again: bool


class HubEngine:
    """One hub. `image` comes from the store's `boot(HubEngine.NOUNS)`."""

    NOUNS: Final = RESIDENT

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
        self._at = 0
        """Where in its batch the input is that is looked at."""

    @staticmethod
    def bootstrap(
        hub: HubId,
        signer: Signer,
        verifier: Verifier,
        registry: Registry,
        entropy: Callable[[int], bytes],
        settings: HubSettings,
        now_ms: int,
        channel_name: str = "general",
    ) -> HubTransaction:
        """The first commit of a new hub: its key and name, and one channel for everybody, unless
        the replicas will bring theirs (`channel_name` "")."""
        image = HubImage((), (), (LineageRow(Epoch(entropy(8))),), (), {})
        state = HubState(image, hub, signer.public_key, verifier)
        fixed = Hub(signer, verifier, registry, entropy, settings)
        step = Step(fixed, state, Sessions(), EMPTY, now_ms)
        step.transaction.lineage = state.lineage
        step.act(DIRECTORY, Bootstrap(signer.public_key, settings.name))
        step.create(PEOPLE)
        if channel_name:
            channel = ChannelId(entropy(16))
            step.act(DIRECTORY, ChannelCreate(channel, channel_name, "", True))
            step.create(channel_stream(channel))
        return step.transaction

    # Needs.

    def needs(self, batch: Sequence[Input], loaded: Loaded = EMPTY) -> tuple[Key[object], ...]:
        """What must be loaded before `decide`; ask again with the answers until it is empty."""
        if self._plan is None:
            self._plan = pages.plan(self.state, self.sessions)
            self._readings.begin()
        wanted: list[Key[object]] = [page.key for page in self._plan]
        wanted.extend(pages.context_asks(self.state, self.sessions, self._plan, loaded))
        wants: dict[int, seal_record_frames.Want] = {}
        for self._at, incoming in enumerate(batch):
            if isinstance(incoming, Received):
                session = self.sessions.by_conn.get(incoming.conn)
                if session is not None:
                    wanted.extend(self._frame_needs(session, incoming.frame, loaded))
                    if isinstance(incoming.frame, seal_record_frames.Want):
                        # One of a step: whoever asks ten times at once has read for them once.
                        wants.setdefault(incoming.conn, incoming.frame)
            elif isinstance(incoming, Login):
                wanted.extend(logins.asks(self.state, incoming.request))
            elif isinstance(incoming, Operate):
                wanted.extend(operating.asks(self.state, self.hub.registry, incoming))
        wanted.extend(SealRecordsKey(each) for want in wants.values() for each in want.accounts)
        return tuple([key for key in dict.fromkeys(wanted) if not loaded.has(key)])

    def _frame_needs(
        self, session: Session, frame: frames.Frame, loaded: Loaded
    ) -> Sequence[Key[object]]:
        if isinstance(frame, _WITH_EVENTS):
            return self._readings.of(self._at, session, frame).needs(self.state, loaded)
        if isinstance(frame, frames.Open):
            return opening.open_asks(frame) + opening.tail_asks(self.state, frame, session)
        if isinstance(frame, frames.Checkpoint):
            return restoring.shown_asks(frame)
        if isinstance(frame, seal_record_frames.Record):
            return [SealRecordsKey(session.account)]
        return []

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
        for self._at, incoming in sorted(enumerate(batch), key=_comes_later):
            _HANDLERS[type(incoming)](self, step, incoming)
        writable = not self._is_read_only(step)
        if writable:
            reseating.finish_due(step)
        pushing.close_all(step)
        if writable:
            checkpoints.sign_due(step)
        self._end_stalled(step)
        pages.send_planned(step, self._plan or [])
        live.send_live(step)
        self._plan = None
        self._readings.end()
        self._outputs = tuple(step.outputs)
        again = bool(pages.plan(self.state, self.sessions, 1))
        return Decision(step.transaction, self.deadline_ms(), again)

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
        stalls = [
            session.congested_since_ms + int(STALL_SECONDS * 1_000)
            for session in self.sessions.congested.values()
            if session.congested_since_ms is not None
        ]
        due = (self.state.due.next_ms(), reseating.next_ms(self.state))
        # What is due is written, so it waits until that can be.
        written = (max(each, self.read_only_until_ms) for each in due if each is not None)
        return min((*stalls, *written), default=None)

    def _end_stalled(self, step: Step) -> None:
        """Who makes no progress is sent away, to come back and resume."""
        for session in list(self.sessions.congested.values()):
            since = session.congested_since_ms
            if since is not None and step.now_ms >= since + int(STALL_SECONDS * 1_000):
                end(step, session, ByeCode.SLOW)

    # Handlers, by type of input.

    def on_login(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Login)
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

    def on_congested(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Congested)
        session = self.sessions.by_conn.get(incoming.conn)
        if session is not None and session.congested_since_ms is None:
            session.congested_since_ms = step.now_ms
            self.sessions.part(session)
            self.sessions.congested[session.conn] = session

    def on_drained(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Drained)
        session = self.sessions.by_conn.get(incoming.conn)
        if session is not None:
            session.congested_since_ms = None
            self.sessions.congested.pop(session.conn, None)
            self.sessions.wait(session)

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
        session = self.sessions.by_conn.get(incoming.conn)
        handler = _FRAMES.get(type(incoming.frame))
        if isinstance(incoming.frame, Carry):
            rendezvous.carry(step, self.rendezvous, incoming.conn, incoming.frame)
        elif session is not None and handler is not None:
            handler(self, step, session, incoming.frame)

    def on_push(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.Push)
        candidates = self._readings.of(self._at, session, frame).candidates
        pushing.receive(step, session, frame, candidates, self._is_read_only(step))

    def on_record(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, seal_record_frames.Record)
        records.publish(step, session, frame, self._is_read_only(step))

    def on_want(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, seal_record_frames.Want)
        records.show(step, session, frame)

    def _is_read_only(self, step: Step) -> bool:
        return step.now_ms < self.read_only_until_ms

    def on_offer(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.Offer)
        candidates = self._readings.of(self._at, session, frame).candidates
        offers.receive(step, session, frame, candidates)

    def on_open(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.Open)
        opening.open_streams(step, session, frame)

    def on_close(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.CloseStream)
        opening.close_stream(step, session, frame)

    def on_back(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.Back)
        pages.ask_back(session, frame)
        self.sessions.wait(session)

    def on_credit(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.Credit)
        session.credited(frame.size_bytes)
        self.sessions.wait(session)

    def on_checkpoint(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.Checkpoint)
        if restoring.is_shown(step, frame):
            restoring.mint_epoch(step)


def _comes_later(placed: tuple[int, Input]) -> bool:
    """A login is announced by what was loaded, so it goes before what others change."""
    return not isinstance(placed[1], Login | MakeInvite)


_HANDLERS: Final[dict[type[Input], Callable[[HubEngine, Step, Input], None]]] = {
    Locate: HubEngine.on_locate,
    Arrange: HubEngine.on_arrange,
    Login: HubEngine.on_login,
    Received: HubEngine.on_received,
    Gone: HubEngine.on_gone,
    Congested: HubEngine.on_congested,
    Drained: HubEngine.on_drained,
    Tick: HubEngine.on_tick,
    MakeInvite: HubEngine.on_invite,
    Reopen: HubEngine.on_reopen,
    Operate: HubEngine.on_operate,
    Unsent: HubEngine.on_unsent,
}
_FRAMES: Final[
    dict[type[frames.Frame], Callable[[HubEngine, Step, Session, frames.Frame], None]]
] = {
    frames.Push: HubEngine.on_push,
    frames.Offer: HubEngine.on_offer,
    frames.Open: HubEngine.on_open,
    frames.CloseStream: HubEngine.on_close,
    frames.Back: HubEngine.on_back,
    frames.Credit: HubEngine.on_credit,
    frames.Checkpoint: HubEngine.on_checkpoint,
    seal_record_frames.Record: HubEngine.on_record,
    seal_record_frames.Want: HubEngine.on_want,
}
