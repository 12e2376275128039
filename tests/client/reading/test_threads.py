"""A thread is what was said under its root or moved there, found without reading the channel."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community
from hobnob_client.reading import Thread
from hobnob_protocol.ids import TargetId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.threads import ThreadMove, ThreadTitle


@pytest.fixture
def community() -> Iterator[Community]:
    """With nobody in it."""
    with Community() as fresh:
        yield fresh


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
