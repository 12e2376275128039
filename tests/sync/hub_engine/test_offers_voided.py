"""What was withdrawn or erased, offered by a replica that has not heard of it."""

import pytest

from hobnob_protocol.errors import Refusal
from hobnob_protocol.frames import OfferAnswer, Pushed
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase
from hobnob_sync.hub_engine.offers import IN_LOG, REFUSED
from tests.sync.hub_engine.scene import Hub, Member


def offered(hub: Hub, member: Member, pushed: Pushed) -> OfferAnswer:
    """What the hub says when `member` offers an event of its own."""
    (answer,) = hub.offer(member, (pushed.stream, pushed.event))
    return answer


@pytest.mark.parametrize("how", [Delete, Erase])
def test_a_body_that_the_log_has_only_the_stub_of_is_not_waited_for(
    how: type[Delete] | type[Erase],
) -> None:
    """The replica is told to forget it, for no page will ever bring it back: the message and its
    edits alike."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.pushed(alice, hub.general, Post("x"))
    hub.push(alice, said)
    edit = hub.pushed(alice, hub.general, Edit(hub.name_of(alice, said), "y"))
    hub.push(alice, edit)
    assert offered(hub, alice, said).status == IN_LOG
    assert offered(hub, alice, edit).status == IN_LOG
    ending: Body = how(hub.name_of(alice, said))
    hub.told(alice, hub.general, ending)
    for gone in (said, edit):
        answer = offered(hub, alice, gone)
        assert (answer.status, answer.code) == (REFUSED, Refusal.ERASED)
        assert answer.target == hub.name_of(alice, gone)


def test_what_ended_it_stays_in_the_log() -> None:
    """Only what has lost its body is refused; the withdrawal itself is there to stay."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("x"))
    ending = hub.pushed(alice, hub.general, Delete(said))
    hub.push(alice, ending)
    assert offered(hub, alice, ending).status == IN_LOG
