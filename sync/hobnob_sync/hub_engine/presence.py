"""Who is here and who writes: told to those who asked for it, kept by nobody.

Typing goes out once a step, the last of each account and stream, and only to whoever could take a
page now: it is what is left out first. Presence is asked for, not told.
"""

from typing import Final

from hobnob_protocol.ids import AccountId, StreamId, StreamType, stream_type
from hobnob_protocol.limits import PRESENT_ACCOUNTS_MAX, TYPING_FOLLOWERS_MAX
from hobnob_protocol.presence_frames import Here, Typing, Who, WhoIs
from hobnob_sync.hub_engine import pushing
from hobnob_sync.hub_engine.inputs import Send
from hobnob_sync.hub_engine.pages import may_read
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.step import Step

TYPING_COST: Final = 1
WHO_COST: Final = 4
"""All who follow a stream are looked at: as much as one second gives back."""

_PLACES: Final = (StreamType.CHANNEL, StreamType.CONVERSATION)


def be_here(session: Session, frame: Here) -> None:
    """What one wants to be told, and to have told, of presence from now on."""
    session.shown, session.told_typing = frame.shown, frame.typing


def note_typing(step: Step, session: Session, frame: Typing) -> None:
    """Somebody writes: kept until the end of the step, if they may say so and can pay for it."""
    if not session.told_typing or not _may_meet(step, session, frame.stream):
        return
    if not pushing.spend(step, session, TYPING_COST):
        step.typing[frame.stream, session.account] = None


def send_typing(step: Step) -> None:
    """Tell those who follow, once for all who write in this step."""
    for stream, account in step.typing:
        conns = _listeners(step, stream, account)
        if conns:
            step.say(Send(conns, Typing(stream, account)))


def _listeners(step: Step, stream: StreamId, account: AccountId) -> tuple[int, ...]:
    followers = step.sessions.followers.get(stream)
    if followers is None or len(followers) > TYPING_FOLLOWERS_MAX:
        return ()
    return tuple(
        session.conn
        for session in followers
        if session.told_typing
        and session.account != account
        and session.ready
        and not session.subscriptions[stream].dirty
        and may_read(step.state, session, stream)
    )


def tell_who(step: Step, session: Session, frame: Who) -> None:
    """Answer a WHO: with nobody where the asker is not shown, holds no right or cannot pay."""
    wait_ms = pushing.spend(step, session, WHO_COST)
    present: list[AccountId] = []
    if session.shown and not wait_ms and _may_meet(step, session, frame.stream):
        present = _present(step, session, frame.stream)
    some = tuple(present[:PRESENT_ACCOUNTS_MAX])
    step.say(Send((session.conn,), WhoIs(frame.stream, some, len(some) < len(present))))


def _may_meet(step: Step, session: Session, stream: StreamId) -> bool:
    """Is it a place where people talk, and does the connection follow it by right?"""
    return (
        stream_type(stream) in _PLACES
        and stream in session.subscriptions
        and may_read(step.state, session, stream)
    )


def _present(step: Step, asker: Session, stream: StreamId) -> list[AccountId]:
    """The others who follow a stream, may see it and want to be shown, ascending."""
    shown = {
        session.account
        for session in step.sessions.followers.get(stream, ())
        if session.shown and may_read(step.state, session, stream)
    }
    return sorted(shown - {asker.account})
