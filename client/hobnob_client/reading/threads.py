"""Threads: a heading, a root, and what was said under it."""

from dataclasses import dataclass

from hobnob_client.reading.desk import Desk
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_sync.views import message, overlay, thread
from hobnob_sync.views.message import Message
from hobnob_sync.views.thread import Heading


@dataclass(frozen=True, slots=True)
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
    cells = desk.cells(stream, thread.asks_replies(stream))
    asked = (root, *thread.replies(cells, root).targets)
    keys = [key for target in asked for key in message.asks(stream, target)]
    shown = desk.cells(stream, keys)
    refused = overlay.refusals(desk.state, stream)
    views = [message.view(shown, target, refused) for target in asked]
    replies = tuple(view for view in views[1:] if view is not None)
    return Thread(heading(desk, stream, root), views[0], replies)
