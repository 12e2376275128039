"""May this event enter the log? Its bytes, and who says it; what stands right beside a no."""

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.errors import Refusal
from hobnob_protocol.event import stub
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    AccountId,
    ChannelId,
    StreamId,
    TargetId,
    channel_stream,
    user_stream,
)
from hobnob_protocol.kinds.conversations import GroupChange, Sealed
from hobnob_protocol.kinds.hub_acts import Grant
from hobnob_protocol.kinds.membership import Invite, Join, Leave
from hobnob_protocol.kinds.messages import Delete, Post
from hobnob_protocol.kinds.moderation import Ban, Hide, Kick, Report
from hobnob_protocol.kinds.personal import Block
from hobnob_protocol.kinds.polls import Poll, Vote
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.group import founding
from tests.sync.hub_engine.scene import Hub

NOBODY = TargetId(bytes(16))
STRANGER = AccountId(b"s" * 20)
FREE = ChannelId(b"f" * 16)


# The bytes.


@pytest.mark.parametrize("data", [b"", b"\xc1", encode((b"", b"", b"", b""))])
def test_bytes_that_are_no_event_are_invalid(data: bytes) -> None:
    """Whatever comes."""
    hub = Hub()
    alice = hub.member("alice")
    assert hub.why(alice, hub.general, data) == Refusal.INVALID


def test_a_device_nobody_has_signs_nothing() -> None:
    """Nor does one that merely is not the pusher's, be it of the same account."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    phone = hub.second_device(alice, "phone")
    for other in (hub.stranger("eve"), bob, phone):
        event = hub.compose(other, hub.general, Post("x"))
        assert hub.why(alice, hub.general, event) == Refusal.BAD_SIGNATURE


def test_an_event_is_valid_in_its_own_stream_only() -> None:
    """The same bytes elsewhere are signed for nothing."""
    hub = Hub()
    alice = hub.member("alice")
    lab = hub.channel(alice, "lab")
    event = hub.compose(alice, lab, Post("x"))
    assert hub.why(alice, hub.general, event) == Refusal.BAD_SIGNATURE
    assert hub.why(alice, lab, event) == ""


def test_a_bad_signature_is_told_before_any_other_flaw() -> None:
    """Nobody learns what a hub knows by unsigned bytes."""
    hub = Hub()
    alice = hub.member("alice")
    for event in (
        hub.signed(alice, hub.general, 65_535, encode(())),
        hub.compose(alice, hub.general, Post("x")),
    ):
        forged = event[:-64] + bytes(64)
        assert hub.why(alice, hub.general, forged) == Refusal.BAD_SIGNATURE


def test_a_kind_nobody_knows_is_told_as_such() -> None:
    """It may be known after an upgrade."""
    hub = Hub()
    alice = hub.member("alice")
    event = hub.signed(alice, hub.general, 65_535, encode(("x",)))
    assert hub.why(alice, hub.general, event) == Refusal.UNKNOWN_KIND
    assert len(hub.store.refused) == 1


def test_an_older_hub_refuses_only_what_it_does_not_know() -> None:
    """A vote is on nothing where polls are not known; a post is a post."""
    hub = Hub()
    alice = hub.member("alice")
    poll = hub.told(alice, hub.general, Poll("?", ("a", "b")))
    hub.registry = STANDARD.without("poll")
    hub.reboot()
    hub.login(alice)
    hub.registry = STANDARD
    assert hub.why(alice, hub.general, Poll("?", ("a", "b"))) == Refusal.UNKNOWN_KIND
    assert hub.why(alice, hub.general, Vote(poll, (0,))) == Refusal.NO_TARGET
    assert hub.why(alice, hub.general, Delete(poll)) == ""
    assert hub.why(alice, hub.general, Post("x")) == ""


def test_an_erased_body_cannot_be_said() -> None:
    """A stub is no message, signed or not."""
    hub = Hub()
    alice = hub.member("alice")
    assert (
        hub.why(alice, hub.general, stub(hub.compose(alice, hub.general, Post("x"))))
        == Refusal.INVALID
    )


@pytest.mark.parametrize("stream", [DIRECTORY, PEOPLE, StreamId(b"zzz"), StreamId(b"")])
def test_a_kind_has_its_streams(stream: StreamId) -> None:
    """A post belongs to a channel, and to nothing that is no stream."""
    hub = Hub()
    alice = hub.member("alice")
    assert hub.why(alice, stream, Post("x")) == Refusal.INVALID


def test_a_body_must_be_what_its_kind_says() -> None:
    """An empty post is none; sealed bytes are taken as they are."""
    hub = Hub()
    alice = hub.member("alice")
    kind = STANDARD.of(Post).number
    assert hub.why(alice, hub.general, hub.signed(alice, hub.general, kind, b"\xc1")) == "invalid"
    assert hub.why(alice, hub.general, hub.signed(alice, hub.general, kind, encode(("",)))) == (
        Refusal.INVALID
    )
    talk = StreamId(b"d:\xff" + FREE[1:])
    hub.told(alice, talk, GroupChange(founding(alice.account), *[(alice.account,)] * 2))
    assert hub.why(alice, talk, Sealed(b"\xc1")) == ""


# The person.


def test_who_is_no_member_says_nothing() -> None:
    """Nor in a private channel, which they must not even know of."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    lab, den = hub.channel(alice, "lab"), hub.private(alice, "den")
    nowhere = channel_stream(FREE)
    for stream in (lab, den, nowhere):
        assert hub.why(bob, stream, Post("x")) == Refusal.NOT_MEMBER
    assert hub.why(bob, lab, Join()) == ""
    assert hub.why(bob, lab, Post("x")) == ""
    assert hub.why(bob, den, Join()) == Refusal.NOT_ALLOWED
    assert hub.why(alice, den, Invite(bob.account)) == ""
    assert hub.why(bob, den, Post("x")) == Refusal.NOT_MEMBER
    assert hub.why(bob, den, Join()) == ""
    assert hub.why(bob, den, Post("x")) == ""
    assert hub.why(bob, den, Leave()) == ""
    assert hub.why(bob, den, Post("x")) == Refusal.NOT_MEMBER
    assert hub.why(bob, den, Join()) == Refusal.NOT_ALLOWED


