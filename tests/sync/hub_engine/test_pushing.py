"""A device pushes: each event once, in the device's own order, answered before its echo."""

from dataclasses import replace

import pytest

from hobnob_protocol.errors import Refusal
from hobnob_protocol.frames import Ack, Acked, Page, Push, Pushed
from hobnob_protocol.ids import PEOPLE, Head8, TargetId, head8
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase
from hobnob_protocol.kinds.reactions import React
from hobnob_sync.hub_engine.inputs import Received
from hobnob_sync.ports import DeviceRow
from tests.sync.hub_engine.counting import counted, poor, posts
from tests.sync.hub_engine.scene import REPLICA, Hub

NOBODY = TargetId(bytes(16))
"""The name of no event."""


def test_an_accepted_push_is_answered_with_its_place_in_the_log() -> None:
    """Number, name, seq and head, as the log has them."""
    hub = Hub()
    alice = hub.member("alice")
    first = posts(hub)
    pushed = hub.pushed(alice, hub.general, Post("one"))
    answers = hub.push(alice, pushed, hub.pushed(alice, hub.general, Post("two")))
    assert [answer.status for answer in answers] == [0, 0]
    assert [answer.push_no for answer in answers] == [1, 2]
    assert [answer.seq for answer in answers] == [first + 1, first + 2]
    assert [answer.head8 for answer in answers] == [
        head8(entry.head) for entry in hub.log(hub.general)[first:]
    ]
    assert answers[0].event8 == hub.id_of(alice, pushed)[:8]
    assert hub.log(hub.general)[first].event == pushed.event
    assert hub.log(hub.general)[first].event_id == hub.id_of(alice, pushed)
    assert counted(hub, alice) == 2


def test_the_sender_is_answered_before_its_own_echo() -> None:
    """ACK first, then the page, whoever else follows."""
    hub = Hub()
    alice = hub.member("alice")
    hub.follow(alice, hub.general)
    hub.receive(alice, Push((hub.pushed(alice, hub.general, Post("one")),)))
    assert [type(frame) for frame in hub.sent(alice.conn)] == [Ack, Page]


def test_a_refused_push_is_counted_too() -> None:
    """The next number is free although nothing entered the log."""
    hub = Hub()
    alice = hub.member("alice")
    before = posts(hub)
    refused = hub.say(alice, hub.general, React(NOBODY, "+"))
    assert (refused.push_no, refused.status, refused.code) == (1, 1, Refusal.NO_TARGET)
    assert (refused.seq, refused.head8) == (0, b"")
    assert counted(hub, alice) == 1
    assert posts(hub) == before
    assert hub.say(alice, hub.general, Post("one")).push_no == 2


def test_a_gap_is_answered_with_the_number_that_is_awaited() -> None:
    """And what comes after the gap is not looked at, not even where it would fit."""
    hub = Hub()
    alice = hub.member("alice")
    hub.say(alice, hub.general, Post("one"))
    before = posts(hub)
    second, third, fourth = (hub.pushed(alice, hub.general, Post(text)) for text in "abc")
    answers = hub.push(alice, third, second, fourth)
    assert answers == (Acked(2, 2, Head8(hub.id_of(alice, third)[:8])),)
    assert posts(hub) == before
    assert counted(hub, alice) == 1
    assert [answer.status for answer in hub.push(alice, second, third, fourth)] == [0, 0, 0]


def test_numbers_within_a_push_have_no_gap_either() -> None:
    """What came before the gap is taken."""
    hub = Hub()
    alice = hub.member("alice")
    first, second, third = (hub.pushed(alice, hub.general, Post(text)) for text in "abc")
    answers = hub.push(alice, first, third, second)
    assert [(answer.push_no, answer.status) for answer in answers] == [(1, 0), (2, 2)]
    assert counted(hub, alice) == 1


def test_numbers_begin_at_one() -> None:
    """Nought was given to no event, so it is not answered as one that came before."""
    hub = Hub()
    alice = hub.member("alice")
    pushed = replace(hub.pushed(alice, hub.general, Post("one")), push_no=0)
    (answer,) = hub.push(alice, pushed)
    assert (answer.push_no, answer.status) == (1, 2)
    assert counted(hub, alice) == 0


