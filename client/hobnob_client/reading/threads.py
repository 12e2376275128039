"""Threads: a heading, a root, and what was said under it."""

from collections import Counter
from typing import Final, cast

from hobnob_client.reading.desk import Desk
from hobnob_protocol import nouns
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.nouns import MessageValue
from hobnob_protocol.value import value
from hobnob_sync.ports import EachCellKey
from hobnob_sync.shelf_sql import to_cell
from hobnob_sync.views import message, overlay, thread
from hobnob_sync.views.message import Message
from hobnob_sync.views.thread import Heading

NAMING: Final = """
    SELECT cell.key FROM place CROSS JOIN cell USING (place)
    WHERE place.stream = ? AND place.noun IN (?, ?) AND instr(cell.value, ?)
"""
"""Messages whose cells hold a root's 16 bytes anywhere: all that are in its thread and, seldom, one
that only quotes them. One pass over the channel's cells in SQLite, none of them decoded."""


LATELY: Final = """
    SELECT cell.key, cell.seq, cell.value FROM place CROSS JOIN cell USING (place)
    WHERE place.stream = ? AND place.noun = ? AND cell.seq >= ? ORDER BY cell.seq DESC LIMIT ?
"""
"""The newest messages that are held, in the order in which their cells lie."""


@value
class Begun:
    """A thread that was begun: by which message, what it is called, and how many replies of those
    that were looked at it has."""

    root: TargetId
    heading: Heading
    replies: int


@value
class Thread:
    """One thread: its heading, its root (None where it is not held), and the replies in order."""

    heading: Heading
    root: Message | None
    replies: tuple[Message, ...]


def heading(desk: Desk, stream: StreamId, root: TargetId) -> Heading:
    """What a thread is called and whether it is settled."""
    return thread.view(desk.cells(stream, thread.asks(stream, root)), root)


def lately(desk: Desk, stream: StreamId, limit: int) -> tuple[Begun, ...]:
    """The threads that begin among so many (from 1) of the newest messages, the newest first: those
    that were answered there, or have a title. None of the messages is read as a whole."""
    said = _said_lately(desk, stream, limit)
    reads = reversed(desk.waiting(stream))
    waiting = dict.fromkeys(read.fact.target for read in reads if read.kind and read.kind.root)
    named = (*waiting, *said)
    cells = desk.cells(
        stream,
        (
            EachCellKey(stream, nouns.MESSAGE, tuple(waiting)),
            EachCellKey(stream, nouns.MOVED, named),
            *thread.asks(stream, *named),
        ),
    )
    roots: dict[TargetId, TargetId | None] = {}
    for target in named:
        cell = cells.get(nouns.MESSAGE, target) if target in waiting else None
        told = said.get(target) if cell is None else message.message_value(cell)
        moved = cells.get(nouns.MOVED, target)
        if told is not None:
            root = told.thread if moved is None else cast("TargetId | None", moved.value)
            roots[target] = root
    replies = Counter(root for root in roots.values() if root is not None)
    found = (
        Begun(target, thread.view(cells, target), replies[target])
        for target, root in roots.items()
        if root is None
    )
    return tuple(each for each in found if each.replies or each.heading.title)


def _said_lately(desk: Desk, stream: StreamId, limit: int) -> dict[TargetId, MessageValue]:
    row = desk.row(stream)
    if row is None:
        return {}
    cells = desk.store.sql.query(LATELY, (stream, nouns.MESSAGE, row.lo, limit))
    return {TargetId(key): message.message_value(to_cell(seq, held)) for key, seq, held in cells}


def read(desk: Desk, stream: StreamId, root: TargetId) -> Thread:
    """One thread as far as it is held."""
    wanted = (stream, nouns.MESSAGE, nouns.MOVED, root)
    named = [TargetId(row[0]) for row in desk.store.sql.query(NAMING, wanted)]
    waiting = [read.fact.target for read in desk.waiting(stream)]
    asked = tuple(dict.fromkeys((root, *named, *waiting)))
    cells = desk.cells(stream, [key for target in asked for key in message.asks(stream, target)])
    refused = overlay.refusals(desk.state, stream)
    views = [message.view(cells, target, refused) for target in asked]
    replies = [view for view in views[1:] if view is not None and view.thread == root]
    replies.sort(key=lambda view: view.order)
    return Thread(heading(desk, stream, root), views[0], tuple(replies))
