"""Whom a member knows, by the cells of their own stream."""

from dataclasses import field
from typing import cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, user_stream
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellsKey, Key


@value
class Trust:
    """Whose words in private are welcome, and under which handle somebody's fingerprint was
    compared."""

    accepted: tuple[AccountId, ...] = ()
    verified: dict[AccountId, str] = field(default_factory=dict[AccountId, str])

    def impostor(self, account: AccountId, handle: str) -> bool:
        """Was somebody else verified under this handle, and this account not since? Then it is not
        who it seems."""
        if self.verified.get(account) == handle:
            return False
        return handle in self.verified.values()


def asks(me: AccountId) -> tuple[Key[object], ...]:
    """What `view` wants to know, of one's own stream."""
    own = user_stream(me)
    return tuple(CellsKey(own, noun, b"") for noun in (nouns.ACCEPTED, nouns.VERIFIED))


def view(own: CellsView) -> Trust:
    """The same by the cells of one's own stream."""
    return Trust(
        tuple(AccountId(key) for key, cell in own.scan(nouns.ACCEPTED, b"") if cell.value),
        {
            AccountId(key): cast("str", cell.value)
            for key, cell in own.scan(nouns.VERIFIED, b"")
            if cell.value is not None
        },
    )
