"""Private groups at the hub: one change after the other, and who reads from which one on."""

import pytest

from hobnob_protocol.errors import Refusal
from hobnob_protocol.frames import Page, Push
from hobnob_protocol.ids import AccountId, StreamId, direct_conversation, user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.conversations import Conversation, GroupChange, Sealed
from hobnob_protocol.kinds.hub_acts import Grant, Revoke
from hobnob_protocol.sealing.group import ADD, FOUND, PROMOTE, REMOVE, Group, founding
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import Login, Received
from hobnob_sync.hub_engine.offers import IN_LOG, LATER, REFUSED
from hobnob_sync.hub_engine.state import HubState
from tests.sync.hub_engine.scene import SAID, Hub, Member

TALK = StreamId(b"d:\xf4" + b"t" * 15)
STRANGER = AccountId(b"s" * 20)


def sorted_accounts(*members: Member) -> tuple[AccountId, ...]:
    """Their accounts, as they are listed."""
    return tuple(sorted(member.account for member in members))


def founded(*members: Member) -> GroupChange:
    """The first change of a group, by the first of them."""
    accounts = sorted_accounts(*members)
    return GroupChange(founding(*accounts), accounts, sorted_accounts(members[0]))


def group_of(hub: Hub) -> Group:
    """The group as the hub holds it, and as it would after a restart."""
    group = hub.engine.state.group(TALK)
    assert group is not None
    image = hub.store.boot(HubEngine.NOUNS)
    assert HubState(image, hub.name, hub.signer.public_key, hub.verifier).group(TALK) == group
    return group


def change(hub: Hub, act: int, *members: Member) -> GroupChange:
    """The next change, with who is in the group after it."""
    group = group_of(hub)
    accounts = sorted_accounts(*members)
    link = group.change(act, *accounts)
    found, admins = set(group.members), set(group.admins)
    if act == ADD:
        found |= {*accounts}
    elif act == PROMOTE:
        admins |= {*accounts}
    else:
        found, admins = found - {*accounts}, admins - {*accounts}
    return GroupChange(link, tuple(sorted(found)), tuple(sorted(admins)))


def rights(hub: Hub, member: Member) -> list[Grant | Revoke]:
    """What a member's own stream says of the group's."""
    said = hub.bodies(user_stream(member.account), Body)
    return [body for body in said if isinstance(body, Grant | Revoke) and body.stream == TALK]


def test_a_group_is_founded_for_all_its_members() -> None:
    """Each reads all of it, and nobody else anything."""
    hub = Hub()
    alice, bob, carol, dora = (hub.member(name) for name in ("alice", "bob", "carol", "dora"))
    cause = hub.told(alice, TALK, founded(alice, bob, carol))
    for member in (alice, bob, carol):
        assert rights(hub, member) == [Grant(TALK, 0, cause)]
        assert hub.why(member, TALK, Sealed(b"x")) == ""
    assert rights(hub, dora) == []
    assert hub.why(dora, TALK, Sealed(b"x")) == Refusal.NOT_MEMBER
    assert group_of(hub).members == sorted_accounts(alice, bob, carol)
    assert group_of(hub).admins == (alice.account,)


def test_one_may_be_alone_in_a_group() -> None:
    """To add others later."""
    hub = Hub()
    alice = hub.member("alice")
    assert hub.why(alice, TALK, founded(alice)) == ""
    assert hub.why(alice, TALK, Sealed(b"x")) == ""


def test_who_is_added_reads_from_this_change_on() -> None:
    """The change itself is the first that they see."""
    hub = Hub()
    alice, bob, carol, dora = (hub.member(name) for name in ("alice", "bob", "carol", "dora"))
    hub.told(alice, TALK, founded(alice, bob))
    hub.told(alice, TALK, Sealed(b"before"))
    cause = hub.told(alice, TALK, change(hub, ADD, carol, dora))
    for member in (carol, dora):
        assert rights(hub, member) == [Grant(TALK, 2, cause)]
        (opened,) = hub.open(member, hub.open_stream(member, TALK))
        assert (opened.status, opened.base_seq) == (0, 2)
        hub.rest()
        (page,) = hub.take(member, Page)
        assert (page.first_seq, len(page.events)) == (3, 1)
    assert len(rights(hub, bob)) == 1
    assert hub.why(carol, TALK, Sealed(b"x")) == ""


