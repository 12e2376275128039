"""After a hub lost part of its log: what this replica still holds is offered back, in old order.

Own and foreign events alike are kept until our own log holds them again, so a second loss costs
nothing (sync.md §2.9, §7.3). There may be as many as the hub ever had: the store keeps them all,
and memory those that are next.
"""

from typing import Final

from hobnob_protocol.errors import ProtocolError, Refusal
from hobnob_protocol.event import decode_event
from hobnob_protocol.event import event_id as named
from hobnob_protocol.frames import Offer, OfferAck, Offered
from hobnob_protocol.ids import PEOPLE, EventId, TargetId, target_of
from hobnob_protocol.limits import PAGE_BYTES_MAX, PUSH_EVENTS_MAX
from hobnob_sync.client_engine.inputs import Send
from hobnob_sync.client_engine.link import OFFER_MS, OFFER_MS_MAX, Link
from hobnob_sync.client_engine.pushing import is_so_already, is_start, put_in_tray
from hobnob_sync.client_engine.reading import author_of
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.client_engine.step import Step
from hobnob_sync.ports import Key, OrphanRow, OrphansKey, TrayRow

LATER: Final = 1
REFUSED: Final = 2
NO_NAME: Final = TargetId(bytes(16))
"""What the hub calls bytes that are no event."""


def ack_asks(state: ReplicaState, link: Link) -> tuple[Key[object], ...]:
    """What the answer to the OFFER under way may read: the orphans after those in memory."""
    turns = link.offered_at is not None and link.offer_turns
    return (OrphansKey(link.offer_after),) if turns else ()


def tick_asks(state: ReplicaState) -> tuple[Key[object], ...]:
    """What offering once more reads: the first orphans, where memory does not hold all."""
    return (OrphansKey(None),) if state.spilled else ()


def begin(step: Step, link: Link) -> None:
    """Offer from the first orphan on."""
    if step.state.orphans_before:
        step.state.rewind_orphans()
    offer(step, link)


def offer(step: Step, link: Link) -> None:
    """Offer the next orphans; after the last of them say so and let the outbox go.

    Where memory holds none of the next ones, an empty OFFER makes the occasion to read them.
    """
    assert link.offered_at is None, "one OFFER is under way at a time"
    state = step.state
    in_order = sorted(state.orphans.values(), key=lambda row: row.place)
    waiting = [row for row in in_order if not _told(link, row)]
    batch: list[Offered] = []
    size_bytes = 0
    for row in waiting:
        size_bytes += len(row.event) + 64
        # An OFFER is judged by whom the hub knew before it: people come in one of their own.
        known = not batch or (row.stream == PEOPLE) == (batch[0].stream == PEOPLE)
        if len(batch) == PUSH_EVENTS_MAX or (batch and size_bytes > PAGE_BYTES_MAX) or not known:
            break
        batch.append(Offered(row.stream, row.seq, row.at_ms, row.event))
    last = len(batch) == len(waiting)
    done = last and not state.orphans_beyond
    if not batch and not link.offering:
        return
    link.offered_at = step.now_ms
    step.say(Send(Offer(tuple(batch), done)))
    link.offer_done = done
    link.offer_turns = last and not done
    link.offer_after = in_order[-1].place if in_order else link.offer_after
    link.offer_sent = tuple(row.event_id for row in waiting[: len(batch)])


def _told(link: Link, row: OrphanRow) -> bool:
    return row.event_id in link.offer_answered


def offer_answer(step: Step, link: Link, ack: OfferAck) -> None:
    """Take the hub's answers: in the log or later → keep until seen; refused → tray or forget."""
    if link.offered_at is None or not _answers(step, link, ack):
        return
    for event_id, told in zip(link.offer_sent, ack.answers, strict=True):
        row = step.state.orphans.get(event_id)
        if row is None:
            continue
        if told.status == REFUSED:
            drop_orphan(step, row, told.code)
        else:
            link.offer_answered[event_id] = None
    link.offered_at = None
    if link.offer_done:
        link.offering = False
        if step.state.offer_due:
            step.state.offer_due = False
            step.put_meta("offer_due", b"")
        link.offer_again_at = step.now_ms + link.offer_wait_ms
    else:
        if link.offer_turns:
            step.state.turn_orphans(step.loaded.get(OrphansKey(link.offer_after)), before=True)
            link.offer_answered.clear()
        offer(step, link)


def _answers(step: Step, link: Link, ack: OfferAck) -> bool:
    """Does it answer the OFFER under way? One that comes late or twice names other events."""
    return len(ack.answers) == len(link.offer_sent) and all(
        told.status == LATER or told.target == _name(step, event_id)
        for event_id, told in zip(link.offer_sent, ack.answers, strict=True)
    )


def _name(step: Step, event_id: EventId) -> TargetId:
    """What the hub calls an event that we offered: read from its bytes, which may have rotted."""
    row = step.state.orphans.get(event_id)
    if row is None:
        return target_of(event_id)
    try:
        event = decode_event(row.event)
    except ProtocolError:
        return NO_NAME
    author = author_of(step.state, event.header.device)
    if author is None:
        return target_of(event_id)
    return target_of(named(step.state.identity.hub, row.stream, author, event.header_bytes))


def offer_again(step: Step, link: Link) -> None:
    """Offer once more what had to wait for its target, and what the log has not brought back."""
    if link.offered_at is not None and step.now_ms >= link.offered_at + OFFER_MS:
        link.offered_at = None
        if link.offering:
            offer(step, link)
            return
    state = step.state
    if link.offered_at is not None or link.offering or not (state.orphans or state.spilled):
        return
    if step.now_ms >= link.offer_again_at:
        link.offer_answered.clear()
        if state.spilled:
            state.turn_orphans(step.loaded.get(OrphansKey(None)), before=False)
        link.offer_wait_ms = min(2 * link.offer_wait_ms, OFFER_MS_MAX)
        link.offer_again_at = step.now_ms + link.offer_wait_ms
        offer(step, link)


def drop_orphan(step: Step, row: OrphanRow, code: str) -> None:
    """The hub will never take it back: our own goes to the tray, another's is forgotten."""
    del step.state.orphans[row.event_id]
    step.transaction.orphans[row.event_id] = None
    lost = code != Refusal.ERASED and not is_so_already(row, code)
    if lost and _is_own(step, row) and not is_start(row.stream, row.event):
        n = step.take_number()
        put_in_tray(step, TrayRow(n, row.stream, row.event_id, row.event, code))


def _is_own(step: Step, row: OrphanRow) -> bool:
    """Did this device sign it? What has rotted is nobody's."""
    try:
        device = decode_event(row.event).header.device
    except ProtocolError:
        return False
    return device == step.state.identity.author.device
