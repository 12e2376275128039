"""Who is who: handles, profiles, members."""

from typing import Any, Final, cast

from hobnob_client.called import number
from hobnob_client.reading.desk import Desk
from hobnob_protocol import nouns
from hobnob_protocol.account import Chain
from hobnob_protocol.ids import DIRECTORY, MODERATION, PEOPLE, AccountId, StreamId, TargetId
from hobnob_protocol.nouns import ImportedMemberValue, InviterValue
from hobnob_sync import reseats
from hobnob_sync.accounts import Accounts
from hobnob_sync.ports import CellKey, CellsKey
from hobnob_sync.reseats import Reseats
from hobnob_sync.views import consents, members, profile
from hobnob_sync.views.members import Members
from hobnob_sync.views.profile import Profile

BOT: Final = "bot"
"""The role of accounts that no person writes with."""


class People:
    """Answers about accounts; remembers the handles until `ppl` moves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._handles: dict[AccountId, str] = {}
        self._claims: dict[AccountId, AccountId] = {}
        self._handles_seq = -1
        self._reseats = Reseats()
        self._reseats_seq = -1

    def handle(self, account: AccountId) -> str:
        """The account's handle, "" where it is not known."""
        handles = self._all()
        return handles.get(account) or handles.get(self._claims.get(account, account), "")

    def owner(self, account: AccountId) -> AccountId:
        """The member who has claimed an imported account; anybody else's is their own."""
        self._all()
        return self._claims.get(account, account)

    def called(self, account: AccountId) -> str:
        """The handle, or where there is none what tells the account from all others."""
        return self.handle(account) or number(account)

    def everybody(self) -> tuple[tuple[AccountId, str], ...]:
        """Every account with a handle, and its role on the hub."""
        roles = self._desk.cells(DIRECTORY, (CellsKey(DIRECTORY, nouns.ROLE, b""),))
        given = {key: cast("str", cell.value) for key, cell in roles.scan(nouns.ROLE, b"")}
        return tuple((account, given.get(account, members.DEFAULT_ROLE)) for account in self._all())

    def _all(self) -> dict[AccountId, str]:
        row = self._desk.row(PEOPLE)
        seq = row.hi if row is not None else 0
        if seq != self._handles_seq:
            both = (CellsKey(PEOPLE, noun, b"") for noun in (nouns.HANDLE, nouns.CLAIM))
            cells = self._desk.cells(PEOPLE, both)
            enrolled = {
                AccountId(cast("bytes", cell.value)): key.decode()
                for key, cell in cells.scan(nouns.HANDLE, b"")
            }
            self._handles = self.reseats.names(enrolled)
            self._claims = {
                AccountId(key): AccountId(cast("bytes", cell.value))
                for key, cell in cells.scan(nouns.CLAIM, b"")
                if cell.value is not None
            }
            self._handles_seq = seq
        return self._handles

    def account(self, handle: str) -> AccountId | None:
        """Whose handle this is."""
        seated = self.reseats.seated.get(handle)
        if seated is not None:
            return seated.account
        key = CellKey(PEOPLE, nouns.HANDLE, handle.encode())
        cell = self._desk.store.load((key,)).get(key)
        return None if cell is None else AccountId(cast("bytes", cell.value))

    @property
    def reseats(self) -> Reseats:
        """Which handles have gone to other accounts, or are about to."""
        row = self._desk.row(PEOPLE)
        seq = row.hi if row is not None else 0
        if seq != self._reseats_seq:
            cells = self._desk.cells(PEOPLE, (CellsKey(PEOPLE, nouns.RESEAT, b""),))
            self._reseats = reseats.of_cells(cells.scan(nouns.RESEAT, b""))
            self._reseats_seq = seq
        return self._reseats

    def elsewhere(self, account: AccountId) -> ImportedMemberValue | None:
        """Who an imported account is where it came from; None for anybody else."""
        key = CellKey(PEOPLE, nouns.IMPORTED_MEMBER, account)
        cell = self._desk.store.load((key,)).get(key)
        return None if cell is None else ImportedMemberValue(*cast("tuple[Any, ...]", cell.value))

    def claims(self, account: AccountId) -> tuple[ImportedMemberValue, ...]:
        """Who a member was elsewhere, as the hub says."""
        mine = self.accounts_of(account)[1:]
        return tuple(found for found in map(self.elsewhere, mine) if found is not None)

    def accounts_of(self, account: AccountId) -> tuple[AccountId, ...]:
        """Under which somebody has written: their own, then the imported ones they have claimed."""
        self._all()
        mine = (imported for imported, owner in self._claims.items() if owner == account)
        return (account, *mine)

    def role(self, account: AccountId) -> str:
        """The account's role on the hub."""
        return self._desk.remembered(("role", account), lambda: self._role(account))

    def _role(self, account: AccountId) -> str:
        key = CellKey(DIRECTORY, nouns.ROLE, account)
        cell = self._desk.store.load((key,)).get(key)
        return members.DEFAULT_ROLE if cell is None else cast("str", cell.value)

    def banned(self) -> frozenset[AccountId]:
        """Whom the hub does not let in; nobody for those who do not moderate."""
        key = CellsKey(MODERATION, nouns.BANNED, b"")
        said = self._desk.cells(MODERATION, (key,)).scan(nouns.BANNED, b"")
        return frozenset(AccountId(account) for account, cell in said if cell.value is not None)

    def chain(self, account: AccountId) -> Chain | None:
        """The devices of an account; None where it is not known."""
        cells = self._desk.cells(PEOPLE, (CellsKey(PEOPLE, nouns.LINK, account),))
        links = ((nouns.LINK, key, cell) for key, cell in cells.scan(nouns.LINK, account))
        identity = self._desk.state.identity
        accounts = Accounts.from_cells(identity.hub, identity.hub_key, identity.verifier, links)
        return accounts.chain(account)

    def inviter(self, account: AccountId) -> AccountId | None:
        """Which member let somebody in; None where the operator did, or it is not known."""
        key = CellKey(PEOPLE, nouns.INVITER, account)
        cell = self._desk.store.load((key,)).get(key)
        if cell is None:
            return None
        return InviterValue(*cast("tuple[AccountId, TargetId]", cell.value)).account

    def profile(self, account: AccountId) -> Profile:
        """What somebody says of themselves."""
        return profile.view(self._desk.cells(PEOPLE, profile.asks(account)), account)

    def consents(self, account: AccountId) -> dict[str, bool | None]:
        """What somebody agrees to, purpose by purpose."""
        return consents.view(self._desk.cells(PEOPLE, consents.asks(account)), account)

    def agrees(self, account: AccountId, purpose: str) -> bool:
        """Has whoever an account belongs to agreed to this, and not withdrawn it?"""
        return self.consents(self.owner(account)).get(purpose) is True

    def members(self, stream: StreamId) -> Members:
        """Who belongs to a channel."""
        own = self._desk.cells(stream, (CellsKey(stream, nouns.MEMBER, b""),))
        roles = self._desk.cells(DIRECTORY, (CellsKey(DIRECTORY, nouns.ROLE, b""),))
        return members.view(own, roles)
