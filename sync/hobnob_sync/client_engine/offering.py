"""After a hub lost part of its log: what this replica still holds is offered back, in old order.

Own and foreign events alike are kept until our own log holds them again, so a second loss costs
nothing (sync.md §2.9, §7.3).
"""

from typing import Final

from hobnob_protocol.errors import Refusal
from hobnob_protocol.event import decode_event
from hobnob_protocol.frames import Offer, OfferAck, Offered
from hobnob_protocol.ids import DIRECTORY, MODERATION, PEOPLE, StreamId
from hobnob_protocol.limits import PAGE_BYTES_MAX, PUSH_EVENTS_MAX
from hobnob_sync.client_engine.inputs import Send
from hobnob_sync.client_engine.link import OFFER_MS, OFFER_MS_MAX, Link
from hobnob_sync.client_engine.pushing import put_in_tray
from hobnob_sync.client_engine.step import Step
from hobnob_sync.ports import OrphanRow, TrayRow

_RANKS: Final = {PEOPLE: 0, DIRECTORY: 1, MODERATION: 2}
"""Who people are comes first, then what they may do; all else after our own stream."""


def _rank(stream: StreamId) -> int:
    return _RANKS.get(stream, 3 if stream[:2] == b"u:" else 4)


def old_order(orphans: list[OrphanRow]) -> list[OrphanRow]:
    """Orphans as they shall be offered: by need of their stream, then in their old order."""
    return sorted(orphans, key=lambda row: (_rank(row.stream), row.stream, row.seq, row.event_id))


def offer(step: Step, link: Link) -> None:
    """Offer the next orphans; after the last of them say so and let the outbox go."""
    if link.offered_at is not None:
        return
    waiting = [row for row in old_order(list(step.state.orphans.values())) if not _told(link, row)]
    batch: list[Offered] = []
    size_bytes = 0
    for row in waiting:
        size_bytes += len(row.event) + 64
        if len(batch) == PUSH_EVENTS_MAX or (batch and size_bytes > PAGE_BYTES_MAX):
            break
        batch.append(Offered(row.stream, row.seq, row.at_ms, row.event))
    done = len(batch) == len(waiting)
    if not batch and not link.offering:
        return
    link.offered_at = step.now_ms
    step.say(Send(Offer(tuple(batch), done)))
    link.offer_done = done
    link.offer_sent = tuple(row.event_id for row in waiting[: len(batch)])


def _told(link: Link, row: OrphanRow) -> bool:
    return row.event_id in link.offer_answered


def offer_answer(step: Step, link: Link, ack: OfferAck) -> None:
    """Take the hub's answers: in the log or later → keep until seen; refused → tray or forget."""
    if link.offered_at is None or len(ack.answers) != len(link.offer_sent):
        return
    for event_id, told in zip(link.offer_sent, ack.answers, strict=True):
        row = step.state.orphans.get(event_id)
        if row is None:
            continue
        if told.status == 2:
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
        offer(step, link)


def offer_again(step: Step, link: Link) -> None:
    """Offer once more what had to wait for its target, and what the log has not brought back."""
    if link.offered_at is not None and step.now_ms >= link.offered_at + OFFER_MS:
        link.offered_at = None
        if link.offering:
            offer(step, link)
            return
    if step.state.orphans and not link.offering and step.now_ms >= link.offer_again_at:
        link.offer_answered.clear()
        link.offer_wait_ms = min(2 * link.offer_wait_ms, OFFER_MS_MAX)
        link.offer_again_at = step.now_ms + link.offer_wait_ms
        offer(step, link)


def drop_orphan(step: Step, row: OrphanRow, code: str) -> None:
    """The hub will never take it back: our own goes to the tray, another's is forgotten."""
    del step.state.orphans[row.event_id]
    step.transaction.orphans[row.event_id] = None
    device = decode_event(row.event).header.device
    if device == step.state.identity.author.device and code != Refusal.ERASED:
        n = step.take_number()
        put_in_tray(step, TrayRow(n, row.stream, row.event_id, row.event, code))
