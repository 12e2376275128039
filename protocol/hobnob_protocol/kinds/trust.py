"""Whom a member knows: whose first words are welcome, and whose identity was compared."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import AccountId, StreamType
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Write
from hobnob_protocol.limits import HANDLE_TEXT_MAX


@fields.body
class Accept(Body):
    """What the account says to one in private is no request any more, or is one again; nobody else
    learns it."""

    account: AccountId = fields.account()
    on: bool = fields.boolean(default=True)


@fields.body
class Verify(Body):
    """The account's fingerprint was compared, outside of the hub, with who called themselves by
    this handle; none takes that back."""

    account: AccountId = fields.account()
    handle: str | None = fields.text(max=HANDLE_TEXT_MAX, default=None)


def _accept(_fact: Fact, body: Accept) -> tuple[Write, ...]:
    return (Write(nouns.ACCEPTED, body.account, body.on),)


def _verify(_fact: Fact, body: Verify) -> tuple[Write, ...]:
    return (Write(nouns.VERIFIED, body.account, body.handle),)


KINDS: Final = (
    Kind(
        number=51,
        name="accept",
        body=Accept,
        streams=frozenset({StreamType.USER}),
        capability="personal",
        writes=writing.acts(Accept, _accept),
        object_rule=ObjectRule.SELF,
    ),
    Kind(
        number=52,
        name="verify",
        body=Verify,
        streams=frozenset({StreamType.USER}),
        capability="personal",
        writes=writing.acts(Verify, _verify),
        object_rule=ObjectRule.SELF,
    ),
)
