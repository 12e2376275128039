"""How far a stream is read, and what is unread in it (DESIGN §12, Counts).

Unread are live messages of others beyond the read cursor and the floor; mentions are those of them
that listed me when first posted, in a conversation all of them. Ask in three rounds: `asks_cursor`
of one's own stream, `asks` for the window beyond the cursor, then `asks_messages`.

Where the held range reaches from the cursor to the announced head, and its window was within the
limit, the counts come from it and are exact. Else the hub's announcement is what there is; it grows
old, so no count is below what we hold and see ourselves.
"""

from collections.abc import Container, Iterable
from typing import Any, cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId, target_of, user_stream
from hobnob_protocol.nouns import ReadValue
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.opened import PREFIX as OPENED
from hobnob_sync.ports import CellKey, EachCellKey, Entry, Key, Loaded, ReplicaStream
from hobnob_sync.views.message import asks_live, is_live, message_value
from hobnob_sync.views.timeline import Window


@value
class Reading:
    """How far a stream is read, `first_unread` the oldest unread message that is held, and how
    many there are; not `exact` where the hub's announcement had to serve."""

    cursor: ReadValue
    first_unread: TargetId | None
    unread: int
    mentions: int
    exact: bool


def asks_cursor(me: AccountId, stream: StreamId) -> tuple[Key[object], ...]:
    """What `cursor` wants to know."""
    return (CellKey(user_stream(me), nouns.READ, stream),)


def cursor(own: CellsView, stream: StreamId) -> ReadValue:
    """How far `stream` is read by the cells of one's own stream: (0, 0) where never. It never goes
    back within a gen, nor does its gen (S16)."""
    cell = own.get(nouns.READ, stream)
    return ReadValue(0, 0) if cell is None else ReadValue(*cast("tuple[Any, ...]", cell.value))


def unread_window(row: ReplicaStream, read: ReadValue, limit: int) -> Window:
    """What is held beyond the cursor and the floor: at most `limit` events from there up."""
    return Window(row.stream, max(read.seq + 1, row.floor + 1, row.lo), limit)


def asks(row: ReplicaStream, read: ReadValue, limit: int) -> tuple[Key[object], ...]:
    """Which events there are beyond the cursor."""
    return (unread_window(row, read, limit).key,)


def asks_messages(
    row: ReplicaStream, read: ReadValue, limit: int, loaded: Loaded
) -> tuple[Key[object], ...]:
    """What is known of the messages among them."""
    held = loaded.get(unread_window(row, read, limit).key)
    targets = tuple(target_of(entry.event_id) for entry in held)
    return (EachCellKey(row.stream, nouns.MESSAGE, targets), *asks_live(row.stream, targets))


def view(
    row: ReplicaStream,
    read: ReadValue,
    limit: int,
    loaded: Loaded,
    cells: CellsView,
    me: AccountId,
    quiet: Container[TargetId | None] = (),
) -> Reading:
    """What is unread for `me` in the stream of `row`, read up to `read`; what is said in the
    threads that are `quiet` is not counted."""
    window = unread_window(row, read, limit)
    found = _unread(row, loaded.get(window.key), cells, me, quiet)
    first_unread = next((target for target, _ in found), None)
    unread, mentions = len(found), sum(mention for _, mention in found)
    reaches_cursor = row.lo <= max(read.seq, row.floor) + 1
    reaches_head = row.head_seq <= row.hi < window.first_seq + limit
    if reaches_cursor and reaches_head:
        return Reading(read, first_unread, unread, mentions, True)
    return Reading(read, first_unread, max(unread, row.unread), max(mentions, row.mentions), False)


def read_on(
    row: ReplicaStream,
    before: Reading,
    seq: int,
    loaded: Loaded,
    cells: CellsView,
    me: AccountId,
    quiet: Container[TargetId | None] = (),
) -> Reading:
    """What `before`, which is exact, has counted, once it is read down to `seq`, beyond its cursor:
    told from the events between, which are asked for with a limit of their number. What has come
    since is not in it; the first that is unread is not looked for."""
    window = unread_window(row, before.cursor, seq - before.cursor.seq)
    events = [entry for entry in loaded.get(window.key) if entry.seq <= seq]
    found = _unread(row, events, cells, me, quiet)
    unread = max(before.unread - len(found), 0)
    mentions = max(before.mentions - sum(mention for _, mention in found), 0)
    return Reading(ReadValue(before.cursor.gen, seq), None, unread, mentions, True)


def _unread(
    row: ReplicaStream,
    events: Iterable[Entry],
    cells: CellsView,
    me: AccountId,
    quiet: Container[TargetId | None],
) -> list[tuple[TargetId, bool]]:
    """Those of them that are counted, each with whether it mentions me."""
    found: list[tuple[TargetId, bool]] = []
    mentioned = row.stream[:2] in (b"d:", OPENED)
    for entry in events:
        target = target_of(entry.event_id)
        root = cells.get(nouns.MESSAGE, target)
        value = message_value(root) if root is not None else None
        if value is None or value.account == me or value.thread in quiet:
            continue
        if is_live(cells, target, value):
            found.append((target, mentioned or me in value.mentions))
    return found
