"""The roster: exactly which devices of which members a session is sealed to, and its hash.

It is made of verified chains alone: whoever names a device that no chain has, or leaves one out,
makes another hash. What a sender claims is looked up where the chains stood then: a reader who is
behind waits, and one who holds another history at that place has found a fork.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final, NamedTuple

from hobnob_protocol.account import Chain
from hobnob_protocol.errors import ForkError, SealAwaits, SealError, Unopened
from hobnob_protocol.event import Author
from hobnob_protocol.ids import (
    AccountId,
    ConversationId,
    DeviceId,
    DeviceKey,
    HubId,
    device_id,
    direct_conversation,
)
from hobnob_protocol.sealing.group import NO_GROUP, Group, GroupHead
from hobnob_protocol.value import value

RULES: Final = {
    "sealed.members": "members are the two whom the conversation is named after, or its group's",
    "sealed.roster": "the roster's hash is that of the heads beside it",
    "sealed.fork": "an account, or a group, has one history",
}
"""Every rule of a roster, by the name its `SealError` or `ForkError` carries."""

_TAG: Final = b"hobnob/1 roster\0"


class Member(NamedTuple):
    """One member: the account, where its chain stands, and its active devices' keys, ascending."""

    account: AccountId
    links: int
    head: bytes
    devices: tuple[DeviceKey, ...]


class Claim(NamedTuple):
    """What a sender says it knows: where the group stands, and each member's chain."""

    group: GroupHead
    heads: tuple[tuple[AccountId, int, bytes], ...]


@value
class Roster:
    """Members in the order of their accounts, and the hash of it all."""

    group: GroupHead
    members: tuple[Member, ...]
    digest: bytes

    @property
    def claim(self) -> Claim:
        """What others need to find the same roster."""
        return Claim(
            self.group, tuple((each.account, each.links, each.head) for each in self.members)
        )

    def has(self, author: Author) -> bool:
        """Is this device of this account in it?"""
        return any(
            member.account == author.account and author.key in member.devices
            for member in self.members
        )

    @property
    def devices(self) -> dict[DeviceId, tuple[AccountId, DeviceKey]]:
        """Every device, in the order of their ids."""
        found = [
            (device_id(key), (member.account, key))
            for member in self.members
            for key in member.devices
        ]
        return dict(sorted(found))


@value
class View:
    """What a device knows of a conversation now: the chains it has verified, and its group, None
    between two."""

    hub: HubId
    conversation: ConversationId
    chains: Mapping[AccountId, Chain]
    group: Group | None = None

    def roster(self, accounts: tuple[AccountId, ...]) -> Roster:
        """The roster by everything that is known, to seal to.

        Between two `accounts` are both; of a group they are its members and not asked for.
        SealAwaits where a member's chain is not known, or a group's members are not.
        """
        members = self.group.members if self.group else tuple(sorted(accounts))
        if self.group is None and not self._are_two(members):
            raise SealAwaits(Unopened.GROUP)
        place = self.group.head if self.group else NO_GROUP
        heads = [(account, *self._present(account)) for account in members]
        return self.claimed(Claim(place, tuple(heads)))

    def _present(self, account: AccountId) -> tuple[int, bytes]:
        chain = self.chains.get(account)
        if chain is None:
            raise SealAwaits(Unopened.CHAIN, account.hex())
        return chain.links, chain.head

    def claimed(self, claim: Claim) -> Roster:
        """The roster that somebody claims.

        SealError where its members are not this conversation's; SealAwaits where it knows more than
        is known here; ForkError where it knows another history.
        """
        accounts = tuple(account for account, _, _ in claim.heads)
        if claim.group != NO_GROUP:
            if self._members_at(claim.group) != accounts:
                raise SealError("sealed.members")
        elif self.group is not None or not self._are_two(accounts):
            raise SealError("sealed.members")
        members = tuple(
            Member(account, links, head, self._devices_at(account, links, head))
            for account, links, head in claim.heads
        )
        return Roster(claim.group, members, self._digest(claim.group, members))

    def _are_two(self, accounts: tuple[AccountId, ...]) -> bool:
        return (
            len(accounts) == 2
            and accounts[0] < accounts[1]
            and direct_conversation(self.hub, *accounts) == self.conversation
        )

    def _members_at(self, place: GroupHead) -> tuple[AccountId, ...]:
        group = self.group
        if group is None or not group.unknown < place.links <= group.head.links:
            # It has not come yet, or was before this account's time.
            raise SealAwaits(Unopened.GROUP)
        head, members = group.past[place.links - 1 - group.unknown]
        if head != place.head:
            raise ForkError("sealed.fork", "group")
        return members

    def _devices_at(self, account: AccountId, links: int, head: bytes) -> tuple[DeviceKey, ...]:
        chain = self.chains.get(account)
        if chain is None or links > chain.links:
            raise SealAwaits(Unopened.CHAIN, account.hex())
        if chain.heads[links - 1] != head:
            raise ForkError("sealed.fork", account.hex())
        return tuple(sorted(device.key for device in chain.active_at(links)))

    def _digest(self, place: GroupHead, members: tuple[Member, ...]) -> bytes:
        parts = [_TAG, self.hub, self.conversation, place.links.to_bytes(8, "big"), place.head]
        for member in members:
            count = len(member.devices)
            parts += [member.account, member.links.to_bytes(8, "big"), member.head]
            parts += [count.to_bytes(1, "big"), *member.devices]
        return sha256(b"".join(parts)).digest()
