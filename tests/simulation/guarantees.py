"""Session guarantees: linear to check, for seq gives the order of every stream.

Read-your-writes is S14 (`showing`); monotonic reads are S5 and S6 (`invariants`, `oracle_replica`);
monotonic writes are watched at each commit of the hub (`oracle_hub`).
"""

from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import EMPTY_HEAD, head8
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.ports import EventStore
from tests.simulation.invariants import read_log
from tests.simulation.violation import Violation


def check_reads_before_writes(state: HubState, store: EventStore) -> None:
    """Writes follow reads: what an author had seen of a stream stands before what it said there,
    with the head it had then (no restore)."""
    for row in state.streams.values():
        heads = [head8(EMPTY_HEAD)]
        for entry in read_log(store, row):
            header = decode_event(entry.event).header
            if header.seen_seq >= entry.seq:
                raise Violation(f"writes follow reads: {row.stream!r} at {entry.seq}")
            if header.seen_seq and header.seen_head8 != heads[header.seen_seq]:
                raise Violation(f"writes follow reads: another head seen in {row.stream!r}")
            heads.append(head8(entry.head))
