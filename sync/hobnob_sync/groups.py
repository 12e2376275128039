"""Private groups, rebuilt from the changes that a conversation's stream holds (noun `group`).

Who signed a change is known by the chains, what it makes of the group by the change itself: where
the hub shows one that does not fit, the group stays as it was before, for everybody alike.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from hobnob_protocol.account import Chain
from hobnob_protocol.errors import ProtocolError, SealAwaits, Unopened
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, ConversationId, HubId
from hobnob_protocol.kind import Value
from hobnob_protocol.nouns import GroupLinkValue
from hobnob_protocol.sealing.group import Group, follow_change
from hobnob_sync.ports import Cell


class Rebuilt(NamedTuple):
    """The group as far as its changes fit, None where not even the first one known does; `flaw` is
    the rule that the next one breaks, or ""."""

    group: Group | None
    flaw: str


def rebuild(
    hub: HubId,
    conversation: ConversationId,
    cells: Iterable[tuple[bytes, Cell]],
    chains: Mapping[AccountId, Chain],
) -> Rebuilt:
    """The group of these cells of the noun `group`, which come in the order of their keys.

    SealAwaits (`chain`) where the device that signed one of them has not come yet.
    """
    group: Group | None = None
    for _, cell in cells:
        told = value_of(cell.value)
        author = _author(told, chains)
        try:
            group = follow_change(
                group, told.link, told.members, told.admins, author, hub, conversation
            )
        except ProtocolError as broken:
            return Rebuilt(group, broken.rule)
    return Rebuilt(group, "")


def value_of(value: Value) -> GroupLinkValue:
    """What a cell of the noun `group` says."""
    return GroupLinkValue(*cast("tuple[object, ...]", value))  # type: ignore[arg-type]  # as written


def _author(told: GroupLinkValue, chains: Mapping[AccountId, Chain]) -> Author:
    chain = chains.get(told.account)
    device = chain.find(told.device) if chain is not None else None
    if device is None:
        raise SealAwaits(Unopened.CHAIN, told.account.hex())
    return Author(told.account, told.device, device.key)
