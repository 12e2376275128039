"""Who people are: accounts and their devices, folded from the `ppl` stream.

Only links that fit count: the chain's own signatures decide, not who carried them. The links fit
or not in the order of their seqs, whatever order they came in; both sides keep them as cells (nouns
`link` and `handle`), so the same events make the same accounts everywhere.
"""

from bisect import insort
from collections.abc import Iterable
from typing import Final, NamedTuple, cast

from hobnob_protocol import nouns
from hobnob_protocol.account import Chain
from hobnob_protocol.chain import extend
from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import ProtocolError, Refusal
from hobnob_protocol.event import Author
from hobnob_protocol.ids import (
    AccountId,
    DeviceId,
    DeviceKey,
    HubId,
    TargetId,
    account_id,
    device_id,
    hub_account,
)
from hobnob_protocol.kind import Fact
from hobnob_protocol.kinds.hub_acts import Admit, Enrol
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.kinds.reseats import KINDS, Reseat
from hobnob_protocol.nouns import LinkValue
from hobnob_sync.ports import Cell
from hobnob_sync.reseats import Reseats

KNOWN_DEVICE: Final = "link.known_device"
"""The rule broken by a link that adds a device somebody has."""
WRONG_ACCOUNT: Final = "link.account"
"""The rule broken by a link that founds another account than its carrier says."""


class Carried(NamedTuple):
    """One link, where and by which event it was carried."""

    seq: int
    carrier: TargetId
    account: AccountId
    link: bytes
    signature: bytes
    at_ms: int


