"""Decisions: each refusal at its boundary, and in its order."""

from dataclasses import replace
from typing import Any

import pytest

from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import StreamType
from hobnob_protocol.kind import Kind, ObjectRule, Signer, TargetRule
from hobnob_protocol.registry import STANDARD
from hobnob_sync.policy.decide import Act, Actor, TargetFacts, decide
from hobnob_sync.policy.table import ARCHIVE_CLOSES, Membership
from tests.sync.policy.rights import ALLOWED, ROLES
from tests.sync.policy.scene import ALICE, BOB, allowed_kind, an_act, as_hub

HERS = TargetFacts(live=True, account=ALICE, kind="post")
HIS = TargetFacts(live=True, account=BOB, kind="post")
HIS_DEAD = TargetFacts(live=False, account=BOB, kind="post")
HERS_DEAD = TargetFacts(live=False, account=ALICE, kind="post")
OPEN_POLL = TargetFacts(live=True, account=BOB, kind="poll", closed=False)
CLOSED_POLL = TargetFacts(live=True, account=BOB, kind="poll", closed=True)
MODERATORS = ("owner", "admin", "moderator")


def may(act: Act) -> bool:
    """Is the act allowed?"""
    return decide(act) is None


def refused(act: Act, refusal: Refusal, **facts: Any) -> None:
    """The act is allowed; with these facts instead it is refused so."""
    assert decide(act) is None
    assert decide(replace(act, **facts)) is refusal


@pytest.mark.parametrize("kind", tuple(STANDARD), ids=lambda kind: kind.name)
def test_a_kind_is_allowed_exactly_where_the_table_says(kind: Kind) -> None:
    """Over all streams, memberships and roles, where nothing else is in the way."""
    for stream in StreamType:
        for membership in Membership:
            for role in ROLES:
                act = an_act(kind.name, role, stream_type=stream, membership=membership)
                right = (kind.capability, stream, membership, role) in ALLOWED
                refusal = decide(act)
                assert (refusal is None) == (right and stream in kind.streams), act
                assert (refusal is Refusal.INVALID) == (stream not in kind.streams), act


@pytest.mark.parametrize("kind", tuple(STANDARD), ids=lambda kind: kind.name)
def test_a_banned_account_may_do_nothing_anywhere(kind: Kind) -> None:
    """The hub's ban comes before every right."""
    for role in ROLES:
        act = an_act(kind.name, role)
        assert decide(replace(act, actor=replace(act.actor, banned=True))) is Refusal.BANNED


def test_a_revoked_device_is_told_nothing_else() -> None:
    """Before all else, even before the ban, and in the words a bad signature gets."""
    act = an_act("post")
    refused(act, Refusal.BANNED, actor=Actor(ALICE, "member", banned=True))
    gone = Actor(ALICE, "member", banned=True, device_active=False)
    refused(act, Refusal.BAD_SIGNATURE, actor=gone)
    refused(act, Refusal.BAD_SIGNATURE, actor=gone, stream_type=StreamType.MODERATION)


def test_a_kind_belongs_to_its_streams() -> None:
    """A kind in a stream it does not belong to breaks the specification."""
    refused(an_act("post", "owner"), Refusal.INVALID, stream_type=StreamType.DIRECTORY)
    refused(an_act("post", "owner"), Refusal.INVALID, stream_type=StreamType.CONVERSATION)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_signs_for_the_hub(role: str) -> None:
    """A kind of the hub's is denied to members even if they held its capability."""
    for name in ("grant", "revoke", "enrol", "bootstrap"):
        assert decide(an_act(name, role)) is Refusal.NOT_ALLOWED
    stolen = allowed_kind("post", signer=Signer.HUB)
    refused(an_act("post", role), Refusal.NOT_ALLOWED, kind=stolen)
    assert may(an_act("post", role, kind=allowed_kind("post", signer=Signer.EITHER)))