@pytest.mark.parametrize("leaves", [False, True])
def test_after_a_removal_nothing_leaves_for_who_is_out(leaves: bool) -> None:
    """Not even what the same batch says, on any of their devices; who stays reads on."""
    hub = Hub()
    alice, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    phone = hub.second_device(bob, "phone")
    hub.told(alice, TALK, founded(alice, bob, carol))
    for device in (bob, phone, carol):
        hub.follow(device, TALK)
        hub.sent(device.conn)
    actor = bob if leaves else alice
    ending = hub.pushed(actor, TALK, change(hub, REMOVE, bob))
    after = hub.pushed(alice, TALK, Sealed(b"among us"))
    pushes = [(actor, ending), (alice, after)]
    hub.step([Received(member.conn, Push((pushed,)), 1) for member, pushed in pushes])
    hub.rest()
    assert hub.take(bob, Page) == hub.take(phone, Page) == []
    assert [len(page.events) for page in hub.take(carol, Page)] == [2]
    cause = hub.name_of(actor, ending)
    assert rights(hub, bob)[1:] == [Revoke(TALK, cause)]
    assert hub.grant(bob, TALK) is None
    assert hub.why(bob, TALK, Sealed(b"x")) == Refusal.NOT_MEMBER
    assert hub.why(bob, TALK, change(hub, ADD, bob)) == Refusal.NOT_MEMBER


