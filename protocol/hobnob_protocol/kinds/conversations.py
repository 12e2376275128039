"""Conversations: sealed messages between a few, which the hub carries unread."""

from collections.abc import Mapping
from typing import ClassVar, Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, StreamType
from hobnob_protocol.kind import Body, Fact, Kind, Rule, Write
from hobnob_protocol.limits import (
    CONVERSATION_MEMBERS_MAX,
    GROUP_LINKS_MAX,
    LINK_BYTES_MAX,
)
from hobnob_protocol.sealing.group import read_link


@fields.body
class Sealed(Body):
    """A message only its conversation's devices can open; what is inside is no matter of the hub.

    Its body is the sealed bytes themselves, not an array.
    """

    sealed: bytes = fields.opaque()


@fields.body
class Conversation(Body):
    """A conversation of these two begins, for ever; its id is the one both reach alone
    (`ids.direct_conversation`)."""

    accounts: tuple[AccountId, ...] = fields.many(fields.account(), min=2, max=2, ascending=True)


@fields.body
class GroupChange(Body):
    """A private group is founded, or changes: `link` is the change (`sealing.group`), and from it
    on these are its members and admins, so that who joins by it need know nothing from before."""

    rules: ClassVar[Mapping[str, str]] = {
        "group.link": f"the link is a change of a group, at a place below {GROUP_LINKS_MAX}"
    }

    link: bytes = fields.blob(max=LINK_BYTES_MAX)
    members: tuple[AccountId, ...] = fields.many(
        fields.account(), max=CONVERSATION_MEMBERS_MAX, ascending=True
    )
    admins: tuple[AccountId, ...] = fields.many(
        fields.account(), max=CONVERSATION_MEMBERS_MAX, ascending=True
    )

    def contradiction(self) -> str:
        """The link by itself."""
        try:
            seq = read_link(self.link).seq
        except ProtocolError:
            return "group.link"
        return "" if 0 <= seq < GROUP_LINKS_MAX else "group.link"


def _sealed(fact: Fact, _body: Sealed) -> tuple[Write, ...]:
    # With or without the body in hand: hub and members must fold one cell.
    return (writing.bare_message(fact),)


def _conversation(_fact: Fact, body: Conversation) -> tuple[Write, ...]:
    return (Write(nouns.CONVERSATION, b"", body.accounts, Rule.FIRST),)


def _group_change(fact: Fact, body: GroupChange) -> tuple[Write, ...]:
    key = nouns.group_key(read_link(body.link).seq)
    value = (body.link, fact.account, fact.device, body.members, body.admins)
    return (Write(nouns.GROUP, key, value, Rule.FIRST),)


KINDS: Final = (
    Kind(
        number=31,
        name="sealed",
        body=Sealed,
        streams=frozenset({StreamType.CONVERSATION}),
        capability="seal",
        writes=writing.says(Sealed, _sealed),
        cost=2,
        opaque=True,
        root=True,
    ),
    Kind(
        number=32,
        name="conversation",
        body=Conversation,
        streams=frozenset({StreamType.CONVERSATION}),
        capability="converse",
        writes=writing.acts(Conversation, _conversation),
    ),
    Kind(
        number=48,
        name="group",
        body=GroupChange,
        streams=frozenset({StreamType.CONVERSATION}),
        capability="group",
        writes=writing.acts(GroupChange, _group_change),
    ),
)

SEALED: Final = KINDS[0].number
"""The kind of event whose body is opaque to all but its devices."""
