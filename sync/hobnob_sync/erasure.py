"""What erasing takes away: the bodies an erase or a delete voids, on either side.

The header, the stamp and the signature stay, so ids and heads still verify (sync.md §2.6); body
and salt go from the log, and the fold drops them from the cells. Erasing a message also voids the
bodies of its edits.
"""

from collections.abc import Mapping

from hobnob_protocol import nouns
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import stub
from hobnob_protocol.ids import StreamId, TargetId, target_of
from hobnob_protocol.kind import Fact
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.kinds.moderation import Erase
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import Entry, Loaded, RangeKey, ReplicaStream


def voided_target(fact: Fact) -> TargetId | None:
    """The message whose text `fact` voids, if it is an erase or a delete."""
    body = fact.body
    return body.target if isinstance(body, Delete | Erase) else None


def voided(cells: CellsView, fact: Fact) -> tuple[tuple[int, TargetId], ...]:
    """The events of this stream whose bodies `fact` voids, by place and name: a message and its
    edits. None where the message is not held, and for a delete that is not by its author."""
    target = voided_target(fact)
    root = cells.get(nouns.MESSAGE, target) if target is not None else None
    if target is None or root is None:
        return ()
    value = root.value
    assert isinstance(value, tuple), "a message's value is a tuple"
    if isinstance(fact.body, Delete) and value[0] != fact.account:
        return ()
    edits = ((cell.seq, TargetId(key[16:])) for key, cell in cells.scan(nouns.EDIT, target))
    return ((root.seq, target), *edits)


def strip(
    strips: list[tuple[StreamId, int, bytes]],
    loaded: Loaded,
    cells: CellsView,
    fact: Fact,
    row: ReplicaStream,
    fresh: Mapping[int, Entry],
) -> None:
    """Add to `strips` the stubs for all that `fact` voids; call before the fold takes `fact`.

    `fresh` holds the entries of the same transaction by seq; all others were loaded. A cell that
    has rotted may point at another event, which stays as it is.
    """
    for seq, name in voided(cells, fact):
        entry = fresh.get(seq)
        if entry is None and row.lo <= seq <= row.hi:
            found = loaded.get(RangeKey(row.stream, seq, 1, 1))
            entry = found[0] if found else None
        if entry is None or target_of(entry.event_id) != name:
            continue
        try:
            strips.append((row.stream, seq, stub(entry.event)))
        except ProtocolError:
            # A rotten entry of our own: healing will fetch it anew, as a stub.
            continue
