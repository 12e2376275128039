"""The people and acts that the stories of decisions share."""

from dataclasses import replace
from typing import Any

from hobnob_protocol.ids import AccountId, StreamType
from hobnob_protocol.kind import Kind, ObjectRule
from hobnob_protocol.registry import STANDARD
from hobnob_sync.policy.decide import Act, Actor, TargetFacts
from hobnob_sync.policy.table import Membership

ALICE = AccountId(b"a" * 20)
BOB = AccountId(b"b" * 20)


def an_act(name: str, role: str = "member", **facts: Any) -> Act:
    """Alice's act of this kind, inside the first of its streams, with nothing in its way.

    It is about her own open poll, Bob's where it must be another's, and about a bot; `facts`
    replace what is to differ.
    """
    kind = STANDARD.named(name)
    whose = BOB if kind.object_rule is ObjectRule.OTHERS else ALICE
    act = Act(
        kind=kind,
        actor=Actor(ALICE, role),
        stream_type=min(kind.streams),
        membership=Membership.MEMBER,
        target=TargetFacts(live=True, account=whose, kind="poll", closed=False),
        about_role="bot" if kind.about else None,
        about_membership=Membership.MEMBER if kind.about else None,
        gives_role="bot" if name == "role_grant" else None,
    )
    return replace(act, **facts)


def allowed_kind(name: str, **properties: Any) -> Kind:
    """A kind of the registry with other properties."""
    return replace(STANDARD.named(name), **properties)


def as_hub(name: str, stream: StreamType) -> Act:
    """The hub's own act of this kind, which no row of the table knows."""
    actor = Actor(ALICE, "", is_hub=True)
    return an_act(name, actor=actor, stream_type=stream, membership=Membership.NONE)
