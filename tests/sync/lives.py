"""Accounts and their links, as their owners make them and as a hub's people tell them."""

from typing import Final

from hobnob_protocol import chain
from hobnob_protocol.account import Chain
from hobnob_protocol.ids import (
    PEOPLE,
    AccountId,
    DeviceId,
    EventId,
    HubId,
    account_id,
    device_id,
    hub_account,
    hub_id,
)
from hobnob_protocol.kind import Body, Fact
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from hobnob_sync import fold
from hobnob_sync.accounts import Accounts
from hobnob_sync.fold.cells import Overlay

VERIFIER: Final = KeyedVerifier()
HUB_SIGNER: Final = KeyedSigner(b"hub")
HUB: Final = hub_id(HUB_SIGNER.public_key)
LAPTOP: Final = KeyedSigner(b"laptop")
PHONE: Final = KeyedSigner(b"phone")
TABLET: Final = KeyedSigner(b"tablet")
BOBS: Final = KeyedSigner(b"bobs")
NOBODY: Final = AccountId(b"n" * 20)


def device(signer: KeyedSigner) -> DeviceId:
    """The id of a device."""
    return device_id(signer.public_key)


def fact(seq: int, account: AccountId, body: Body | None, at_ms: int = 1_000) -> Fact:
    """An event of `ppl`."""
    kind = STANDARD.of(type(body)).number if body is not None else 43
    event = EventId(seq.to_bytes(1, "big") * 32)
    return Fact(PEOPLE, seq, at_ms, event, account, device(LAPTOP), kind, 1, body)


class Life:
    """One account's links as its owner makes them, one after the other."""

    def __init__(self, first: KeyedSigner, hub: HubId = HUB) -> None:
        self.first = first
        self.link, self.signature = chain.genesis(first, hub, 1)
        self.account = account_id(self.link)
        self.chain: Chain = chain.extend(None, self.link, self.signature, hub, VERIFIER)

    def enrol(self, seq: int, handle: str) -> Fact:
        """The hub's word that the account is there."""
        return fact(seq, hub_account(HUB), Enrol(self.link, self.signature, handle))

    def add(self, seq: int, added: KeyedSigner) -> Fact:
        """The next link: one more device."""
        return self.carry(seq, chain.add(self.chain, self.first, added, 2))

    def revoke(self, seq: int, gone: KeyedSigner) -> Fact:
        """The next link: one device less."""
        return self.carry(seq, chain.revoke(self.chain, self.first, device(gone), 3))

    def carry(self, seq: int, signed: tuple[bytes, bytes]) -> Fact:
        """The next link, whatever it says."""
        self.chain = chain.extend(self.chain, *signed, HUB, VERIFIER)
        return fact(seq, self.account, DeviceLink(*signed))


def nobody() -> Accounts:
    """The accounts of a hub that nobody has joined."""
    return Accounts(HUB, HUB_SIGNER.public_key, VERIFIER)


def of(*facts: Fact) -> Accounts:
    """The accounts after these events."""
    accounts = nobody()
    for each in facts:
        accounts.apply(each)
    return accounts


def of_cells(*facts: Fact) -> Accounts:
    """The accounts read from the cells that these events were folded into."""
    cells = Overlay.fresh(PEOPLE)
    for each in facts:
        kind = STANDARD.get(each.kind)
        assert kind is not None
        fold.apply(cells, kind, each)
    found = [(noun, key, cell) for (noun, key), cell in cells.changes().items() if cell]
    return Accounts.from_cells(HUB, HUB_SIGNER.public_key, VERIFIER, found)
