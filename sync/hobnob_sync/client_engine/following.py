"""Which streams this replica follows: opened in the order of need, dropped when the right ends.

Our own stream, the directory and the people come first and whole: they say what else we may read
and who signs there. Channels and conversations start at their tail.
"""

from dataclasses import replace
from typing import Final

from hobnob_protocol.errors import Refusal
from hobnob_protocol.frames import Open, Opened, OpenStream
from hobnob_protocol.ids import EMPTY_HEAD, PEOPLE, GrantId, StreamId, head8
from hobnob_protocol.kinds.hub_acts import Grant as GrantBody
from hobnob_protocol.kinds.hub_acts import Revoke
from hobnob_protocol.limits import OPEN_STREAMS_MAX, SEQ_MAX
from hobnob_sync.client_engine.inputs import Purged, Send
from hobnob_sync.client_engine.link import STALL_MS, Link
from hobnob_sync.client_engine.pushing import begins, refuse
from hobnob_sync.client_engine.reading import Read
from hobnob_sync.client_engine.state import ReplicaState, meta_key
from hobnob_sync.client_engine.step import Step
from hobnob_sync.client_engine.suspicion import note_forks
from hobnob_sync.ports import ReplicaStream

ANOTHER_HISTORY: Final = 1
NOT_YOURS: Final = 2
_CONTROL_TAIL: Final = SEQ_MAX


def is_control(stream: StreamId) -> bool:
    """Is this stream synced whole and before all others?"""
    return stream[:2] not in (b"c:", b"d:")


def open_streams(step: Step, link: Link) -> None:
    """Ask for every granted stream that is not open yet: control streams, then the others."""
    if not link.ready:
        return
    wanted = [
        stream
        for stream in link.granted
        if is_control(stream) and stream not in link.opened and stream not in link.opening
    ]
    if not link.others_open and not wanted and control_complete(step.state, link):
        link.others_open = True
    if link.others_open:
        wanted.extend(
            stream
            for stream in _by_need(step.state, link)
            if stream not in link.opened and stream not in link.opening
        )
    for start in range(0, len(wanted), OPEN_STREAMS_MAX):
        chunk = wanted[start : start + OPEN_STREAMS_MAX]
        step.say(Send(Open(tuple(_request(step, link, stream) for stream in chunk))))


def _by_need(state: ReplicaState, link: Link) -> list[StreamId]:
    """Channels and conversations: what mentions us first, then what has unread posts."""
    others = [stream for stream in link.granted if not is_control(stream)]
    announced = link.grants

    def need(stream: StreamId) -> tuple[int, int, bytes]:
        grant = announced.get(stream)
        return (-grant.mentions, -grant.unread, stream) if grant else (0, 0, stream)

    return sorted(others, key=need)


def control_complete(state: ReplicaState, link: Link) -> bool:
    """Does the replica hold all control streams up to what the hub announced?"""
    for stream in link.granted:
        if is_control(stream):
            row = state.streams.get(stream)
            if row is None or row.hi < link.heads.get(stream, 0):
                return False
    return True


def tails_complete(state: ReplicaState, link: Link) -> bool:
    """Does the replica hold every stream's tail up to what the hub announced?"""
    if not link.ready or not link.others_open or link.starved:
        return False
    for stream in link.granted:
        row = state.streams.get(stream)
        if row is None or stream not in link.opened or row.hi < link.heads.get(stream, 0):
            return False
    return True


def _request(step: Step, link: Link, stream: StreamId) -> OpenStream:
    link.opening[stream] = step.now_ms
    grant, _ = link.granted[stream]
    row = step.state.streams.get(stream)
    tail = _CONTROL_TAIL if is_control(stream) else step.state.identity.tail_events
    if row is not None and row.hi:
        return OpenStream(stream, grant, row.hi, head8(row.head), tail)
    return OpenStream(stream, grant, 0, head8(EMPTY_HEAD), tail)


def reopen(step: Step, link: Link, stream: StreamId) -> None:
    """Ask for a stream again from our own cursor: something of it was lost on the way."""
    if stream in link.opening or stream not in link.granted:
        return
    link.opened.pop(stream, None)
    step.say(Send(Open((_request(step, link, stream),))))


def opened(step: Step, link: Link, answer: Opened) -> None:
    """The hub follows us from here on; the first answer for a new stream makes its record."""
    stream = answer.stream
    right = link.granted.get(stream)
    if right is None or right[0] != answer.grant:
        return
    if answer.status == NOT_YOURS:
        link.opening.pop(stream, None)
        return
    state = step.state
    row = state.streams.get(stream)
    if row is None or row.hi == 0:
        # Nothing is held: the hub says where the tail begins. A control stream has none: it is
        # synced from its floor, so another beginning answers what we never asked.
        if answer.base_seq < right[1] or (is_control(stream) and answer.base_seq > right[1]):
            return
        row = ReplicaStream(
            stream,
            answer.number,
            answer.grant,
            right[1],
            answer.base_seq + 1,
            answer.base_seq,
            answer.base_head,
            answer.base_head,
        )
        _settle_before(step, stream, answer.base_seq)
    elif row.number != answer.number:
        row = replace(row, number=answer.number)
    note_forks(step, stream, answer.forks)
    announced = link.grants.get(stream)
    if announced is not None:
        row = replace(row, unread=announced.unread, mentions=announced.mentions)
    head_seq = max(answer.head_seq, row.hi)
    link.heads[stream] = max(link.heads.get(stream, 0), head_seq)
    step.put_stream(replace(row, head_seq=head_seq))
    link.subscribed(stream, answer.number)
    link.progressed[stream] = step.now_ms
    open_streams(step, link)