def test_the_hub_says_what_is_its_own_and_nothing_else() -> None:
    """It enrols, begins, adds to channels and gives the first role; it never speaks as a person."""
    assert may(as_hub("enrol", StreamType.PEOPLE))
    assert may(as_hub("bootstrap", StreamType.DIRECTORY))
    assert may(as_hub("join", StreamType.CHANNEL))
    assert may(as_hub("role_grant", StreamType.DIRECTORY))
    for name in ("post", "kick", "leave"):
        assert decide(as_hub(name, StreamType.CHANNEL)) is Refusal.NOT_ALLOWED
    assert decide(as_hub("enrol", StreamType.DIRECTORY)) is Refusal.INVALID


def test_nobody_brings_the_hub_its_own_consequences() -> None:
    """An old grant, truly signed by the hub, gives nothing back to who kept it."""
    assert decide(as_hub("grant", StreamType.USER)) is Refusal.NOT_ALLOWED
    assert decide(as_hub("revoke", StreamType.USER)) is Refusal.NOT_ALLOWED


def test_the_hub_is_above_all_persons() -> None:
    """Rules about whom an act names bind members only."""
    first = as_hub("role_grant", StreamType.DIRECTORY)
    assert may(replace(first, about_role="owner", gives_role="owner"))
    assert may(replace(first, about_role="owner", gives_role="bot", last_owner=True))
    assert may(replace(first, about_role=None, gives_role=None))


# What is said where the table denies.


@pytest.mark.parametrize(
    "membership",
    [Membership.NONE, Membership.VISITOR, Membership.INVITED, Membership.NEW],
)
def test_an_outsider_learns_that_only_members_may(membership: Membership) -> None:
    """... and not whether a closed channel is there at all."""
    refused(an_act("post"), Refusal.NOT_MEMBER, membership=membership)
    refused(an_act("kick", "moderator"), Refusal.NOT_MEMBER, membership=membership)
    assert decide(an_act("kick", "member", membership=membership)) is Refusal.NOT_ALLOWED


def test_a_closed_channel_looks_like_none() -> None:
    """Every act on it is answered as on a channel that does not exist, but for making it."""
    for kind in STANDARD:
        if StreamType.CHANNEL in kind.streams and kind.name != "channel_create":
            for role in ROLES:
                act = an_act(kind.name, role, stream_type=StreamType.CHANNEL)
                there = decide(replace(act, membership=Membership.NONE))
                assert there is not None
                assert decide(replace(act, membership=Membership.NEW)) is there


@pytest.mark.parametrize("role", ROLES)
def test_whom_a_channel_bans_it_tells_so(role: str) -> None:
    """The banned may nothing there, not even leave, which would end the ban."""
    for kind in STANDARD:
        if StreamType.CHANNEL in kind.streams:
            act = an_act(kind.name, role, stream_type=StreamType.CHANNEL)
            assert decide(replace(act, membership=Membership.BANNED)) is Refusal.BANNED


def test_what_is_done_already_exists() -> None:
    """Joining where one is, creating what is there: done, and not a matter of rights."""
    joining = an_act("join", membership=Membership.VISITOR)
    refused(joining, Refusal.EXISTS, membership=Membership.MEMBER)
    making = an_act("channel_create", stream_type=StreamType.CHANNEL, membership=Membership.NEW)
    refused(making, Refusal.EXISTS, membership=Membership.MEMBER)
    refused(making, Refusal.NOT_ALLOWED, membership=Membership.NONE)
    beginning = an_act("conversation", membership=Membership.NEW)
    refused(beginning, Refusal.EXISTS, membership=Membership.MEMBER)
    invited = an_act("join", "bot", membership=Membership.INVITED)
    refused(invited, Refusal.EXISTS, membership=Membership.MEMBER)
    refused(invited, Refusal.NOT_ALLOWED, membership=Membership.VISITOR)


def test_a_role_too_low_is_told_so() -> None:
    """Inside, what the role does not give is not allowed."""
    hiding = an_act("hide", "moderator")
    refused(hiding, Refusal.NOT_ALLOWED, actor=Actor(ALICE, "member"))
    creating = an_act("channel_create", stream_type=StreamType.CHANNEL, membership=Membership.NEW)
    refused(creating, Refusal.NOT_ALLOWED, actor=Actor(ALICE, "bot"))
    assert decide(an_act("conversation", "bot")) is Refusal.NOT_ALLOWED


