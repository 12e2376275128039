"""May this event enter the log? What it names, what is there already, what it says of itself."""

from hashlib import sha256

from hobnob_protocol import chain
from hobnob_protocol.errors import Refusal
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    AccountId,
    ChannelId,
    StreamId,
    TargetId,
    channel_stream,
    conversation_stream,
    direct_conversation,
    user_stream,
)
from hobnob_protocol.kinds.channels import ChannelArchive, ChannelCreate, ChannelSet, Purpose
from hobnob_protocol.kinds.conversations import Conversation, Sealed
from hobnob_protocol.kinds.membership import Invite, Join
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase, Hide
from hobnob_protocol.kinds.people import DeviceLink, ProfileField
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.kinds.polls import Poll, PollClose, Vote
from hobnob_protocol.kinds.reactions import Pin, React
from hobnob_protocol.testing.keyed import KeyedSigner
from tests.sync.hub_engine.scene import Hub, Member

NOBODY = TargetId(bytes(16))
STRANGER = AccountId(b"s" * 20)
FREE = ChannelId(b"f" * 16)


def talk_of(hub: Hub, one: Member, other: Member) -> StreamId:
    """The conversation that two reach alone."""
    return conversation_stream(direct_conversation(hub.name, one.account, other.account))


def of(*members: Member) -> Conversation:
    """A conversation of these."""
    return Conversation(tuple(sorted(member.account for member in members)))


# What it names.


def test_a_target_must_be_there() -> None:
    """In this very stream."""
    hub = Hub()
    alice = hub.member("alice")
    lab = hub.channel(alice, "lab")
    said = hub.told(alice, lab, Post("x"))
    for body in (React(said, "+"), Delete(said), Edit(said, "y"), Erase(said)):
        assert hub.why(alice, hub.general, body) == Refusal.NO_TARGET
    for body in (React(said, "+"), Edit(said, "y"), Delete(said)):
        assert hub.why(alice, lab, body) == ""


def test_only_a_message_can_be_named() -> None:
    """A reaction is none."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("x"))
    mark = hub.told(alice, hub.general, React(said, "+"))
    assert hub.why(alice, hub.general, React(mark, "+")) == Refusal.NO_TARGET


def test_a_message_is_its_authors() -> None:
    """Others edit, withdraw and erase it not; who moderates erases."""
    hub = Hub()
    olga = hub.owner()
    alice, bob = hub.member("alice"), hub.member("bob")
    said = hub.told(alice, hub.general, Post("x"))
    for body in (Edit(said, "y"), Delete(said), Erase(said)):
        assert hub.why(bob, hub.general, body) == Refusal.NOT_AUTHOR
    assert hub.why(olga, hub.general, Delete(said)) == Refusal.NOT_AUTHOR
    assert hub.why(olga, hub.general, Erase(said)) == ""


def test_the_dead_are_left_alone() -> None:
    """A withdrawn message is neither edited nor marked; it can be withdrawn again and erased."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("x"))
    assert hub.why(alice, hub.general, Delete(said)) == ""
    for body in (React(said, "+"), Edit(said, "y"), Pin(said)):
        assert hub.why(alice, hub.general, body) == Refusal.GONE
    assert hub.why(alice, hub.general, Delete(said)) == ""
    assert hub.why(alice, hub.general, Erase(said)) == ""


def test_hidden_is_not_dead() -> None:
    """A hidden message can be shown again, edited and marked."""
    hub = Hub()
    olga = hub.owner()
    said = hub.told(olga, hub.general, Post("x"))
    assert hub.why(olga, hub.general, Hide(said, True, "so")) == ""
    assert hub.why(olga, hub.general, Edit(said, "y")) == ""


