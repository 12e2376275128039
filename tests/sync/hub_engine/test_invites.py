"""Members let others in: what the hub takes for an invite, and whom it lets in by one."""

from hashlib import sha256

import pytest

from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import DIRECTORY, MODERATION, PEOPLE, TargetId, user_stream
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.kinds.invites import HubInvite, HubInviteRevoke
from hobnob_protocol.kinds.moderation import Ban
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.limits import HUB_INVITES_OPEN_MAX
from hobnob_sync.hub_engine.inputs import Reopen
from hobnob_sync.hub_engine.offers import IN_LOG, LATER
from tests.sync.hub_engine.door import enters, refused
from tests.sync.hub_engine.scene import Hub, Member

HOUR_MS = 3_600_000


def invite(secret: bytes, uses: int = 1, hours: int = 1) -> HubInvite:
    """An invite with this secret."""
    return HubInvite(sha256(secret).digest(), uses, hours)


def made(hub: Hub, member: Member, secret: bytes, uses: int = 1, hours: int = 1) -> TargetId:
    """A member makes an invite: its name."""
    return hub.told(member, user_stream(member.account), invite(secret, uses, hours))


def test_a_members_invite_lets_somebody_in_who_is_known_as_theirs() -> None:
    """By the secret; who came by it is written where everybody is."""
    hub = Hub()
    alice = hub.member("alice")
    name = made(hub, alice, b"from alice")
    bob = hub.stranger("bob")
    wish = hub.wish(bob, b"from alice")
    enters(hub, bob, wish)
    assert hub.bye(bob) is None
    assert hub.engine.state.role(bob.account) == "member"
    said = hub.bodies(PEOPLE, Enrol)[-1]
    assert said == Enrol(wish.link, wish.link_signature, "bob", alice.account, name)


def test_a_members_invite_has_its_uses_and_its_time() -> None:
    """Its time begins when the hub has it."""
    hub = Hub()
    alice = hub.member("alice")
    made(hub, alice, b"two", 2)
    made(hub, alice, b"late", 9, 1)
    for nth in range(2):
        hub.member(f"guest{nth}", b"two")
    third = hub.stranger("third")
    assert refused(hub, third, hub.wish(third, b"two"))
    hub.now_ms += HOUR_MS
    hub.rest()
    assert refused(hub, third, hub.wish(third, b"late"))
    assert refused(hub, third, hub.wish(third, sha256(b"late").digest()))


def test_only_so_many_invites_are_open_at_once() -> None:
    """One that is spent, ended or revoked makes room; another's do not count."""
    hub = Hub()
    alice, carol = hub.member("alice"), hub.member("carol")
    own = user_stream(alice.account)
    first = made(hub, alice, b"0")
    for nth in range(1, HUB_INVITES_OPEN_MAX):
        made(hub, alice, b"%d" % nth)
    assert hub.why(alice, own, invite(b"more")) == Refusal.TOO_MANY
    made(hub, carol, b"of carol")
    hub.told(alice, own, HubInviteRevoke(first))
    made(hub, alice, b"more")
    assert hub.why(alice, own, invite(b"yet more")) == Refusal.TOO_MANY
    hub.member("guest", b"more")
    made(hub, alice, b"yet more")
    hub.now_ms += HOUR_MS
    hub.rest()
    made(hub, alice, b"at last")


def test_a_revoked_invite_lets_nobody_in() -> None:
    """Revoking it twice is no mistake; revoking what is none of one's own is."""
    hub = Hub()
    alice, carol = hub.member("alice"), hub.member("carol")
    name = made(hub, alice, b"open", 5)
    hub.member("guest", b"open")
    of_carol = user_stream(carol.account)
    assert hub.why(carol, of_carol, HubInviteRevoke(name)) == Refusal.NO_TARGET
    for _ in range(2):
        hub.told(alice, user_stream(alice.account), HubInviteRevoke(name))
    bob = hub.stranger("bob")
    assert refused(hub, bob, hub.wish(bob, b"open"))


