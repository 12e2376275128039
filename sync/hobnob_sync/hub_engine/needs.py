"""What a step must have loaded before it is decided: for its inputs, and for the pages it sends."""

from collections.abc import Sequence
from typing import Final

from hobnob_protocol import frames, seal_record_frames
from hobnob_sync.hub_engine import logins, opening, operating, pages, restoring
from hobnob_sync.hub_engine.inputs import Input, Login, Operate, Received
from hobnob_sync.hub_engine.reading import Readings
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.sessions import Sessions
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Hub
from hobnob_sync.ports import Key, Loaded, SealRecordsKey

_WITH_EVENTS: Final = (frames.Push, frames.Offer)


class Needs:
    """Asks for one engine."""

    def __init__(self, hub: Hub, state: HubState, sessions: Sessions, readings: Readings) -> None:
        self._hub: Final = hub
        self._state: Final = state
        self._sessions: Final = sessions
        self._readings: Final = readings

    def of(
        self, batch: Sequence[Input], plan: list[pages.Planned], loaded: Loaded
    ) -> tuple[Key[object], ...]:
        """What a batch and the pages that are planned beside it lack of what is loaded."""
        wanted: list[Key[object]] = [page.key for page in plan]
        wanted.extend(pages.context_asks(self._state, self._sessions, plan, loaded))
        wants: dict[int, seal_record_frames.Want] = {}
        for at, incoming in enumerate(batch):
            if isinstance(incoming, Received):
                if type(incoming.frame) is frames.Credit:
                    # The most of what comes by far, and it asks for nothing.
                    continue
                session = self._sessions.by_conn.get(incoming.conn)
                if session is not None:
                    frame = incoming.frame
                    if isinstance(frame, _WITH_EVENTS):
                        reading = self._readings.of(at, session, frame)
                        wanted.extend(reading.needs(self._state, loaded))
                        continue
                    wanted.extend(self._of_frame(session, frame))
                    if isinstance(incoming.frame, seal_record_frames.Want):
                        # One of a step: whoever asks ten times at once has read for them once.
                        wants.setdefault(incoming.conn, incoming.frame)
            elif isinstance(incoming, Login):
                wanted.extend(logins.asks(self._state, incoming.request))
            elif isinstance(incoming, Operate):
                wanted.extend(operating.asks(self._state, self._hub.registry, incoming))
        wanted.extend(SealRecordsKey(each) for want in wants.values() for each in want.accounts)
        asked = dict.fromkeys(wanted)
        return tuple([key for key in asked if not loaded.has(key)] if loaded else asked)

    def _of_frame(self, session: Session, frame: frames.Frame) -> Sequence[Key[object]]:
        if isinstance(frame, frames.Open):
            return opening.open_asks(frame) + opening.tail_asks(self._state, frame, session)
        if isinstance(frame, frames.Checkpoint):
            return restoring.shown_asks(frame)
        if isinstance(frame, seal_record_frames.Record):
            return [SealRecordsKey(session.account)]
        return []
