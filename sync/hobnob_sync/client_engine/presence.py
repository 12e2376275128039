"""Who is here and who writes, as far as this person has chosen to tell it and to be told.

Nothing of it is kept: it ends with the connection. To a hub that does not take it nothing is said.
"""

from typing import Final

from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.limits import TYPING_PACE_MS, TYPING_SHOWN_MS, WHO_PACE_MS
from hobnob_protocol.presence_frames import Here, Typing, Who, WhoIs
from hobnob_sync.client_engine.arrivals import Arrival
from hobnob_sync.client_engine.inputs import BeHere, Present, Send, Writing
from hobnob_sync.client_engine.link import Link
from hobnob_sync.client_engine.step import Step

WRITERS_MAX: Final = 256
"""People who write at once that are remembered: more than fit any screen."""


def be_here(step: Step, link: Link, wish: BeHere) -> None:
    """Say what is to be told, once it differs from what the hub knows: at first, nothing."""
    here = Here(wish.shown, wish.typing)
    if not link.welcome.presence or here == link.here:
        return
    link.here = here
    step.say(Send(here))
    if not here.typing:
        leave(step, link)


def may_type(link: Link, stream: StreamId, now_ms: int) -> bool:
    """Is it time to say that one writes there?"""
    last_ms = link.typed_at.get(stream)
    return (
        link.here.typing
        and stream in link.opened
        and (last_ms is None or now_ms >= last_ms + TYPING_PACE_MS)
    )


def tell_typing(step: Step, link: Link, stream: StreamId) -> None:
    """Say that one writes there, unless it was said just now."""
    if may_type(link, stream, step.now_ms):
        link.typed_at[stream] = step.now_ms
        step.say(Send(Typing(stream)))


def ask_who(step: Step, link: Link, stream: StreamId) -> None:
    """Ask who is here, unless it was asked just now."""
    last_ms = link.who_at.get(stream)
    late = last_ms is None or step.now_ms >= last_ms + WHO_PACE_MS
    if link.here.shown and stream in link.opened and late:
        link.who_at[stream] = step.now_ms
        step.say(Send(Who(stream)))


def hear_typing(step: Step, link: Link, frame: Typing) -> None:
    """Somebody writes, until so much later or until what they wrote is there."""
    account = frame.account
    if not link.here.typing or account is None or frame.stream not in link.opened:
        return
    place = (frame.stream, account)
    if account == step.state.identity.author.account:
        return
    if place not in link.writing and len(link.writing) >= WRITERS_MAX:
        return
    link.writing[place] = step.now_ms + TYPING_SHOWN_MS
    _say_writing(step, link, frame.stream)


def hear_who(step: Step, link: Link, frame: WhoIs) -> None:
    """An answer, to a question that was asked."""
    if frame.stream in link.who_at:
        step.say(Present(frame.stream, frame.present, frame.more))


def arrived(step: Step, link: Link, arrival: Arrival) -> None:
    """What somebody wrote is there."""
    stream = arrival.row.stream
    if link.writing:
        _drop(step, link, [(stream, read.fact.account) for read in arrival.reads])


def forget_overdue(step: Step, link: Link) -> None:
    """Whoever has not said for so long that they write does not."""
    _drop(step, link, [place for place, end in link.writing.items() if step.now_ms >= end])


def leave(step: Step, link: Link) -> None:
    """Nothing is known any more."""
    _drop(step, link, list(link.writing))


def _drop(step: Step, link: Link, places: list[tuple[StreamId, AccountId]]) -> None:
    dropped = [place for place in places if link.writing.pop(place, None) is not None]
    for stream in dict.fromkeys(stream for stream, _ in dropped):
        _say_writing(step, link, stream)


def _say_writing(step: Step, link: Link, stream: StreamId) -> None:
    accounts = tuple(account for place, account in link.writing if place == stream)
    step.say(Writing(stream, accounts))
