"""What stands at the messages of a page, read together."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community
from hobnob_protocol.ids import target_of
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_protocol.kinds.threads import ThreadTitle


@pytest.fixture
def community() -> Iterator[Community]:
    """Time begins at 0."""
    with Community() as fresh:
        yield fresh


@pytest.mark.parametrize("online", [True, False])
def test_read_together_it_is_what_is_read_for_each(community: Community, online: bool) -> None:
    """Also what waits to be sent."""
    ada, ben = community.user("ada"), community.user("ben")
    stream = ada.stream("general")
    roots = [target_of(ada.seat.say(stream, Post(f"post {nth}")).event_id) for nth in range(3)]
    community.settle()
    ben.seat.say(stream, Post("an answer", roots[0]))
    if not online:
        ben.cut()
    ben.seat.say(stream, React(roots[0], "🎉", True))
    ben.seat.say(stream, Thanks(roots[1], "the wheel"))
    ada.seat.say(stream, ThreadTitle(roots[0], "Wheels"))
    community.settle()
    reader = ben.seat.reader
    messages = reader.before(stream, None, 10).messages
    assert len(messages) == 4
    together = reader.annotations(stream, messages)
    for message in messages:
        root = message.thread or message.target
        assert together.reactions(message.target) == reader.reactions(stream, message.target)
        assert together.thanks(message.target) == reader.thanks(stream, message.target)
        assert together.heading(root) == reader.heading(stream, root)
    assert [each.emoji for each in together.reactions(roots[0])] == ["🎉"]
    assert [each.reason for each in together.thanks(roots[1])] == ["the wheel"]