class Accounts:
    """All accounts of a hub. Changed in place: after a failed commit it goes with its engine, and
    the next one is built from cells."""

    NOUNS: Final = frozenset({nouns.LINK, nouns.HANDLE, nouns.RESEAT})
    """The cells it is built from."""

    def __init__(self, hub: HubId, hub_key: DeviceKey, verifier: Verifier) -> None:
        self._hub_id = hub
        self._verifier = verifier
        self.hub = Author(hub_account(hub), device_id(hub_key), hub_key)
        """The hub itself, which signs with its own key."""
        self._links: list[Carried] = []
        self._carriers: dict[TargetId, None] = {}
        self._handles: dict[str, tuple[int, AccountId]] = {}
        self.reseats: Final = Reseats()
        """Which handles have gone to other accounts, or are about to."""
        self._clear()

    @classmethod
    def from_cells(
        cls,
        hub: HubId,
        hub_key: DeviceKey,
        verifier: Verifier,
        cells: Iterable[tuple[str, bytes, Cell]],
    ) -> "Accounts":
        """The accounts that cells `(noun, key, cell)` tell of; other nouns tell nothing."""
        accounts = cls(hub, hub_key, verifier)
        links: list[Carried] = []
        for noun, key, cell in cells:
            if noun == nouns.HANDLE:
                accounts._name(key.decode(), cell.seq, AccountId(cast("bytes", cell.value)))
            elif noun == nouns.RESEAT:
                accounts.reseats.take(key, cell.seq, cast("int | None", cell.value))
            elif noun == nouns.LINK:
                value = LinkValue(*cast("tuple[bytes, bytes, int]", cell.value))
                links.append(Carried(cell.seq, TargetId(key[20:]), AccountId(key[:20]), *value))
        for carried in sorted(links):
            accounts._take(carried)
        return accounts

    def apply(self, fact: Fact) -> str:
        """Take an event of `ppl`: "" or the rule its link breaks, which then counts for nothing.

        An event that came before changes nothing; one that came late is put in its place.
        """
        body = fact.body
        if isinstance(body, Enrol):
            account = account_id(body.link)
            self._name(body.handle, fact.seq, account)
        elif isinstance(body, DeviceLink):
            account = fact.account
        elif isinstance(body, Admit):
            account = body.account
        elif isinstance(body, Reseat):
            for write in KINDS[0].writes(fact):
                self.reseats.take(write.key, fact.seq, cast("int | None", write.value))
            return ""
        else:
            return ""
        link = body.link, body.link_signature
        return self._take(Carried(fact.seq, fact.target, account, *link, fact.at_ms))

    def drop_after(self, seq: int) -> None:
        """Forget the links and handles from beyond `seq`: they were read, and are not kept."""
        if not self._links or self._links[-1].seq <= seq:
            return
        self._links = [each for each in self._links if each.seq <= seq]
        self._carriers = {each.carrier: None for each in self._links}
        self._handles = {name: told for name, told in self._handles.items() if told[0] <= seq}
        self._grow_all()

    def check(
        self, account: AccountId, link: bytes, signature: bytes, at_ms: int = 0
    ) -> Refusal | None:
        """Why this link would not fit now, or None: EXISTS where its device is known. `at_ms` is
        the hub's time, of which a link that waits for a day asks."""
        try:
            self._longer(account, link, signature, at_ms)
        except ProtocolError as broken:
            return Refusal.EXISTS if broken.rule == KNOWN_DEVICE else Refusal.INVALID
        return None

    def author(self, device: DeviceId) -> Author | None:
        """Who signs with this device, active or revoked; the hub's own device among them."""
        return self._authors.get(device)

    def is_active(self, device: DeviceId) -> bool:
        """May this device still sign?"""
        return device in self._authors and device not in self._revoked

    def revoked_seq(self, device: DeviceId) -> int:
        """The seq in `ppl` from which this device may not sign; 0 if it was never revoked."""
        return self._revoked.get(device, 0)

    def chain(self, account: AccountId) -> Chain | None:
        """An account's chain."""
        return self._chains.get(account)

    def account_of(self, handle: str) -> AccountId | None:
        """Who has this handle."""
        seated = self.reseats.seated.get(handle)
        if seated is not None:
            return seated.account
        found = self._handles.get(handle)
        return None if found is None else found[1]

    @property
    def all(self) -> tuple[AccountId, ...]:
        """Every account, in the order they joined."""
        return tuple(self._chains)

    def _name(self, handle: str, seq: int, account: AccountId) -> None:
        """Of two claims to a handle the earlier stays."""
        present = self._handles.get(handle)
        if present is None or seq < present[0]:
            self._handles[handle] = (seq, account)

    def _take(self, carried: Carried) -> str:
        if carried.carrier not in self._carriers:
            self._carriers[carried.carrier] = None
            insort(self._links, carried)
            if self._links[-1] is carried:
                self._grow(carried)
            else:
                # Links that came before may fit or not by this one.
                self._grow_all()
        return self._flaws.get(carried.carrier, "")

    def _grow_all(self) -> None:
        """Begin again."""
        self._clear()
        for each in self._links:
            self._grow(each)

    def _clear(self) -> None:
        self._authors: dict[DeviceId, Author] = {self.hub.device: self.hub}
        self._chains: dict[AccountId, Chain] = {}
        self._revoked: dict[DeviceId, int] = {}
        self._flaws: dict[TargetId, str] = {}

    def _grow(self, carried: Carried) -> None:
        """Put a link, the latest so far, at the end of its chain, or remember its flaw."""
        account = carried.account
        try:
            chain = self._longer(account, carried.link, carried.signature, carried.at_ms)
        except ProtocolError as broken:
            self._flaws[carried.carrier] = broken.rule
            return
        self._chains[account] = chain
        for device in chain.devices:
            self._authors.setdefault(device.device, Author(account, device.device, device.key))
            if not device.active:
                self._revoked.setdefault(device.device, carried.seq)

    def _longer(self, account: AccountId, link: bytes, signature: bytes, at_ms: int) -> Chain:
        """The account's chain with one more link; ProtocolError where it does not fit."""
        present = self._chains.get(account)
        chain = extend(present, link, signature, self._hub_id, self._verifier, at_ms)
        if chain.account != account:
            raise ProtocolError(WRONG_ACCOUNT)
        newest = self._authors.get(chain.devices[-1].device)
        if newest is not None and newest.account != account:
            raise ProtocolError(KNOWN_DEVICE)
        return chain
