"""Pushing at the hub: whoever says too much, and a hub that cannot write, wait and lose nothing."""

import pytest

from hobnob_protocol.frames import Acked, Push
from hobnob_protocol.ids import DIRECTORY, Head8, TargetId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_sync.hub_engine.inputs import HubSettings
from hobnob_sync.hub_engine.pushing import PAUSE_MS
from tests.sync.hub_engine.counting import counted, poor, posts
from tests.sync.hub_engine.scene import Hub

NOBODY = TargetId(bytes(16))
"""The name of no event."""


def test_a_hub_that_cannot_write_asks_for_patience() -> None:
    """Nothing new is taken or counted, in order; but what came before is answered."""
    hub = Hub()
    alice = hub.member("alice")
    first = hub.pushed(alice, hub.general, Post("one"))
    original = hub.push(alice, first)
    before = posts(hub)
    hub.read_only_until_ms = hub.now_ms + 1
    hub.reboot()
    hub.login(alice)
    second, third = (hub.pushed(alice, hub.general, Post(text)) for text in "ab")
    answers = hub.push(alice, first, second, third)
    assert answers[:1] == original
    assert answers[1:] == (Acked(2, 3, Head8(hub.id_of(alice, second)[:8]), PAUSE_MS),)
    assert PAUSE_MS == 5_000
    assert (posts(hub), counted(hub, alice)) == (before, 1)
    hub.now_ms += 1
    assert [answer.status for answer in hub.push(alice, second, third)] == [0, 0]


def test_whoever_says_too_much_waits_and_loses_nothing() -> None:
    """Forty tokens are twenty posts; the twenty-first waits until two tokens are back."""
    hub, alice = poor()
    pushes = [hub.pushed(alice, hub.general, Post("x")) for _ in range(22)]
    answers = hub.push(alice, *pushes)
    assert [answer.status for answer in answers] == [0] * 20 + [3]
    assert (answers[-1].push_no, answers[-1].seq) == (21, 500)
    hub.now_ms += 499
    assert [answer.status for answer in hub.push(alice, *pushes[20:])] == [3]
    hub.now_ms += 1
    assert [answer.status for answer in hub.push(alice, *pushes[20:])] == [0, 3]
    assert counted(hub, alice) == 21


def test_an_answer_tells_the_tokens_that_are_left() -> None:
    """A post costs two, a reaction one; a push that was answered before costs nothing."""
    hub, alice = poor()
    said = hub.pushed(alice, hub.general, Post("x"))
    for pushed, left in (
        (said, 38),
        (hub.pushed(alice, hub.general, React(hub.name_of(alice, said), "+")), 37),
        (said, 37),
    ):
        hub.receive(alice, Push((pushed,)))
        assert [answer.budget for answer in hub.acked(alice)] == [left]


def test_what_cannot_be_priced_costs_one() -> None:
    """Bytes that are no event, too: else refusals would be free."""
    hub, alice = poor()
    hub.receive(alice, Push((hub.pushed(alice, hub.general, b"\xc1"),)))
    assert hub.acked(alice)[0].budget == 39


def test_a_budget_is_an_accounts_not_a_devices() -> None:
    """Two devices draw from one."""
    hub, alice = poor()
    phone = hub.second_device(alice, "phone")
    hub.say(alice, hub.general, Post("x"))
    hub.receive(phone, Push((hub.pushed(phone, hub.general, Post("x")),)))
    assert hub.acked(phone)[0].budget == 40 - 1 - 2 - 2


@pytest.mark.parametrize(("role", "back"), [("bot", 10), ("member", 4), ("moderator", 4)])
def test_a_bot_gets_its_tokens_back_faster(role: str, back: int) -> None:
    """Ten a second instead of four."""
    hub, olga = poor()
    olga = hub.owner()
    robin = hub.promoted(olga, "robin", role)
    hub.fill(robin, hub.general, 20)
    hub.acked(robin)
    hub.now_ms += 1_000
    hub.receive(robin, Push((hub.pushed(robin, hub.general, b""),)))
    assert hub.acked(robin)[0].budget == back - 1


def test_who_becomes_a_bot_gets_its_tokens_back_faster_from_then_on() -> None:
    """Also who has drawn before; and who is one no more gets them slowly again."""
    hub, _ = poor()
    olga, robin = hub.owner(), hub.member("robin")
    hub.fill(robin, hub.general, 20)
    left = 0
    for role, back in (("bot", 10), ("member", 4)):
        assert hub.why(olga, DIRECTORY, RoleGrant(robin.account, role)) == ""
        hub.receive(robin, Push(()))
        hub.now_ms += 1_000
        hub.acked(robin)
        hub.receive(robin, Push((hub.pushed(robin, hub.general, b""),)))
        left += back - 1
        assert hub.acked(robin)[0].budget == left


def test_a_capacity_that_was_set_holds() -> None:
    """And the time it takes to fill is the set one."""
    hub, alice = poor(HubSettings(budget_capacity=3, budget_per_second=1))
    pushes = [hub.pushed(alice, hub.general, Post("x")) for _ in range(2)]
    answers = hub.push(alice, *pushes)
    assert [(answer.status, answer.seq) for answer in answers][1] == (3, 1_000)
