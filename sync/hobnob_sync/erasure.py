"""What erasing takes away: the bodies an erase or a delete voids, on either side.

The header, the stamp and the signature stay, so ids and heads still verify (sync.md §2.6); body
and salt go from the log, and the fold drops them from the cells. Erasing a message also voids the
bodies of its edits.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from hobnob_protocol import nouns
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event, stub
from hobnob_protocol.ids import StreamId, TargetId, target_of
from hobnob_protocol.kind import Fact
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.kinds.moderation import Erase
from hobnob_sync.accounts import Accounts
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import (
    Cell,
    ContextKey,
    Entry,
    Loaded,
    RangeKey,
    ReplicaStream,
    ReplicaTransaction,
)

_VOIDING: Final = (Delete, Erase)


def voided_target(fact: Fact) -> TargetId | None:
    """The message whose text `fact` voids, if it is an erase or a delete."""
    body = fact.body
    return body.target if isinstance(body, _VOIDING) else None


def voided(cells: CellsView, fact: Fact) -> tuple[tuple[int, TargetId], ...]:
    """The events of this stream whose bodies `fact` voids, by place and name: a message and its
    edits. None for a delete that is not by its author; where the message is not held, an erase
    voids its edits, and a delete those by whoever deletes."""
    target = voided_target(fact)
    if target is None:
        return ()
    root = cells.get(nouns.MESSAGE, target)
    deletes = isinstance(fact.body, Delete)
    if deletes and root is not None and _account(root) != fact.account:
        return ()
    edits = tuple(
        (cell.seq, TargetId(key[16:]))
        for key, cell in cells.scan(nouns.EDIT, target)
        if root is not None or not deletes or _account(cell) == fact.account
    )
    return edits if root is None else ((root.seq, target), *edits)


def _account(cell: Cell) -> object:
    assert isinstance(cell.value, tuple), "what messages and edits hold is a tuple"
    return cell.value[0]


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
        # A rotten entry of our own is no event: healing will fetch it anew, as a stub.
        with suppress(ProtocolError):
            strips.append((row.stream, seq, stub(entry.event)))


def context_asks(fact: Fact) -> tuple[ContextKey, ...]:
    """What `strip_context` reads."""
    return (ContextKey(fact.stream),) if voided_target(fact) is not None else ()


def strip_context(
    transaction: ReplicaTransaction,
    loaded: Loaded,
    accounts: Accounts,
    fact: Fact,
    target: TargetId,
) -> None:
    """Add the stub for the thread's root `target` that `fact` voids and that is only kept beside
    the range, where no cell tells of it."""
    fresh = (entry for stream, entry in transaction.context if stream == fact.stream)
    for entry in (*loaded.get(ContextKey(fact.stream)), *fresh):
        if target_of(entry.event_id) != target:
            continue
        try:
            author = accounts.author(decode_event(entry.event).header.device)
            left = stub(entry.event)
        except ProtocolError:
            # Rotten: nothing brings it back, so nothing of it is kept.
            author, left = None, b""
        own = author is not None and author.account == fact.account
        if own or not left or not isinstance(fact.body, Delete):
            transaction.strips.append((fact.stream, entry.seq, left))
