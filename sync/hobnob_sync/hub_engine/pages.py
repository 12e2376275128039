"""What goes down to whom from the log: pages, under credit and by lanes.

Nothing waits for a client here: a stream it cannot take now is marked, and its next page is read
when there is room. Control streams go before live ones and tails, those before history, which still
gets every twentieth page.

A request for history is answered page by page from its end downwards, the streams in turn: one
frame brings as much as was asked for, as fast as credit comes back. What is asked of a stream that
is asked for already makes one request of both, so that many frames cost no more than one.
"""

from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from hobnob_protocol.flow import page_cost_bytes
from hobnob_protocol.frames import Back, BackPage, Page, Placed, Stamped
from hobnob_protocol.ids import EMPTY_HEAD, StreamId, stream_type
from hobnob_protocol.limits import BACKFILL_SHARE, BACKFILLS_MAX, PAGE_BYTES_MAX, PAGE_EVENTS_MAX
from hobnob_protocol.value import value
from hobnob_sync.hub_engine import context
from hobnob_sync.hub_engine.inputs import Send
from hobnob_sync.hub_engine.session import Session, Subscription
from hobnob_sync.hub_engine.sessions import Sessions
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.policy.table import visible
from hobnob_sync.ports import Entry, HistoryKey, Key, Loaded, RangeKey, RootsKey

PLANNED_MAX: Final = 32
"""Pages read in one step: bounds its work, whoever waits."""


@value
class Planned:
    """A page that shall be sent in this step: its session, its stream, and a request for history
    or None for the stream's next events. `before_seq` is where what the client holds once it has
    all it asked for begins, 0 where it is not known."""

    conn: int
    stream: StreamId
    back: Back | None
    key: RangeKey | HistoryKey
    before_seq: int


def ask_back(session: Session, back: Back) -> None:
    """Remember a request for history: one of each stream, from the higher place to the lower where
    it is asked for already; beyond the bound the newest is dropped."""
    waiting = session.backs.get(back.stream)
    if waiting is not None and waiting.grant == back.grant:
        before_seq = max(waiting.before_seq, back.before_seq)
        first_seq = min(waiting.before_seq - waiting.limit, back.before_seq - back.limit)
        back = replace(back, before_seq=before_seq, limit=before_seq - first_seq)
    if waiting is not None or len(session.backs) < BACKFILLS_MAX:
        session.backs[back.stream] = back


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
            note_spent(sessions, session)
        else:
            planned.append(found)
            sessions.spent.pop(session.conn, None)
    return planned


def note_spent(sessions: Sessions, session: Session) -> None:
    """Remember whether it is credit that a session waits for."""
    if not session.ready and session.congested_since_ms is None and is_due(session):
        sessions.spent[session.conn] = session
    else:
        sessions.spent.pop(session.conn, None)


def is_due(session: Session) -> bool:
    """Would a session get a page, if it had credit and room?"""
    return bool(session.backs) or _first_dirty(session) is not None


def _next_page(state: HubState, session: Session) -> Planned | None:
    backs_turn = bool(session.backs) and session.pages % BACKFILL_SHARE == BACKFILL_SHARE - 1
    dirty = None if backs_turn else _first_dirty(session)
    if dirty is not None:
        key = RangeKey(dirty.stream, dirty.sent_seq + 1, PAGE_EVENTS_MAX, PAGE_BYTES_MAX)
        return Planned(session.conn, dirty.stream, None, key, dirty.tail_seq)
    for back in list(session.backs.values()):
        grant = state.held(session.account).get(back.stream)
        if grant is not None and grant.grant == back.grant:
            first, before = _first_of(back, grant.floor), back.before_seq
            # Where nothing ends yet, whoever waited for it would be asked about for ever.
            if first < before <= state.streams[back.stream].seq + 1:
                bounds = (first, before, PAGE_EVENTS_MAX, PAGE_BYTES_MAX)
                wanted = HistoryKey(back.stream, *bounds)
                return Planned(session.conn, back.stream, back, wanted, first)
        del session.backs[back.stream]
    return None


def _first_of(back: Back, floor: int) -> int:
    """The first event a request for history may get: never one from below the floor."""
    return max(floor + 1, back.before_seq - back.limit)


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
    """What goes beside those of the planned pages that are loaded: the head before a page of
    history, and what explains it."""
    found: list[Key[object]] = []
    for page in planned:
        if loaded.has(page.key):
            entries = loaded.get(page.key)
            if page.back is not None and entries[0].seq > 1:
                found.append(_before(page.stream, entries))
            roots = _context_ask(state, sessions.by_conn[page.conn], page, entries)
            found += () if roots is None else (roots,)
    return found


