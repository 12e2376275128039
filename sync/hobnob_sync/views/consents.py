"""What somebody agrees to, purpose by purpose; who has said nothing agrees to nothing."""

from hobnob_protocol import nouns
from hobnob_protocol.ids import PEOPLE, AccountId
from hobnob_protocol.kinds.consents import PURPOSES
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellsKey, Key


def asks(account: AccountId) -> tuple[Key[object], ...]:
    """What `view` wants to know, of `ppl`."""
    return (CellsKey(PEOPLE, nouns.CONSENT, account),)


def view(people: CellsView, account: AccountId) -> dict[str, bool | None]:
    """Each of `PURPOSES`: True, False where it was withdrawn, None where nothing was ever said.

    A purpose of a newer version that is not known here is left out.
    """
    said = {
        key[len(account) :].decode(): bool(cell.value)
        for key, cell in people.scan(nouns.CONSENT, account)
    }
    return {purpose: said.get(purpose) for purpose in PURPOSES}


def asks_all() -> tuple[Key[object], ...]:
    """What `agreeing` wants to know, of `ppl`."""
    return (CellsKey(PEOPLE, nouns.CONSENT, b""),)


def agreeing(people: CellsView, purpose: str) -> tuple[AccountId, ...]:
    """Everybody who agrees to one purpose."""
    said = purpose.encode()
    return tuple(
        AccountId(key[:20])
        for key, cell in people.scan(nouns.CONSENT, b"")
        if cell.value and key[20:] == said
    )
