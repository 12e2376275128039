"""Who is here and who writes: told to those who asked for it, kept by nobody.

Typing goes out once a step, the last of each account and stream, and only to whoever could take a
page now: it is what is left out first. Presence is asked for, not told, and only whoever has been
shown for a while is told: nobody looks who cannot be seen.
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
HERE_COST: Final = 1
WHO_COST: Final = 4
"""All who follow a stream are looked at: as much as one second gives back."""

_PLACES: Final = (StreamType.CHANNEL, StreamType.CONVERSATION)


def be_here(step: Step, session: Session, frame: Here) -> None:
    """What one wants to be told, and to have told, of presence from now on. Whoever cannot pay for
    it may only want less."""
    paid = not pushing.spend(step, session, HERE_COST)
    session.told_typing = frame.typing and (paid or session.told_typing)
    if not frame.shown:
        session.shown_since_ms = None
    elif paid and session.shown_since_ms is None:
        session.shown_since_ms = step.now_ms


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
    """Answer a WHO once the asker has been shown for a while; at once, and with nobody, where they
    are not shown, hold no right or cannot pay."""
    paid = not pushing.spend(step, session, WHO_COST)
    if paid and session.shown_since_ms is not None and _may_meet(step, session, frame.stream):
        due_ms = session.shown_since_ms + step.hub.settings.shown_first_ms
        step.sessions.who_due_ms[session.conn, frame.stream] = due_ms
    else:
        step.say(Send((session.conn,), WhoIs(frame.stream, (), False)))


def tell_due(step: Step) -> None:
    """Answer those who have been shown for long enough by now, and still are."""
    due = [asked for asked, due_ms in step.sessions.who_due_ms.items() if step.now_ms >= due_ms]
    for conn, stream in due:
        del step.sessions.who_due_ms[conn, stream]
        session = step.sessions.by_conn[conn]
        present: list[AccountId] = []
        if _has_been_shown(step, session) and _may_meet(step, session, stream):
            present = _present(step, session, stream)
        some = tuple(present[:PRESENT_ACCOUNTS_MAX])
        step.say(Send((conn,), WhoIs(stream, some, len(some) < len(present))))


def _has_been_shown(step: Step, session: Session) -> bool:
    """Whoever has hidden meanwhile begins anew."""
    since_ms = session.shown_since_ms
    return since_ms is not None and step.now_ms >= since_ms + step.hub.settings.shown_first_ms


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
