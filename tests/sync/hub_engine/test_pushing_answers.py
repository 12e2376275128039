"""How answers travel: what a step answers a device is one frame, as far as a frame goes."""

import pytest

from hobnob_protocol.frames import Push
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import PUSH_EVENTS_MAX
from hobnob_sync.hub_engine.inputs import HubSettings, Received
from tests.sync.hub_engine.scene import Hub


def test_what_one_step_answers_a_device_is_one_frame() -> None:
    """As many answers as a frame holds, in their order; others have theirs."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    pushes = [hub.pushed(alice, hub.general, Post("x")) for _ in range(PUSH_EVENTS_MAX + 1)]
    other = hub.pushed(bob, hub.general, Post("x"))
    frames = [Received(alice.conn, Push((one,)), 1) for one in pushes]
    hub.step([*frames[:2], Received(bob.conn, Push((other,)), 1), *frames[2:]])
    first, second = hub.acked(alice)
    assert [one.push_no for one in first.answers] == list(range(1, PUSH_EVENTS_MAX + 1))
    assert [one.push_no for one in second.answers] == [PUSH_EVENTS_MAX + 1]
    assert [one.push_no for one in hub.acked(bob)[0].answers] == [1]
    assert first.budget == second.budget + 2


@pytest.mark.parametrize("missing", [0, 1])
def test_what_follows_a_gap_or_a_pause_is_answered_apart(missing: int) -> None:
    """The answers to a frame end there."""
    hub = Hub(HubSettings())
    alice = hub.member("alice")
    pushes = [hub.pushed(alice, hub.general, Post("x")) for _ in range(22)]
    frames = [Push(tuple(pushes[missing:21])), Push((pushes[21],)), Push(())]
    hub.step([Received(alice.conn, frame, 1) for frame in frames])
    statuses = [[one.status for one in told.answers] for told in hub.acked(alice)]
    assert statuses == ([[2], [2], []] if missing else [[0] * 20 + [3], [2], []])
