"""Who is in a place, and what can be done there: by words, never by colours alone."""

from hobnob_client import grouping
from hobnob_client.tui import listing, roll
from hobnob_client.tui.member_cards import of_members
from hobnob_client.tui.roll import Roll
from hobnob_client.tui.titles import STOP, of_conversation
from hobnob_client.verifying import stop_for
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.trust import Verify
from hobnob_sync.client_engine.inputs import Present
from tests.client.sealing.conftest import pair
from tests.client.sealing.pair import Member, Pair

__all__ = ["pair"]


def heads(found: Roll) -> list[str]:
    """What stands first in each entry."""
    return [card.head for card in of_members(found.members, private=found.private)]


def verifies(who: Member, other: Member, handle: str) -> None:
    """One has compared the number of another, under a handle."""
    who.seat.say(user_stream(who.account), Verify(other.account, handle))


def of_two(pair: Pair) -> Roll:
    """Alice's conversation with bob as she sees it."""
    reader = pair.alice.seat.reader
    return roll.of_conversation(reader, reader.between(pair.bob.account))


def test_each_member_of_a_conversation_has_devices_and_a_mark(pair: Pair) -> None:
    """Oneself last, and nobody compares a number with oneself."""
    found = of_two(pair)
    assert heads(found) == ["@bob · ○ not compared", "@alice · you"]
    (bob, alice) = of_members(found.members, private=True)
    assert bob.rest == (f"device {pair.bob.seat.identity.author.device.hex()}",)
    assert len(alice.lines) == 2
    verifies(pair.alice, pair.bob, "bob")
    assert heads(of_two(pair))[0] == "@bob · ✓ verified"


def test_who_is_not_whom_one_verified_is_a_stop_in_every_place(pair: Pair) -> None:
    """Among the members, above the talk, in the list, in a channel; words beside the colour."""
    pair.alice.say("hello", "@bob")
    carol = pair.join("carol")
    verifies(pair.alice, carol, "bob")
    reader = pair.alice.seat.reader
    assert heads(of_two(pair))[0] == f"@bob · {STOP}"
    assert of_members(of_two(pair).members, private=True)[0].alarm
    between = reader.between(pair.bob.account)
    title = of_conversation(between, stop_for(reader, between.others))
    assert STOP in title.marks
    assert title.alarm
    items = listing.Listing(reader).items({})
    assert [item.mark for item in items if item.label == "@bob"] == [listing.STOP]
    general = pair.alice.stream("general")
    assert f"@bob · {STOP}" in heads(roll.of_channel(reader, general))
    verifies(pair.alice, pair.bob, "bob")
    assert heads(of_two(pair))[0] == "@bob · ✓ verified"


def test_in_a_channel_only_what_is_known_is_marked(pair: Pair) -> None:
    """Without devices: what is said there is no secret."""
    reader, general = pair.alice.seat.reader, pair.alice.stream("general")
    assert heads(roll.of_channel(reader, general)) == ["@bob", "@alice · you"]
    verifies(pair.alice, pair.bob, "bob")
    assert heads(roll.of_channel(reader, general)) == ["@bob · ✓ verified", "@alice · you"]
    assert all(
        not card.rest
        for card in of_members(roll.of_channel(reader, general).members, private=False)
    )


def test_what_is_offered_is_what_is_possible(pair: Pair) -> None:
    """To admins more than to others, in a group more than between two, nothing upon oneself."""
    seat, bob = pair.alice.seat, pair.bob
    two = of_two(pair)
    assert roll.offered(two, two.members[0]) == {"close", "confide", "compare"}
    assert roll.offered(two, two.members[1]) == {"close"}
    stream, change = grouping.begun(seat.reader, (bob.account,), seat.identity.author)
    seat.say(stream, change)
    pair.wait()
    several = roll.of_conversation(seat.reader, seat.reader.conversation(stream))
    of_admin = {"close", "confide", "compare", "title", "quit_group", "add", "remove", "promote"}
    assert roll.offered(several, several.members[0]) == of_admin
    assert roll.offered(several, several.members[1]) == {"close", "title", "quit_group", "add"}
    theirs = bob.seat.reader
    other = roll.of_conversation(theirs, theirs.conversation(stream))
    assert heads(other)[0] == "@alice · ○ not compared · admin"
    shown = roll.offered(other, other.members[0])
    assert shown == {"close", "confide", "compare", "title", "quit_group"}
    assert "admin" in roll.lacking("add", other, other.members[0])
    assert "&" in roll.lacking("title", two, two.members[0])
    assert "L leaves" in roll.lacking("remove", several, several.members[1])
    assert "That is you" in roll.lacking("confide", two, two.members[1])
    assert "already" in roll.lacking("promote", several, several.members[0])
    assert roll.lacking("confide", two, None) == "Select a member first."


def test_a_group_one_has_begun_is_no_request(pair: Pair) -> None:
    """To whom it is added it is one, until they say something there."""
    seat, bob = pair.alice.seat, pair.bob.seat
    stream, change = grouping.begun(seat.reader, (pair.bob.account,), seat.identity.author)
    seat.say(stream, change)
    pair.wait()
    assert not seat.reader.conversation(stream).request
    assert bob.reader.conversation(stream).request
    bob.say(stream, Post("glad to be here"))
    pair.wait()
    assert not bob.reader.conversation(stream).request


def test_who_is_online_says_so_in_a_word_and_a_sign(pair: Pair) -> None:
    """As of the hub's last answer; before any nothing is told of it."""
    found = of_two(pair)
    assert roll.with_presence(found, None) is found
    stream = pair.alice.seat.reader.stream_with(pair.bob.account)
    told = roll.with_presence(found, Present(stream, (pair.bob.account,), more=False))
    assert heads(told)[0] == "@bob · ● online · ○ not compared"
    assert heads(told)[1] == "@alice · you"
    assert told.about.endswith("● 1 online")
    more = roll.with_presence(found, Present(stream, (), more=True))
    assert more.about.endswith("● 0+ online")
