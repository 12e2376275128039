"""How many streams an account may hold: the same bound wherever one is given."""

from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    ChannelId,
    StreamId,
    channel_stream,
    conversation_stream,
    direct_conversation,
)
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.conversations import Conversation, GroupChange
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.limits import (
    ADDED_STREAMS_MAX,
    MEMBER_STREAMS_MAX,
    MET_STREAMS_MAX,
    PUSH_EVENTS_MAX,
)
from hobnob_protocol.sealing.group import ADD, founding
from tests.sync.hub_engine.scene import Hub, Member

TALK = StreamId(b"d:\xf4" + b"t" * 15)


def numbered(n: int) -> ChannelId:
    """One channel of many."""
    return ChannelId(n.to_bytes(16, "big"))


def full(hub: Hub, name: str) -> Member:
    """Somebody who holds as many streams as one may, but for the moderators'."""
    member = hub.member(name)
    fill(hub, member, MEMBER_STREAMS_MAX)
    return member


def fill(hub: Hub, member: Member, most: int, first: int = 0) -> None:
    """They make channels, numbered from `first` on, until they hold so many streams."""
    end = first + most - 1 - len(hub.engine.state.held(member.account))
    for start in range(first, end, PUSH_EVENTS_MAX):
        made = [numbered(n) for n in range(start, min(start + PUSH_EVENTS_MAX, end))]
        answers = hub.push(
            member,
            *[hub.pushed(member, channel_stream(each), ChannelCreate(each, "x")) for each in made],
        )
        assert not any(answer.status for answer in answers)


def two(hub: Hub, one: Member, other: Member) -> tuple[StreamId, Conversation]:
    """The beginning of a conversation of two."""
    low, high = sorted((one.account, other.account))
    conversation = direct_conversation(hub.name, low, high)
    return conversation_stream(conversation), Conversation((low, high))


def group(*members: Member) -> GroupChange:
    """The first change of a group, by the first of them."""
    accounts = tuple(sorted(member.account for member in members))
    return GroupChange(founding(*accounts), accounts, (members[0].account,))


def test_whoever_holds_all_they_may_is_put_into_nothing_more() -> None:
    """A channel of their own, one they join, a conversation, a group that others found or widen:
    all are refused, and whoever leaves a stream has room for one."""
    hub = Hub()
    bob, carol = hub.member("bob"), hub.member("carol")
    talk = hub.channel(bob, "talk")
    alice = full(hub, "alice")
    more, last = numbered(2_000), numbered(0)
    begun = two(hub, bob, alice)
    assert hub.why(alice, talk, Join()) == Refusal.TOO_MANY
    assert hub.why(alice, DIRECTORY, ChannelCreate(more, "more")) == Refusal.TOO_MANY
    assert hub.why(alice, channel_stream(more), ChannelCreate(more, "x")) == Refusal.TOO_MANY
    for by in (alice, bob):
        assert hub.why(by, *begun) == Refusal.TOO_MANY
        others = (bob, carol) if by is alice else (alice, carol)
        assert hub.why(by, TALK, group(by, *others)) == Refusal.TOO_MANY
    assert hub.why(bob, TALK, group(bob, carol)) == ""
    present = hub.engine.state.group(TALK)
    assert present is not None
    everybody = tuple(sorted((alice.account, bob.account, carol.account)))
    widened = GroupChange(present.change(ADD, alice.account), everybody, (bob.account,))
    assert hub.why(bob, TALK, widened) == Refusal.TOO_MANY
    assert hub.why(alice, channel_stream(last), Leave()) == ""
    assert hub.why(bob, TALK, widened) == Refusal.TOO_MANY
    assert hub.why(alice, talk, Join()) == ""
    assert hub.why(alice, *begun) == Refusal.TOO_MANY
    assert len(hub.engine.state.held(alice.account)) == MEMBER_STREAMS_MAX - 1


def test_others_use_up_nobodys_streams() -> None:
    """Into groups they put somebody up to one bound, and begin conversations up to another; whoever
    it is goes on as if nobody had, and takes part in what they begin themselves."""
    hub = Hub()
    bob, carol = hub.member("bob"), hub.member("carol")
    talk = hub.channel(bob, "talk")
    alice = hub.member("alice")
    fill(hub, alice, ADDED_STREAMS_MAX)
    assert hub.why(bob, TALK, group(bob, alice, carol)) == Refusal.TOO_MANY
    assert hub.why(bob, *two(hub, bob, alice)) == ""
    assert hub.why(alice, TALK, group(alice, bob, carol)) == ""
    fill(hub, alice, MET_STREAMS_MAX, 1_000)
    assert hub.why(carol, *two(hub, carol, alice)) == Refusal.TOO_MANY
    assert hub.why(alice, *two(hub, carol, alice)) == ""
    assert hub.why(alice, talk, Join()) == ""


def test_a_role_brings_its_stream_to_whoever_is_full() -> None:
    """Its place is kept, and counts once it is taken as it did before."""
    hub = Hub()
    olga, alice = hub.owner(), full(hub, "alice")
    assert hub.why(olga, DIRECTORY, RoleGrant(alice.account, "moderator")) == ""
    held = hub.engine.state.held(alice.account)
    assert MODERATION in held
    assert len(held) == MEMBER_STREAMS_MAX
    assert hub.why(alice, *two(hub, alice, olga)) == Refusal.TOO_MANY


def test_what_was_held_once_comes_back() -> None:
    """After a restore nothing that was taken is refused for what came in meanwhile."""
    hub = Hub()
    hub.owner()
    bob = hub.member("bob")
    talk = hub.channel(bob, "talk")
    alice = full(hub, "alice")
    joined = hub.compose(alice, talk, Join())
    hub.offer(bob, (talk, joined))
    assert talk in hub.engine.state.held(alice.account)
