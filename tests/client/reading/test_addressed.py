"""What concerns a member: who mentions, answers or asks them, and what of it is unread."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community, User
from hobnob_client.reading.addressed import Addressed, Need, Quiet, Said, Why
from hobnob_protocol.ids import AccountId, StreamId, TargetId, user_stream
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.kinds.polls import Poll, PollClose, Vote


@pytest.fixture
def community() -> Iterator[Community]:
    """Two who talk in #general and #rust."""
    with Community() as fresh:
        fresh.channel("rust")
        yield fresh


def asked(user: User) -> Addressed:
    """Answers out of somebody's replica, all of which is indexed."""
    while user.seat.index_some():
        pass
    return user.seat.reader.addressed()


def needs(user: User, quiet: Quiet | None = None) -> list[tuple[Why, list[str]]]:
    """What is for somebody, as (reason, texts)."""
    found = asked(user).needs(quiet or Quiet())
    return [(need.why, [said.text for said in need.said]) for need in found]


def read_all(user: User, channel: str = "general") -> None:
    """They have read the channel."""
    held = user.seat.reader.held(user.stream(channel))
    assert held is not None
    cursor = ReadCursor(user.stream(channel), 0, held.hi)
    user.seat.say(user_stream(user.account), cursor)


def test_what_mentions_or_answers_me_needs_me_until_i_have_read_it(community: Community) -> None:
    """In the order of need; what is said to all can wait."""
    ada, ben = community.user("ada"), community.user("ben")
    root = ada.say("why is it locked?")
    other = ben.say("a talk of ben's")
    ada.say("I think so too", thread=other)
    community.wait(1)
    ben.say("two writers", thread=root)
    ben.say("see the manual", thread=root)
    ben.say("thanks", thread=other)
    ben.say("look, @ada")
    ben.say("nothing much")
    assert needs(ada) == [
        (Why.MENTIONED, ["look, @ada"]),
        (Why.ANSWERED, ["two writers", "see the manual"]),
        (Why.WROTE, ["thanks"]),
    ]
    assert needs(ben) == [(Why.ANSWERED, ["I think so too"])]
    read_all(ada)
    assert needs(ada) == []


def test_who_names_my_message_answers_me_wherever_it_stands(community: Community) -> None:
    """In a thread that somebody else has begun."""
    ada, ben = community.user("ada"), community.user("ben")
    root = ben.say("which editor?")
    mine = ada.say("the one with modes", thread=root)
    community.wait(1)
    ben.say("why that?", thread=root, reply=mine)
    assert needs(ada) == [(Why.ANSWERED, ["why that?"])]


def test_what_is_muted_blocked_done_or_read_here_is_not_told(community: Community) -> None:
    """Each for itself."""
    ada, ben = community.user("ada"), community.user("ben")
    root = ada.say("begin", "rust")
    community.wait(1)
    reply = ben.say("go on", "rust", thread=root)
    ben.say("look, @ada")
    stream = ada.stream("rust")
    assert len(needs(ada)) == 2
    mention = [(Why.MENTIONED, ["look, @ada"])]
    assert needs(ada, Quiet(streams=(stream,))) == mention
    assert needs(ada, Quiet(threads=((stream, root),))) == mention
    assert needs(ada, Quiet(done={reply})) == mention
    held = ada.seat.reader.held(stream)
    assert held is not None
    assert needs(ada, Quiet(read_here={stream: held.hi})) == mention
    assert needs(ada, Quiet(blocked=(ben.account,))) == []


def test_a_poll_asks_until_one_has_voted_or_it_is_closed(community: Community) -> None:
    """Nobody is asked by their own."""
    ada, ben = community.user("ada"), community.user("ben")
    stream = ada.stream("general")
    poll = _ask(ben, "tea or coffee?")
    assert needs(ada) == [(Why.ASKED, ["tea or coffee?"])]
    assert needs(ben) == []
    ada.seat.say(stream, Vote(poll, (0,)))
    assert needs(ada) == []
    second = _ask(ben, "cake?")
    assert needs(ada) == [(Why.ASKED, ["cake?"])]
    ben.seat.say(stream, PollClose(second))
    community.wait(1)
    assert needs(ada) == []


def test_lists_hold_what_was_read_too(community: Community) -> None:
    """Mentions, replies and threads, the newest first; what one said oneself addresses nobody."""
    ada, ben = community.user("ada"), community.user("ben")
    root = ada.say("begin, @ada")
    community.wait(1)
    ben.say("one", thread=root)
    community.wait(1)
    ben.say("two, @ada", thread=root)
    read_all(ada)
    found = asked(ada)
    assert texts(found.mentions(10)) == [("two, @ada", False)]
    assert texts(found.replies(10)) == [("two, @ada", False), ("one", False)]
    (thread,) = found.threads(10)
    assert (thread.root, thread.unread, thread.authors) == (root, 0, (ben.account,))
    assert texts(found.by((ben.account,), 1)) == [("two, @ada", False)]
    both = found.by((ben.account, ada.account), 9)
    assert [text for text, _ in texts(both)] == ["two, @ada", "one", "begin, @ada"]


def test_no_more_is_looked_at_than_is_asked_for(community: Community) -> None:
    """Of what is old nobody waits for an answer."""
    ada, ben = community.user("ada"), community.user("ben")
    for nth in range(5):
        ben.say(f"@ada {nth}")
        community.wait(1)
    assert texts(asked(ada).mentions(2)) == [("@ada 4", True), ("@ada 3", True)]


def test_a_need_is_told_by_what_was_said_last() -> None:
    """What is oldest comes first in it."""
    said = [_said(nth) for nth in (1, 2)]
    assert Need(Why.WROTE, tuple(said)).newest is said[1]


def texts(found: tuple[Said, ...]) -> list[tuple[str, bool]]:
    """What was said, and whether it is unread."""
    return [(said.text, said.unread) for said in found]


def _ask(user: User, question: str) -> TargetId:
    composed = user.seat.say(user.stream("general"), Poll(question, ("yes", "no")))
    return TargetId(composed.event_id[:16])


def _said(seq: int) -> Said:
    name = TargetId(seq.to_bytes(16, "big"))
    return Said(StreamId(b"c:" + bytes(16)), name, AccountId(bytes(20)), None, seq, seq, "", True)
