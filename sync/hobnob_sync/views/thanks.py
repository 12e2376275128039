"""Thanks for a message: who gave them, and what for."""

from collections.abc import Container, Iterable

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import EachCellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ


@value
class Thanked:
    """One member's thanks: `reason` is "" where none was given; `pending` while one's own still
    wait to be sent."""

    account: AccountId
    reason: str
    pending: bool


def asks(stream: StreamId, *targets: TargetId) -> tuple[Key[object], ...]:
    """What `view` wants to know of messages: one question for a page of them."""
    return (EachCellsKey(stream, nouns.THANKS, targets),)


def view(cells: CellsView, target: TargetId) -> tuple[Thanked, ...]:
    """All thanks for a message that stand, the oldest first."""
    standing = (
        (cell.seq, key, cell.value)
        for key, cell in cells.scan(nouns.THANKS, target)
        if isinstance(cell.value, str)
    )
    return tuple(
        Thanked(AccountId(key[len(target) :]), reason, seq >= PENDING_SEQ)
        for seq, key, reason in sorted(standing)
    )


def heard(given: Iterable[Thanked], blocked: Container[AccountId]) -> tuple[Thanked, ...]:
    """Those of them that are shown: who thanks says something, and of whom one has blocked nothing
    is."""
    return tuple(each for each in given if each.account not in blocked)
