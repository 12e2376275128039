"""What somebody says of themselves."""

from collections.abc import Sequence
from typing import cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import PEOPLE, AccountId
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import Cell, CellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ


@value
class Profile:
    """The fields of an account's profile that say something, `(name, text)` by name.

    `pending` is true while a change waits to be sent.
    """

    account: AccountId
    fields: tuple[tuple[str, str], ...]
    pending: bool

    def get(self, name: str) -> str | None:
        """One field, None where it was never set or was cleared."""
        return dict(self.fields).get(name)


def asks(account: AccountId) -> tuple[Key[object], ...]:
    """What `view` wants to know, of `ppl`."""
    return (CellsKey(PEOPLE, nouns.PROFILE, account),)


def asks_all() -> tuple[Key[object], ...]:
    """What `everybody` wants to know, of `ppl`."""
    return (CellsKey(PEOPLE, nouns.PROFILE, b""),)


def everybody(people: CellsView) -> dict[AccountId, Profile]:
    """The profiles of all who have ever said something, in one pass."""
    cells: dict[AccountId, list[tuple[bytes, Cell]]] = {}
    for key, cell in people.scan(nouns.PROFILE, b""):
        cells.setdefault(AccountId(key[:20]), []).append((key, cell))
    return {account: _profile(account, said) for account, said in cells.items()}


def view(people: CellsView, account: AccountId) -> Profile:
    """The profile by the cells of `ppl`; who said nothing has an empty one."""
    return _profile(account, people.scan(nouns.PROFILE, account))


def _profile(account: AccountId, cells: Sequence[tuple[bytes, Cell]]) -> Profile:
    return Profile(
        account,
        tuple(
            (key[20:].decode(), cast("str", cell.value))
            for key, cell in cells
            if cell.value is not None
        ),
        any(cell.seq >= PENDING_SEQ for _, cell in cells),
    )
