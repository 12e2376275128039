"""The messages of a stream in order, for a window of seqs; what waits comes last.

A window is a run of log events, of which some are messages: the log says which, so a view costs
what its window holds, however long the stream is. Ask in two rounds: `asks`, then `asks_messages`.
"""

from collections.abc import Iterable, Mapping

from hobnob_protocol.ids import StreamId, TargetId, target_of
from hobnob_protocol.limits import EVENT_BYTES_MAX
from hobnob_protocol.value import value
from hobnob_sync.client_engine.reading import Read
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import Key, Loaded, RangeKey, ReplicaStream
from hobnob_sync.views import message
from hobnob_sync.views.message import Message


@value
class Window:
    """At most `limit` (from 1) log events of a stream from `first_seq` up."""

    stream: StreamId
    first_seq: int
    limit: int

    @classmethod
    def tail(cls, row: ReplicaStream, limit: int) -> "Window":
        """The newest events that are held."""
        return cls(row.stream, max(row.lo, row.hi - limit + 1), limit)

    @property
    def key(self) -> RangeKey:
        """The events, as a store is asked for them: the limit alone bounds them."""
        return RangeKey(self.stream, self.first_seq, self.limit, self.limit * EVENT_BYTES_MAX)


def asks(window: Window) -> tuple[Key[object], ...]:
    """First: which events there are."""
    return (window.key,)


def targets(window: Window, loaded: Loaded, reads: Iterable[Read] = ()) -> tuple[TargetId, ...]:
    """Whatever may be a message in the window, and the newest `limit` of the waiting ones."""
    logged = [target_of(entry.event_id) for entry in loaded.get(window.key)]
    pending = [read.fact.target for read in reads if read.kind is not None and read.kind.root]
    return tuple(dict.fromkeys((*logged, *pending[-window.limit :])))


def asks_messages(
    window: Window, loaded: Loaded, reads: Iterable[Read] = ()
) -> tuple[Key[object], ...]:
    """Second: what is known of the messages. Leave `reads` out of a window that ends before the
    newest event, where what waits does not belong."""
    return message.asks_each(window.stream, targets(window, loaded, reads))


def view(
    window: Window,
    loaded: Loaded,
    cells: CellsView,
    reads: Iterable[Read] = (),
    refused: Mapping[TargetId, tuple[str, ...]] | None = None,
) -> tuple[Message, ...]:
    """The window's messages: at most `limit` of the log by seq, then as many that wait, by n."""
    found = targets(window, loaded, reads)
    views = (message.view(cells, target, refused) for target in found)
    return tuple(sorted((shown for shown in views if shown is not None), key=_order))


def _order(shown: Message) -> int:
    return shown.order