def _settle_before(step: Step, stream: StreamId, base_seq: int) -> None:
    """What the hub has accepted before our tail will not come with its pages."""
    for row in list(step.state.outbox.values()):
        if row.stream == stream and row.state == "acked" and row.seq <= base_seq:
            step.drop_outbox(row.n)


def settle_unfollowed(step: Step, link: Link, gone: frozenset[StreamId] | None = None) -> None:
    """What the hub has accepted in a stream that is not ours (any more) will never come back.

    While a connection lasts, the grants of what begins are on their way, but for those `gone`.
    """
    for row in list(step.state.outbox.values()):
        followed = row.stream in link.granted or row.stream in step.state.streams
        followed = followed or (gone is not None and row.stream not in gone and begins(row))
        if row.state == "acked" and not followed:
            step.drop_outbox(row.n)


def purge(step: Step, stream: StreamId, *, keep_orphans: bool = False) -> None:
    """Drop a stream and all that was kept of it, before anything else of it can be shown.

    What waits for it in the outbox still goes out: the hub alone decides, and refuses it into the
    tray with the reason; what the hub already has is settled.
    """
    state = step.state
    step.forget_stream(stream)
    del state.streams[stream]
    step.transaction.purges.append(stream)
    for name, known in (
        ("checkpoint", state.checkpoints),
        ("verified", state.verified),
        ("witness", state.witnesses),
        ("fork", state.forks),
    ):
        if known.pop(stream, None) is not None:
            step.transaction.meta[meta_key(name, stream)] = b""
    for row in [row for row in state.outbox.values() if row.stream == stream]:
        if row.state == "acked":
            step.drop_outbox(row.n)
    gone = [row.event_id for row in state.orphans.values() if row.stream == stream]
    if not keep_orphans and (gone or state.spilled):
        for event_id in gone:
            del state.orphans[event_id]
        step.transaction.unoffered.append(stream)
    step.say(Purged(stream))


def revoked(step: Step, stream: StreamId) -> None:
    """The right to a stream is gone, and with it all that was kept.

    What waits there unsealed can be sealed to nobody any more: its author is told, as by a hub.
    """
    purge(step, stream)
    for row in step.state.unsealed:
        if row.stream == stream:
            refuse(step, row, Refusal.NOT_MEMBER)


def heed_grants(step: Step, link: Link, reads: tuple[Read, ...]) -> None:
    """New grants and revokes in our own stream; those up to the announcement are history."""
    gone: dict[StreamId, None] = {}
    for read in reads:
        if read.entry.seq <= link.user_seq:
            continue
        body = read.fact.body
        if isinstance(body, GrantBody):
            grant = GrantId(read.entry.event_id[:8])
            _granted(step, link, body.stream, grant, body.floor)
            gone.pop(body.stream, None)
        elif isinstance(body, Revoke):
            link.granted.pop(body.stream, None)
            link.grants.pop(body.stream, None)
            link.forget(body.stream)
            gone[body.stream] = None
            if body.stream in step.state.streams:
                revoked(step, body.stream)
    settle_unfollowed(step, link, frozenset(gone))
    open_streams(step, link)


def _granted(step: Step, link: Link, stream: StreamId, grant: GrantId, floor: int) -> None:
    row = step.state.streams.get(stream)
    if row is not None and row.grant != grant:
        link.forget(stream)
        purge(step, stream)
    link.grants.pop(stream, None)
    link.granted[stream] = (grant, floor)


def unstick(step: Step, link: Link) -> None:
    """Open again what was announced but does not come.

    What starves for so long makes the people's log suspect: somebody may have been forgotten.
    """
    now = step.now_ms
    for stream, since in list(link.opening.items()):
        if now >= since + STALL_MS:
            del link.opening[stream]
            reopen(step, link, stream)
    for stream in list(link.opened):
        behind = step.state.streams[stream].hi < link.heads.get(stream, 0)
        if (behind or stream in link.starved) and now >= link.progressed.get(stream, 0) + STALL_MS:
            if link.starved.pop(stream, None) is not None:
                step.state.suspects[PEOPLE] = None
            link.progressed[stream] = now
            reopen(step, link, stream)


def feed_starved(step: Step, link: Link) -> None:
    """The people we know have grown: ask again for what named someone unknown."""
    for stream in list(link.starved):
        del link.starved[stream]
        reopen(step, link, stream)
