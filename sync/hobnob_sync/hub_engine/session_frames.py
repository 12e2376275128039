"""What a frame of somebody who is logged in leads to, by its sort."""

from collections.abc import Callable
from typing import Final

from hobnob_protocol import frames, presence_frames, question_frames, seal_record_frames
from hobnob_protocol.value import record
from hobnob_sync.hub_engine import (
    asking,
    offers,
    opening,
    pages,
    presence,
    pushing,
    records,
    restoring,
)
from hobnob_sync.hub_engine.judging import Candidate
from hobnob_sync.hub_engine.reading import Readings
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.step import Step


@record
class Turn:
    """A step's; `at` is the place in the batch of the frame whose turn it is, by which its events
    were read. May what it says be written?"""

    readings: Readings
    at: int
    read_only: bool

    def candidates(self, session: Session, frame: frames.Push | frames.Offer) -> list[Candidate]:
        """Its events, as they were read when their keys were asked."""
        return self.readings.of(self.at, session, frame).candidates


def take(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    """Do what a frame asks for; one that asks nothing of the engine is nothing."""
    handler = _HANDLERS.get(type(frame))
    if handler is not None:
        handler(step, session, frame, turn)


def credit(step: Step, session: Session, size_bytes: int) -> None:
    """A client has taken in so much."""
    session.credited(size_bytes)
    # Nearly always it has all there is. Whatever becomes due to it later waits by itself.
    if pages.is_due(session):
        step.sessions.wait(session)
    elif session.conn in step.sessions.spent:
        pages.note_spent(step.sessions, session)


def _push(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, frames.Push)
    pushing.receive(step, session, frame, turn.candidates(session, frame), turn.read_only)


def _offer(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, frames.Offer)
    offers.receive(step, session, frame, turn.candidates(session, frame))


def _record(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, seal_record_frames.Record)
    records.publish(step, session, frame, turn.read_only)


def _want(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, seal_record_frames.Want)
    records.show(step, session, frame)


def _open(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, frames.Open)
    opening.open_streams(step, session, frame)


def _close(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, frames.CloseStream)
    opening.close_stream(step, session, frame)


def _back(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, frames.Back)
    pages.ask_back(session, frame)
    step.sessions.wait(session)


def _credit(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, frames.Credit)
    credit(step, session, frame.size_bytes)


def _checkpoint(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, frames.Checkpoint)
    if restoring.is_shown(step, frame):
        restoring.mint_epoch(step)


def _here(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, presence_frames.Here)
    presence.be_here(step, session, frame)


def _typing(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, presence_frames.Typing)
    presence.note_typing(step, session, frame)


def _who(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, presence_frames.Who)
    presence.tell_who(step, session, frame)


def _ask(step: Step, session: Session, frame: frames.Frame, turn: Turn) -> None:
    assert isinstance(frame, question_frames.Ask)
    asking.ask(step, session, frame)


_HANDLERS: Final[dict[type[frames.Frame], Callable[[Step, Session, frames.Frame, Turn], None]]] = {
    frames.Push: _push,
    frames.Offer: _offer,
    frames.Open: _open,
    frames.CloseStream: _close,
    frames.Back: _back,
    frames.Credit: _credit,
    frames.Checkpoint: _checkpoint,
    seal_record_frames.Record: _record,
    seal_record_frames.Want: _want,
    presence_frames.Here: _here,
    presence_frames.Typing: _typing,
    presence_frames.Who: _who,
    question_frames.Ask: _ask,
}
