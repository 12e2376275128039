"""What one keeps for oneself, in `u:`: saved messages, and accounts out of one's sight."""

from dataclasses import dataclass

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId, user_stream
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved message of any stream; `pending` is true while saving it waits to be sent."""

    stream: StreamId
    target: TargetId
    pending: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """One's own lists: saved messages, oldest first, and blocked accounts, by account."""

    saved: tuple[Saved, ...]
    blocked: tuple[AccountId, ...]


def asks(me: AccountId) -> tuple[Key[object], ...]:
    """What `view` wants to know, of one's own stream."""
    own = user_stream(me)
    return (CellsKey(own, nouns.SAVED, b""), CellsKey(own, nouns.BLOCKED, b""))


def view(own: CellsView) -> Kept:
    """The lists by the cells of one's own stream."""
    saved = [(cell.seq, key) for key, cell in own.scan(nouns.SAVED, b"") if cell.value]
    return Kept(
        tuple(
            Saved(StreamId(key[16:]), TargetId(key[:16]), seq >= PENDING_SEQ)
            for seq, key in sorted(saved)
        ),
        tuple(AccountId(key) for key, cell in own.scan(nouns.BLOCKED, b"") if cell.value),
    )
