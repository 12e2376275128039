"""The hub engine: orders, judges and hands out, without a socket or a disk.

Three steps for each batch (DESIGN §12): `needs` says what to load, again with what was loaded until
it asks for nothing more; `decide` returns what to commit; `committed` releases what to say. After a
failed commit everybody is sent away and the engine is made anew from the store.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_protocol import frames
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.event import Claim
from hobnob_protocol.frames import Bye
from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    AccountId,
    ChannelId,
    Epoch,
    HubId,
    channel_stream,
)
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.hub_acts import Bootstrap
from hobnob_protocol.limits import STALL_SECONDS
from hobnob_protocol.registry import Registry
from hobnob_sync.hub_engine import (
    checkpoints,
    judging,
    logins,
    offers,
    operating,
    pages,
    pushing,
    restoring,
    unsent,
)
from hobnob_sync.hub_engine.effects import end
from hobnob_sync.hub_engine.inputs import (
    Close,
    Congested,
    Drained,
    Gone,
    HubSettings,
    Input,
    Login,
    MakeInvite,
    Operate,
    Output,
    Received,
    Reopen,
    Tick,
    Unsent,
)
from hobnob_sync.hub_engine.judging import Candidate
from hobnob_sync.hub_engine.sessions import Session, Sessions
from hobnob_sync.hub_engine.state import RESIDENT, HubState
from hobnob_sync.hub_engine.step import Hub, Step
from hobnob_sync.ports import HubImage, HubTransaction, Key, LineageRow, Loaded

EMPTY: Final = Loaded({})
RETRY_MS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What one step asks of the shell: commit this; call again at the deadline at latest, and at
    once if `again`, for there is more that could be sent."""

    transaction: HubTransaction
    deadline_ms: int | None
    again: bool


@dataclass(slots=True)
class Reading:
    """A frame of events as one step has read it, and what it has asked for them: at first, and then
    by the answers."""

    session: Session
    frame: frames.Push | frames.Offer
    candidates: list[Candidate]
    asked: list[Key[object]] | None = None
    asked_more: list[Key[object]] | None = None


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
        self.read_only_until_ms = read_only_until_ms
        self._outputs: tuple[Output, ...] = ()
        self._plan: list[pages.Planned] | None = None
        self._readings: dict[int, Reading] = {}
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
        wanted: list[Key[object]] = [page.key for page in self._plan]
        wanted.extend(pages.context_asks(self.state, self.sessions, self._plan, loaded))
        for self._at, incoming in enumerate(batch):
            if isinstance(incoming, Login):
                wanted.extend(logins.asks(self.state, incoming.request))
            elif isinstance(incoming, Operate):
                wanted.extend(operating.asks(self.state, self.hub.registry, incoming))
            elif isinstance(incoming, Received):
                session = self.sessions.by_conn.get(incoming.conn)
                if session is not None:
                    wanted.extend(self._frame_needs(session, incoming.frame, loaded))
        return tuple(dict.fromkeys(key for key in wanted if not loaded.has(key)))

    def _frame_needs(
        self, session: Session, frame: frames.Frame, loaded: Loaded
    ) -> Sequence[Key[object]]:
        if isinstance(frame, frames.Push | frames.Offer):
            return self._event_needs(self._read(session, frame), loaded)
        if isinstance(frame, frames.Open):
            return pages.open_asks(frame) + pages.tail_asks(self.state, frame, session)
        if isinstance(frame, frames.Checkpoint):
            return restoring.shown_asks(frame)
        return []

    def _event_needs(self, reading: Reading, loaded: Loaded) -> Sequence[Key[object]]:
        if reading.asked is None:
            reading.asked = self._first_asks(reading)
        if not loaded.has_all(reading.asked):
            return reading.asked
        if reading.asked_more is None:
            reading.asked_more = [
                key for found in reading.candidates for key in pushing.asks_more(found, loaded)
            ]
        return reading.asked_more

    def _first_asks(self, reading: Reading) -> list[Key[object]]:
        frame, candidates = reading.frame, reading.candidates
        if isinstance(frame, frames.Push):
            return pushing.asks(self.state, reading.session.device, frame, candidates)
        return [key for candidate in candidates for key in offers.asks(candidate)]

    def _read(self, session: Session, frame: frames.Push | frames.Offer) -> Reading:
        """The events of a frame, each read once a step: judged as it was when its keys were asked,
        also where the step has since brought back who signed it."""
        reading = self._readings.get(self._at)
        if reading is None or reading.frame is not frame:
            candidates = [
                judging.read(self.state, self.hub.registry, carried.stream, carried.event)
                for carried in frame.events
            ]
            reading = self._readings[self._at] = Reading(session, frame, candidates)
        return reading

    def claims(self, now_ms: int) -> list[Claim]:
        """The signatures that deciding upon the pushes asked about so far will check, in order.
        Whoever checks them meanwhile may hand in a verifier that knows the answers: nothing that
        is decided changes by that."""
        step = Step(self.hub, self.state, self.sessions, EMPTY, now_ms)
        left: dict[AccountId, float] = {}
        found: list[Claim] = []
        for reading in self._readings.values():
            frame = reading.frame
            if isinstance(frame, frames.Push):
                found += pushing.claims(step, reading.session, frame, reading.candidates, left)
        return found

    # Deciding.

    def decide(self, batch: Sequence[Input], loaded: Loaded, now_ms: int) -> Decision:
        """What the batch changes, in its order; but who logs in is told how things stood before."""
        step = Step(self.hub, self.state, self.sessions, loaded, now_ms)
        for self._at, incoming in sorted(enumerate(batch), key=_comes_later):
            _HANDLERS[type(incoming)](self, step, incoming)
        checkpoints.sign_due(step)
        self._end_stalled(step)
        pages.send_planned(step, self._plan or [])
        pages.send_live(step)
        self._plan = None
        self._readings.clear()
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
        return tuple(Close(conn, bye) for conn in self.sessions.by_conn)

    def deadline_ms(self) -> int | None:
        """When to call with a Tick at the latest; None if nothing is awaited."""
        stalls = [
            session.congested_since_ms + int(STALL_SECONDS * 1_000)
            for session in self.sessions.congested.values()
            if session.congested_since_ms is not None
        ]
        due = self.state.due.next_ms()
        return min(stalls if due is None else [*stalls, due], default=None)

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

    def on_gone(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Gone)
        self.sessions.remove(incoming.conn)

    def on_congested(self, step: Step, incoming: Input) -> None:
        assert isinstance(incoming, Congested)
        session = self.sessions.by_conn.get(incoming.conn)
        if session is not None and session.congested_since_ms is None:
            session.congested_since_ms = step.now_ms
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
        if session is not None and handler is not None:
            handler(self, step, session, incoming.frame)

    def on_push(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.Push)
        read_only = step.now_ms < self.read_only_until_ms
        pushing.receive(step, session, frame, self._read(session, frame).candidates, read_only)

    def on_offer(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.Offer)
        offers.receive(step, session, frame, self._read(session, frame).candidates)

    def on_open(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.Open)
        pages.open_streams(step, session, frame)

    def on_close(self, step: Step, session: Session, frame: frames.Frame) -> None:
        assert isinstance(frame, frames.CloseStream)
        pages.close_stream(step, session, frame)

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
}
