"""What goes down to whom: live events at once, all else from the log, under credit and by lanes.

Nothing waits for a client here: a stream it cannot take now is marked, and its next page is read
from the log when there is room. Control streams go before live ones and tails, those before
history, which still gets every twentieth page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from hobnob_protocol.flow import page_cost_bytes
from hobnob_protocol.frames import (
    Back,
    BackPage,
    CloseStream,
    Open,
    Opened,
    OpenStream,
    Page,
    Placed,
    Stamped,
)
from hobnob_protocol.ids import EMPTY_HEAD, StreamId, head8, stream_type
from hobnob_protocol.limits import (
    BACKFILL_SHARE,
    BACKFILLS_MAX,
    MEMBER_STREAMS_MAX,
    PAGE_BYTES_MAX,
    PAGE_EVENTS_MAX,
)
from hobnob_sync.hub_engine import context
from hobnob_sync.hub_engine.inputs import Send
from hobnob_sync.hub_engine.sessions import Session, Sessions, Subscription
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.policy.table import visible
from hobnob_sync.ports import Entry, Key, Loaded, RangeKey, RootsKey

PLANNED_MAX: Final = 32
"""Pages read in one step: bounds its work, whoever waits."""
OPEN: Final = 0
ANOTHER_HISTORY: Final = 1
NOT_YOURS: Final = 2


@dataclass(frozen=True, slots=True)
class Planned:
    """A page that shall be sent in this step: its session, its stream, and a request for history
    or None for the stream's next events. `before_seq` is where what the client then holds begins, 0
    where it is not known."""

    conn: int
    stream: StreamId
    back: Back | None
    key: RangeKey
    before_seq: int

    def entries(self, loaded: Loaded) -> tuple[Entry, ...]:
        """What goes: all that was loaded but the entry that only gives the head before it."""
        found = loaded.get(self.key)
        return found[1:] if found[0].seq < self.before_seq else found


# Following.


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


def ask_back(session: Session, back: Back) -> None:
    """Remember a request for history; beyond the bound the newest is dropped."""
    if len(session.backs) < BACKFILLS_MAX:
        session.backs.append(back)


# Planning.


def plan(state: HubState, sessions: Sessions, pages_max: int = PLANNED_MAX) -> list[Planned]:
    """The pages to send in this step: one a session at most, so that nobody waits for another."""
    planned: list[Planned] = []
    for session in list(sessions.waiting.values()):
        if len(planned) >= pages_max:
            break
        found = _next_page(state, session) if session.ready else None
        if found is None:
            # It comes back with the next event, credit or room.
            del sessions.waiting[session.conn]
        else:
            planned.append(found)
    return planned


def _next_page(state: HubState, session: Session) -> Planned | None:
    backs_turn = bool(session.backs) and session.pages % BACKFILL_SHARE == BACKFILL_SHARE - 1
    dirty = None if backs_turn else _first_dirty(session)
    if dirty is not None:
        key = RangeKey(dirty.stream, dirty.sent_seq + 1, PAGE_EVENTS_MAX, PAGE_BYTES_MAX)
        return Planned(session.conn, dirty.stream, None, key, dirty.tail_seq)
    while session.backs:
        back = session.backs[0]
        grant = state.held(session.account).get(back.stream)
        if grant is None or grant.grant != back.grant or back.before_seq <= grant.floor + 1:
            session.backs.pop(0)
            continue
        if back.before_seq > state.streams[back.stream].seq + 1:
            # Nothing ends there yet, and whoever waited for it would be asked about for ever.
            session.backs.pop(0)
            continue
        first = _first_of(back, grant.floor)
        # One entry more, for the head before the first.
        start = max(1, first - 1)
        key = RangeKey(back.stream, start, back.before_seq - start, PAGE_BYTES_MAX)
        return Planned(session.conn, back.stream, back, key, first)
    return None


def _first_of(back: Back, floor: int) -> int:
    """The first event a request for history may get: never one from below the floor."""
    return max(floor + 1, back.before_seq - min(back.limit, PAGE_EVENTS_MAX))


def _first_dirty(session: Session) -> Subscription | None:
    """Control streams first, then all others in the order they were opened."""
    other: Subscription | None = None
    for subscription in session.subscriptions.values():
        if subscription.dirty:
            if subscription.stream[:2] not in (b"c:", b"d:"):
                return subscription
            other = other or subscription
    return other


def context_asks(
    state: HubState, sessions: Sessions, planned: list[Planned], loaded: Loaded
) -> list[Key[object]]:
    """What may go beside those of the planned pages that are loaded."""
    asked = [
        _context_ask(state, sessions.by_conn[page.conn], page, loaded)
        for page in planned
        if loaded.has(page.key)
    ]
    return [key for key in asked if key is not None]


def _context_ask(
    state: HubState, session: Session, page: Planned, loaded: Loaded
) -> RootsKey | None:
    entries = page.entries(loaded)
    return context.ask(state, session.account, page.stream, entries, page.before_seq)


# Sending.


def send_planned(step: Step, planned: list[Planned]) -> None:
    """Send the pages that were planned, as far as they are still allowed."""
    for page in planned:
        session = step.sessions.by_conn.get(page.conn)
        if session is None or not session.ready:
            continue
        if not may_read(step.state, session, page.stream):
            continue
        step.sessions.had_turn(session)
        if page.back is None:
            _send_next(step, session, page)
        else:
            _send_back(step, session, page, page.back)


def may_read(state: HubState, session: Session, stream: StreamId) -> bool:
    """The one rule, asked where data leaves: whatever was planned, a right may have ended."""
    sort = stream_type(stream)
    assert sort is not None
    account = session.account
    return visible(sort, state.membership(stream, account), state.role(account))


def _still_readable(state: HubState, session: Session, subscription: Subscription) -> bool:
    """`may_read`, and a note for as long as no right changes."""
    readable = may_read(state, session, subscription.stream)
    subscription.readable_at = state.rights if readable else -1
    return readable


def _send_next(step: Step, session: Session, page: Planned) -> None:
    subscription = session.subscriptions.get(page.stream)
    entries = page.entries(step.loaded)
    if subscription is None or subscription.sent_seq + 1 != entries[0].seq:
        return
    row = step.state.streams[page.stream]
    beside = context.found(step, _context_ask(step.state, session, page, step.loaded))
    _charge(session, entries, beside)
    subscription.sent_seq = entries[-1].seq
    subscription.dirty = subscription.sent_seq < row.seq
    shown = stamped(_as_now(step, page.stream, entries))
    step.say(Send((session.conn,), Page(row.number, entries[0].seq, shown, beside)))


def _send_back(step: Step, session: Session, page: Planned, back: Back) -> None:
    if back not in session.backs:
        # The stream was closed, or the right to it has ended.
        return
    session.backs.remove(back)
    loaded = step.loaded.get(page.key)
    if step.state.held(session.account)[back.stream].grant != back.grant:
        return
    if loaded[-1].seq != back.before_seq - 1:
        # The page was cut by its bytes from below: ask for a shorter one that reaches the place.
        shorter = min(back.limit, PAGE_EVENTS_MAX) // 2
        ask_back(session, replace(back, limit=shorter))
        return
    entries = page.entries(step.loaded)
    if not entries:
        return
    row = step.state.streams[back.stream]
    base = loaded[0].head if loaded[0].seq < page.before_seq else EMPTY_HEAD
    beside = context.found(step, _context_ask(step.state, session, page, step.loaded))
    _charge(session, entries, beside)
    shown = stamped(_as_now(step, back.stream, entries))
    step.say(Send((session.conn,), BackPage(row.number, page.before_seq, base, shown, beside)))


def _as_now(step: Step, stream: StreamId, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries that were loaded, without the bodies that this step takes away."""
    gone = {seq: event for at, seq, event in step.transaction.strips if at == stream}
    if not gone:
        return entries
    return tuple([replace(entry, event=gone.get(entry.seq, entry.event)) for entry in entries])