@pytest.mark.parametrize("later_ms", [0, 10**12])
@pytest.mark.parametrize("reboot", [False, True])
def test_row_4_a_push_that_comes_again_gets_the_original_answer(
    later_ms: int, reboot: bool
) -> None:
    """The hub died after its commit and before the ACK, or the ACK was lost: after any time."""
    hub = Hub()
    alice = hub.member("alice")
    bad = hub.pushed(alice, hub.general, React(NOBODY, "+"))
    good = hub.pushed(alice, hub.general, Post("one"))
    worse = hub.pushed(alice, hub.general, b"no event at all")
    original = hub.push(alice, bad, good, worse)
    hub.fill(alice, hub.general, 3)
    before = posts(hub)
    hub.now_ms += later_ms
    if reboot:
        hub.reboot()
        hub.login(alice)
    assert hub.push(alice, bad, good, worse) == original
    assert hub.push(alice, worse) == original[2:]
    assert hub.push(alice, good) == original[1:2]
    assert posts(hub) == before
    assert counted(hub, alice) == 6


def test_a_push_that_comes_twice_in_one_batch_is_taken_once() -> None:
    """Accepted or refused: both get one answer."""
    hub = Hub()
    alice = hub.member("alice")
    before = posts(hub)
    frame = Push(
        (
            hub.pushed(alice, hub.general, Post("one")),
            hub.pushed(alice, hub.general, React(NOBODY, "+")),
        )
    )
    hub.step([Received(alice.conn, frame, 1)] * 2)
    (told,) = hub.acked(alice)
    assert told.answers[:2] == told.answers[2:]
    assert [answer.status for answer in told.answers] == [0, 1, 0, 1]
    assert posts(hub) == before + 1
    assert counted(hub, alice) == 2


def test_a_number_that_names_another_event_is_a_gap() -> None:
    """A copied replica must renumber: nothing of the new event is taken under an old number."""
    hub = Hub()
    alice = hub.member("alice")
    hub.say(alice, hub.general, Post("one"))
    hub.say(alice, hub.general, React(NOBODY, "+"))
    before = posts(hub)
    for taken in (1, 2):
        other = replace(hub.pushed(alice, hub.general, Post("other")), push_no=taken)
        (answer,) = hub.push(alice, other, replace(other, push_no=3))
        assert answer == Acked(3, 2, Head8(hub.id_of(alice, other)[:8]))
    assert posts(hub) == before
    assert counted(hub, alice) == 2


@pytest.mark.parametrize("first", [Post("one"), React(NOBODY, "+")], ids=["taken", "refused"])
def test_one_number_for_two_events_in_one_batch_is_a_gap(first: Post | React) -> None:
    """What the batch itself has counted is as good as what was counted before."""
    hub = Hub()
    alice = hub.member("alice")
    pushed = hub.pushed(alice, hub.general, first)
    other = replace(hub.pushed(alice, hub.general, Post("other")), push_no=1)
    hub.step([Received(alice.conn, Push((each,)), 1) for each in (pushed, other)])
    assert hub.acked(alice)[1].answers == (Acked(2, 2, Head8(hub.id_of(alice, other)[:8])),)
    assert counted(hub, alice) == 1


def test_an_event_that_is_in_the_log_gets_its_place_under_a_new_number_too() -> None:
    """A replica from an old copy renumbers; its event is not said twice."""
    hub = Hub()
    alice = hub.member("alice")
    pushed = hub.pushed(alice, hub.general, Post("one"))
    (original,) = hub.push(alice, pushed)
    before = posts(hub)
    again = Pushed(2, pushed.stream, pushed.event)
    assert hub.push(alice, again) == (replace(original, push_no=2),)
    assert hub.push(alice, replace(again, push_no=3), replace(again, push_no=4)) == tuple(
        replace(original, push_no=number) for number in (3, 4)
    )
    assert posts(hub) == before
    assert counted(hub, alice) == 4


