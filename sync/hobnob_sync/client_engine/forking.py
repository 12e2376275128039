"""The hub's log went another way than ours: keep what is common, orphan the rest, fold anew."""

from dataclasses import replace
from typing import Final

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.frames import Opened
from hobnob_protocol.ids import EMPTY_HEAD, PEOPLE, GrantId, StreamId, user_stream
from hobnob_protocol.kinds.hub_acts import CONSEQUENCES
from hobnob_protocol.limits import SEQ_MAX
from hobnob_sync import fold, lineage
from hobnob_sync.accounts import Accounts
from hobnob_sync.client_engine.following import purge, reopen
from hobnob_sync.client_engine.inputs import Alarm, Changed
from hobnob_sync.client_engine.link import Link
from hobnob_sync.client_engine.reading import reread
from hobnob_sync.client_engine.step import Step
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Entry, OrphanRow, RangeKey, ReplicaStream

AFTER_ALL: Final = 2**40
"""Stands for the unknown place of an event that was accepted and never shown: after all others."""


def whole(row: ReplicaStream) -> RangeKey:
    """The key of all that is held of a stream."""
    return RangeKey(row.stream, row.lo, SEQ_MAX, SEQ_MAX)


def adopt_epoch(step: Step, link: Link, commons: dict[StreamId, int]) -> None:
    """Enter the hub's new epoch: every stream keeps what is common, all else becomes orphans."""
    state = step.state
    assert state.epoch is not None
    forks = {stream: min(commons[stream], row.hi) for stream, row in state.streams.items()}
    state.ancestry = lineage.encode_ancestry(
        lineage.extend(lineage.decode_ancestry(state.ancestry), state.epoch, forks)
    )
    step.put_meta("ancestry", state.ancestry)
    # Who signs comes first: the other streams are folded with it.
    order = sorted(state.streams, key=lambda stream: (stream != PEOPLE, stream))
    for stream in order:
        row = state.streams[stream]
        if row.hi > commons[stream]:
            truncate(step, row, commons[stream], step.loaded.get(whole(row)))
    _orphan_acked(step)
    for name, known in (("checkpoint", state.checkpoints), ("witness", state.witnesses)):
        for stream in list(known):
            del known[stream]
            step.put_meta(name, b"", stream)


def lost_grants(step: Step, common: int) -> frozenset[GrantId]:
    """What our own stream granted above `common`: the hub has lost it, which is no revoke."""
    row = step.state.streams.get(user_stream(step.state.account))
    held = step.loaded.get(whole(row)) if row is not None else ()
    return frozenset(GrantId(entry.event_id[:8]) for entry in held if entry.seq > common)


def set_aside(step: Step, row: ReplicaStream) -> None:
    """The hub has lost the right to a stream, and what was said there with it: nothing of it is
    shown, and all of it is offered."""
    _orphan_acked(step, row.stream)
    purge(step, row.stream, keep_orphans=True)
    for orphan in _orphan(step, row.stream, step.loaded.get(whole(row))):
        step.transaction.orphans[orphan.event_id] = orphan


def another_history(step: Step, link: Link, answer: Opened) -> None:
    """The hub says that our cursor is not of its log, in an epoch where it must be: keep what we
    hold as orphans, tell, and begin again at the tail."""
    row = step.state.streams.get(answer.stream)
    link.opening.pop(answer.stream, None)
    if row is None or not row.hi or row.grant != answer.grant:
        return
    step.say(Alarm("history", row.stream, (row.head, answer.base_head)))
    truncate(step, row, 0, step.loaded.get(whole(row)))
    reopen(step, link, row.stream)


def truncate(step: Step, row: ReplicaStream, common: int, held: tuple[Entry, ...]) -> None:
    """Keep `held` up to `common`; what lies above it becomes orphans, what lies below stays
    folded. Where nothing common is held, the stream starts again at its tail."""
    stream = row.stream
    step.forget_stream(stream)
    step.transaction.orphaned.append((stream, common))
    kept = tuple(entry for entry in held if entry.seq <= common)
    _orphan(step, stream, held[len(kept) :])
    if kept:
        # Where the disk has lost some, what is left is what is held.
        step.put_stream(replace(row, hi=kept[-1].seq, head=kept[-1].head))
    elif common == row.lo - 1:
        step.put_stream(replace(row, hi=common, head=row.base))
    else:
        step.put_stream(replace(row, lo=1, hi=0, base=EMPTY_HEAD, head=EMPTY_HEAD))
    shrink_verified(step, stream, common)
    refold(step, stream, kept)
    step.say(Changed(stream))


def refold(step: Step, stream: StreamId, entries: tuple[Entry, ...]) -> None:
    """Fold `entries` anew, in place of all cells the stream had; of `ppl` the accounts too."""
    cells = Overlay.fresh(stream)
    state = step.state
    if stream == PEOPLE:
        identity = state.identity
        state.accounts = Accounts(identity.hub, identity.hub_key, identity.verifier)
    for entry in entries:
        read = reread(state, stream, entry)
        if read is None or read.kind is None:
            continue
        if stream == PEOPLE:
            state.accounts.apply(read.fact)
        fold.take(cells, read.writes, read.entry.seq)
    step.replace_cells(stream, cells)


def _offerable(step: Step, entry: Entry) -> bool:
    """Erased events stay erased, and what the hub did in consequence it does again by itself."""
    try:
        event = decode_event(entry.event)
    except ProtocolError:
        return False
    kind = step.state.identity.registry.get(event.header.kind)
    consequence = kind is not None and kind.body in CONSEQUENCES
    return not event.is_stub and not consequence


def _orphan(step: Step, stream: StreamId, lost: tuple[Entry, ...]) -> list[OrphanRow]:
    """Keep what can be offered; the store moves it with the rest of the log, if it is not
    written."""
    found: list[OrphanRow] = []
    for entry in lost:
        if not _offerable(step, entry):
            step.transaction.orphans[entry.event_id] = None
            continue
        orphan = OrphanRow(stream, entry.seq, entry.at_ms, entry.event_id, entry.event)
        step.state.add_orphan(orphan)
        found.append(orphan)
    return found


def _orphan_acked(step: Step, stream: StreamId | None = None) -> None:
    """What the old hub had accepted and never showed us, in one stream or all, is offered like what
    it showed."""
    state = step.state
    acked = [row for row in state.outbox.values() if row.state == "acked"]
    for row in acked if stream is None else [row for row in acked if row.stream == stream]:
        step.drop_outbox(row.n)
        orphan = OrphanRow(row.stream, AFTER_ALL + row.n, step.now_ms, row.event_id, row.event)
        state.add_orphan(orphan)
        step.transaction.orphans[row.event_id] = orphan


def shrink_verified(step: Step, stream: StreamId, common: int) -> None:
    """Of what was checked, no more counts than is kept: up to `common`."""
    found = step.state.verified.get(stream)
    if found is not None and found[1] > common:
        step.put_verified(stream, found[0], common)
