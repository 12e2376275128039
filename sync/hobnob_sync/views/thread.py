"""A thread: what its root is called, whether it is settled, and what was said in it.

Cells know no index by thread: finding the replies reads every message cell of the held range, so
the heading and the replies are asked for apart, and who shows many threads asks for replies once.
"""

from typing import cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellsKey, EachCellsKey, Key
from hobnob_sync.views.message import act_value, message_value, was_withdrawn
from hobnob_sync.views.overlay import PENDING_SEQ


@value
class Heading:
    """What a thread is called ("" for an untitled one), whether it is settled, and the accepted
    answer; `pending` is true while a change of these waits to be sent."""

    title: str
    resolved: bool
    answer: TargetId | None
    pending: bool


@value
class Replies:
    """The messages of a thread but its root, in order, waiting ones last; dead ones keep their
    place. `count` is how many live, as unread counts them (DESIGN §12)."""

    targets: tuple[TargetId, ...]
    count: int


def asks(stream: StreamId, *roots: TargetId) -> tuple[Key[object], ...]:
    """What `view` wants to know of threads: one question for a page of them."""
    return (EachCellsKey(stream, nouns.THREAD, roots),)


def view(cells: CellsView, root: TargetId) -> Heading:
    """The heading of the thread under `root`."""
    fields = {key[16:].decode(): cell for key, cell in cells.scan(nouns.THREAD, root)}
    values = {field: cell.value for field, cell in fields.items()}
    return Heading(
        cast("str", values.get("title", "")),
        bool(values.get("resolved", False)),
        cast("TargetId | None", values.get("answer")),
        any(cell.seq >= PENDING_SEQ for cell in fields.values()),
    )


def asks_replies(stream: StreamId) -> tuple[Key[object], ...]:
    """What `replies` wants to know, alike for every thread of the stream."""
    return tuple(
        CellsKey(stream, noun, b"")
        for noun in (nouns.MESSAGE, nouns.MOVED, nouns.DEAD, nouns.HIDDEN)
    )


def replies(cells: CellsView, root: TargetId) -> Replies:
    """What was said in the thread under `root` or moved there, and not moved away since."""
    moved = {key: cell.value for key, cell in cells.scan(nouns.MOVED, b"")}
    dead = dict(cells.scan(nouns.DEAD, b""))
    hidden = dict(cells.scan(nouns.HIDDEN, b""))
    found: list[tuple[int, TargetId]] = []
    count = 0
    for key, cell in cells.scan(nouns.MESSAGE, b""):
        value = message_value(cell)
        if moved.get(key, value.thread) != root:
            continue
        target = TargetId(key)
        found.append((cell.seq, target))
        own = nouns.withdrawn_key(target, value.account)
        gone = key in dead or own in dead or was_withdrawn(value)
        count += not gone and act_value(hidden.get(key)) is None
    return Replies(tuple(target for _, target in sorted(found)), count)
