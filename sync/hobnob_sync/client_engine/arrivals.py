"""Pages come in: what of them is new, whether it fits, and what taking it changes.

A page at the head must begin where the log ends; one that begins later is a gap and is asked for
again from our own cursor; what overlaps is cut off. A history page must end exactly where the held
range begins, and its last head must be the stored base: history that does not link is refused. In
a control stream, which decides about rights, every signature is checked before a page counts.
"""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Final

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import verify
from hobnob_protocol.frames import BackPage, Page, Placed, Stamped
from hobnob_protocol.ids import PEOPLE, Head, StreamId, TargetId
from hobnob_protocol.kind import Fact
from hobnob_protocol.value import value
from hobnob_sync import erasure, fold
from hobnob_sync.client_engine.following import is_control
from hobnob_sync.client_engine.inputs import Alarm, Changed
from hobnob_sync.client_engine.link import Link
from hobnob_sync.client_engine.reading import Read, read_context, read_event
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.client_engine.step import Step
from hobnob_sync.client_engine.suspicion import seen_asks, watch_acked, watch_seen
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Entry, Key, RangeKey, ReplicaStream

FITS: Final = "fits"
OLD: Final = "old"
GAP: Final = "gap"
STARVED: Final = "starved"
BROKEN: Final = "broken"
FORGED: Final = "forged"

BESIDE_MAX: Final = 4_096
"""Events beside pages that are remembered as kept: of a busy channel some hundred threads go on at
once, and pages of eight channels come in turn. Half a megabyte."""


@value
class Arrival:
    """A page, read: `verdict` says what to do with it; `reads` are its new events in seq order.

    Of a forged page they are the one event that its author never signed.
    """

    row: ReplicaStream
    verdict: str
    reads: tuple[Read, ...] = ()
    base: Head | None = None
    context: tuple[Placed, ...] = ()


def read_page(state: ReplicaState, link: Link, page: Page) -> Arrival | None:
    """What a page at the head brings; None if it names no stream we follow."""
    stream = link.numbers.get(page.number)
    row = state.streams.get(stream) if stream is not None else None
    if row is None:
        return None
    if page.first_seq > row.hi + 1:
        return Arrival(row, GAP)
    events = page.events[row.hi + 1 - page.first_seq :]
    if not events:
        return Arrival(row, OLD)
    return _read(state, row, row.hi + 1, events, row.head, None, page.context)


def read_back(state: ReplicaState, link: Link, page: BackPage) -> Arrival | None:
    """What a history page brings; None if it names no stream we follow."""
    stream = link.numbers.get(page.number)
    row = state.streams.get(stream) if stream is not None else None
    if row is None:
        return None
    fits = page.first_seq + len(page.events) == row.lo and page.first_seq > row.floor
    if not fits or not page.events:
        return Arrival(row, OLD)
    arrival = _read(
        state, row, page.first_seq, page.events, page.base_head, page.base_head, page.context
    )
    if arrival.verdict == FITS and arrival.reads[-1].entry.head != row.base:
        return Arrival(row, BROKEN)
    return arrival


def _read(
    state: ReplicaState,
    row: ReplicaStream,
    first_seq: int,
    events: tuple[Stamped, ...],
    head: Head,
    base: Head | None,
    context: tuple[Placed, ...],
) -> Arrival:
    reads: list[Read] = []
    identity = state.identity
    control = is_control(row.stream)
    try:
        for seq, stamped in enumerate(events, first_seq):
            read = read_event(state, row.stream, seq, stamped.at_ms, stamped.event, head)
            if read is None:
                return Arrival(row, STARVED)
            if control and not verify(
                read.event, identity.hub, row.stream, read.author, identity.verifier
            ):
                return Arrival(row, FORGED, (read,))
            if row.stream == PEOPLE:
                state.accounts.apply(read.fact)
            reads.append(read)
            head = read.entry.head
    except ProtocolError:
        return Arrival(row, BROKEN)
    return Arrival(row, FITS, tuple(reads), base, context)


def forget_untaken(state: ReplicaState, arrival: Arrival) -> None:
    """Whoever was read of the people and is not kept is nobody: where a page was not taken,
    whatever the reason, nothing of it counts."""
    if arrival.row.stream == PEOPLE:
        state.accounts.drop_after(state.streams[PEOPLE].hi)