def test_row_17_a_vote_after_the_close_is_refused() -> None:
    """And a vote is on a poll."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    poll = hub.told(alice, hub.general, Poll("?", ("a", "b")))
    said = hub.told(alice, hub.general, Post("x"))
    assert hub.why(bob, hub.general, Vote(said, (0,))) == Refusal.NO_TARGET
    assert hub.why(bob, hub.general, Vote(poll, (0,))) == ""
    assert hub.why(bob, hub.general, PollClose(poll)) == Refusal.NOT_AUTHOR
    assert hub.why(alice, hub.general, PollClose(poll)) == ""
    assert hub.why(bob, hub.general, Vote(poll, (1,))) == Refusal.CLOSED
    late = hub.compose(bob, hub.general, Vote(poll, (1,)))
    assert hub.offer(bob, (hub.general, late))[0].code == Refusal.CLOSED


def test_row_28_an_erased_event_never_comes_back() -> None:
    """Even to a hub that lost its log but kept the list of what was erased; and in one batch."""
    hub = Hub()
    alice = hub.member("alice")
    pushed = hub.pushed(alice, hub.general, Post("x"))
    hub.push(alice, pushed)
    found = hub.id_of(alice, pushed)
    assert hub.why(alice, hub.general, Erase(TargetId(found[:16]))) == ""
    assert list(hub.store.erased) == [found]
    del hub.store.known[found]
    assert hub.offer(alice, (hub.general, pushed.event))[0].code == Refusal.ERASED
    assert hub.why(alice, hub.general, pushed.event) == Refusal.ERASED


# What is there already.


def test_an_archived_channel_takes_no_more_messages() -> None:
    """Coming and going, withdrawing and moderating go on; open again, it takes them."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    lab = hub.channel(olga, "lab")
    hub.join(alice, lab)
    said = hub.told(alice, lab, Post("x"))
    channel = ChannelId(lab[2:])
    assert hub.why(olga, DIRECTORY, ChannelArchive(channel)) == ""
    early = hub.compose(alice, lab, Post("said before"))
    for body in (Post("y"), React(said, "+"), Edit(said, "y")):
        assert hub.why(alice, lab, body) == Refusal.CLOSED
    assert hub.why(alice, lab, Delete(said)) == ""
    assert hub.why(alice, hub.general, Post("x")) == ""
    assert hub.offer(alice, (lab, early))[0].status == 0
    assert hub.why(olga, DIRECTORY, ChannelArchive(channel, False)) == ""
    assert hub.why(alice, lab, Post("y")) == ""


def test_a_private_channel_is_archived_in_its_own_stream() -> None:
    """Where the directory says nothing of it."""
    hub = Hub()
    olga = hub.owner()
    den = hub.private(olga, "den")
    assert hub.why(olga, den, ChannelArchive(ChannelId(den[2:]))) == ""
    assert hub.why(olga, den, Post("x")) == Refusal.CLOSED


def test_a_channels_id_and_its_name_are_given_once() -> None:
    """To a private channel as to a public one; private names are nobody's."""
    hub = Hub()
    olga = hub.owner()
    lab, den = hub.channel(olga, "lab"), hub.private(olga, "den")
    for channel in (lab, den):
        taken = ChannelCreate(ChannelId(channel[2:]), "free")
        assert hub.why(olga, DIRECTORY, taken) == Refusal.EXISTS
    assert hub.why(olga, DIRECTORY, ChannelCreate(FREE, "lab")) == Refusal.EXISTS
    assert hub.why(olga, DIRECTORY, ChannelCreate(FREE, "den")) == ""
    assert hub.why(olga, den, ChannelCreate(ChannelId(den[2:]), "den")) == Refusal.EXISTS


def test_a_channel_takes_no_name_that_another_has() -> None:
    """Its own it may keep; one that was given up is free, in the very same batch."""
    hub = Hub()
    olga = hub.owner()
    lab, den = hub.channel(olga, "lab"), hub.private(olga, "den")
    channel = ChannelId(lab[2:])
    assert hub.why(olga, DIRECTORY, ChannelSet(channel, "name", "general")) == Refusal.EXISTS
    assert hub.why(olga, DIRECTORY, ChannelSet(channel, "name", "lab")) == ""
    assert hub.why(olga, DIRECTORY, ChannelSet(channel, "name", "cave")) == ""
    assert hub.why(olga, DIRECTORY, ChannelCreate(FREE, "cave")) == Refusal.EXISTS
    assert hub.why(olga, DIRECTORY, ChannelCreate(FREE, "lab")) == ""
    assert hub.why(olga, den, ChannelSet(ChannelId(den[2:]), "name", "cave")) == ""
    assert hub.why(olga, DIRECTORY, ChannelSet(channel, "history", "all")) == ""


def test_a_channel_is_told_of_in_its_own_place() -> None:
    """A public one in `dir`, a private one in its own stream, and of no other."""
    hub = Hub()
    olga = hub.owner()
    lab, den = hub.channel(olga, "lab"), hub.private(olga, "den")
    public, private = ChannelId(lab[2:]), ChannelId(den[2:])
    set_name = [ChannelSet(channel, "name", "new") for channel in (public, private)]
    archive = [ChannelArchive(channel) for channel in (public, private)]
    for of_public, of_private in (set_name, archive):
        assert hub.why(olga, DIRECTORY, of_private) == Refusal.INVALID
        assert hub.why(olga, den, of_public) == Refusal.INVALID
        assert hub.why(olga, den, of_private) == ""
        assert hub.why(olga, DIRECTORY, of_public) == ""
    assert hub.why(olga, channel_stream(FREE), ChannelCreate(public, "x")) == Refusal.INVALID
    assert hub.why(olga, DIRECTORY, ChannelSet(FREE, "name", "x")) == Refusal.INVALID


