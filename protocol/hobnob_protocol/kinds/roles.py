"""Roles: what a member of the hub may do beyond being one."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import AccountId, StreamType
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Signer, Write

ROLES: Final = ("owner", "admin", "moderator", "member", "bot")
"""The roles of a hub; who has none is a member."""


@fields.body
class RoleGrant(Body):
    """The account has this role on the hub, instead of the one before.

    The hub signs the first owner's; all others are given by a higher role.
    """

    account: AccountId = fields.account()
    role: str = fields.choice(*ROLES)


def _role_grant(_fact: Fact, body: RoleGrant) -> tuple[Write, ...]:
    return (Write(nouns.ROLE, body.account, body.role),)


KINDS: Final = (
    Kind(
        number=21,
        name="role_grant",
        body=RoleGrant,
        streams=frozenset({StreamType.DIRECTORY}),
        capability="roles",
        writes=writing.acts(RoleGrant, _role_grant),
        signer=Signer.EITHER,
        object_rule=ObjectRule.BELOW,
        about="account",
    ),
)
