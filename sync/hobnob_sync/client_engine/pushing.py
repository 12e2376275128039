"""The outbox goes out: each event once, in order, and is kept until our own log holds it."""

from dataclasses import replace
from typing import Final

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.errors import ProtocolError, Refusal
from hobnob_protocol.event import decode_event
from hobnob_protocol.frames import Ack, Acked, Push, Pushed
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.conversations import SEALED, Conversation, GroupChange
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.limits import PAGE_BYTES_MAX, PUSH_EVENTS_MAX, TRAY_EVENTS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.group import read_link
from hobnob_sync.client_engine.inputs import Changed, Disconnect, NotSent, Send
from hobnob_sync.client_engine.link import PUSH_MS, Link
from hobnob_sync.client_engine.step import Step
from hobnob_sync.opened import is_conversation
from hobnob_sync.ports import OrphanRow, OutboxRow, TrayRow

_CONVERSATION: Final = STANDARD.of(Conversation).number
_SO_ALREADY: Final = (
    (STANDARD.of(Join).number, Refusal.EXISTS),
    (STANDARD.of(Leave).number, Refusal.NOT_MEMBER),
)
_GROUP: Final = STANDARD.of(GroupChange).number
UNSEALED = "unsealed"
QUEUED = "queued"
ACKED = "acked"


def queued_rows(step: Step) -> list[OutboxRow]:
    """What the hub is not known to have, in the order it was signed: that in which it was said,
    but that what goes out under seal is signed only when it is sealed."""
    state = step.state
    rows = [row for row in state.outbox.values() if row.state == QUEUED]
    if any(is_conversation(row.stream) for row in rows):
        rows.sort(key=state.signed_at)
    return rows


def number_rows(step: Step, last_push_no: int) -> None:
    """At a WELCOME: keep the numbers given if they fit the hub's count, else give new ones.

    Numbers up to the hub's last are answered as they were, so an event that was refused stays
    refused; some may be missing, for their events have come back by themselves. Those beyond must
    follow without a gap: a copied device or a restored hub breaks that, and ids make it safe to
    number anew.
    """
    rows = [row for row in queued_rows(step) if row.push_no]
    numbers = [row.push_no for row in rows]
    beyond = [number for number in numbers if number > last_push_no]
    fits = numbers == sorted(numbers) and beyond == list(
        range(last_push_no + 1, last_push_no + 1 + len(beyond))
    )
    step.state.next_push_no = last_push_no + 1 + (len(beyond) if fits else 0)
    if not fits:
        for row in rows:
            step.put_outbox(replace(row, push_no=0))


def push(step: Step, link: Link) -> None:
    """Send the next events, unless some are under way or the hub asked for patience."""
    if not link.ready or link.offering or link.pushed_at is not None:
        return
    if step.now_ms < link.paused_until:
        return
    batch: list[Pushed] = []
    size_bytes = 0
    for row in queued_rows(step):
        size_bytes += len(row.event) + 64
        if len(batch) == PUSH_EVENTS_MAX or (batch and size_bytes > PAGE_BYTES_MAX):
            break
        push_no = row.push_no
        if not push_no:
            push_no = step.state.next_push_no
            step.state.next_push_no += 1
            step.put_outbox(replace(row, push_no=push_no))
        batch.append(Pushed(push_no, row.stream, row.event))
    if batch:
        link.pushed_at = step.now_ms
        step.say(Send(Push(tuple(batch))))


def push_again(step: Step, link: Link) -> None:
    """A push was not answered in time: send it anew, under the same numbers."""
    if link.pushed_at is not None and step.now_ms >= link.pushed_at + PUSH_MS:
        link.pushed_at = None


