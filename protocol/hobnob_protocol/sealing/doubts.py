"""What peers know of chains and we do not: the cheap answer to a hub that hides a revocation.

Every start names where its sender holds each member's chain, one's own among them. A head that is
newer than what the hub has shown here, or another one at the same place, stops sending until the
chain has come, or the person has looked.
"""

from collections.abc import Mapping
from typing import NamedTuple

from hobnob_protocol.account import Chain
from hobnob_protocol.errors import ForkError, SealAwaits, Unopened
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId
from hobnob_protocol.sealing.roster import Claim


class Doubt(NamedTuple):
    """One account's chain, as `claimant` knows it and we do not."""

    account: AccountId
    links: int
    head: bytes
    claimant: Author


class Doubts:
    """All that is open of one hub, over all conversations. Changed in place."""

    def __init__(self) -> None:
        self._open: dict[tuple[AccountId, AccountId], Doubt] = {}

    def note(self, claimant: Author, claim: Claim, chains: Mapping[AccountId, Chain]) -> None:
        """Remember what a signed start claims that is not known here: of each member about each
        account the last, so that nobody fills the memory with claims."""
        for account, links, head in claim.heads:
            doubt = Doubt(account, links, head, claimant)
            if not _is_known(doubt, chains):
                self._open[claimant.account, account] = doubt

    def open(self, chains: Mapping[AccountId, Chain]) -> tuple[Doubt, ...]:
        """What is still in doubt; what the chains have come to hold is not."""
        self._open = {
            place: doubt for place, doubt in self._open.items() if not _is_known(doubt, chains)
        }
        return tuple(self._open.values())

    def check(self, accounts: tuple[AccountId, ...], chains: Mapping[AccountId, Chain]) -> None:
        """May something be sealed to these accounts? SealAwaits where one of them has a newer chain
        than is known; ForkError where it has another one."""
        for doubt in self.open(chains):
            if doubt.account in accounts:
                chain = chains.get(doubt.account)
                if chain is None or doubt.links > chain.links:
                    raise SealAwaits(Unopened.CHAIN, doubt.account.hex())
                raise ForkError("sealed.fork", doubt.account.hex())

    def dismiss(self, account: AccountId) -> None:
        """The person has looked at this account and goes on; a later start may raise it again."""
        self._open = {
            place: doubt for place, doubt in self._open.items() if doubt.account != account
        }


def _is_known(doubt: Doubt, chains: Mapping[AccountId, Chain]) -> bool:
    chain = chains.get(doubt.account)
    return (
        chain is not None
        and doubt.links <= chain.links
        and chain.heads[doubt.links - 1] == doubt.head
    )
