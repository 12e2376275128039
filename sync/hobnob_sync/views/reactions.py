"""Reactions to a message: who gave which, counted on read and never incremented (sync.md §2.3).

Counts that were imported as bare numbers stay an attribute of their message and enter none here.
"""

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import Cell, EachCellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ


@value
class Reaction:
    """One emoji on a message and who stands by it, in the order they came.

    `pending` is true while one's own still waits to be sent.
    """

    emoji: str
    accounts: tuple[AccountId, ...]
    mine: bool
    pending: bool

    @property
    def count(self) -> int:
        """How many accounts, at least 1."""
        return len(self.accounts)


def asks(stream: StreamId, *targets: TargetId) -> tuple[Key[object], ...]:
    """What `view` wants to know of messages: one question for a page of them."""
    return (EachCellsKey(stream, nouns.REACTION, targets),)


def view(cells: CellsView, target: TargetId, me: AccountId) -> tuple[Reaction, ...]:
    """The reactions to a message, the one that has stood longest first."""
    by_emoji: dict[str, list[tuple[AccountId, Cell]]] = {}
    standing = ((key, cell) for key, cell in cells.scan(nouns.REACTION, target) if cell.value)
    for key, cell in sorted(standing, key=lambda found: (found[1].seq, found[0])):
        by_emoji.setdefault(key[36:].decode(), []).append((AccountId(key[16:36]), cell))
    return tuple(
        Reaction(
            emoji,
            tuple(account for account, _ in given),
            any(account == me for account, _ in given),
            any(cell.seq >= PENDING_SEQ for _, cell in given),
        )
        for emoji, given in by_emoji.items()
    )
