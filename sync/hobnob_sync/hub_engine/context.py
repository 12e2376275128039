"""What goes beside a page so that its replies make sense: the roots of their threads, and titles.

A replica that opens a stream at its tail, or goes back in it by a page, lacks what lies below: the
root that a reply names, and what that thread is called. Both go along as full signed events, for
display only (DESIGN §12 Streams), unless what the replica has asked for brings them anyhow: a
signature that stands in no chain costs it more than an event of a page. What comes live, or after a
replica's own cursor, comes without:
it is the same bytes for all who follow, and whoever has a range can ask for what is below it.
Profiles need no such help, for `ppl` is an ordinary log that every replica holds whole.

Nothing goes along that a page of history would not bring: no event from below the floor, and no
root that is withdrawn, erased or hidden, for what hid it may lie below the page as well.
"""

from typing import Final

from hobnob_protocol.flow import page_cost_bytes
from hobnob_protocol.frames import Placed
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.limits import CONTEXT_EVENTS_MAX, FRAME_BYTES_MAX
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.ports import Entry, RootsKey

FRAMING_BYTES_MAX: Final = 2_048
"""What a frame holds beside what `page_cost_bytes` counts of its page and the bytes of its context:
its own head, under 64 bytes, and 22 bytes around each event of the context."""


def ask(
    state: HubState,
    account: AccountId,
    stream: StreamId,
    entries: tuple[Entry, ...],
    before_seq: int,
) -> RootsKey | None:
    """What to load for a page of `entries` that goes to who holds nothing below `before_seq`;
    None where nothing can go along."""
    grant = state.grants.get(account, {}).get(stream)
    # Of a conversation the hub knows no threads, and all else is held whole.
    if grant is None or stream[:2] != b"c:" or before_seq <= grant.floor + 1 or not entries:
        return None
    used_bytes = page_cost_bytes(entry.event for entry in entries)
    return RootsKey(
        stream,
        entries[0].seq,
        entries[-1].seq,
        before_seq,
        grant.floor,
        CONTEXT_EVENTS_MAX,
        FRAME_BYTES_MAX - FRAMING_BYTES_MAX - used_bytes,
    )


def found(step: Step, key: RootsKey | None) -> tuple[Placed, ...]:
    """What goes along. A right that has changed since the key was asked makes another key, which
    was not: then the page goes without. So does a root without the body this step takes from it."""
    if key is None or not step.loaded.has(key):
        return ()
    gone = {seq for stream, seq, _ in step.transaction.strips if stream == key.stream}
    return tuple(
        Placed(entry.seq, entry.at_ms, entry.event)
        for entry in step.loaded.get(key)
        if entry.seq not in gone
    )
