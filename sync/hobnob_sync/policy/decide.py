"""May this act be done? One pure function over values that its caller has loaded.

The order is fixed, so that a refusal tells no more than it must: the device, the account, the
table of rights, the person the act is about, the event it is about, and what is already there
(security.md §5a). Hub and clients ask the same function; only the hub's answer counts.
"""

from typing import Final

from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import AccountId, StreamType
from hobnob_protocol.kind import Kind, ObjectRule, Signer, TargetRule
from hobnob_protocol.value import value
from hobnob_sync.policy.roles import OWNER, below
from hobnob_sync.policy.table import ARCHIVE_CLOSES, Membership, allows

POLL: Final = "poll"
"""The name of the one kind that can be voted on."""
LIFTS_BAN: Final = ("invite", "kick")
"""What would replace the word "banned" in the channel's book by a weaker one: only an act that
ends the ban on purpose may do that."""


@value
class Actor:
    """Who acts: the hub role, whether the hub bans the account, whether the device may sign.

    `is_hub` is true of the hub's own account, which has no role.
    """

    account: AccountId
    role: str
    banned: bool = False
    device_active: bool = True
    is_hub: bool = False


@value
class TargetFacts:
    """The event an act names: `live` unless deleted or erased; `kind` by its name; `closed` is
    true of a poll that takes no more votes."""

    live: bool
    account: AccountId
    kind: str = ""
    closed: bool = False


@value
class Act:
    """One act in its place, with the facts that decide it.

    `target` is the event the body names, None where the stream does not hold it. `about_role` and
    `about_membership` are those of the account the body names, None where it names nobody;
    `about_self` says it is the actor. `gives_role` is the role a body would give; `last_owner`
    that the account it names is the only owner. `archived` is true of an archived channel.
    `exists` says that the name or id the act would take is taken.
    """

    kind: Kind
    actor: Actor
    stream_type: StreamType
    membership: Membership
    target: TargetFacts | None = None
    about_role: str | None = None
    about_membership: Membership | None = None
    about_self: bool = False
    gives_role: str | None = None
    last_owner: bool = False
    archived: bool = False
    exists: bool = False


def decide(act: Act) -> Refusal | None:
    """Why the act must be refused, or None where it may be done."""
    return (
        _by_standing(act.actor)
        or _by_right(act)
        or _by_person(act)
        or _by_target(act)
        or _by_state(act)
    )


def _by_standing(actor: Actor) -> Refusal | None:
    if not actor.device_active:
        # As at login, a revoked device and a bad signature are not told apart.
        return Refusal.BAD_SIGNATURE
    return Refusal.BANNED if actor.banned else None


def _by_right(act: Act) -> Refusal | None:
    kind, actor = act.kind, act.actor
    if act.stream_type not in kind.streams:
        return Refusal.INVALID
    if actor.is_hub:
        # What the hub does in members' own streams follows from other events: it draws those
        # consequences again by itself and takes none that somebody brings.
        own = kind.signer is not Signer.MEMBER and act.stream_type is not StreamType.USER
        return None if own else Refusal.NOT_ALLOWED
    if kind.signer is Signer.HUB:
        return Refusal.NOT_ALLOWED
    if allows(kind.capability, actor.role, act.stream_type, act.membership):
        return None
    return _why_not(act)


def _why_not(act: Act) -> Refusal:
    """What to say where the table denies: what stands in the way of this act here."""
    capability, role, stream = act.kind.capability, act.actor.role, act.stream_type
    if act.membership is Membership.BANNED:
        return Refusal.BANNED
    if act.membership is not Membership.MEMBER:
        inside = allows(capability, role, stream, Membership.MEMBER)
        return Refusal.NOT_MEMBER if inside else Refusal.NOT_ALLOWED
    # What only an outsider may do (join, create, begin) is done already for who is inside.
    done = any(allows(capability, role, stream, membership) for membership in Membership)
    return Refusal.EXISTS if done else Refusal.NOT_ALLOWED


def _by_person(act: Act) -> Refusal | None:
    """Is the account the body names within the actor's reach?"""
    if act.actor.is_hub:
        return None
    if act.about_membership is Membership.BANNED and act.kind.capability in LIFTS_BAN:
        return Refusal.NOT_ALLOWED
    if act.kind.object_rule is not ObjectRule.BELOW:
        return None
    if act.about_role is None:
        return Refusal.NOT_ALLOWED
    if act.kind.capability == "roles":
        reached = _may_give(act, act.about_role)
    else:
        reached = below(act.about_role, act.actor.role)
    return None if reached else Refusal.NOT_ALLOWED


def _may_give(act: Act, present: str) -> bool:
    """May the actor replace the role `present`? Owners all roles, theirs included, as long as one
    owner stays; others roles below their own, to who stands below them or to themselves."""
    given, own = act.gives_role, act.actor.role
    if given is None or (act.last_owner and given != OWNER):
        return False
    if own == OWNER:
        return True
    return below(given, own) and (act.about_self or below(present, own))


def _by_target(act: Act) -> Refusal | None:
    """Is the event the body names there, alive, and within the actor's reach?"""
    rule, target = act.kind.target_rule, act.target
    if rule is TargetRule.NONE:
        return None
    if target is None:
        return Refusal.NO_TARGET
    if rule is TargetRule.LIVE and not target.live:
        return Refusal.GONE
    return _by_object(act, target)


def _by_object(act: Act, target: TargetFacts) -> Refusal | None:
    """`SELF` needs no check: the table gives a `u:` to its owner only, and what is written into
    `ppl` is kept under its author."""
    rule, own = act.kind.object_rule, target.account == act.actor.account
    if rule is ObjectRule.AUTHOR:
        return None if own else Refusal.NOT_AUTHOR
    if rule is ObjectRule.AUTHOR_OR_MODERATOR:
        may = own or allows("moderate", act.actor.role, act.stream_type, act.membership)
        return None if may else Refusal.NOT_AUTHOR
    if rule is ObjectRule.OTHERS:
        return Refusal.NOT_ALLOWED if own else None
    if rule is ObjectRule.OPEN_POLL:
        if target.kind != POLL:
            return Refusal.NO_TARGET
        return Refusal.CLOSED if target.closed else None
    return None


def _by_state(act: Act) -> Refusal | None:
    if act.archived and act.kind.capability in ARCHIVE_CLOSES:
        return Refusal.CLOSED
    return Refusal.EXISTS if act.exists else None
