"""Signatures of history, checked in slices: until then an event stands on the hub's word.

The chain was checked when the page came; what is on screen and what decides about rights is
checked at once. The checked part of a stream is one run of seqs that grows, upwards first.
"""

from hobnob_protocol.event import verify
from hobnob_protocol.ids import StreamId
from hobnob_sync.client_engine.following import is_control
from hobnob_sync.client_engine.inputs import Alarm, Verified
from hobnob_sync.client_engine.reading import reread
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.client_engine.step import Step
from hobnob_sync.ports import Key, RangeKey


def next_slice(state: ReplicaState, limit: int) -> tuple[StreamId, int, int] | None:
    """The next (stream, first seq, count) to check, or None when all is checked."""
    for row in state.streams.values():
        if is_control(row.stream) or row.hi < row.lo:
            continue
        low, high = state.verified.get(row.stream, (row.hi + 1, row.hi))
        if high < low or high < row.lo or low > row.hi:
            # Nothing held is checked: begin with the newest.
            first = max(row.lo, row.hi - limit + 1)
            return row.stream, first, row.hi - first + 1
        if high < row.hi:
            return row.stream, high + 1, min(limit, row.hi - high)
        if low > row.lo:
            first = max(row.lo, low - limit)
            return row.stream, first, low - first
    return None


def asks(state: ReplicaState, limit: int) -> tuple[Key[object], ...]:
    """The events of the next slice."""
    found = next_slice(state, limit)
    if found is None:
        return ()
    stream, first, count = found
    return (RangeKey(stream, first, count, 1 << 30),)


def verify_some(step: Step, limit: int) -> None:
    """Check one slice; a signature that does not hold raises the alarm."""
    state = step.state
    found = next_slice(state, limit)
    if found is None:
        return
    stream, first, count = found
    identity = state.identity
    entries = step.loaded.get(RangeKey(stream, first, count, 1 << 30))
    if len(entries) != count:
        # The disk has lost some: an inspection fetches them again.
        state.suspects[stream] = None
        return
    for entry in entries:
        read = reread(state, stream, entry)
        if read is None:
            # Rotten, or its author is not known for now: both mend, and then it is checked.
            return
        if not verify(read.event, identity.hub, stream, read.author, identity.verifier):
            step.say(Alarm("signature", stream, (entry.event,)))
    last = first + count - 1
    low, high = state.verified.get(stream, (first, last))
    if high < low or first > high + 1 or last < low - 1:
        low, high = first, last
    step.put_verified(stream, min(low, first), max(high, last))
    step.say(Verified(stream))
