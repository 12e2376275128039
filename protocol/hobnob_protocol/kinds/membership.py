"""Who belongs to a channel by their own will or another's invitation."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import AccountId, StreamType
from hobnob_protocol.kind import Body, Fact, Kind, Signer, Write


@fields.body
class Join(Body):
    """The author joins; only the hub names another account, whom it adds to an auto-join channel.

    A join by a member that names an account must be refused.
    """

    account: AccountId | None = fields.account(default=None)


@fields.body
class Leave(Body):
    """The author leaves."""


@fields.body
class Invite(Body):
    """The account may join this channel."""

    account: AccountId = fields.account()


def _join(fact: Fact, body: Join) -> tuple[Write, ...]:
    return (Write(nouns.MEMBER, body.account or fact.account, nouns.JOINED),)


def _leave(fact: Fact, _body: Leave) -> tuple[Write, ...]:
    return (Write(nouns.MEMBER, fact.account, nouns.LEFT),)


def _invite(_fact: Fact, body: Invite) -> tuple[Write, ...]:
    return (Write(nouns.MEMBER, body.account, nouns.INVITED),)


KINDS: Final = (
    Kind(
        number=16,
        name="join",
        body=Join,
        streams=frozenset({StreamType.CHANNEL}),
        capability="join",
        writes=writing.acts(Join, _join),
        signer=Signer.EITHER,
        about="account",
    ),
    Kind(
        number=17,
        name="leave",
        body=Leave,
        streams=frozenset({StreamType.CHANNEL}),
        capability="leave",
        writes=writing.acts(Leave, _leave),
    ),
    Kind(
        number=18,
        name="invite",
        body=Invite,
        streams=frozenset({StreamType.CHANNEL}),
        capability="invite",
        writes=writing.acts(Invite, _invite),
        about="account",
        cost=20,
    ),
)