def test_a_stream_of_ones_own_is_nobody_elses() -> None:
    """And what only a hub says there is not taken from its owner either."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    own = user_stream(alice.account)
    assert hub.why(alice, own, Block(bob.account)) == ""
    assert hub.why(bob, own, Block(alice.account)) == Refusal.NOT_MEMBER
    assert hub.why(alice, own, Grant(hub.general, 0, NOBODY)) == Refusal.NOT_ALLOWED


def test_a_role_gives_what_membership_does_not() -> None:
    """Moderating is the moderators', giving roles the admins' and owners'."""
    hub = Hub()
    olga = hub.owner()
    mona = hub.promoted(olga, "mona", "moderator")
    alice, bob = hub.member("alice"), hub.member("bob")
    said = hub.told(bob, hub.general, Post("x"))
    assert hub.why(alice, hub.general, Hide(said, True, "so")) == Refusal.NOT_ALLOWED
    assert hub.why(mona, hub.general, Hide(said, True, "so")) == ""
    assert hub.why(alice, hub.general, Kick(bob.account, "so")) == Refusal.NOT_ALLOWED
    assert hub.why(mona, DIRECTORY, RoleGrant(bob.account, "bot")) == Refusal.NOT_ALLOWED
    assert hub.why(olga, DIRECTORY, RoleGrant(bob.account, "bot")) == ""
    assert hub.why(alice, MODERATION, Report(hub.general, said, "so")) == ""


def test_nobody_is_above_an_owner() -> None:
    """A moderator may throw out who stands below, not who stands above or beside."""
    hub = Hub()
    olga = hub.owner()
    mona = hub.promoted(olga, "mona", "moderator")
    alice = hub.member("alice")
    assert hub.why(mona, hub.general, Kick(olga.account, "so")) == Refusal.NOT_ALLOWED
    assert hub.why(mona, hub.general, Kick(mona.account, "so")) == Refusal.NOT_ALLOWED
    assert hub.why(mona, hub.general, Kick(alice.account, "so")) == ""