def answer(step: Step, link: Link, ack: Ack) -> None:
    """Take the hub's answers, then send what comes next."""
    rows = {row.push_no: row for row in step.state.outbox.values() if row.state == QUEUED}
    for acked in ack.answers:
        if acked.status == 2:
            _gap(step, acked.push_no, rows)
            continue
        row = rows.get(acked.push_no)
        if row is None or row.n not in step.state.outbox or row.event_id[:8] != acked.event8:
            continue
        if acked.status == 0:
            _accepted(step, link, row, acked)
        elif acked.status == 1 and is_so_already(row, acked.code):
            step.drop_outbox(row.n)
            step.say(Changed(row.stream))
        elif acked.status == 1:
            refuse(step, row, acked.code)
        else:
            link.paused_until = max(link.paused_until, step.now_ms + acked.seq)
    link.pushed_at = None
    link.budget = (ack.budget, step.now_ms)
    push(step, link)


def is_so_already(row: OutboxRow | OrphanRow, code: str) -> bool:
    """Was it refused because what it wants is so: one has joined or left meanwhile, as on another
    device, or the other has begun the same conversation? Then nothing is lost."""
    if code == Refusal.EXISTS and begins(row):
        return True
    try:
        return (decode_event(row.event).header.kind, code) in _SO_ALREADY
    except ProtocolError:
        return False


def begins(row: OutboxRow | OrphanRow) -> bool:
    """Does it begin a conversation? Whoever begins one is granted it a moment later."""
    if not is_conversation(row.stream):
        return False
    try:
        event = decode_event(row.event)
        if event.header.kind == _GROUP:
            return read_link(decode_body(GroupChange, event.body).link).seq == 0
    except ProtocolError:
        return False
    return event.header.kind == _CONVERSATION


def _accepted(step: Step, link: Link, row: OutboxRow, acked: Acked) -> None:
    held = step.state.streams.get(row.stream)
    passed = held is not None and acked.seq <= held.hi
    followed = held is not None or row.stream in link.granted or begins(row)
    if passed or not followed:
        # In our own log, or where no page at the head will ever bring it: before our tail, or in a
        # stream we do not follow.
        step.drop_outbox(row.n)
    else:
        step.put_outbox(replace(row, state=ACKED, seq=acked.seq))
    step.say(Changed(row.stream))


def _gap(step: Step, expected: int, rows: dict[int, OutboxRow]) -> None:
    """The hub expects another number. If it is our lowest, a push was lost and goes again; else a
    copy of this device has pushed: number anew, on a connection no old answer can reach."""
    numbered = [number for number in rows if number]
    if not numbered or expected == min(numbered):
        return
    for row in rows.values():
        if row.n in step.state.outbox:
            step.put_outbox(replace(row, push_no=0))
    step.state.next_push_no = expected
    step.say(Disconnect("renumbered"))


def is_start(stream: StreamId, data: bytes) -> bool:
    """Does this sealed event begin a session? Nobody has said it: a device makes it, and another
    one for whatever is said next."""
    if not is_conversation(stream):
        return False
    # Who says nothing under seal has no need of these, nor of the libraries below them.
    from hobnob_protocol.sealing.body import Start
    from hobnob_protocol.sealing.body import decode_body as decode_sealed

    try:
        event = decode_event(data)
        return event.header.kind == SEALED and isinstance(decode_sealed(event.body), Start)
    except ProtocolError:
        return False


def refuse(step: Step, row: OutboxRow, code: str) -> None:
    """Move a refused event into the tray, where its author sees it with the reason; what only
    begins a session goes, for what was said in that is refused by itself."""
    step.drop_outbox(row.n)
    if not row.said and is_start(row.stream, row.event):
        step.say(Changed(row.stream))
        return
    put_in_tray(step, TrayRow(row.n, row.stream, row.event_id, row.event, code, row.said))


def put_in_tray(step: Step, row: TrayRow) -> None:
    """Keep what will not be sent; beyond the bound the oldest goes."""
    tray = step.state.tray
    if len(tray) >= TRAY_EVENTS_MAX:
        oldest = next(iter(tray))
        del tray[oldest]
        step.transaction.tray[oldest] = None
    tray[row.n] = row
    step.transaction.tray[row.n] = row
    step.say(NotSent(row.n, row.code))
    step.say(Changed(row.stream))
