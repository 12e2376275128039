"""Threads: a heading, a root, and what was said under it."""

from typing import Final

from hobnob_client.reading.desk import Desk
from hobnob_protocol import nouns
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.views import message, overlay, thread
from hobnob_sync.views.message import Message
from hobnob_sync.views.thread import Heading

NAMING: Final = """
    SELECT cell.key FROM place CROSS JOIN cell USING (place)
    WHERE place.stream = ? AND place.noun IN (?, ?) AND instr(cell.value, ?)
"""
"""Messages whose cells hold a root's 16 bytes anywhere: all that are in its thread and, seldom, one
that only quotes them. One pass over the channel's cells in SQLite, none of them decoded."""


@value
class Thread:
    """One thread: its heading, its root (None where it is not held), and the replies in order."""

    heading: Heading
    root: Message | None
    replies: tuple[Message, ...]


def heading(desk: Desk, stream: StreamId, root: TargetId) -> Heading:
    """What a thread is called and whether it is settled."""
    return thread.view(desk.cells(stream, thread.asks(stream, root)), root)


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
