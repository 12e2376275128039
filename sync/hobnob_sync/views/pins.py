"""What is pinned to a channel, for all."""

from hobnob_protocol import nouns
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ


@value
class Pin:
    """One pinned message; `pending` is true while the pin waits to be sent."""

    target: TargetId
    pending: bool


def asks(stream: StreamId) -> tuple[Key[object], ...]:
    """What `view` wants to know."""
    return (CellsKey(stream, nouns.PIN, b""),)


def view(cells: CellsView) -> tuple[Pin, ...]:
    """The pins of a channel, oldest first; whether a message still lives, its own view says."""
    standing = ((key, cell) for key, cell in cells.scan(nouns.PIN, b"") if cell.value)
    return tuple(
        Pin(TargetId(key), cell.seq >= PENDING_SEQ)
        for key, cell in sorted(standing, key=lambda found: (found[1].seq, found[0]))
    )
