"""Push numbers: what a WELCOME and a gap do to them."""

from dataclasses import replace

import pytest

from hobnob_protocol.frames import Acked
from hobnob_protocol.ids import Head8
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.client_engine.inputs import Disconnect, Linked
from tests.sync.client_engine.scene import (
    Scene,
    accepted,
    ack,
    gap,
    pause,
    pushed,
    queue,
    refused,
    said,
    waiting,
)


@pytest.mark.parametrize(
    ("numbers", "last", "expected"),
    [
        ((1, 2, 3), 0, (1, 2, 3)),
        ((1, 2, 3), 1, (1, 2, 3)),
        ((1, 2, 3), 3, (1, 2, 3)),
        ((1, 2, 3), 9, (1, 2, 3)),
        ((2, 3), 1, (2, 3)),
        ((1, 3), 3, (1, 3)),
        ((1, 3), 2, (1, 3)),
        ((1, 3), 1, (2, 3)),
        ((1, 3), 0, (1, 2)),
        ((3, 4), 1, (2, 3)),
        ((2, 1), 2, (3, 4)),
        ((2, 1), 0, (1, 2)),
        ((0, 0), 5, (6, 7)),
        ((4, 0), 3, (4, 5)),
        ((3, 4, 0), 3, (3, 4, 5)),
        ((3, 0), 3, (3, 4)),
        ((5, 6, 0), 3, (4, 5, 6)),
    ],
)
def test_numbers_are_kept_while_they_fit_the_hubs_count(
    numbers: tuple[int, ...], last: int, expected: tuple[int, ...]
) -> None:
    """Up to the hub's last in their order, beyond it without a gap; else all are given anew."""
    scene = Scene()
    queue(scene, *(waiting(n, number) for n, number in enumerate(numbers, 1)))
    out = pushed(scene.announce(last))
    assert tuple(one.push_no for one in out) == expected
    assert [one.event for one in out] == [row.event for row in scene.outbox]
    assert tuple(row.push_no for row in scene.outbox) == expected


@pytest.mark.parametrize(
    ("numbers", "last", "following"),
    [((1, 2, 3), 0, 4), ((1, 2, 3), 2, 4), ((1, 2, 3), 8, 9), ((), 8, 9), ((9, 7), 8, 11)],
)
def test_what_is_said_later_follows_without_a_gap(
    numbers: tuple[int, ...], last: int, following: int
) -> None:
    """After the highest of the hub's count and the numbers that were kept."""
    scene = Scene()
    queue(scene, *(waiting(n, number) for n, number in enumerate(numbers, 1)))
    scene.announce(last)
    scene.receive(ack(*(accepted(row, row.n) for row in scene.outbox)))
    assert [one.push_no for one in pushed(scene.compose(Post("next")))] == [following]


def test_numbers_that_fit_are_not_written_again() -> None:
    """A WELCOME that changes nothing commits nothing."""
    scene = Scene()
    queue(scene, waiting(1, 1), waiting(2, 2), waiting(3))
    scene.step(Linked(scene.hub.welcome(1)))
    assert scene.transaction.outbox == {}


def test_only_what_waits_to_be_sent_is_numbered_anew() -> None:
    """What the hub has accepted keeps its number; it does not count for the order either."""
    scene = Scene()
    done = replace(waiting(1, 8, state="acked"), seq=4)
    queue(scene, done, waiting(2, 5))
    scene.step(Linked(scene.hub.welcome(3)))
    assert scene.transaction.outbox == {2: waiting(2)}
    assert scene.outbox == [done, waiting(2)]


def test_a_lost_push_goes_again_under_its_numbers() -> None:
    """The hub expects the lowest we have: nothing is renumbered and nothing is cut."""
    scene = Scene()
    scene.write("one", "two")
    first = pushed(scene.connect(last_push_no=3))
    assert [one.push_no for one in first] == [4, 5]
    outputs = scene.receive(ack(gap(4), gap(4)))
    assert pushed(outputs) == first
    assert said(outputs, Disconnect) == []


@pytest.mark.parametrize("expected", [3, 5, 9])
def test_a_gap_elsewhere_numbers_all_anew_on_another_connection(expected: int) -> None:
    """A copy of this device has pushed: what waits follows the hub's count."""
    scene = Scene()
    scene.write("one", "two")
    scene.connect(last_push_no=3)
    outputs = scene.receive(ack(gap(expected)))
    assert said(outputs, Disconnect) == [Disconnect("renumbered")]
    scene.reboot()
    out = pushed(scene.announce(expected - 1))
    assert [one.push_no for one in out] == [expected, expected + 1]


def test_numbers_given_anew_are_durable_without_the_hubs_next_word() -> None:
    """While the hub has us wait, the rows lie there without a number, then follow its count."""
    scene = Scene()
    scene.write("one", "two")
    scene.connect()
    one, _ = scene.outbox
    outputs = scene.receive(ack(pause(one, 100), gap(7)))
    assert said(outputs, Disconnect) == [Disconnect("renumbered")]
    assert [row.push_no for row in scene.outbox] == [0, 0]
    assert [each.push_no for each in pushed(scene.tick(100))] == [7, 8]


def test_a_gap_leaves_what_is_settled_settled() -> None:
    """An event refused in the same breath does not come back."""
    scene = Scene()
    scene.write("one", "two")
    scene.connect()
    one, two = scene.outbox
    scene.receive(ack(refused(one, "gone"), gap(9)))
    assert list(scene.state.tray) == [one.n]
    assert [row.n for row in scene.outbox] == [two.n]


def test_a_gap_means_nothing_while_nothing_is_numbered() -> None:
    """A late answer on an idle connection neither renumbers nor cuts it."""
    scene = Scene()
    scene.connect()
    assert said(scene.receive(ack(gap(9))), Disconnect) == []
    assert [one.push_no for one in pushed(scene.compose(Post("first")))] == [1]


def test_a_gap_does_not_reach_what_has_no_number_yet() -> None:
    """Nothing numbered waits: what was paused before its first push is sent as planned."""
    scene = Scene()
    scene.connect()
    (row,) = scene.write("one")
    scene.receive(ack(refused(row, "gone"), Acked(9, 3, Head8(bytes(8)), 50)))
    scene.link.paused_until = scene.now_ms + 50
    scene.compose(Post("two"))
    assert said(scene.receive(ack(gap(9))), Disconnect) == []
    assert [one.push_no for one in pushed(scene.tick(50))] == [2]


def test_what_the_hub_leaves_us_is_remembered_with_its_time() -> None:
    """So that who speaks often can pace themselves; nothing is known before the first answer."""
    scene = Scene()
    scene.connect()
    (row,) = scene.write("one")
    assert scene.link.budget is None
    scene.receive(ack(accepted(row, 4)))
    assert scene.link.budget == (40, scene.now_ms)
