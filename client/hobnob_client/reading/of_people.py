"""What may be asked about people: accounts, their handles, devices and places."""

from hobnob_client.reading import places
from hobnob_client.reading.answering import Answering
from hobnob_protocol.account import Chain
from hobnob_protocol.ids import (
    AccountId,
    StreamId,
)
from hobnob_protocol.nouns import ImportedMemberValue
from hobnob_sync.reseats import Reseats
from hobnob_sync.views import profile
from hobnob_sync.views.members import Members


class PeopleReader(Answering):
    """See `Reader`."""

    def handle(self, account: AccountId) -> str:
        """The account's handle, of an imported one that of the member who has claimed it; "" where
        there is none."""
        return self._people.handle(account)

    def owner(self, account: AccountId) -> AccountId:
        """The member whose account it is: of an imported one who has claimed it, else itself."""
        return self._people.owner(account)

    def elsewhere(self, account: AccountId) -> ImportedMemberValue | None:
        """Who an imported account is where it came from; None for anybody else."""
        return self._people.elsewhere(account)

    def claims(self, account: AccountId) -> tuple[ImportedMemberValue, ...]:
        """Who a member was elsewhere, as the hub says."""
        return self._people.claims(account)

    def accounts_of(self, account: AccountId) -> tuple[AccountId, ...]:
        """Under which somebody has written: their own, then the imported ones they have claimed."""
        return self._people.accounts_of(account)

    def account(self, handle: str) -> AccountId | None:
        """Whose handle this is."""
        return self._people.account(handle)

    @property
    def reseats(self) -> Reseats:
        """Which handles have gone to other accounts, or are about to."""
        return self._people.reseats

    def everybody(self) -> tuple[tuple[AccountId, str], ...]:
        """Every account with a handle, and its role on the hub."""
        return self._people.everybody()

    def chain(self, account: AccountId) -> Chain | None:
        """The devices of an account; None where it is not known."""
        return self._people.chain(account)

    def profile(self, account: AccountId) -> profile.Profile:
        """What somebody says of themselves."""
        return self._people.profile(account)

    def consents(self, account: AccountId) -> dict[str, bool | None]:
        """What somebody agrees to, purpose by purpose: None where they have said nothing."""
        return self._people.consents(account)

    def agrees(self, account: AccountId, purpose: str) -> bool:
        """Has whoever an account belongs to agreed to this, and not withdrawn it?"""
        return self._people.agrees(account, purpose)

    def inviter(self, account: AccountId) -> AccountId | None:
        """Which member let somebody in; None where the operator did, or it is not known."""
        return self._people.inviter(account)

    def joined_ms(self, account: AccountId) -> int:
        """When an account came to the hub; 0 where that is not known."""
        return places.joined_ms(self._desk, account)

    def members(self, stream: StreamId) -> Members:
        """Who belongs to a channel."""
        return self._people.members(stream)

    def role(self, account: AccountId) -> str:
        """The account's role on the hub."""
        return self._people.role(account)
