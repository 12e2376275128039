"""Two connections on a wire after the login: what travels, how it ends, and what it costs."""

from dataclasses import replace

import pytest

from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    FrameReceived,
    HubConnection,
    State,
)
from hobnob_protocol.connection.client import CREDIT_MS
from hobnob_protocol.errors import UsageError
from hobnob_protocol.frames import (
    Bye,
    Credit,
    Grants,
    Hello,
    Page,
    Ping,
    Pong,
    Stamped,
    Welcome,
)
from hobnob_protocol.ids import HubId
from hobnob_protocol.limits import CREDIT_BYTES
from hobnob_protocol.senders import Side
from hobnob_protocol.testing.wire import Wire
from hobnob_protocol.wire import decode_frame, encode_frame
from tests.protocol.parties import (
    JUDGE,
    WELCOME,
    client,
    hub,
    opened,
    said,
    state_of,
)

PAGE = Page(1, 1, (Stamped(1, b"event"),))


# An open connection.


def test_frames_reach_the_engine_with_their_size() -> None:
    """In the order they were sent."""
    wire = opened()
    wire.hub.send(PAGE)
    wire.hub.send(Grants((), False))
    wire.deliver_all()
    assert wire.events[Side.CLIENT][1:] == [
        FrameReceived(PAGE, len(encode_frame(PAGE))),
        FrameReceived(Grants((), False), 4),
    ]


def test_a_frame_that_cannot_be_sent_changes_nothing() -> None:
    """The program is told, and the login still waits for its answer."""
    wire = Wire(client(), hub())
    wire.deliver_all()
    with pytest.raises(UsageError):
        wire.hub.send(replace(WELCOME, time_ms=0.5))  # type: ignore[arg-type]  # the fault
    assert state_of(wire.hub) is State.AUTHENTICATING
    assert said(wire.hub) == []


def test_what_was_encoded_once_is_sent_as_it_is() -> None:
    """The same bytes object for every subscriber."""
    wire = opened()
    data = encode_frame(PAGE)
    wire.hub.send_encoded(data, Page)
    (sent,) = wire.hub.to_send()
    assert sent is data


def test_a_hub_may_welcome_with_bytes() -> None:
    """Its engine encodes all frames alike."""
    wire = Wire(client(), hub())
    wire.deliver(Side.HUB)
    wire.deliver(Side.CLIENT)
    wire.deliver(Side.HUB)
    wire.hub.send_encoded(encode_frame(WELCOME), Welcome)
    wire.deliver_all()
    assert (wire.client.state, wire.hub.state) == (State.OPEN, State.OPEN)


def test_everything_is_written_once() -> None:
    """What was handed out is gone."""
    wire = opened()
    wire.hub.send(PAGE)
    assert said(wire.hub) == [PAGE]
    assert said(wire.hub) == []


@pytest.mark.parametrize("accident", [Wire.duplicate, Wire.swap, Wire.drop])
def test_accidents_after_the_login_do_not_end_it(accident: object) -> None:
    """Doubled, swapped or lost frames are for engines to see."""
    wire = opened()
    for frame in (PAGE, replace(PAGE, first_seq=2)):
        wire.hub.send(frame)
    accident(wire, Side.CLIENT)  # type: ignore[operator]  # one of the methods above
    wire.deliver_all()
    assert (wire.client.state, wire.hub.state) == (State.OPEN, State.OPEN)


def test_a_flood_of_pings_is_answered_once_a_flush() -> None:
    """By the last one, whatever came between, after all else."""
    wire = opened()
    for number in range(100):
        assert wire.hub.receive(encode_frame(Ping(number)), 1) == []
        wire.hub.send(PAGE)
    answers = said(wire.hub)
    assert answers == [*([PAGE] * 100), Pong(99)]
    assert said(wire.hub) == []
    wire.hub.receive(encode_frame(Ping(0)), 1)
    assert said(wire.hub) == [Pong(0)]


def test_both_sides_answer_pings() -> None:
    """And take answers without a word."""
    wire = opened()
    wire.hub.send(Ping(5))
    wire.deliver(Side.CLIENT)
    assert decode_frame(wire.queue(Side.HUB)[0]) == Pong(5)
    assert wire.deliver(Side.HUB) == []
    assert said(wire.hub) == []


# Credit.