# The person an act is about.


@pytest.mark.parametrize("name", ["kick", "ban"])
@pytest.mark.parametrize("role", MODERATORS)
def test_nobody_reaches_up_or_sideways(name: str, role: str) -> None:
    """Kicks and bans reach only whose role is lower, so owners are out of all reach."""
    for other in ROLES:
        act = an_act(name, role, about_role=other)
        below = ROLES.index(other) > ROLES.index(role)
        assert decide(act) is (None if below else Refusal.NOT_ALLOWED)
    refused(an_act(name, role), Refusal.NOT_ALLOWED, about_role=None)
    refused(an_act(name, role), Refusal.NOT_ALLOWED, about_role="guest")


def test_an_act_that_names_nobody_is_no_matter_of_rank() -> None:
    """Only kinds that reach down ask for the other's role."""
    assert may(an_act("invite", about_role="owner", about_membership=Membership.NONE))
    assert may(an_act("invite", about_role=None))


@pytest.mark.parametrize(("name", "role"), [("invite", "member"), ("kick", "moderator")])
def test_a_ban_is_ended_only_on_purpose(name: str, role: str) -> None:
    """Neither an invitation nor a kick may take the place of a ban; lifting it may."""
    for membership in (Membership.NONE, Membership.VISITOR, Membership.INVITED):
        assert may(an_act(name, role, about_membership=membership))
    refused(an_act(name, role), Refusal.NOT_ALLOWED, about_membership=Membership.BANNED)
    assert may(an_act("ban", "moderator", about_membership=Membership.BANNED))


def test_an_admin_gives_roles_below_its_own() -> None:
    """... and only to those who stand below it."""
    for present in ROLES:
        for given in ROLES:
            act = an_act("role_grant", "admin", about_role=present, gives_role=given)
            lower = ("moderator", "member", "bot")
            assert may(act) is (present in lower and given in lower), (present, given)


def test_an_owner_gives_every_role_to_everybody() -> None:
    """Owners make owners and unmake them."""
    for present in ROLES:
        for given in ROLES:
            assert may(an_act("role_grant", "owner", about_role=present, gives_role=given))


@pytest.mark.parametrize("itself", [True, False])
def test_the_last_owner_stays(itself: bool) -> None:
    """One owner remains, whoever would have it otherwise."""
    act = an_act("role_grant", "owner", about_role="owner", about_self=itself, gives_role="admin")
    refused(act, Refusal.NOT_ALLOWED, last_owner=True)
    assert may(replace(act, last_owner=True, gives_role="owner"))


def test_one_may_step_down() -> None:
    """An admin lays its own role down, and cannot raise itself."""
    act = an_act("role_grant", "admin", about_role="admin", about_self=True, gives_role="member")
    refused(act, Refusal.NOT_ALLOWED, about_self=False)
    refused(act, Refusal.NOT_ALLOWED, gives_role="admin")
    refused(act, Refusal.NOT_ALLOWED, gives_role="owner")


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_a_role_that_is_not_told_is_not_given(role: str) -> None:
    """A caller that forgets a fact gets a refusal, never a right."""
    refused(an_act("role_grant", role), Refusal.NOT_ALLOWED, gives_role=None)
    refused(an_act("role_grant", role), Refusal.NOT_ALLOWED, about_role=None)


# The event an act is about.

TARGETED = tuple(kind for kind in STANDARD if kind.target)


@pytest.mark.parametrize("kind", TARGETED, ids=lambda kind: kind.name)
def test_the_target_must_be_there(kind: Kind) -> None:
    """An act on what the stream does not hold is refused; other acts have no target."""
    refused(an_act(kind.name, "owner"), Refusal.NO_TARGET, target=None)
    assert may(an_act("post", target=None))


