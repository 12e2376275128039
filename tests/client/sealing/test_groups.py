"""Private groups: who is in reads what is said from then on, and nothing from before or after."""

from hobnob_protocol.ids import StreamId, TargetId, conversation_stream, group_conversation
from hobnob_protocol.kinds.conversations import GroupChange
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.threads import ThreadTitle
from hobnob_protocol.limits import SESSION_MESSAGES_MAX
from hobnob_protocol.sealing.group import (
    ADD,
    PROMOTE,
    REMOVE,
    Group,
    extend_group,
    founding,
)
from tests.client.sealing.pair import Member, Pair

TALK = group_conversation(b"g" * 16)
STREAM: StreamId = conversation_stream(TALK)


def change(who: Member, link: bytes) -> None:
    """Change the group as one of them sees it."""
    reader = who.seat.reader
    group = reader.conversation(STREAM).group
    changed = extend_group(group, link, who.seat.identity.author, reader.hub, TALK)
    who.seat.say(STREAM, GroupChange(link, changed.members, changed.admins))


def group_of(who: Member) -> Group:
    """The group as one of them sees it."""
    found = who.seat.reader.conversation(STREAM).group
    assert found is not None
    return found


def say(pair: Pair, who: Member, text: str) -> TargetId:
    """Somebody says something in the group."""
    composed = who.seat.say(STREAM, Post(text))
    pair.wait(20)
    return TargetId(composed.event_id[:16])


def texts(who: Member) -> list[str]:
    """The group as one of them reads it."""
    reader = who.seat.reader
    page = reader.before(STREAM, None, 500)
    return [
        f"{reader.handle(shown.author)}: {shown.closed or shown.text}" for shown in page.messages
    ]


def founded(pair: Pair) -> Member:
    """Alice founds a group with Bob; Carol is on the hub."""
    carol = pair.join("carol")
    change(pair.alice, founding(pair.alice.account, pair.bob.account))
    pair.wait(5)
    return carol


def test_all_members_read_what_one_says(pair: Pair) -> None:
    """Whoever says it; and nobody else is shown that there is a group."""
    carol = founded(pair)
    say(pair, pair.alice, "hello")
    say(pair, pair.bob, "hello alice")
    assert texts(pair.alice) == texts(pair.bob) == ["alice: hello", "bob: hello alice"]
    assert carol.seat.reader.conversations() == ()


def test_who_is_added_reads_on_and_nothing_from_before(pair: Pair) -> None:
    """Not even that something was said."""
    carol = founded(pair)
    say(pair, pair.alice, "before")
    change(pair.alice, group_of(pair.alice).change(ADD, carol.account))
    pair.wait(5)
    say(pair, pair.alice, "welcome")
    say(pair, carol, "thanks")
    assert texts(carol) == ["alice: welcome", "carol: thanks"]
    assert texts(pair.bob) == ["alice: before", "alice: welcome", "carol: thanks"]
    held = carol.seat.reader.held(STREAM)
    assert held is not None
    assert held.floor > 0
    assert group_of(carol).members == group_of(pair.bob).members


def test_who_is_put_out_reads_nothing_more_and_keeps_nothing(pair: Pair) -> None:
    """Sessions begin anew before anything else is said; the hub sends nothing either."""
    carol = founded(pair)
    change(pair.alice, group_of(pair.alice).change(ADD, carol.account))
    say(pair, pair.alice, "before")
    change(pair.alice, group_of(pair.alice).change(REMOVE, pair.bob.account))
    pair.wait(5)
    say(pair, pair.alice, "among us")
    assert texts(carol) == ["alice: before", "alice: among us"]
    assert pair.bob.seat.reader.conversations() == ()
    assert b"before" not in pair.bob.dump()


def test_what_waits_for_a_group_one_was_put_out_of_is_handed_back(pair: Pair) -> None:
    """On line or not: it can be sealed to nobody, so it lies with the reason among what was not
    sent, and waits for nothing."""
    founded(pair)
    pair.bob.cut()
    pair.bob.seat.say(STREAM, Post("one moment"))
    change(pair.alice, group_of(pair.alice).change(REMOVE, pair.bob.account))
    pair.wait(5)
    pair.bob.reconnect()
    pair.wait(10)
    assert pair.bob.seat.reader.outbox() == ()
    (row,) = pair.bob.seat.reader.tray()
    assert (row.code, row.stream) == ("not_member", STREAM)
    assert b"one moment" in row.said


