"""Strangers ask, whom one blocks is out of sight, and whom one has compared is marked."""

from hobnob_client.reading import ConversationLine
from hobnob_protocol.fingerprint import number
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kinds.personal import Block
from hobnob_protocol.kinds.trust import Verify
from tests.client.sealing.pair import Member, Pair


def line(who: Member) -> ConversationLine:
    """The one conversation that somebody has."""
    (found,) = who.seat.reader.conversations()
    return found


def test_what_a_stranger_says_is_a_request_until_one_answers(pair: Pair) -> None:
    """Who began it has asked for nothing: they wanted to talk."""
    pair.alice.say("may I ask something?", "@bob")
    pair.wait(20)
    assert (line(pair.alice).request, line(pair.bob).request) == (False, True)
    pair.bob.say("of course", "@alice")
    pair.wait(20)
    assert not line(pair.bob).request


def test_one_answer_accepts_once(pair: Pair) -> None:
    """However much is said, before or after it is sent: one event tells of it."""
    pair.alice.cut()
    for _ in range(3):
        pair.alice.say("hello", "@bob")
    own = user_stream(pair.alice.account)
    waiting = [row.stream for row in pair.alice.seat.reader.outbox()]
    assert waiting.count(own) == 1
    pair.alice.reconnect()
    pair.wait(30)
    pair.alice.say("again", "@bob")
    assert [row.stream for row in pair.alice.seat.reader.outbox()].count(own) == 0


def test_whom_one_blocks_is_out_of_sight(pair: Pair) -> None:
    """Without a word to them: they go on as before."""
    pair.alice.say("hello", "@bob")
    pair.bob.seat.say(user_stream(pair.bob.account), Block(pair.alice.account))
    pair.alice.say("hello?", "@bob")
    pair.wait(20)
    assert pair.bob.seat.reader.conversations() == ()
    assert pair.alice.seat.reader.outbox() == ()
    pair.bob.seat.say(user_stream(pair.bob.account), Block(pair.alice.account, False))
    assert line(pair.bob).label == "@alice"


def test_whom_one_has_compared_is_marked_until_one_takes_it_back(pair: Pair) -> None:
    """Both compute one number; the mark is one's own."""
    pair.alice.say("hello", "@bob")
    one, other = pair.alice.account, pair.bob.account
    hubs = {who.seat.reader.hub for who in pair.members}
    assert len({number(hub, one, other) for hub in hubs}) == 1
    assert not line(pair.alice).verified
    own = user_stream(one)
    pair.alice.seat.say(own, Verify(other, "bob"))
    assert line(pair.alice).verified
    assert not line(pair.bob).verified
    pair.alice.seat.say(own, Verify(other))
    assert not line(pair.alice).verified