def test_a_secret_belongs_to_whom_said_it_first() -> None:
    """Who was handed a link cannot take its guests for their own."""
    hub = Hub()
    alice, carol = hub.member("alice"), hub.member("carol")
    made(hub, alice, b"mine")
    assert hub.why(carol, user_stream(carol.account), invite(b"mine")) == Refusal.EXISTS


def test_a_secret_that_is_taken_stands_in_no_others_way() -> None:
    """Each is asked about for itself, though the rights are those of the one before."""
    hub = Hub()
    alice, carol = hub.member("alice"), hub.member("carol")
    made(hub, alice, b"mine")
    assert hub.why(carol, user_stream(carol.account), invite(b"mine")) == Refusal.EXISTS
    made(hub, carol, b"of carol")
    bob = hub.stranger("bob")
    enters(hub, bob, hub.wish(bob, b"of carol"))
    assert hub.bye(bob) is None


@pytest.mark.parametrize("fate", ["banned", "bot"])
def test_who_may_not_invite_lets_nobody_in(fate: str) -> None:
    """Nor by an invite from before."""
    hub = Hub()
    olga, alice = hub.owner(), hub.member("alice")
    made(hub, alice, b"before")
    if fate == "banned":
        hub.told(olga, MODERATION, Ban(alice.account, True, "spam"))
    else:
        hub.told(olga, DIRECTORY, RoleGrant(alice.account, "bot"))
        own = user_stream(alice.account)
        assert hub.why(alice, own, invite(b"now")) == Refusal.NOT_ALLOWED
    bob = hub.stranger("bob")
    assert refused(hub, bob, hub.wish(bob, b"before"))


def test_a_hub_that_starts_again_knows_its_invites() -> None:
    """And how often each was used, whether revoked or not."""
    hub = Hub()
    alice = hub.member("alice")
    gone = made(hub, alice, b"gone")
    made(hub, alice, b"two", 2)
    hub.member("guest", b"two")
    hub.told(alice, user_stream(alice.account), HubInviteRevoke(gone))
    before = hub.engine.state.invites
    hub.reboot()
    assert hub.engine.state.invites == before
    hub.member("other", b"two")
    third = hub.stranger("third")
    assert refused(hub, third, hub.wish(third, b"two"))


def test_a_member_whom_a_restore_has_lost_is_still_their_inviters() -> None:
    """Their enrolment says whose they are, and counts as that one use."""
    hub = Hub()
    alice = hub.member("alice")
    name = made(hub, alice, b"once", 2)
    snapshot = hub.store.snapshot()
    bob = hub.member("bob", b"once")
    enrolment = hub.log(PEOPLE)[-1].event
    hub.restore(snapshot)
    hub.step([Reopen()])
    enters(hub, bob, hub.wish(bob, enrolment))
    assert hub.bye(bob) is None
    assert hub.bodies(PEOPLE, Enrol)[-1].invite == name
    assert hub.engine.state.invites.used == {name: 1}


def test_what_a_restore_has_lost_comes_back_whole() -> None:
    """More than may be open at once, for some of it was spent; and what is revoked stays so."""
    hub = Hub()
    alice = hub.member("alice")
    own = user_stream(alice.account)
    snapshot = hub.store.snapshot()
    made_ones = [hub.compose(alice, own, invite(b"%d" % nth)) for nth in range(4)]
    revoke = HubInviteRevoke(TargetId(hub.named(alice, own, made_ones[0])[:16]))
    lost = [*made_ones, hub.compose(alice, own, revoke)]
    hub.restore(snapshot)
    hub.step([Reopen()])
    hub.login(alice)
    hub.sent(alice.conn)
    answers = hub.offer(alice, *[(own, said) for said in reversed(lost)])
    assert [answer.status for answer in answers] == [LATER, *[IN_LOG] * 4]
    assert hub.offer(alice, (own, lost[-1]))[0].status == IN_LOG
    bob = hub.stranger("bob")
    assert refused(hub, bob, hub.wish(bob, b"0"))
    hub.member("carol", b"3")