def test_credit_comes_back_in_halves_of_the_window() -> None:
    """Small pages do not cost a frame each."""
    one = opened().client
    one.consumed(CREDIT_BYTES // 2 - 1)
    assert said(one) == []
    one.consumed(1)
    assert said(one) == [Credit(CREDIT_BYTES // 2)]
    one.consumed(CREDIT_BYTES // 2 - 1)
    assert said(one) == []


def test_a_replica_that_is_quick_gives_back_more_at_once() -> None:
    """So that its credit alone is no flood; what it may have under way never runs out by that."""
    wire = opened()
    one = wire.client
    frames = 0
    for now_ms in range(wire.now_ms, wire.now_ms + 1_000):
        one.receive(encode_frame(Page(3, 4, (Stamped(5, b"event"),))), now_ms)
        one.consumed(CREDIT_BYTES // 16)
        frames += len(said(one))
    assert frames <= 100
    one.consumed(CREDIT_BYTES * 3 // 4)
    (last,) = said(one)
    assert isinstance(last, Credit)
    now_ms = wire.now_ms + 1_000
    for later_ms, half in ((CREDIT_MS - 2, False), (CREDIT_MS - 1, True)):
        one.receive(encode_frame(Page(3, 4, (Stamped(5, b"event"),))), now_ms + later_ms)
        one.consumed(0 if half else CREDIT_BYTES // 2)
        assert bool(said(one)) is half


def test_credit_comes_back_at_once_when_asked() -> None:
    """All that is owed, and nothing where nothing is."""
    one = opened().client
    one.return_credit()
    assert said(one) == []
    one.consumed(1)
    one.return_credit()
    one.return_credit()
    assert said(one) == [Credit(1)]


def test_a_hub_takes_credit_where_it_has_its_place_and_nothing_else() -> None:
    """Everything else is for `receive` to judge, as before."""
    credit = Credit(CREDIT_BYTES // 2)
    data = encode_frame(credit)
    before = hub()
    assert (before.take_credit(data, 0), state_of(before)) == (0, State.CONNECTING)
    one = opened().hub
    deadline_ms = one.deadline_ms()
    assert deadline_ms is not None
    assert one.take_credit(encode_frame(PAGE), 5_000) == 0
    assert one.deadline_ms() == deadline_ms
    assert one.take_credit(data, 5_000) == credit.size_bytes
    assert one.deadline_ms() == deadline_ms + 5_000
    assert one.take_credit(b"\x92\x13\xce\x00\x00\x00\x01", 5_000) == 0


def test_credit_waits_for_the_login() -> None:
    """What is owed before stays owed."""
    wire = Wire(client(), hub(), JUDGE)
    wire.client.consumed(CREDIT_BYTES)
    wire.deliver_all()
    assert wire.events[Side.HUB][1:] == []
    wire.client.consumed(1)
    assert said(wire.client) == [Credit(CREDIT_BYTES + 1)]


# The end.


def test_bye_says_why_and_when_to_come_back() -> None:
    """The peer's reason arrives with its wait."""
    wire = opened()
    wire.hub.close(Bye("slow", 700))
    assert state_of(wire.hub) is State.CLOSING
    wire.client.send(Credit(5))
    wire.hub.send(PAGE)
    (bye,) = wire.queue(Side.CLIENT)
    assert decode_frame(bye) == Bye("slow", 700)
    assert state_of(wire.hub) is State.CLOSED
    assert wire.deliver(Side.CLIENT) == [Closed("slow", 700, "the peer said so")]
    assert state_of(wire.client) is State.CLOSED


def test_a_client_may_leave_at_any_time() -> None:
    """Even before its login is over."""
    wire = Wire(client(), hub(), JUDGE)
    wire.client.close(Bye("done", 0))
    wire.deliver_all()
    assert wire.events[Side.HUB] == [Closed("done", 0, "the peer said so")]


def test_nobody_writes_to_who_has_left() -> None:
    """What was waiting when BYE came is dropped, answers to pings too."""
    other = opened().hub
    other.send(PAGE)
    other.receive(encode_frame(Ping(1)), 0)
    other.receive(encode_frame(Bye("done", 0)), 0)
    assert state_of(other) is State.CLOSED
    assert other.to_send() == []


def test_bye_comes_last() -> None:
    """After what was said before it, and instead of an answer to a ping."""
    other = opened().hub
    other.send(PAGE)
    other.receive(encode_frame(Ping(1)), 0)
    other.close(Bye("shutdown", 9))
    assert said(other) == [PAGE, Bye("shutdown", 9)]


@pytest.mark.parametrize("drained", [False, True])
@pytest.mark.parametrize("side", [Side.CLIENT, Side.HUB])
def test_the_dead_stay_calm(side: Side, drained: bool) -> None:
    """Poked in every way: nothing is said, nothing is raised."""
    wire = opened()
    end: ClientConnection | HubConnection = wire.client if side is Side.CLIENT else wire.hub
    (event,) = end.receive(b"\xc1", 5)
    assert event == Closed("protocol", 0, "reserved")
    assert state_of(end) is State.CLOSING
    if drained:
        assert said(end) == [Bye("protocol", 0)]
        assert state_of(end) is State.CLOSED
    assert end.receive(encode_frame(Ping(1)), 6) == []
    assert end.receive(b"\xc1", 6) == []
    assert end.tick(10**9) == []
    assert end.deadline_ms() is None
    end.send(Ping(1))
    end.send(Hello((1,), b"n" * 32, HubId(b"h" * 32), ""))
    end.send_encoded(encode_frame(Ping(1)), Ping)
    end.close(Bye("done", 0))
    wire.client.consumed(CREDIT_BYTES)
    assert said(end) == ([] if drained else [Bye("protocol", 0)])
    assert state_of(end) is State.CLOSED


# What it costs.


def test_resuming_with_nothing_new_is_small() -> None:
    """Beyond HELLO, CHALLENGE and AUTH at most 300 bytes go both ways, a first ping included."""
    wire = Wire(client(), hub(), JUDGE)
    for to in (Side.HUB, Side.CLIENT, Side.HUB):
        wire.deliver(to)
    welcome = sum(len(data) for data in wire.queue(Side.CLIENT))
    wire.deliver_all()
    wire.client.send(Ping(0))
    ping = sum(len(data) for data in wire.queue(Side.HUB))
    wire.deliver(Side.HUB)
    pong = sum(len(data) for data in wire.queue(Side.CLIENT))
    assert welcome > 0
    assert (ping, pong) == (3, 3)
    assert welcome + ping + pong <= 300