def send_live(step: Step) -> None:
    """Fan out what this step appended, page by page, the same bytes for all who are abreast;
    whoever is not gets a mark."""
    for stream, entries in step.appended.items():
        followers = step.sessions.followers.get(stream)
        if followers:
            for portion in _portions(entries):
                _send_portion(step, stream, portion, followers)


def _portions(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Entries in as few pages as hold them."""
    start = size_bytes = 0
    for at, entry in enumerate(entries):
        size_bytes += len(entry.event)
        if size_bytes > PAGE_BYTES_MAX or at - start == PAGE_EVENTS_MAX:
            yield entries[start:at]
            start, size_bytes = at, len(entry.event)
    yield entries[start:]


def _send_portion(
    step: Step,
    stream: StreamId,
    entries: list[Entry],
    followers: dict[int, tuple[Session, Subscription]],
) -> None:
    """One page for all who may have it now. What the loop does is done for each delivery: little,
    and inline."""
    state = step.state
    rights = state.rights
    first, last = entries[0].seq, entries[-1].seq
    cost_bytes = page_cost_bytes([entry.event for entry in entries])
    conns: list[int] = []
    for conn, (session, subscription) in followers.items():
        if (
            subscription.sent_seq == first - 1
            and not subscription.dirty
            and session.credit_bytes > 0
            and session.congested_since_ms is None
            and (
                subscription.readable_at == rights or _still_readable(state, session, subscription)
            )
        ):
            subscription.sent_seq = last
            session.credit_bytes -= cost_bytes
            conns.append(conn)
        else:
            subscription.dirty = True
            step.sessions.wait(session)
    if conns:
        page = Page(state.streams[stream].number, first, stamped(entries))
        step.say(Send(tuple(conns), page))


def stamped(entries: list[Entry] | tuple[Entry, ...]) -> tuple[Stamped, ...]:
    """Entries as pages carry them."""
    return tuple([Stamped(entry.at_ms, entry.event) for entry in entries])


def _charge(
    session: Session,
    entries: list[Entry] | tuple[Entry, ...],
    beside: tuple[Placed, ...] = (),
) -> None:
    session.pages += 1
    session.credit_bytes -= page_cost_bytes(found.event for found in (*entries, *beside))
