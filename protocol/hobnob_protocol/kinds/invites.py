"""Members let others in: a link carries a secret of which the hub learns the hash."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import StreamType, TargetId
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Write
from hobnob_protocol.limits import HUB_INVITE_HOURS_MAX, HUB_INVITE_USES_MAX

SECRET_HASH_BYTES: Final = 32
"""SHA-256."""
_MS_PER_HOUR: Final = 3_600_000


@fields.body
class HubInvite(Body):
    """Whoever shows the secret with this SHA-256 may join the hub, so often and so long.

    The hours count from when the hub has it.
    """

    secret_hash: bytes = fields.blob(max=SECRET_HASH_BYTES, min=SECRET_HASH_BYTES)
    uses: int = fields.integer(1, HUB_INVITE_USES_MAX)
    hours: int = fields.integer(1, HUB_INVITE_HOURS_MAX)


@fields.body
class HubInviteRevoke(Body):
    """One's own `hub_invite`, named by its event, lets nobody in any more."""

    invite: TargetId = fields.target()


def _hub_invite(fact: Fact, body: HubInvite) -> tuple[Write, ...]:
    value = (body.secret_hash, body.uses, fact.at_ms + body.hours * _MS_PER_HOUR)
    return (Write(nouns.HUB_INVITE, fact.target, value),)


def _hub_invite_revoke(_fact: Fact, body: HubInviteRevoke) -> tuple[Write, ...]:
    return (Write(nouns.HUB_INVITE, body.invite, None),)


KINDS: Final = (
    Kind(
        number=46,
        name="hub_invite",
        body=HubInvite,
        streams=frozenset({StreamType.USER}),
        capability="invite",
        writes=writing.acts(HubInvite, _hub_invite),
        object_rule=ObjectRule.SELF,
        cost=20,
    ),
    Kind(
        number=47,
        name="hub_invite_revoke",
        body=HubInviteRevoke,
        streams=frozenset({StreamType.USER}),
        capability="invite",
        writes=writing.acts(HubInviteRevoke, _hub_invite_revoke),
        object_rule=ObjectRule.SELF,
    ),
)
