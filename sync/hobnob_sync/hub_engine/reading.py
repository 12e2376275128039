"""The events of a step's frames, each read once: what they ask for, what will be checked of them.

Those of the next batch may be read while this one is decided, so that their signatures can be
checked meanwhile; what was read then holds as long as who signed it is who it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_protocol.event import Claim
from hobnob_protocol.frames import Offer, Push
from hobnob_protocol.ids import AccountId
from hobnob_sync.hub_engine import judging, offers, pushing
from hobnob_sync.hub_engine.inputs import Input, Received
from hobnob_sync.hub_engine.judging import Candidate
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.sessions import Sessions
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Hub, Step
from hobnob_sync.ports import Key, Loaded

EMPTY: Final = Loaded({})


@dataclass(slots=True)
class Reading:
    """A frame of events as one step has read it, and what it has asked for them: at first, and then
    by the answers."""

    session: Session
    frame: Push | Offer
    candidates: list[Candidate]
    asked: list[Key[object]] | None = None
    asked_more: list[Key[object]] | None = None

    def needs(self, state: HubState, loaded: Loaded) -> Sequence[Key[object]]:
        """What must be loaded for them."""
        if self.asked is None:
            self.asked = self._first_asks(state)
        if not loaded.has_all(self.asked):
            return self.asked
        if self.asked_more is None:
            self.asked_more = [
                key for found in self.candidates for key in pushing.asks_more(found, loaded)
            ]
        return self.asked_more

    def _first_asks(self, state: HubState) -> list[Key[object]]:
        if isinstance(self.frame, Push):
            return pushing.asks(state, self.session.device, self.frame, self.candidates)
        return [key for each in self.candidates for key in offers.asks(state, each)]


class Readings:
    """What a step has read, by where in its batch it is."""

    def __init__(self, hub: Hub, state: HubState, sessions: Sessions) -> None:
        self._hub: Final = hub
        self._state: Final = state
        self._sessions: Final = sessions
        self._readings: dict[int, Reading] = {}
        self._early: dict[int, Reading] = {}
        """What was foreseen of this batch."""
        self._foreseen: dict[int, Reading] = {}
        """Pushes of the next batch."""
        self.foreseen = 0
        """So many inputs of the next batch have been looked at."""
        self._tokens_left: dict[AccountId, float] = {}
        """Of budgets, once all that was claimed is paid."""

    def begin(self) -> None:
        """A step begins: with the batch that was the next one."""
        self._early, self._foreseen, self.foreseen = self._foreseen, {}, 0

    def end(self) -> None:
        """It is decided."""
        self._readings.clear()
        self._early.clear()

    def of(self, at: int, session: Session, frame: Push | Offer) -> Reading:
        """The events of a frame, each read once a step: judged as it was when its keys were asked,
        also where the step has since brought back who signed it."""
        reading = self._readings.get(at)
        if reading is None or reading.frame is not frame:
            reading = self._early.get(at)
            if reading is None or reading.frame is not frame or not self._holds(reading):
                reading = self._read(session, frame)
            self._readings[at] = reading
        return reading

    def _read(self, session: Session, frame: Push | Offer) -> Reading:
        candidates = [
            judging.read(self._state, self._hub.registry, carried.stream, carried.event)
            for carried in frame.events
        ]
        return Reading(session, frame, candidates)

    def _holds(self, foreseen: Reading) -> bool:
        """Are all authors who they were when it was read?"""
        author = self._state.accounts.author
        return all(
            found.event is None or author(found.event.header.device) is found.author
            for found in foreseen.candidates
        )

    @property
    def read(self) -> int:
        """So many events the step has read so far in pushes, each with a signature that may be
        checked ahead."""
        return sum(
            len(reading.candidates)
            for reading in self._readings.values()
            if isinstance(reading.frame, Push)
        )

    def claims(self, now_ms: int) -> list[Claim]:
        """The signatures that deciding upon the pushes read so far will check, in order."""
        self._tokens_left = {}
        return self._claims(self._readings.values(), now_ms)

    def foresee(self, batch: Sequence[Input], now_ms: int, most: int) -> list[Claim]:
        """The same of up to `most` inputs more of the next batch."""
        start, self.foreseen = self.foreseen, min(len(batch), self.foreseen + most)
        fresh = {
            at: self._read(session, incoming.frame)
            for at, incoming in enumerate(batch[start : self.foreseen], start)
            if isinstance(incoming, Received)
            and isinstance(incoming.frame, Push)
            and (session := self._sessions.by_conn.get(incoming.conn)) is not None
        }
        self._foreseen |= fresh
        return self._claims(fresh.values(), now_ms)

    def _claims(self, readings: Iterable[Reading], now_ms: int) -> list[Claim]:
        step = Step(self._hub, self._state, self._sessions, EMPTY, now_ms)
        left = self._tokens_left
        found: list[Claim] = []
        for reading in readings:
            frame = reading.frame
            if isinstance(frame, Push):
                found += pushing.claims(step, reading.session, frame, reading.candidates, left)
        return found