def asks(arrival: Arrival, step: Step | None) -> tuple[Key[object], ...]:
    """What taking the page reads: first its cells, then (with a step) the bodies it erases."""
    if arrival.verdict != FITS:
        return ()
    row = arrival.row
    if step is None:
        writes = (write for read in arrival.reads for write in read.writes)
        keys: list[Key[object]] = [*fold.asks_each(row.stream, writes)]
        for read in arrival.reads:
            if read.kind is not None:
                keys.extend(erasure.context_asks(read.fact))
        keys.extend(seen_asks(row, arrival.reads))
        return tuple(dict.fromkeys(keys))
    cells = step.cells(row.stream)
    return tuple(
        RangeKey(row.stream, seq, 1, 1)
        for read in arrival.reads
        for seq, _ in erasure.voided(cells, read.fact)
        if row.lo <= seq <= row.hi
    )


def take(step: Step, arrival: Arrival) -> None:
    """Apply a page that fits: log, cells, outbox, orphans, and what follows from its events."""
    row = arrival.row
    stream = row.stream
    reads = arrival.reads
    cells = step.cells(stream)
    entries = step.transaction.entries
    fresh = {read.entry.seq: read.entry for read in reads}
    watch_acked(step, stream, fresh)
    # Before the events, for one of them may end what it shows.
    _keep_context(
        step, row.lo if arrival.base is None else reads[0].entry.seq, stream, arrival.context
    )
    for read in reads:
        entries.append((stream, read.entry))
        if read.flaw:
            step.say(Alarm(read.flaw, stream, (read.entry.event,)))
        if read.kind is not None:
            target = erasure.voided_target(read.fact)
            if target is not None:
                _strip(step, cells, read.fact, target, row, fresh)
            fold.take(cells, read.writes, read.entry.seq)
        _settle(step, read)
    watch_seen(step, row, reads)
    if arrival.base is not None:
        step.put_stream(replace(row, lo=reads[0].entry.seq, base=arrival.base))
    else:
        last = reads[-1].entry
        step.put_stream(
            replace(row, hi=last.seq, head=last.head, head_seq=max(row.head_seq, last.seq))
        )
    step.say(Changed(stream))


def _strip(
    step: Step,
    cells: Overlay,
    fact: Fact,
    target: TargetId,
    row: ReplicaStream,
    fresh: Mapping[int, Entry],
) -> None:
    """Erase what `fact` voids, in the log and beside it."""
    transaction, loaded = step.transaction, step.loaded
    erasure.strip(transaction.strips, loaded, cells, fact, row, fresh)
    erasure.strip_context(transaction, loaded, step.state.accounts, fact, target)


def _settle(step: Step, read: Read) -> None:
    """The event is in our own log: only now are its outbox row and its orphan forgotten, and that
    it was refused, where another's replica has brought what it lacked."""
    state = step.state
    n = state.outbox_ids.get(read.entry.event_id)
    if n is not None:
        step.drop_outbox(n)
    if state.orphans.pop(read.entry.event_id, None) is not None or state.spilled:
        step.transaction.orphans[read.entry.event_id] = None
    for row in [row for row in state.tray.values() if row.event_id == read.entry.event_id]:
        del state.tray[row.n]
        step.transaction.tray[row.n] = None


def _keep_context(step: Step, lo: int, stream: StreamId, context: tuple[Placed, ...]) -> None:
    """Keep what explains the page from below the range; what is in it explains itself. A thread
    explains many pages in a row: its signature is checked once."""
    beside = step.state.beside
    for placed in context:
        place, shown = (stream, placed.seq), sha256(placed.event).digest()
        if placed.seq >= lo or beside.get(place) == shown:
            continue
        try:
            entry = read_context(step.state, stream, placed.seq, placed.at_ms, placed.event)
        except ProtocolError:
            entry = None
        if entry is not None:
            step.transaction.context.append((stream, entry))
            beside[place] = shown
            if len(beside) > BESIDE_MAX:
                del beside[next(iter(beside))]