def test_who_comes_back_seals_only_once_it_knows_who_is_in(pair: Pair) -> None:
    """What waited is sealed to who is there now: to the newcomer, and not to who is out."""
    carol = founded(pair)
    say(pair, pair.bob, "before")
    pair.bob.cut()
    pair.bob.seat.say(STREAM, Post("after"))
    change(pair.alice, group_of(pair.alice).change(ADD, carol.account))
    pair.wait(5)
    pair.bob.reconnect()
    pair.wait(30)
    assert texts(carol) == ["bob: after"]


def test_long_sessions_whose_starts_come_last_open_whole(pair: Pair) -> None:
    """Who hears late of a group gets its end first, and what opens all of it at the very last."""
    carol = pair.join("carol")
    pair.bob.cut()
    people = [each.account for each in (pair.alice, pair.bob, carol)]
    change(pair.alice, founding(*people))
    pair.wait(5)
    for number in range(SESSION_MESSAGES_MAX):
        for who in (pair.alice, carol):
            who.seat.say(STREAM, Post(str(number)))
        pair.wait(2)
    pair.bob.reconnect()
    pair.wait(60)
    while pair.bob.seat.index_some():
        pass
    assert texts(pair.bob) == texts(pair.alice)
    assert len(texts(pair.bob)) == 2 * SESSION_MESSAGES_MAX


def test_only_an_admin_changes_the_group(pair: Pair) -> None:
    """A member's change is refused by the hub, and counts for nobody."""
    carol = founded(pair)
    link = group_of(pair.bob).change(ADD, carol.account)
    members = tuple(sorted((*group_of(pair.bob).members, carol.account)))
    pair.bob.seat.say(STREAM, GroupChange(link, members, (pair.alice.account,)))
    pair.wait(5)
    assert [row.code for row in pair.bob.seat.reader.tray()] == ["not_allowed"]
    assert carol.seat.reader.conversations() == ()
    change(pair.alice, group_of(pair.alice).change(PROMOTE, pair.bob.account))
    pair.wait(5)
    change(pair.bob, group_of(pair.bob).change(ADD, carol.account))
    pair.wait(5)
    say(pair, pair.bob, "welcome")
    assert texts(carol) == ["bob: welcome"]


def test_of_two_changes_at_once_one_counts(pair: Pair) -> None:
    """The other's admin is told that the group changed meanwhile."""
    carol = founded(pair)
    dave = pair.join("dave")
    change(pair.alice, group_of(pair.alice).change(PROMOTE, pair.bob.account))
    pair.wait(5)
    pair.bob.cut()
    change(pair.bob, group_of(pair.bob).change(ADD, dave.account))
    change(pair.alice, group_of(pair.alice).change(ADD, carol.account))
    pair.bob.reconnect()
    pair.wait(10)
    assert [row.code for row in pair.bob.seat.reader.tray()] == ["exists"]
    assert dave.account not in group_of(pair.alice).members
    assert group_of(pair.alice) == group_of(pair.bob)


def test_a_title_is_seen_by_the_members_alone(pair: Pair) -> None:
    """It is said under seal like everything else."""
    founded(pair)
    pair.alice.seat.say(STREAM, ThreadTitle(TargetId(TALK), "plans"))
    pair.wait(20)
    for who in (pair.alice, pair.bob):
        assert who.seat.reader.conversation(STREAM).label == "&plans"
    assert b"plans" not in pair.dump()


def test_a_group_begun_offline_goes_out_as_it_was_said(pair: Pair) -> None:
    """The founding first, then what was said in it."""
    pair.alice.cut()
    change(pair.alice, founding(pair.alice.account, pair.bob.account))
    pair.alice.seat.say(STREAM, Post("hello"))
    assert texts(pair.alice) == ["alice: hello"]
    pair.alice.reconnect()
    pair.wait(30)
    assert texts(pair.bob) == ["alice: hello"]