@pytest.mark.parametrize("kind", TARGETED, ids=lambda kind: kind.name)
def test_the_dead_are_left_alone(kind: Kind) -> None:
    """A deleted message takes nothing more but what ends, hides or erases it."""
    act = an_act(kind.name, "owner")
    dead = TargetFacts(live=False, account=ALICE, kind="poll", closed=False)
    buries = kind.name in ("delete", "erase", "hide")
    assert may(act)
    assert decide(replace(act, target=dead)) is (None if buries else Refusal.GONE)


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_only_its_author_changes_a_message(name: str) -> None:
    """Not even an owner speaks with another's mouth."""
    for role in ROLES:
        refused(an_act(name, role, target=HERS), Refusal.NOT_AUTHOR, target=HIS)
    assert decide(an_act("edit", target=HIS_DEAD)) is Refusal.GONE


@pytest.mark.parametrize("name", ["erase", "thread_move", "poll_close", "accept_answer"])
def test_its_author_or_a_moderator_ends_or_orders_a_message(name: str) -> None:
    """Others may not."""
    refused(an_act(name, "member", target=HERS), Refusal.NOT_AUTHOR, target=HIS)
    for role in MODERATORS:
        assert may(an_act(name, role, target=HIS))


def test_nobody_moderates_a_conversation() -> None:
    """What was said in private only its author takes back."""
    for role in ROLES:
        for name in ("erase", "delete"):
            act = an_act(name, role, stream_type=StreamType.CONVERSATION, target=HERS)
            refused(act, Refusal.NOT_AUTHOR, target=HIS)


def test_everybody_may_act_on_others_messages_where_the_kind_says_so() -> None:
    """Reactions, titles and pins ask nobody's leave."""
    for name in ("react", "thread_title", "thread_resolve", "pin"):
        assert may(an_act(name, target=HIS))


def test_nobody_thanks_themselves() -> None:
    """Only others say what one has done for them."""
    assert may(an_act("thanks", target=HIS))
    refused(an_act("thanks", "owner"), Refusal.NOT_ALLOWED, target=HERS)
    refused(an_act("thanks"), Refusal.GONE, target=HERS_DEAD)


def test_a_vote_needs_an_open_poll() -> None:
    """A poll that is there, is one, and takes votes."""
    act = an_act("vote", target=OPEN_POLL)
    refused(act, Refusal.NO_TARGET, target=HIS)
    refused(act, Refusal.CLOSED, target=CLOSED_POLL)
    refused(act, Refusal.GONE, target=replace(CLOSED_POLL, live=False))
    assert STANDARD.named(OPEN_POLL.kind).root
    assert may(an_act("poll_close", "moderator", target=CLOSED_POLL))


def test_rules_about_targets_belong_to_kinds_with_targets() -> None:
    """A rule that asks for the target's author would never be asked without one."""
    rules = (
        ObjectRule.AUTHOR,
        ObjectRule.AUTHOR_OR_MODERATOR,
        ObjectRule.OPEN_POLL,
        ObjectRule.OTHERS,
    )
    for kind in STANDARD:
        if kind.object_rule in rules:
            assert kind.target_rule is not TargetRule.NONE, kind.name


# What is already there.


@pytest.mark.parametrize(
    "kind",
    [kind for kind in STANDARD if StreamType.CHANNEL in kind.streams],
    ids=lambda kind: kind.name,
)
def test_an_archive_takes_no_more_messages(kind: Kind) -> None:
    """What says or marks something is closed; coming, going and moderating go on."""
    outside = {"join": Membership.VISITOR, "channel_create": Membership.NEW}
    membership = outside.get(kind.name, Membership.MEMBER)
    act = an_act(kind.name, "owner", stream_type=StreamType.CHANNEL, membership=membership)
    assert may(act)
    closed = Refusal.CLOSED if kind.capability in ARCHIVE_CLOSES else None
    assert decide(replace(act, archived=True)) is closed


def test_a_name_is_taken_once() -> None:
    """What exists is not made again; all reasons before come first."""
    making = an_act("channel_create", stream_type=StreamType.DIRECTORY)
    refused(making, Refusal.EXISTS, exists=True)
    refused(making, Refusal.NOT_ALLOWED, exists=True, actor=Actor(ALICE, "bot"))
    refused(an_act("post"), Refusal.CLOSED, exists=True, archived=True)
    refused(an_act("edit"), Refusal.NOT_AUTHOR, archived=True, target=HIS)
    refused(an_act("edit"), Refusal.GONE, archived=True, target=HERS_DEAD)
