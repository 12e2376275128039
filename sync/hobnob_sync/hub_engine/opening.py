"""Who follows what: a replica opens a stream from its own cursor, or from a tail, and closes it.

What it lacks from there on is marked, and comes in pages (`pages`).
"""

from dataclasses import replace
from typing import Final

from hobnob_protocol.frames import CloseStream, Open, Opened, OpenStream
from hobnob_protocol.ids import EMPTY_HEAD, head8
from hobnob_protocol.limits import MEMBER_STREAMS_MAX
from hobnob_sync.hub_engine.inputs import Send
from hobnob_sync.hub_engine.session import Session, Subscription
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.ports import Key, RangeKey

OPEN: Final = 0
ANOTHER_HISTORY: Final = 1
NOT_YOURS: Final = 2


def open_asks(open_frame: Open) -> list[Key[object]]:
    """The entries at which replicas want to go on, or before which tails begin."""
    return [RangeKey(wish.stream, wish.seq, 1, 1) for wish in open_frame.streams if wish.seq]


def tail_asks(state: HubState, open_frame: Open, session: Session) -> list[Key[object]]:
    """The entries before which tails begin."""
    held = state.held(session.account)
    keys: list[Key[object]] = []
    for wish in open_frame.streams:
        grant = held.get(wish.stream)
        if grant is not None and not wish.seq:
            base = _tail_base(state.streams[wish.stream].seq, wish, grant.floor)
            if base:
                keys.append(RangeKey(wish.stream, base, 1, 1))
    return keys


def _tail_base(seq: int, wish: OpenStream, floor: int) -> int:
    return max(floor, seq - wish.tail, 0)


def open_streams(step: Step, session: Session, open_frame: Open) -> None:
    """Answer each wish and follow what is granted."""
    for wish in open_frame.streams:
        step.say(Send((session.conn,), _open(step, session, wish)))


def _open(step: Step, session: Session, wish: OpenStream) -> Opened:
    state = step.state
    grant = state.held(session.account).get(wish.stream)
    row = state.streams.get(wish.stream)
    refused = Opened(wish.stream, wish.grant, 0, NOT_YOURS, 0, EMPTY_HEAD, 0, ())
    if grant is None or row is None or grant.grant != wish.grant:
        return refused
    fresh = wish.stream not in session.subscriptions
    if fresh and len(session.subscriptions) >= MEMBER_STREAMS_MAX:
        return refused
    if wish.seq:
        base_seq = wish.seq
        base = step.entry(wish.stream, wish.seq)
        fits = base is not None and head8(base.head) == wish.head8 and wish.seq >= grant.floor
        if not fits:
            return replace(refused, number=row.number, status=ANOTHER_HISTORY, head_seq=row.seq)
    else:
        # As the stream stood when entries were loaded: others may have pushed in this very batch.
        seq = row.seq - len(step.appended.get(wish.stream, ()))
        base_seq = _tail_base(seq, wish, grant.floor)
        base = step.entry(wish.stream, base_seq) if base_seq else None
    head = base.head if base is not None else EMPTY_HEAD
    dirty = base_seq < row.seq
    tail_seq = 0 if wish.seq else base_seq + 1
    subscription = Subscription(wish.stream, grant.grant, base_seq, dirty, tail_seq)
    step.sessions.follow(session, subscription)
    forks = state.forks(wish.stream)
    return Opened(wish.stream, grant.grant, row.number, OPEN, base_seq, head, row.seq, forks)


def close_stream(step: Step, session: Session, closed: CloseStream) -> None:
    """The client follows this stream no more."""
    step.sessions.unfollow(session, closed.stream)
