"""Finding in a replica: its names, titles, and what is unread, saved or blocked as of now."""

from collections.abc import Iterator
from datetime import UTC, date

import pytest

from hobnob.testing import Community, User
from hobnob_client.finding.meaning import LAST_PLACE
from hobnob_client.reading.finder import Finder
from hobnob_protocol.ids import PEOPLE, TargetId, imported_account, user_stream
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.imports import Imported, ImportedMembers
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.personal import Block, ReadCursor, Save
from hobnob_protocol.kinds.polls import Poll
from hobnob_protocol.kinds.threads import AcceptAnswer, ThreadResolve, ThreadTitle

TODAY = date(2026, 3, 31)


@pytest.fixture
def community() -> Iterator[Community]:
    """Two who talk in #general and #rust."""
    with Community() as fresh:
        fresh.channel("rust")
        yield fresh


def finder(user: User) -> Finder:
    """Finds in somebody's replica, all of which is indexed."""
    while user.seat.index_some():
        pass
    return user.seat.reader.finder(UTC, lambda: TODAY)


def found(user: User, query: str) -> list[str]:
    """What somebody finds, newest first; nothing of the query may be wrong."""
    finds = finder(user)
    meaning = finds.understand(query, typing=False)
    assert meaning.problems == ()
    return [hit.text for hit in finds.hits(meaning.wanted, 50)]


def test_people_and_places_are_found_by_their_names(community: Community) -> None:
    """Here, and in a conversation by whom it is with."""
    ada, ben = community.user("ada"), community.user("ben")
    ada.say("wheel one")
    ben.say("wheel two")
    ben.say("wheel three", "rust")
    community.wait(1)
    assert found(ada, "from:ada") == ["wheel one"]
    assert found(ada, "wheel -from:me") == ["wheel three", "wheel two"]
    assert found(ada, "from:ben in:#rust") == ["wheel three"]
    assert found(ada, "wheel -in:rust") == ["wheel two", "wheel one"]


def test_what_one_said_before_one_came_here_is_found_as_ones_own(community: Community) -> None:
    """From the claim on, and no longer once that is undone."""
    ada, ben = community.user("ada"), community.user("ben")
    community.appoint(ada, "owner")
    bo = imported_account("mail", "7")
    ada.seat.say(PEOPLE, ImportedMembers("mail", (("7", "Bo", False, ()),)))
    ada.seat.say(ada.stream("rust"), Imported("mail", "m1", bo, 1_000, "wheel of long ago"))
    ben.say("wheel of today")
    community.settle()
    assert found(ben, "from:me") == ["wheel of today"]
    for claims, own in ((True, ["wheel of long ago"]), (False, [])):
        community.operate(PEOPLE, Claim(bo, ben.account, claims, "knew the old password"))
        community.settle()
        assert found(ben, "from:me") == found(ada, "from:ben") == ["wheel of today", *own]


def test_whom_a_message_addresses_is_found(community: Community) -> None:
    """By handle, or as oneself."""
    ada, ben = community.user("ada"), community.user("ben")
    ben.seat.say(ben.stream("general"), Post("look here", mentions=(ada.account,)))
    ben.say("nobody")
    community.wait(1)
    assert found(ada, "mentions:me") == found(ben, "mentions:ada") == ["look here"]
    assert found(ada, "-mentions:me") == ["nobody"]


def test_threads_are_found_by_words_of_their_title(community: Community) -> None:
    """Root and replies; also where the title came later than both, and again when it changes."""
    ada = community.user("ada")
    stream = ada.stream("general")
    root = ada.say("why does it not compile?")
    community.wait(1)
    ada.seat.say(stream, Post("because", root))
    ada.say("other")
    assert found(ada, "is:reply") == ["because"]
    ada.seat.say(stream, ThreadTitle(root, "Lifetimes in async traits"))
    community.wait(1)
    both = ["because", "why does it not compile?"]
    assert found(ada, "thread:lifetimes") == both
    assert found(ada, 'thread:"async traits" -is:reply') == both[1:]
    assert found(ada, "lifetimes") == both[1:]
    assert [hit.title for hit in ada.seat.reader.search("lifeti", 5)] == [
        "Lifetimes in async traits"
    ]
    ada.seat.say(stream, ThreadTitle(root, "Borrowing"))
    ada.seat.say(stream, ThreadResolve(root))
    ada.seat.say(stream, AcceptAnswer(root, None))
    community.wait(1)
    assert found(ada, "thread:borrowing") == both
    assert found(ada, "is:resolved has:question") == both[1:]
    assert found(ada, "lifetimes") == found(ada, "is:answered") == []


def test_a_poll_is_found_as_one(community: Community) -> None:
    """By what it is, and by its question."""
    ada = community.user("ada")
    ada.seat.say(ada.stream("general"), Poll("tea or coffee", ("tea", "coffee")))
    community.wait(1)
    assert found(ada, "has:poll") == found(ada, "tea has:poll") == ["tea or coffee"]


def test_what_is_unread_and_saved_is_as_of_now(community: Community) -> None:
    """Without that anything is indexed anew."""
    ada, ben = community.user("ada"), community.user("ben")
    stream, own = ada.stream("general"), user_stream(ada.account)
    first = ben.say("one")
    ben.say("two")
    ada.say("mine")
    community.wait(1)
    assert found(ada, "is:unread") == ["two", "one"]
    seq = ada.seat.reader.message(stream, first)
    assert seq is not None
    ada.seat.say(own, ReadCursor(stream, 0, seq.order))
    ada.seat.say(own, Save(stream, first))
    community.wait(1)
    assert found(ada, "is:unread") == ["two"]
    assert found(ada, "is:saved") == ["one"]
    assert found(ada, "-is:saved -is:unread") == ["mine"]
    ada.seat.say(own, ReadCursor(stream, 0, seq.order + 1))
    community.wait(1)
    assert found(ada, "is:unread") == []
    finds = finder(ada)
    moment = finds.moment(finds.understand("one is:unread", typing=False).wanted)
    assert moment.unread_from == LAST_PLACE, "nothing is looked through where nothing is unread"


def test_whom_one_has_blocked_is_not_found(community: Community) -> None:
    """On one's own devices."""
    ada, ben = community.user("ada"), community.user("ben")
    ben.say("spam")
    community.wait(1)
    assert found(ada, "spam") == ["spam"]
    ada.seat.say(user_stream(ada.account), Block(ben.account))
    assert found(ada, "spam") == []


def test_somebody_new_is_known_at_once(community: Community) -> None:
    """By whoever looks already; and who nobody is, is told."""
    ada = community.user("ada")
    finds = finder(ada)
    (problem,) = finds.understand("from:benn", typing=False).problems
    assert "benn" in problem.text
    assert problem.instead == ""
    community.user("ben")
    community.wait(1)
    (problem,) = finds.understand("from:benn", typing=False).problems
    assert problem.instead == "from:ben"


def test_a_hit_tells_where_it_stands(community: Community) -> None:
    """What is around it is read from there."""
    ada = community.user("ada")
    stream = ada.stream("general")
    said = [ada.say(text) for text in ("before", "the hit", "after")]
    community.wait(1)
    finds = finder(ada)
    (hit,) = finds.hits(finds.understand("hit", typing=False).wanted, 5)
    assert (hit.stream, hit.target) == (stream, TargetId(said[1]))
    reader = ada.seat.reader
    assert [each.text for each in reader.before(stream, hit.seq, 1).messages] == ["before"]
    assert [each.text for each in reader.after(stream, hit.seq, 1).messages] == ["after"]