def test_a_purpose_in_the_directory_names_its_public_channel() -> None:
    """In the channel's own stream it need not."""
    hub = Hub()
    olga = hub.owner()
    lab, den = hub.channel(olga, "lab"), hub.private(olga, "den")
    assert hub.why(olga, DIRECTORY, Purpose("x")) == Refusal.INVALID
    assert hub.why(olga, DIRECTORY, Purpose("x", ChannelId(den[2:]))) == Refusal.INVALID
    assert hub.why(olga, DIRECTORY, Purpose("x", ChannelId(lab[2:]))) == ""
    assert hub.why(olga, den, Purpose("x")) == ""


def test_a_join_names_nobody() -> None:
    """Only the hub puts others in; who is in is in."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    lab = hub.channel(alice, "lab")
    assert hub.why(bob, lab, Join(alice.account)) == Refusal.INVALID
    assert hub.why(bob, lab, Join(bob.account)) == Refusal.INVALID
    assert hub.why(bob, lab, Join()) == ""
    assert hub.why(bob, lab, Join()) == Refusal.EXISTS
    assert hub.why(bob, lab, Invite(alice.account)) == Refusal.EXISTS


# Conversations and devices.


def test_a_conversation_between_two_has_the_id_both_reach() -> None:
    """The author is one of them."""
    hub = Hub()
    alice, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    talk, drawn = talk_of(hub, alice, bob), StreamId(b"d:" + FREE)
    assert hub.why(alice, drawn, of(alice, bob)) == Refusal.INVALID
    assert hub.why(alice, talk_of(hub, alice, carol), of(alice, bob)) == Refusal.INVALID
    assert hub.why(carol, talk, of(alice, bob)) == Refusal.INVALID
    assert hub.why(alice, talk, of(alice, bob)) == ""
    assert hub.why(bob, talk, of(alice, bob)) == Refusal.EXISTS
    assert hub.why(carol, talk, Sealed(b"x")) == Refusal.NOT_MEMBER


def test_a_conversation_is_of_people() -> None:
    """Who has no account cannot be in one."""
    hub = Hub()
    alice = hub.member("alice")
    body = Conversation(tuple(sorted((alice.account, STRANGER))))
    stream = conversation_stream(direct_conversation(hub.name, *body.accounts))
    assert hub.why(alice, stream, body) == Refusal.INVALID


def test_a_device_is_added_once_and_by_its_own_chain() -> None:
    """A device somebody has EXISTS; a link that does not fit is INVALID."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    phone = KeyedSigner(b"phone")
    link = hub.device_link(alice, phone)
    assert hub.why(bob, PEOPLE, link) == Refusal.INVALID
    assert hub.why(alice, PEOPLE, link) == ""
    assert hub.why(alice, PEOPLE, DeviceLink(link.link, link.link_signature)) == Refusal.INVALID
    assert hub.why(alice, PEOPLE, hub.device_link(alice, phone)) == Refusal.EXISTS
    assert hub.why(bob, PEOPLE, hub.device_link(bob, phone)) == Refusal.EXISTS
    assert hub.why(bob, PEOPLE, ProfileField("name", "Bob")) == ""
    assert hub.why(bob, user_stream(bob.account), ReadCursor(hub.general, 0, 1)) == ""


def test_the_time_of_an_event_is_the_hubs() -> None:
    """Never before that of the last one, whatever the clock does; its author's is a label."""
    hub = Hub()
    alice = hub.member("alice")
    hub.now_ms += 5_000
    hub.fill(alice, hub.general, 1)
    hub.now_ms -= 10_000
    hub.fill(alice, hub.general, 1)
    hub.now_ms += 20_000
    hub.fill(alice, hub.general, 1)
    times = [entry.at_ms for entry in hub.log(hub.general)[-3:]]
    assert times == [1_005_000, 1_005_000, 1_015_000]
    assert decode_event(hub.log(hub.general)[-2].event).header.ts_seconds == 995


def test_a_new_conversation_begins_with_its_first_event() -> None:
    """Stamped by the hub's clock, numbered from one."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    talk = talk_of(hub, alice, bob)
    assert hub.why(alice, talk, of(alice, bob)) == ""
    (entry,) = hub.log(talk)
    assert (entry.seq, entry.at_ms) == (1, hub.now_ms)


def test_a_genesis_is_no_further_link() -> None:
    """Nobody founds an account twice, or another by their own name."""
    hub = Hub()
    alice = hub.member("alice")
    link = chain.genesis(KeyedSigner(sha256(b"new").digest()), hub.name, 0)
    assert hub.why(alice, PEOPLE, DeviceLink(*link)) == Refusal.INVALID
