"""A thread is what was said under its root or moved there, found without reading the channel."""

from collections import Counter
from collections.abc import Iterator

import pytest

from hobnob.testing import Community
from hobnob_client.reading import Reader, Thread
from hobnob_client.reading.threads import Begun
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.threads import ThreadMove, ThreadTitle
from tests.client.sealing.conftest import pair
from tests.client.sealing.pair import Pair

__all__ = ["pair"]


@pytest.fixture
def community() -> Iterator[Community]:
    """With nobody in it."""
    with Community() as fresh:
        yield fresh


def whole(reader: Reader, stream: StreamId) -> list[Begun]:
    """The threads that begin in a place, told from all its messages."""
    held = reader.before(stream, None, 100).messages
    replies = Counter(each.thread for each in held)
    found = (
        Begun(each.target, reader.heading(stream, each.target), replies[each.target])
        for each in reversed(held)
        if each.thread is None
    )
    return [each for each in found if each.replies or each.heading.title]


def texts(found: Thread) -> list[str]:
    """Root and replies."""
    first = [] if found.root is None else [found.root.text]
    return [*first, *(reply.text for reply in found.replies)]


def test_a_thread_is_its_root_and_what_stands_under_it_now(community: Community) -> None:
    """Those moved in count, those moved away do not; who only names the root is no reply."""
    ada, ben = community.user("ada"), community.user("ben")
    stream = ada.stream("general")
    root = ada.say("root")
    other = ben.say("other")
    loose = ben.say("loose")
    ben.seat.say(stream, Post("first", root))
    away = TargetId(ben.seat.say(stream, Post("away", root)).event_id[:16])
    ben.seat.say(stream, Post("answers the root, elsewhere", other, root))
    ben.seat.say(stream, ThreadMove(away, other))
    ben.seat.say(stream, ThreadMove(loose, root))
    ada.seat.say(stream, ThreadTitle(root, "Why?"))
    community.wait(1)
    found = ada.seat.reader.thread(stream, root)
    assert found.heading.title == "Why?"
    assert texts(found) == ["root", "loose", "first"]
    assert texts(ada.seat.reader.thread(stream, other)) == [
        "other",
        "away",
        "answers the root, elsewhere",
    ]


def test_what_waits_is_in_its_thread_at_once(community: Community) -> None:
    """Last, and marked as waiting."""
    ada = community.user("ada")
    stream = ada.stream("general")
    root = ada.say("root")
    ada.seat.cut()
    ada.seat.say(stream, Post("not sent yet", root))
    found = ada.seat.reader.thread(stream, root)
    assert texts(found) == ["root", "not sent yet"]
    assert found.replies[0].pending


def test_of_a_thread_that_is_not_held_there_is_nothing(community: Community) -> None:
    """Neither root nor replies."""
    ada = community.user("ada")
    found = ada.seat.reader.thread(ada.stream("general"), TargetId(bytes(16)))
    assert found.root is None
    assert found.replies == ()


def test_which_threads_begin_lately_is_told_without_reading_the_messages(
    community: Community,
) -> None:
    """As from all of them, with what waits: moved, titled, answered, and what is none."""
    ada, ben = community.user("ada"), community.user("ben")
    stream, reader = ada.stream("general"), ada.seat.reader
    answered, titled, moved = ada.say("answered"), ben.say("titled"), ben.say("moved")
    ben.say("alone")
    ben.seat.say(stream, Post("first", answered))
    ben.seat.say(stream, ThreadTitle(titled, "Why?"))
    ben.seat.say(stream, ThreadMove(moved, answered))
    community.wait(1)
    assert list(reader.threads_lately(stream, 100)) == whole(reader, stream)
    assert [each.root for each in reader.threads_lately(stream, 100)] == [titled, answered]
    ada.seat.cut()
    waiting = TargetId(ada.seat.say(stream, Post("waits")).event_id[:16])
    ada.seat.say(stream, Post("waits, too", waiting))
    ada.seat.say(stream, ThreadTitle(answered, "So"))
    assert list(reader.threads_lately(stream, 100)) == whole(reader, stream)
    assert [each.root for each in reader.threads_lately(stream, 100)] == [waiting, titled, answered]


def test_only_so_many_of_the_newest_messages_are_looked_at(community: Community) -> None:
    """What was answered before is found where it is read."""
    ada = community.user("ada")
    stream = ada.stream("general")
    for root in (ada.say("old"), ada.say("new")):
        ada.seat.say(stream, Post("so", root))
    community.wait(1)
    [found] = ada.seat.reader.threads_lately(stream, 3)
    assert found.replies == 1
    assert not ada.seat.reader.threads_lately(stream, 1)


def test_threads_of_a_conversation_are_told_as_well(pair: Pair) -> None:
    """From what was opened of it."""
    pair.bob.say("root", "@alice")
    reader = pair.bob.seat.reader
    [root] = reader.before(pair.stream, None, 10).messages
    pair.bob.seat.say(pair.stream, Post("so", root.target))
    [found] = reader.threads_lately(pair.stream, 10)
    assert (found.root, found.replies) == (root.target, 1)
    assert whole(reader, pair.stream) == [found]
