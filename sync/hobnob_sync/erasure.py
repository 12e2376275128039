"""What erasing takes away: the bodies an erase or a delete voids, on either side.

The header, the stamp and the signature stay, so ids and heads still verify (sync.md §2.6); body
and salt go from the log, and the fold drops them from the cells. Erasing a message also voids the
bodies of its edits.
"""

from collections.abc import Mapping

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import stub
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kind import Fact
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.kinds.moderation import Erase
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import Loaded, RangeKey, ReplicaStream


def voided_target(fact: Fact) -> TargetId | None:
    """The message whose text `fact` voids, if it is an erase or a delete."""
    body = fact.body
    return body.target if isinstance(body, Delete | Erase) else None


def voided_seqs(cells: CellsView, fact: Fact) -> tuple[int, ...]:
    """The places in this stream whose bodies `fact` voids: a message and its edits.

    Empty where the message is not held, and for a delete that is not by its author.
    """
    target = voided_target(fact)
    root = cells.get("message", target) if target is not None else None
    if target is None or root is None:
        return ()
    value = root.value
    assert isinstance(value, tuple)
    if isinstance(fact.body, Delete) and value[0] != fact.account:
        return ()
    return (root.seq, *(cell.seq for _, cell in cells.scan("edit", target)))


def strip(
    strips: list[tuple[StreamId, int, bytes]],
    loaded: Loaded,
    cells: CellsView,
    fact: Fact,
    row: ReplicaStream,
    fresh: Mapping[int, bytes],
) -> None:
    """Add to `strips` the stubs for all that `fact` voids; call before the fold takes `fact`.

    `fresh` holds the bytes of entries of the same transaction by seq; all others were loaded.
    """
    for seq in voided_seqs(cells, fact):
        data = fresh.get(seq)
        if data is None and row.lo <= seq <= row.hi:
            data = loaded.get(RangeKey(row.stream, seq, 1, 1))[0].event
        if data is not None:
            try:
                strips.append((row.stream, seq, stub(data)))
            except ProtocolError:
                # A rotten entry of our own: healing will fetch it anew, as a stub.
                continue