def test_an_event_twice_in_one_push_is_said_once() -> None:
    """Under two numbers, both answered with its one place."""
    hub = Hub()
    alice = hub.member("alice")
    before = posts(hub)
    pushed = hub.pushed(alice, hub.general, Post("one"))
    first, second = hub.push(alice, pushed, replace(pushed, push_no=2))
    assert (first.status, second) == (0, replace(first, push_no=2))
    assert posts(hub) == before + 1


def test_what_is_no_event_has_no_name() -> None:
    """It is refused under zeros, and never taken for another of its sort."""
    hub = Hub()
    alice = hub.member("alice")
    first, second = hub.push(
        alice, hub.pushed(alice, hub.general, b"\xc1"), hub.pushed(alice, hub.general, b"")
    )
    assert (first.status, first.code, first.event8) == (1, Refusal.INVALID, bytes(8))
    assert (second.push_no, second.status, second.code) == (2, 1, Refusal.INVALID)


def test_devices_count_for_themselves() -> None:
    """Two devices of one account each begin at one."""
    hub = Hub()
    alice = hub.member("alice")
    phone = hub.second_device(alice, "phone")
    assert hub.say(phone, hub.general, Post("one")).push_no == 1
    assert (counted(hub, alice), counted(hub, phone)) == (1, 1)


def test_a_device_that_ended_itself_is_answered_no_more() -> None:
    """What it sent after its own revocation is not even counted."""
    hub = Hub()
    alice = hub.member("alice")
    phone = hub.second_device(alice, "phone")
    before = posts(hub)
    hub.receive(
        phone,
        Push(
            (
                hub.pushed(phone, PEOPLE, hub.revocation(phone, phone.device)),
                hub.pushed(phone, hub.general, Post("one")),
            )
        ),
    )
    assert hub.bye(phone) == "revoked"
    assert hub.acked(phone) == []
    assert posts(hub) == before
    assert counted(hub, phone) == 1


def test_what_a_batch_has_said_can_be_named_in_it() -> None:
    """A post, its edit and its withdrawal in one push."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.pushed(alice, hub.general, Post("one"))
    name = hub.name_of(alice, said)
    answers = hub.push(
        alice,
        said,
        hub.pushed(alice, hub.general, Edit(name, "two")),
        hub.pushed(alice, hub.general, Delete(name)),
        hub.pushed(alice, hub.general, Edit(name, "three")),
    )
    assert [answer.status for answer in answers] == [0, 0, 0, 1]
    assert answers[3].code == Refusal.GONE


def test_an_erased_event_is_not_said_again() -> None:
    """But its own push keeps its answer, for its place in the log is still there."""
    hub = Hub()
    alice = hub.member("alice")
    pushed = hub.pushed(alice, hub.general, Post("one"))
    original = hub.push(alice, pushed)
    assert hub.say(alice, hub.general, Erase(hub.name_of(alice, pushed))).status == 0
    assert hub.push(alice, pushed) == original


def test_an_empty_push_is_answered() -> None:
    """With nothing, and the tokens of somebody who has drawn none."""
    hub, alice = poor()
    hub.receive(alice, Push(()))
    assert hub.acked(alice) == [Ack((), 40)]


def test_row_24_an_old_copy_of_a_replica_says_nothing_twice() -> None:
    """It comes back with old numbers: what it said is recognised, what is new is renumbered."""
    hub = Hub()
    alice = hub.member("alice")
    said = [hub.pushed(alice, hub.general, Post(text)) for text in "abc"]
    hub.push(alice, *said)
    before = posts(hub)
    fresh = replace(hub.pushed(alice, hub.general, Post("d")), push_no=2)
    original, answer = hub.push(alice, said[0], fresh)
    assert (original.status, answer.status, answer.push_no) == (0, 2, 4)
    assert hub.push(alice, replace(fresh, push_no=4))[0].status == 0
    assert posts(hub) == before + 1


def test_the_device_row_keeps_its_replica() -> None:
    """Counting forgets nothing else of a device."""
    hub = Hub()
    alice = hub.member("alice")
    hub.say(alice, hub.general, Post("one"))
    assert hub.store.devices[alice.device] == DeviceRow(alice.device, 1, REPLICA)
