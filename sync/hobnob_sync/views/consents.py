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