def test_who_comes_back_reads_from_there() -> None:
    """What was said meanwhile stays unseen."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    first = hub.told(alice, TALK, founded(alice, bob))
    out = hub.told(alice, TALK, change(hub, REMOVE, bob))
    hub.told(alice, TALK, Sealed(b"meanwhile"))
    back = hub.told(alice, TALK, change(hub, ADD, bob))
    assert rights(hub, bob) == [Grant(TALK, 0, first), Revoke(TALK, out), Grant(TALK, 3, back)]


def test_a_promotion_changes_no_right_to_read() -> None:
    """But who may change the group."""
    hub = Hub()
    alice, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    hub.told(alice, TALK, founded(alice, bob))
    assert hub.why(bob, TALK, change(hub, ADD, carol)) == Refusal.NOT_ALLOWED
    hub.told(alice, TALK, change(hub, PROMOTE, bob))
    assert len(rights(hub, bob)) == 1
    assert hub.why(bob, TALK, change(hub, ADD, carol)) == ""


def test_of_two_changes_at_one_place_the_first_stays() -> None:
    """The other is told that somebody was faster, also within one batch, and may change it anew."""
    hub = Hub()
    alice, bob, carol, dora = (hub.member(name) for name in ("alice", "bob", "carol", "dora"))
    hub.told(alice, TALK, founded(alice, bob))
    hub.told(alice, TALK, change(hub, PROMOTE, bob))
    one, other = change(hub, ADD, carol), change(hub, ADD, dora)
    pushed = [(alice, hub.pushed(alice, TALK, one)), (bob, hub.pushed(bob, TALK, other))]
    hub.step([Received(member.conn, Push((event,)), 1) for member, event in pushed])
    assert [ack.answers[0].status for ack in hub.acked(alice)] == [0]
    assert [ack.answers[0].code for ack in hub.acked(bob)] == [Refusal.EXISTS]
    assert rights(hub, dora) == []
    assert hub.why(bob, TALK, change(hub, ADD, dora)) == ""


def test_a_change_that_does_not_fit_is_none() -> None:
    """What its link does and what it says of the group must be so; each member is somebody."""
    hub = Hub()
    alice, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    accounts = sorted_accounts(alice, bob)
    unknown = tuple(sorted((alice.account, STRANGER)))
    admins = sorted_accounts(alice)
    for wrong in (
        GroupChange(founding(*unknown), unknown, admins),
        GroupChange(founding(*accounts), accounts[:1], admins),
        GroupChange(founding(*accounts), accounts, accounts),
        founded(carol, bob),
    ):
        assert hub.why(alice, TALK, wrong) == Refusal.INVALID
    assert TALK not in hub.store.streams
    hub.told(alice, TALK, founded(alice, bob))
    group = group_of(hub)
    for act, member in ((ADD, bob), (REMOVE, carol), (PROMOTE, carol), (FOUND, carol), (9, bob)):
        link = group.change(act, member.account)
        assert hub.why(alice, TALK, GroupChange(link, accounts, admins)) == Refusal.INVALID
    assert len(hub.log(TALK)) == 1


def test_a_group_begins_where_nothing_is() -> None:
    """Neither in a conversation of two, nor a second time, nor with a later change."""
    hub = Hub()
    alice, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    pair = sorted_accounts(alice, bob)
    talk = StreamId(b"d:" + direct_conversation(hub.name, *pair))
    hub.told(alice, talk, Conversation(pair))
    assert hub.why(alice, talk, founded(alice, bob)) == Refusal.EXISTS
    assert hub.why(carol, talk, founded(carol)) == Refusal.NOT_MEMBER
    hub.told(alice, TALK, founded(alice, bob))
    assert hub.why(alice, TALK, founded(alice, bob)) == Refusal.EXISTS
    assert hub.why(carol, TALK, founded(carol)) == Refusal.NOT_MEMBER
    elsewhere = StreamId(b"d:\xe5" + b"e" * 15)
    assert hub.why(alice, elsewhere, change(hub, ADD, carol)) == Refusal.EXISTS
    assert elsewhere not in hub.store.streams
    assert hub.why(alice, TALK, Conversation(pair)) == Refusal.INVALID


def test_bots_are_added_and_change_nothing() -> None:
    """Whoever adds one answers for it."""
    hub = Hub()
    olga = hub.owner()
    bot = hub.promoted(olga, "robot", "bot")
    assert hub.why(bot, TALK, founded(bot)) == Refusal.NOT_ALLOWED
    hub.told(olga, TALK, founded(olga))
    hub.told(olga, TALK, change(hub, ADD, bot))
    assert hub.why(bot, TALK, Sealed(b"beep")) == ""
    assert hub.why(bot, TALK, change(hub, REMOVE, bot)) == Refusal.NOT_ALLOWED


def test_after_a_restore_changes_are_brought_back_in_their_order() -> None:
    """A later one waits for what comes before it; who may read follows anew."""
    hub = Hub()
    olga = hub.owner()
    bob, carol = hub.member("bob"), hub.member("carol")
    snapshot = hub.store.snapshot()
    said: list[tuple[StreamId, bytes]] = []
    for act, member in ((FOUND, bob), (ADD, carol), (REMOVE, bob)):
        body = founded(olga, bob) if act == FOUND else change(hub, act, member)
        pushed = hub.pushed(olga, TALK, body)
        hub.push(olga, pushed)
        said.append((TALK, pushed.event))
    before = group_of(hub)
    stale = hub.compose(olga, TALK, founded(olga))
    hub.restore(snapshot)
    hub.conns += 1
    carol.conn = hub.conns
    olga.conn = hub.connection()
    hub.step([Login(olga.conn, hub.auth(olga), SAID)])
    hub.sent(olga.conn)
    assert [answer.status for answer in hub.offer(olga, *said[1:])] == [LATER, LATER]
    assert [answer.status for answer in hub.offer(olga, *said[:2], said[0])] == [IN_LOG] * 3
    assert [answer.status for answer in hub.offer(olga, said[2], said[1])] == [IN_LOG] * 2
    (answer,) = hub.offer(olga, (TALK, stale))
    assert (answer.status, answer.code) == (REFUSED, Refusal.EXISTS)
    assert group_of(hub) == before
    assert hub.grant(bob, TALK) is None
    granted = hub.grant(carol, TALK)
    assert granted is not None
    assert granted.floor == 1
