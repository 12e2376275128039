"""A member asks for what a hub counts: the question is paid for here and answered by the shell."""

from typing import Final

from hobnob_protocol.question_frames import LATER, Ask, Told
from hobnob_sync.hub_engine import pushing
from hobnob_sync.hub_engine.inputs import Asked, Send
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.step import Step

ASK_COST: Final = 2
"""As much as a message, so that whoever asks each second whether it is counted by now can still
write."""


def ask(step: Step, session: Session, frame: Ask) -> None:
    """Hand the question on, or say LATER to whoever cannot pay for it."""
    if pushing.spend(step, session, ASK_COST):
        step.say(Send((session.conn,), Told(frame.number, LATER, b"")))
    else:
        step.say(Asked(session.conn, session.account, frame))
