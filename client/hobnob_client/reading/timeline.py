"""The messages of a channel, a page at a time, anchored at a place in the log.

A page costs what it shows, however long the channel is. What waits in the outbox stands at the end.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from hobnob_client.reading.desk import Desk
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.views import message, overlay, timeline
from hobnob_sync.views.message import Message
from hobnob_sync.views.timeline import Window

WINDOW_EVENTS: Final = 64
"""Log events looked at together on the way to so many messages, at most ..."""
WINDOW_EVENTS_MIN: Final = 16
"""... and at least, where few are wanted: most events of most channels are messages."""


@value
class Page:
    """Messages in their order, and where they stand in the log.

    They are all the messages from `first_seq` to `last_seq`: the anchors of the pages before and
    after. `at_start`: nothing older is held; `complete`: nothing older may be seen. `at_end`:
    nothing newer is held, and what waits stands last, without a seq. `missing`: so many events
    between the place that was asked for and the first of a page after it may be seen, and are not
    held.
    """

    messages: tuple[Message, ...]
    first_seq: int
    last_seq: int
    at_start: bool
    complete: bool
    at_end: bool
    missing: int = 0


def before(desk: Desk, stream: StreamId, seq: int | None, limit: int) -> Page:
    """Up to `limit` messages before a place; None for the newest, and what waits with them."""
    row = desk.row(stream)
    if row is None:
        return Page(_waiting(desk, stream), 1, 0, True, False, True)
    at_end = seq is None or seq > row.hi
    last_seq = row.hi if seq is None else min(seq - 1, row.hi)
    first_seq = last_seq + 1
    found: list[Message] = []
    while first_seq > row.lo and len(found) < limit:
        end, first_seq = first_seq, max(row.lo, first_seq - _window(limit - len(found)))
        found = [*_messages(desk, Window(stream, first_seq, end - first_seq)), *found]
    kept = found[-limit:]
    if len(kept) < len(found):
        first_seq = kept[0].order
    at_start = first_seq <= row.lo
    complete = at_start and row.lo <= row.floor + 1
    waiting = _waiting(desk, stream) if at_end else ()
    return Page((*kept, *waiting), first_seq, last_seq, at_start, complete, at_end)


def after(desk: Desk, stream: StreamId, seq: int, limit: int) -> Page:
    """Up to `limit` messages after a place, and what waits where they reach the end."""
    row = desk.row(stream)
    if row is None:
        return Page(_waiting(desk, stream), 1, 0, True, False, True)
    first_seq = max(seq + 1, row.lo)
    last_seq = first_seq - 1
    found: list[Message] = []
    while last_seq < row.hi and len(found) < limit:
        count = min(_window(limit - len(found)), row.hi - last_seq)
        found += _messages(desk, Window(stream, last_seq + 1, count))
        last_seq += count
    kept = found[:limit]
    if len(kept) < len(found):
        last_seq = kept[-1].order
    at_start = first_seq <= row.lo
    complete = at_start and row.lo <= row.floor + 1
    at_end = last_seq >= row.hi
    waiting = _waiting(desk, stream) if at_end else ()
    missing = max(first_seq - 1 - max(seq, row.floor), 0)
    return Page((*kept, *waiting), first_seq, last_seq, at_start, complete, at_end, missing)


def pages_after(desk: Desk, stream: StreamId, seq: int, limit: int) -> Iterator[Page]:
    """At least one page of up to `limit` messages after a place, and those after it to the end of
    what is held by then, which may be less than there was: each goes further."""
    at_end = False
    while not at_end:
        page = after(desk, stream, seq, limit)
        seq, at_end = page.last_seq, page.at_end
        yield page


def one(desk: Desk, stream: StreamId, target: TargetId) -> Message | None:
    """One message; None where it is not held."""
    cells = desk.cells(stream, message.asks(stream, target))
    return message.view(cells, target, overlay.refusals(desk.state, stream))


def each(desk: Desk, stream: StreamId, targets: Sequence[TargetId]) -> tuple[Message, ...]:
    """Those of some messages that are held, in the order in which they are asked for."""
    cells = desk.cells(stream, message.asks_each(stream, targets))
    refused = overlay.refusals(desk.state, stream)
    shown = (message.view(cells, target, refused) for target in targets)
    return tuple(found for found in shown if found is not None)


def _window(wanted: int) -> int:
    """How many events to look at for so many messages."""
    return min(WINDOW_EVENTS, max(WINDOW_EVENTS_MIN, wanted))


def _messages(desk: Desk, window: Window) -> tuple[Message, ...]:
    loaded = desk.store.load(timeline.asks(window))
    keys = timeline.asks_messages(window, loaded)
    # What waits may act upon any message of any window, so it is folded over all of them.
    cells = desk.cells(window.stream, keys)
    refused = overlay.refusals(desk.state, window.stream)
    return timeline.view(window, loaded, cells, (), refused)


def _waiting(desk: Desk, stream: StreamId) -> tuple[Message, ...]:
    reads = desk.waiting(stream)
    targets = [read.fact.target for read in reads if read.kind is not None and read.kind.root]
    return each(desk, stream, targets) if targets else ()
