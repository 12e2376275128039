"""Conversations: sealed messages between a few, which the hub carries unread."""

from typing import Final

from hobnob_protocol import fields, nouns
from hobnob_protocol.ids import AccountId, StreamType
from hobnob_protocol.kind import Body, Fact, Kind, Rule, Write
from hobnob_protocol.limits import CONVERSATION_MEMBERS_MAX


@fields.body
class Sealed(Body):
    """A message only its conversation's devices can open; what is inside is no matter of the hub.

    Its body is the sealed bytes themselves, not an array.
    """

    sealed: bytes = fields.opaque()


@fields.body
class Conversation(Body):
    """A conversation of these accounts begins; they stay the same for ever.

    Between two, its id is the one both reach alone (`ids.direct_conversation`).
    """

    accounts: tuple[AccountId, ...] = fields.many(
        fields.account(), min=1, max=CONVERSATION_MEMBERS_MAX, ascending=True
    )


def _sealed(fact: Fact, _body: Sealed) -> tuple[Write, ...]:
    # With or without the body in hand: hub and members must fold one cell.
    return (nouns.bare_message(fact),)


def _conversation(_fact: Fact, body: Conversation) -> tuple[Write, ...]:
    return (Write(nouns.CONVERSATION, b"", body.accounts, Rule.FIRST),)


KINDS: Final = (
    Kind(
        number=31,
        name="sealed",
        body=Sealed,
        streams=frozenset({StreamType.CONVERSATION}),
        capability="seal",
        writes=nouns.says(Sealed, _sealed),
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
        writes=nouns.acts(Conversation, _conversation),
    ),
)
