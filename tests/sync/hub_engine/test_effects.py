"""What follows from an event in the same commit: who may read what, and who has to go."""

import pytest

from hobnob_protocol import nouns
from hobnob_protocol.event import decode_event
from hobnob_protocol.frames import Page, Push
from hobnob_protocol.ids import (
    DIRECTORY,
    EMPTY_HEAD,
    MODERATION,
    PEOPLE,
    ChannelId,
    StreamId,
    channel_stream,
    conversation_stream,
    direct_conversation,
    grant_of,
    target_of,
    user_stream,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate, ChannelSet
from hobnob_protocol.kinds.conversations import Conversation
from hobnob_protocol.kinds.hub_acts import Grant, Revoke
from hobnob_protocol.kinds.membership import Invite, Join, Leave
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Ban, Kick
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.nouns import GrantValue
from hobnob_sync.hub_engine.inputs import Received
from hobnob_sync.ports import StreamRow
from tests.sync.hub_engine.scene import Hub, Member


def rights(hub: Hub, member: Member, stream: StreamId) -> list[Grant | Revoke]:
    """What a member's own stream says of another stream."""
    said = hub.bodies(user_stream(member.account), Body)
    return [body for body in said if isinstance(body, Grant | Revoke) and body.stream == stream]


# Coming.


def test_a_join_grants_the_whole_channel() -> None:
    """The grant is named by the hub's event, which names the join as its cause."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    lab = hub.channel(alice, "lab")
    hub.fill(alice, lab, 3)
    cause = hub.told(bob, lab, Join())
    assert rights(hub, bob, lab) == [Grant(lab, 0, cause)]
    entry = hub.log(user_stream(bob.account))[-1]
    assert hub.grant(bob, lab) == GrantValue(grant_of(entry.event_id), 0)
    header = decode_event(entry.event).header
    assert header.device == hub.engine.state.accounts.hub.device


def test_a_channel_from_the_join_on_shows_the_join_and_nothing_older() -> None:
    """The floor is the last seq before it."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    lab = hub.channel(alice, "lab", "from_join")
    hub.fill(alice, lab, 3)
    before = len(hub.log(lab))
    cause = hub.told(bob, lab, Join())
    assert rights(hub, bob, lab) == [Grant(lab, before, cause)]
    assert len(hub.log(lab)) == before + 1
    assert [right.floor for right in rights(hub, alice, lab) if isinstance(right, Grant)] == [0]


def test_history_is_what_the_channel_says_when_one_joins() -> None:
    """A later change moves no floor; a private channel says so in its own stream."""
    hub = Hub()
    olga = hub.owner()
    alice, bob = hub.member("alice"), hub.member("bob")
    den = hub.private(olga, "den", "from_join")
    for member in (alice, bob):
        hub.told(olga, den, Invite(member.account))
    hub.join(alice, den)
    hub.told(olga, den, ChannelSet(ChannelId(den[2:]), "history", "all"))
    hub.join(bob, den)
    floors = [hub.grant(member, den) for member in (alice, bob)]
    assert [found.floor for found in floors if found] == [3, 0]


def test_row_19_who_comes_back_holds_another_grant() -> None:
    """With a floor above what was said meanwhile; the old grant opens nothing any more."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    lab = hub.channel(alice, "lab", "from_join")
    hub.join(bob, lab)
    old = hub.open_stream(bob, lab)
    hub.told(bob, lab, Leave())
    hub.fill(alice, lab, 2)
    hub.join(bob, lab)
    assert hub.open(bob, old)[0].status == 2
    fresh = hub.open_stream(bob, lab, tail=50)
    assert fresh.grant != old.grant
    (opened,) = hub.open(bob, fresh)
    assert (opened.status, opened.base_seq, opened.head_seq) == (0, 5, 6)
    hub.rest()
    assert [(page.first_seq, len(page.events)) for page in hub.take(bob, Page)] == [(6, 1)]
    assert [type(right) for right in rights(hub, bob, lab)] == [Grant, Revoke, Grant]


def test_a_creator_is_in_their_channel_at_once() -> None:
    """In a public one by the hub's join, in a private one by right of its first event."""
    hub = Hub()
    alice = hub.member("alice")
    lab, den = hub.channel(alice, "lab"), hub.private(alice, "den")
    assert hub.bodies(lab, Join) == [Join(alice.account)]
    assert rights(hub, alice, lab) == [Grant(lab, 0, target_of(hub.log(lab)[0].event_id))]
    assert hub.cell(lab, nouns.MEMBER, alice.account) == nouns.JOINED
    assert hub.bodies(den, Join) == []
    assert rights(hub, alice, den) == [Grant(den, 0, target_of(hub.log(den)[0].event_id))]
    assert hub.cell(den, nouns.MEMBER, alice.account) == nouns.JOINED


def test_streams_are_numbered_as_they_come() -> None:
    """And no number is given twice, not even by another engine."""
    hub = Hub()
    alice = hub.member("alice")
    lab = hub.channel(alice, "lab")
    rows = {stream: row.number for stream, row in hub.store.streams.items()}
    assert [rows[name] for name in (DIRECTORY, PEOPLE, hub.general)] == [1, 2, 3]
    assert (rows[user_stream(alice.account)], rows[lab]) == (4, 5)
    hub.reboot()
    hub.login(alice)
    assert hub.store.streams[hub.private(alice, "den")].number == 6


def test_a_channel_the_hub_itself_had_created_has_nobody_in_it() -> None:
    """Brought back to a hub that lost it, it is a place and no more."""
    hub = Hub()
    alice = hub.member("alice")
    itself = Member("hub", hub.signer, hub.engine.state.accounts.hub.account, 0, author_seq=99)
    channel = ChannelId(b"n" * 16)
    event = hub.compose(itself, DIRECTORY, ChannelCreate(channel, "news"))
    assert hub.offer(alice, (DIRECTORY, event))[0].status == 0
    row = hub.store.streams[channel_stream(channel)]
    assert row == StreamRow(channel_stream(channel), 5, 0, EMPTY_HEAD, 0)
    assert hub.log(channel_stream(channel)) == ()


def test_a_conversation_is_granted_to_both_its_members() -> None:
    """Whole, from its first event, and to nobody else."""
    hub = Hub()
    members = [hub.member(name) for name in ("alice", "bob")]
    one, other = sorted(member.account for member in members)
    talk = conversation_stream(direct_conversation(hub.name, one, other))
    cause = hub.told(members[0], talk, Conversation((one, other)))
    dora = hub.member("dora")
    for member in members:
        assert rights(hub, member, talk) == [Grant(talk, 0, cause)]
    assert rights(hub, dora, talk) == []


# Going.


@pytest.mark.parametrize("how", ["leave", "kick", "ban"])
def test_row_18_after_a_revoke_nothing_leaves_for_who_is_out(how: str) -> None:
    """Not even what the same batch says, on any of their devices; their own stream says why."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    phone = hub.second_device(alice, "phone")
    lab = hub.channel(olga, "lab")
    hub.join(alice, lab)
    for device in (alice, phone):
        hub.follow(device, lab)
        hub.follow(device, hub.general)
    body = {
        "leave": Leave(),
        "kick": Kick(alice.account, "so"),
        "ban": Ban(alice.account, True, "so"),
    }[how]
    actor = alice if how == "leave" else olga
    ending = hub.pushed(actor, lab, body)
    after = hub.pushed(olga, lab, Post("among us"))
    hub.sent(alice.conn)
    hub.sent(phone.conn)
    hub.step([Received(actor.conn, Push((ending,)), 1), Received(olga.conn, Push((after,)), 1)])
    hub.fill(olga, lab, 1)
    hub.rest()
    assert hub.take(alice, Page) == hub.take(phone, Page) == []
    cause = target_of(hub.id_of(actor, ending))
    assert rights(hub, alice, lab)[1:] == [Revoke(lab, cause)]
    assert hub.grant(alice, lab) is None
    hub.fill(olga, hub.general, 1)
    assert len(hub.take(alice, Page)) == len(hub.take(phone, Page)) == 1


def test_who_holds_nothing_loses_nothing() -> None:
    """Declining an invitation, or being thrown out from outside, revokes no right."""
    hub = Hub()
    olga = hub.owner()
    alice, bob = hub.member("alice"), hub.member("bob")
    den = hub.private(olga, "den")
    hub.told(olga, den, Invite(alice.account))
    hub.told(alice, den, Leave())
    hub.told(olga, den, Kick(bob.account, "so"))
    hub.told(olga, den, Ban(bob.account, True, "so"))
    assert rights(hub, alice, den) == rights(hub, bob, den) == []


def test_the_end_of_a_ban_takes_nothing_from_anybody() -> None:
    """It gives no right either: one has to join."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    lab = hub.channel(olga, "lab")
    hub.join(alice, lab)
    hub.told(olga, lab, Ban(alice.account, True, "so"))
    hub.told(olga, lab, Ban(alice.account, False, "so"))
    assert [type(right) for right in rights(hub, alice, lab)] == [Grant, Revoke]


def test_the_hubs_ban_ends_every_session_of_the_account() -> None:
    """And of nobody else; the grants stay for the day it ends."""
    hub = Hub()
    olga = hub.owner()
    alice, bob = hub.member("alice"), hub.member("bob")
    phone = hub.second_device(alice, "phone")
    hub.told(olga, MODERATION, Ban(alice.account, True, "so"))
    assert [hub.bye(each) for each in (alice, phone, bob, olga)] == [
        "revoked",
        "revoked",
        None,
        None,
    ]
    assert hub.byes[alice.conn].retry_ms == 0
    assert hub.grant(alice, hub.general) is not None
    hub.login(alice)
    assert hub.bye(alice) == "auth"
    hub.told(olga, MODERATION, Ban(alice.account, False, "so"))
    assert hub.bye(bob) is None
    hub.login(alice)
    assert hub.bye(alice) is None


def test_a_banned_moderator_hears_nothing_of_the_moderators() -> None:
    """The ban itself is not theirs to read any more."""
    hub = Hub()
    olga = hub.owner()
    mona = hub.promoted(olga, "mona", "moderator")
    hub.follow(mona, MODERATION)
    hub.told(olga, MODERATION, Ban(mona.account, True, "so"))
    assert hub.take(mona, Page) == []


def test_a_revoked_device_is_sent_away_and_no_other() -> None:
    """Whatever the link was."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    phone = hub.second_device(alice, "phone")
    assert hub.bye(alice) is None
    hub.told(alice, PEOPLE, hub.revocation(alice, phone.device))
    assert [hub.bye(each) for each in (alice, phone, bob)] == [None, "revoked", None]
    hub.login(phone)
    assert hub.bye(phone) == "auth"


# Roles.


@pytest.mark.parametrize("role", ["moderator", "admin", "owner"])
def test_who_moderates_reads_the_moderators_stream(role: str) -> None:
    """Once, however often the role changes among those that moderate; and not after it is gone."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    cause = hub.told(olga, DIRECTORY, RoleGrant(alice.account, role))
    hub.told(olga, DIRECTORY, RoleGrant(alice.account, "admin"))
    assert rights(hub, alice, MODERATION) == [Grant(MODERATION, 0, cause)]
    ending = hub.told(olga, DIRECTORY, RoleGrant(alice.account, "member"))
    hub.told(olga, DIRECTORY, RoleGrant(alice.account, "bot"))
    assert rights(hub, alice, MODERATION)[1:] == [Revoke(MODERATION, ending)]


def test_the_moderators_stream_begins_with_the_first_who_reads_it() -> None:
    """And it is one for all."""
    hub = Hub()
    assert MODERATION not in hub.store.streams
    olga = hub.owner()
    number = hub.store.streams[MODERATION].number
    hub.promoted(olga, "mona", "moderator")
    assert hub.store.streams[MODERATION].number == number
    assert rights(hub, olga, MODERATION) == [
        Grant(MODERATION, 0, target_of(hub.log(DIRECTORY)[-2].event_id))
    ]


def test_a_lost_role_shuts_the_moderators_stream_at_once() -> None:
    """What is said there in the same batch is not heard."""
    hub = Hub()
    olga = hub.owner()
    mona = hub.promoted(olga, "mona", "moderator")
    hub.follow(mona, MODERATION)
    alice = hub.member("alice")
    demotion = hub.pushed(olga, DIRECTORY, RoleGrant(mona.account, "member"))
    ban = hub.pushed(olga, MODERATION, Ban(alice.account, True, "so"))
    hub.push(olga, demotion, ban)
    assert hub.take(mona, Page) == []