def _before(stream: StreamId, entries: tuple[Entry, ...]) -> RangeKey:
    """The entry before some, which gives the head their chain begins with."""
    return RangeKey(stream, entries[0].seq - 1, 1, 1)


def _context_ask(
    state: HubState, session: Session, page: Planned, entries: tuple[Entry, ...]
) -> RootsKey | None:
    return context.ask(state, session.account, page.stream, entries, page.before_seq)


# Sending.


@dataclass(slots=True)
class _Shared:
    """One page for all who are equally far in a stream; each of them is charged for it."""

    page: Page
    cost_bytes: int
    conns: list[int]


_Likeness: TypeAlias = "tuple[Key[tuple[Entry, ...]], RootsKey | None]"
"""Planned pages that agree in this are one: what of the log, and what goes along."""


def send_planned(step: Step, planned: list[Planned]) -> None:
    """Send the pages that were planned, as far as they are still allowed."""
    shared: dict[_Likeness, _Shared] = {}
    for page in planned:
        session = step.sessions.by_conn.get(page.conn)
        if session is None or not session.ready:
            continue
        if not may_read(step.state, session, page.stream):
            continue
        step.sessions.had_turn(session)
        if page.back is None:
            _send_next(step, session, page, shared)
        else:
            _send_back(step, session, page, page.back)
    # A session has one page a step at most: nothing said to it meanwhile comes before its own.
    for each in shared.values():
        step.say(Send(tuple(each.conns), each.page))


def may_read(state: HubState, session: Session, stream: StreamId) -> bool:
    """The one rule, asked where data leaves: whatever was planned, a right may have ended."""
    sort = stream_type(stream)
    assert sort is not None
    account = session.account
    return visible(sort, state.membership(stream, account), state.role(account))


def _send_next(
    step: Step, session: Session, page: Planned, shared: dict[_Likeness, _Shared]
) -> None:
    subscription = session.subscriptions.get(page.stream)
    entries = step.loaded.get(page.key)
    if subscription is None or subscription.sent_seq + 1 != entries[0].seq:
        return
    ask = _context_ask(step.state, session, page, entries)
    likeness = (page.key, ask)
    each = shared.get(likeness)
    if each is None:
        each = shared[likeness] = _made(step, page, entries, context.found(step, ask))
    each.conns.append(session.conn)
    _charge(session, each.cost_bytes)
    subscription.sent_seq = entries[-1].seq
    subscription.dirty = subscription.sent_seq < step.state.streams[page.stream].seq


def _made(
    step: Step, page: Planned, entries: tuple[Entry, ...], beside: tuple[Placed, ...]
) -> _Shared:
    """The page itself, for nobody yet."""
    number = step.state.streams[page.stream].number
    shown = stamped(_as_now(step, page.stream, entries))
    return _Shared(Page(number, entries[0].seq, shown, beside), _cost_bytes(entries, beside), [])


def _send_back(step: Step, session: Session, page: Planned, back: Back) -> None:
    waiting = session.backs.get(back.stream)
    if waiting is None or waiting.before_seq != back.before_seq:
        # The stream was closed, or is asked for from another place meanwhile.
        return
    del session.backs[back.stream]
    grant = step.state.held(session.account)[back.stream]
    if grant.grant != waiting.grant:
        return
    entries = step.loaded.get(page.key)
    first = entries[0].seq
    row = step.state.streams[back.stream]
    base = step.loaded.get(_before(back.stream, entries))[0].head if first > 1 else EMPTY_HEAD
    beside = context.found(step, _context_ask(step.state, session, page, entries))
    _charge(session, _cost_bytes(entries, beside))
    shown = stamped(_as_now(step, back.stream, entries))
    step.say(Send((session.conn,), BackPage(row.number, first, base, shown, beside)))
    rest = replace(waiting, before_seq=first, limit=waiting.limit - len(entries))
    if _first_of(rest, grant.floor) < first:
        # Behind the other streams'.
        ask_back(session, rest)


def _as_now(step: Step, stream: StreamId, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries that were loaded, without the bodies that this step takes away."""
    gone = {seq: event for at, seq, event in step.transaction.strips if at == stream}
    if not gone:
        return entries
    return tuple([replace(entry, event=gone.get(entry.seq, entry.event)) for entry in entries])


def stamped(entries: list[Entry] | tuple[Entry, ...]) -> tuple[Stamped, ...]:
    """Entries as pages carry them."""
    return tuple([Stamped(entry.at_ms, entry.event) for entry in entries])


def _cost_bytes(entries: tuple[Entry, ...], beside: tuple[Placed, ...]) -> int:
    said: tuple[Entry | Placed, ...] = (*entries, *beside)
    return page_cost_bytes(found.event for found in said)


def _charge(session: Session, cost_bytes: int) -> None:
    session.pages += 1
    session.charge(cost_bytes)
