"""Places in a log: what stands there, and where a moment falls."""

from hobnob_client.reading.desk import Desk
from hobnob_protocol import nouns
from hobnob_protocol.ids import PEOPLE, AccountId, StreamId, user_stream
from hobnob_sync.ports import CellKey, CellsKey, Entry, RangeKey


def entry(desk: Desk, stream: StreamId, seq: int) -> Entry | None:
    """What stands at a place; None where it is not held."""
    key = RangeKey(stream, seq, 1, 1)
    found = desk.store.load((key,)).get(key)
    return found[0] if found and found[0].seq == seq else None


def first_since(desk: Desk, stream: StreamId, at_ms: int) -> int:
    """The first held place that is not older than `at_ms`; one beyond the last if all are.

    Times never decrease along a stream, so it is halved until it is found.
    """
    row = desk.row(stream)
    if row is None:
        return 1
    low, high = row.lo, row.hi + 1
    while low < high:
        middle = (low + high) // 2
        found = entry(desk, stream, middle)
        if found is None or found.at_ms >= at_ms:
            high = middle
        else:
            low = middle + 1
    return low


def joined_ms(desk: Desk, account: AccountId) -> int:
    """When an account came to the hub, by the first link of its chain; 0 where it is not held."""
    key = CellsKey(PEOPLE, nouns.LINK, account)
    seqs = [cell.seq for _, cell in desk.cells(PEOPLE, (key,)).scan(nouns.LINK, account)]
    found = entry(desk, PEOPLE, min(seqs)) if seqs else None
    return 0 if found is None else found.at_ms


def granted_ms(desk: Desk, stream: StreamId) -> int | None:
    """Since when the stream is ours; None where no grant says so."""
    own = user_stream(desk.me)
    key = CellKey(own, nouns.GRANT, stream)
    cell = desk.store.load((key,)).get(key)
    found = entry(desk, own, cell.seq) if cell is not None and cell.value is not None else None
    return None if found is None else found.at_ms
