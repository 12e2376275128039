"""Who people are: accounts and their devices, folded from the `ppl` stream.

Only links that fit count: the chain's own signatures decide, not who carried them. Both sides build
this from the same cells, in the order of their seqs, so it is the same everywhere.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final, cast

from hobnob_protocol import nouns
from hobnob_protocol.chain import Chain, extend
from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, DeviceId, DeviceKey, HubId, device_id, hub_account
from hobnob_protocol.kind import Fact
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_sync.ports import Cell


class Accounts:
    """All accounts of a hub. Changed in place: a failed step throws it away with its engine."""

    NOUNS: Final = frozenset({nouns.LINK, nouns.HANDLE})
    """The cells it is built from."""

    def __init__(self, hub: HubId, hub_key: DeviceKey, verifier: Verifier) -> None:
        self._hub_id = hub
        self._verifier = verifier
        self.hub = Author(hub_account(hub), device_id(hub_key), hub_key)
        self._authors: dict[DeviceId, Author] = {self.hub.device: self.hub}
        self._chains: dict[AccountId, Chain] = {}
        self._taken: dict[bytes, None] = {}
        self._handles: dict[str, AccountId] = {}

    @classmethod
    def from_cells(
        cls,
        hub: HubId,
        hub_key: DeviceKey,
        verifier: Verifier,
        cells: Iterable[tuple[str, bytes, Cell]],
    ) -> "Accounts":
        """The accounts that these cells of `NOUNS` tell of."""
        accounts = cls(hub, hub_key, verifier)
        links = [(cell.seq, key, cell) for noun, key, cell in cells if noun == nouns.LINK]
        for _, key, cell in sorted(links, key=lambda found: found[:2]):
            link, signature = cast("tuple[bytes, bytes]", cell.value)
            accounts.extend(AccountId(key[:20]), key[20:], link, signature)
        for noun, key, cell in cells:
            if noun == nouns.HANDLE:
                accounts._handles[key.decode()] = AccountId(cast("bytes", cell.value))
        return accounts

    def extend(self, account: AccountId, carrier: bytes, link: bytes, signature: bytes) -> str:
        """Take one link; "" or the rule it breaks. A link that came before changes nothing."""
        if carrier in self._taken:
            return ""
        chain = self._chains.get(account)
        try:
            longer = extend(chain, link, signature, self._hub_id, self._verifier)
        except ProtocolError as broken:
            return broken.rule
        if longer.account != account:
            return "link.account"
        newest = longer.devices[-1]
        known = self._authors.get(newest.device)
        if known is not None and known.account != account:
            return "link.known_device"
        self._chains[account] = longer
        self._authors[newest.device] = Author(account, newest.device, newest.key)
        self._taken[carrier] = None
        return ""

    def apply(self, fact: Fact) -> str:
        """Take an event of `ppl`; "" or the rule its link breaks."""
        body = fact.body
        if isinstance(body, Enrol):
            account = enrolled_account(body)
            if self.account_of(body.handle) is None:
                self._handles[body.handle] = account
            return self.extend(account, fact.target, body.link, body.link_signature)
        if isinstance(body, DeviceLink):
            return self.extend(fact.account, fact.target, body.link, body.link_signature)
        return ""

    def check(self, account: AccountId, link: bytes, signature: bytes) -> str:
        """Would this link fit? "" or the rule it breaks."""
        try:
            longer = extend(
                self._chains.get(account), link, signature, self._hub_id, self._verifier
            )
        except ProtocolError as broken:
            return broken.rule
        known = self._authors.get(longer.devices[-1].device)
        if known is not None and known.account != account:
            return "link.known_device"
        return "" if longer.account == account else "link.account"

    def author(self, device: DeviceId) -> Author | None:
        """Who signs with this device, active or revoked; the hub's own device among them."""
        return self._authors.get(device)

    def is_active(self, device: DeviceId) -> bool:
        """May this device still sign?"""
        if device == self.hub.device:
            return True
        author = self._authors.get(device)
        chain = self._chains.get(author.account) if author is not None else None
        found = chain.find(device) if chain is not None else None
        return found is not None and found.active

    def chain(self, account: AccountId) -> Chain | None:
        """An account's chain."""
        return self._chains.get(account)

    def account_of(self, handle: str) -> AccountId | None:
        """Who has this handle."""
        return self._handles.get(handle)

    @property
    def all(self) -> tuple[AccountId, ...]:
        """Every account, in the order they joined."""
        return tuple(self._chains)


def enrolled_account(body: Enrol) -> AccountId:
    """The account an enrol event makes: named by its genesis link."""
    return AccountId(sha256(body.link).digest()[:20])
