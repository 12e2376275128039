"""What one keeps for oneself, in `u:`: saved messages, and accounts out of one's sight."""

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId, user_stream
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ


@value
class Saved:
    """One saved message of any stream; `pending` is true while saving it waits to be sent."""

    stream: StreamId
    target: TargetId
    pending: bool


@value
class Kept:
    """One's own lists: saved messages, oldest first, and blocked accounts, muted streams and muted
    threads (stream, root), each by name."""

    saved: tuple[Saved, ...]
    blocked: tuple[AccountId, ...]
    muted: tuple[StreamId, ...] = ()
    muted_threads: tuple[tuple[StreamId, TargetId], ...] = ()


def asks(me: AccountId) -> tuple[Key[object], ...]:
    """What `view` wants to know, of one's own stream."""
    own = user_stream(me)
    return tuple(CellsKey(own, noun, b"") for noun in (nouns.SAVED, nouns.BLOCKED, nouns.MUTED))


def view(own: CellsView) -> Kept:
    """The lists by the cells of one's own stream."""
    muted = [
        (StreamId(key[16:]), TargetId(key[:16]))
        for key, cell in own.scan(nouns.MUTED, b"")
        if cell.value
    ]
    saved = [(cell.seq, key) for key, cell in own.scan(nouns.SAVED, b"") if cell.value]
    return Kept(
        tuple(
            Saved(StreamId(key[16:]), TargetId(key[:16]), seq >= PENDING_SEQ)
            for seq, key in sorted(saved)
        ),
        tuple(AccountId(key) for key, cell in own.scan(nouns.BLOCKED, b"") if cell.value),
        tuple(stream for stream, root in muted if not any(root)),
        tuple((stream, root) for stream, root in muted if any(root)),
    )