def test_one_owner_always_stays() -> None:
    """The last one gives the role away only after another has it."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    assert hub.why(olga, DIRECTORY, RoleGrant(olga.account, "member")) == Refusal.NOT_ALLOWED
    assert hub.why(olga, DIRECTORY, RoleGrant(alice.account, "owner")) == ""
    assert hub.why(olga, DIRECTORY, RoleGrant(olga.account, "member")) == ""
    assert hub.why(alice, DIRECTORY, RoleGrant(alice.account, "admin")) == Refusal.NOT_ALLOWED


def test_an_admin_gives_what_is_below_them_to_whom_is_below_them_or_to_themselves() -> None:
    """Neither up, nor sideways, nor to an owner."""
    hub = Hub()
    olga = hub.owner()
    adam = hub.promoted(olga, "adam", "admin")
    eva = hub.promoted(olga, "eva", "admin")
    alice = hub.member("alice")
    assert hub.why(adam, DIRECTORY, RoleGrant(alice.account, "admin")) == Refusal.NOT_ALLOWED
    assert hub.why(adam, DIRECTORY, RoleGrant(eva.account, "member")) == Refusal.NOT_ALLOWED
    assert hub.why(adam, DIRECTORY, RoleGrant(olga.account, "member")) == Refusal.NOT_ALLOWED
    assert hub.why(adam, DIRECTORY, RoleGrant(alice.account, "moderator")) == ""
    assert hub.why(adam, DIRECTORY, RoleGrant(adam.account, "member")) == ""


def test_roles_and_invitations_are_given_to_people() -> None:
    """Who has no account can have none."""
    hub = Hub()
    olga = hub.owner()
    lab = hub.channel(olga, "lab")
    assert hub.why(olga, DIRECTORY, RoleGrant(STRANGER, "member")) == Refusal.INVALID
    assert hub.why(olga, lab, Invite(STRANGER)) == Refusal.INVALID


def test_a_channels_ban_holds_there_alone() -> None:
    """Its end is told as a ban's end: for who is banned, and for nobody else."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    lab = hub.channel(olga, "lab")
    assert hub.why(olga, lab, Ban(alice.account, False, "so")) == Refusal.INVALID
    assert hub.why(olga, lab, Ban(alice.account, True, "so")) == ""
    for body in (Join(), Post("x"), Leave()):
        assert hub.why(alice, lab, body) == Refusal.BANNED
    assert hub.why(olga, lab, Invite(alice.account)) == Refusal.NOT_ALLOWED
    assert hub.why(olga, lab, Kick(alice.account, "so")) == Refusal.NOT_ALLOWED
    assert hub.why(alice, hub.general, Post("x")) == ""
    assert hub.why(olga, lab, Ban(alice.account, False, "so")) == ""
    assert hub.why(olga, lab, Ban(alice.account, False, "so")) == Refusal.INVALID
    assert hub.why(alice, lab, Join()) == ""


def test_the_hubs_ban_holds_everywhere() -> None:
    """What a banned member's event brings is refused, whoever brings it; its end is no riddle."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    event = hub.compose(alice, hub.general, Post("x"))
    assert hub.why(olga, MODERATION, Ban(alice.account, False, "never was")) == ""
    assert hub.why(olga, MODERATION, Ban(alice.account, True, "so")) == ""
    assert hub.offer(olga, (hub.general, event))[0].code == Refusal.BANNED
    assert hub.why(olga, MODERATION, Ban(alice.account, False, "so")) == ""
    assert hub.offer(olga, (hub.general, event))[0].status == 0


def test_a_revoked_device_signs_no_more() -> None:
    """It is told apart from nothing that was badly signed."""
    hub = Hub()
    alice = hub.member("alice")
    phone = hub.second_device(alice, "phone")
    event = hub.compose(phone, hub.general, Post("x"))
    assert hub.why(alice, PEOPLE, hub.revocation(alice, phone.device)) == ""
    assert hub.offer(alice, (hub.general, event))[0].code == Refusal.BAD_SIGNATURE
