"""A push that ends a message finds in the log what it takes away."""

import pytest

from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import TargetId
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase
from tests.sync.hub_engine.scene import Hub


@pytest.mark.parametrize("end", [Delete, Erase])
def test_the_bodies_that_end_are_read_and_become_stubs(end: type[Delete | Erase]) -> None:
    """The message's own and those of both its edits, each one; what stands between stays."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("a secret"))
    hub.told(alice, hub.general, Edit(said, "a better secret", said))
    hub.told(alice, hub.general, Post("no secret"))
    hub.told(alice, hub.general, Edit(said, "the best secret", said))
    before = hub.log(hub.general)[-4:]
    assert hub.say(alice, hub.general, end(said)).status == 0
    after = hub.log(hub.general)[-5:-1]
    assert [decode_event(entry.event).is_stub for entry in after] == [True, True, False, True]
    assert [entry.event_id for entry in after] == [entry.event_id for entry in before]
    assert [entry.head for entry in after] == [entry.head for entry in before]


@pytest.mark.parametrize("end", [Delete, Erase])
def test_the_end_of_what_is_not_there_takes_nothing_away(end: type[Delete | Erase]) -> None:
    """It is refused, and the log is as it was."""
    hub = Hub()
    alice = hub.member("alice")
    hub.told(alice, hub.general, Post("no secret"))
    before = hub.log(hub.general)
    assert hub.say(alice, hub.general, end(TargetId(bytes(16)))).status == 1
    assert hub.log(hub.general) == before
