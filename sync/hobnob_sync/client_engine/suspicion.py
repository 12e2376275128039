"""A hub is believed as far as it does not contradict itself (sync.md §2.8).

Two things are compared as they come: what each author had seen of the stream, and the checkpoints
the hub has signed. What does not fit raises the alarm with the bytes that prove it.
"""

from collections.abc import Mapping

from hobnob_protocol import codec
from hobnob_protocol.frames import Checkpoint
from hobnob_protocol.ids import Head8, StreamId, head8
from hobnob_sync import checkpoint as checkpoints
from hobnob_sync import witness
from hobnob_sync.client_engine.inputs import Alarm
from hobnob_sync.client_engine.pushing import ACKED
from hobnob_sync.client_engine.reading import Read
from hobnob_sync.client_engine.state import ReplicaState, encode_checkpoint
from hobnob_sync.client_engine.step import Step
from hobnob_sync.ports import Entry, Key, RangeKey, ReplicaStream
from hobnob_sync.witness import Forks, Verdict


def _key(stream: StreamId, seq: int) -> RangeKey:
    return RangeKey(stream, seq, 1, 1)


def note_forks(step: Step, stream: StreamId, forks: tuple[int, ...]) -> None:
    """Remember where the hub's log of a stream went another way, first and last."""
    if not forks:
        return
    found = Forks(min(forks), max(forks))
    if step.state.forks.get(stream) != found:
        step.state.forks[stream] = found
        step.put_meta("fork", codec.encode(tuple(found)), stream)


def seen_asks(row: ReplicaStream, reads: tuple[Read, ...]) -> tuple[Key[object], ...]:
    """Our own heads at the places that the authors of `reads` name, where they are held."""
    first, last = reads[0].entry.seq, reads[-1].entry.seq
    wanted: dict[int, None] = {}
    for read in reads:
        seq = read.event.header.seen_seq
        if row.lo <= seq < row.hi and not first <= seq <= last:
            wanted[seq] = None
    return tuple(_key(row.stream, seq) for seq in wanted)


def watch_seen(step: Step, row: ReplicaStream, reads: tuple[Read, ...]) -> None:
    """Judge what each author had seen; `row` is the stream before these events."""
    state = step.state
    stream = row.stream
    forks = state.fork_seqs(stream)
    adopted = state.witnesses.get(stream, {})
    fresh = {read.entry.seq: read.entry for read in reads}
    for read in reads:
        header = read.event.header
        if not header.seen_seq or header.device == state.accounts.hub.device:
            # What the hub says it has seen proves nothing about the hub.
            continue
        own = _own_head(step, row, fresh, header.seen_seq)
        verdict = witness.judge(
            read.entry.seq,
            header.seen_seq,
            header.seen_head8,
            own,
            forks,
            adopted.get(header.device),
            header.author_seq,
        )
        if verdict is Verdict.CONFLICT:
            step.say(Alarm("seen", stream, (read.entry.event,)))
        newer = witness.adopt(
            adopted, header.device, header.author_seq, header.seen_seq, forks, verdict
        )
        if newer is not None:
            adopted = state.witnesses[stream] = newer
            step.put_meta("witness", codec.encode(tuple(sorted(newer.items()))), stream)


def watch_acked(step: Step, stream: StreamId, fresh: Mapping[int, Entry]) -> None:
    """What the hub has acknowledged must stand where it said; call before it is settled."""
    state = step.state
    for row in state.outbox.values():
        shown = fresh.get(row.seq) if row.stream == stream and row.state == ACKED else None
        if shown is not None and shown.event_id != row.event_id:
            step.say(Alarm("acked", stream, (row.event, shown.event)))
    for entry in fresh.values():
        n = state.outbox_ids.get(entry.event_id)
        if n is None:
            continue
        promised = state.outbox[n]
        if promised.state == ACKED and promised.seq != entry.seq:
            step.say(Alarm("acked", stream, (promised.event,)))


def _own_head(step: Step, row: ReplicaStream, fresh: dict[int, Entry], seq: int) -> Head8 | None:
    if seq in fresh:
        return head8(fresh[seq].head)
    if seq == row.hi:
        return head8(row.head)
    if seq == row.lo - 1:
        return head8(row.base)
    if not row.lo <= seq < row.hi:
        return None
    found = step.loaded.get(_key(row.stream, seq))
    return head8(found[0].head) if found else None


def checkpoint_asks(state: ReplicaState, shown: Checkpoint) -> tuple[Key[object], ...]:
    """Our own head at a checkpoint's place."""
    row = state.streams.get(shown.stream)
    if row is None or not row.lo <= shown.seq < row.hi:
        return ()
    return (_key(shown.stream, shown.seq),)


def take_checkpoint(step: Step, shown: Checkpoint) -> None:
    """Keep the newest checkpoint of a stream; one that contradicts what we hold is proof."""
    state = step.state
    identity = state.identity
    if not checkpoints.holds(identity.hub, identity.hub_key, shown, identity.verifier):
        step.say(Alarm("checkpoint", shown.stream, (encode_checkpoint(shown),)))
        return
    row = state.streams.get(shown.stream)
    if row is None or shown.epoch != state.epoch:
        return
    kept = state.checkpoints.get(shown.stream)
    if kept is not None and checkpoints.contradict(kept, shown):
        evidence = (encode_checkpoint(kept), encode_checkpoint(shown))
        step.say(Alarm("equivocation", shown.stream, evidence))
        return
    own = _own_head(step, row, {}, shown.seq)
    if own is not None and own != head8(shown.head):
        step.say(Alarm("equivocation", shown.stream, (encode_checkpoint(shown),)))
        return
    if kept is None or shown.seq > kept.seq:
        state.checkpoints[shown.stream] = shown
        step.put_meta("checkpoint", encode_checkpoint(shown), shown.stream)
