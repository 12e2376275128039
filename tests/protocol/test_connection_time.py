"""Time: a login has its bound, a silent line is tried, a dead one is left."""

import pytest

from hobnob_protocol.connection import ClientConnection, Closed, HubConnection, State
from hobnob_protocol.connection.machine import milliseconds
from hobnob_protocol.frames import Bye, Credit, Page, Ping, Pong
from hobnob_protocol.limits import HANDSHAKE_SECONDS, PING_SECONDS, PONG_SECONDS, SILENCE_SECONDS
from hobnob_protocol.senders import Side
from hobnob_protocol.testing.wire import Wire
from hobnob_protocol.wire import decode_frame, encode_frame
from tests.protocol.parties import JUDGE, WELCOME, client, hub, opened, state_of

START = 1_000_000
LOGIN = milliseconds(HANDSHAKE_SECONDS)
PING = milliseconds(PING_SECONDS)
PONG = milliseconds(PONG_SECONDS)
SILENCE = milliseconds(SILENCE_SECONDS)
PAGE = encode_frame(Page(1, 1, ()))


def test_limits_are_turned_into_milliseconds() -> None:
    """The unit of a connection's clock."""
    assert milliseconds(1.5) == 1_500
    assert (LOGIN, PING, PONG, SILENCE) == (10_000, 50_000, 15_000, 110_000)


# The login.


@pytest.mark.parametrize("end", [client(now_ms=START), hub(now_ms=START)])
def test_a_login_has_its_time(end: ClientConnection | HubConnection) -> None:
    """Ten seconds from the first byte, on both sides; then BYE."""
    assert end.deadline_ms() == START + LOGIN
    assert end.tick(START + LOGIN - 1) == []
    assert end.tick(START + LOGIN) == [Closed("timeout", 0, "the login took too long")]
    assert decode_frame(end.to_send()[-1]) == Bye("timeout", 0)
    assert end.deadline_ms() is None


def test_words_do_not_prolong_a_login() -> None:
    """The bound is for all of it, the hub's decision too."""
    wire = Wire(client(now_ms=START), hub(now_ms=START), None, START)
    wire.now_ms = START + LOGIN - 1
    wire.deliver_all()
    assert state_of(wire.hub) is State.AUTHENTICATING
    assert wire.client.deadline_ms() == wire.hub.deadline_ms() == START + LOGIN
    wire.wait(1)
    assert wire.events[Side.CLIENT] == [Closed("timeout", 0, "the login took too long")]
    assert wire.events[Side.HUB][1:] == [Closed("timeout", 0, "the login took too long")]


def test_a_welcome_that_comes_late_finds_nobody() -> None:
    """The engine need not know that the connection is over."""
    wire = Wire(client(), hub())
    wire.deliver_all()
    wire.wait(LOGIN)
    wire.hub.send(WELCOME)
    assert wire.hub.to_send() == []


# The client's heartbeat.


def pinging(one: ClientConnection, now_ms: int) -> None:
    """The client pings exactly at `now_ms`."""
    assert one.deadline_ms() == now_ms
    assert one.tick(now_ms - 1) == []
    assert one.to_send() == []
    assert one.tick(now_ms) == []
    assert one.to_send() == [encode_frame(Ping(0))]
    assert one.deadline_ms() == now_ms + PONG


def test_a_client_that_said_nothing_pings() -> None:
    """So that neither hub nor router forgets it, though it hears much."""
    one = opened(START).client
    for moment in range(0, PING, 1_000):
        one.receive(PAGE, START + moment)
    pinging(one, START + PING)


def test_a_client_that_heard_nothing_pings() -> None:
    """What it says into a dead line proves nothing."""
    one = opened(START).client
    for moment in range(0, PING, 1_000):
        assert one.tick(START + moment) == []
        one.send(Credit(1))
        assert len(one.to_send()) == 1
    pinging(one, START + PING)


def test_talk_in_both_directions_needs_no_ping() -> None:
    """The next is due when one of them has been silent for so long."""
    one = opened(START).client
    one.receive(PAGE, START + 7_000)
    assert one.deadline_ms() == START + PING
    one.send(Credit(1))
    assert one.deadline_ms() == START + PING
    one.to_send()
    assert one.deadline_ms() == START + 7_000 + PING
    one.tick(START + 9_000)
    one.send(Credit(1))
    one.to_send()
    assert one.deadline_ms() == START + 7_000 + PING
    one.receive(PAGE, START + 9_500)
    assert one.deadline_ms() == START + 9_000 + PING


def test_writing_nothing_is_not_speaking() -> None:
    """A shell that looks for something to write and finds nothing has not been heard."""
    one = opened(START).client
    one.receive(PAGE, START + 7_000)
    assert one.to_send() == []
    assert one.deadline_ms() == START + PING


@pytest.mark.parametrize("answer", [PAGE, encode_frame(Pong(0)), encode_frame(Ping(4))])
def test_any_frame_answers_a_ping(answer: bytes) -> None:
    """Until the last moment."""
    one = opened(START).client
    pinging(one, START + PING)
    assert one.tick(START + PING + PONG - 1) == []
    one.receive(answer, START + PING + PONG - 1)
    assert one.tick(START + PING + PONG) == []
    assert state_of(one) is State.OPEN
    one.to_send()
    assert one.deadline_ms() in (START + 2 * PING, START + PING + PONG + PING - 1)


def test_a_hub_that_does_not_answer_is_left() -> None:
    """After 15 seconds, and with one ping only."""
    one = opened(START).client
    pinging(one, START + PING)
    assert one.tick(START + PING + PONG - 1) == []
    assert one.to_send() == []
    assert one.tick(START + PING + PONG) == [Closed("timeout", 0, "the hub does not answer")]
    assert one.to_send() == [encode_frame(Bye("timeout", 0))]


def test_after_a_sleep_a_client_asks_before_it_leaves() -> None:
    """A laptop that was shut for an hour gives its line one chance."""
    one = opened().client
    assert one.tick(3_600_000) == []
    assert one.to_send() == [encode_frame(Ping(0))]
    assert one.deadline_ms() == 3_600_000 + PONG


# The hub's.


def test_a_hub_drops_who_is_silent() -> None:
    """110 seconds after the last frame, whatever it said itself."""
    other = opened(START).hub
    other.receive(encode_frame(Credit(1)), START + 7_000)
    other.send(Page(1, 1, ()))
    other.to_send()
    due = START + 7_000 + SILENCE
    assert other.deadline_ms() == due
    assert other.tick(due - 1) == []
    assert other.tick(due) == [Closed("timeout", 0, "nothing was heard for too long")]
    assert other.to_send() == [encode_frame(Bye("timeout", 0))]


@pytest.mark.parametrize("frame", [Ping(1), Pong(1), Credit(1)])
def test_every_frame_is_a_sign_of_life(frame: Ping | Pong | Credit) -> None:
    """Pings and answers too."""
    other: HubConnection = opened(START).hub
    other.receive(encode_frame(frame), START + 1)
    assert other.deadline_ms() == START + 1 + SILENCE


def test_an_idle_hour_costs_a_ping_each_50_seconds() -> None:
    """And nobody is dropped."""
    wire = opened()
    wire.wait(3_600_000)
    assert (wire.client.state, wire.hub.state) == (State.OPEN, State.OPEN)
    assert wire.client.deadline_ms() == 3_600_000 + PING
    assert wire.hub.deadline_ms() == 3_600_000 + SILENCE
    assert wire.delivered[Side.HUB] == 2 + 3_600_000 // PING
    assert wire.events[Side.HUB][1:] == []


def test_a_cut_that_nobody_saw_is_noticed_by_both() -> None:
    """Nothing arrives any more: the client leaves first, the hub later."""
    wire = Wire(client(), hub(), JUDGE)
    wire.deliver_all()
    wire.cut = True
    wire.wait(SILENCE - 1)
    assert state_of(wire.client) is State.CLOSED
    assert state_of(wire.hub) is State.OPEN
    wire.wait(1)
    assert state_of(wire.hub) is State.CLOSED


# The lag.


def test_the_lag_is_what_the_hub_took_to_answer_last() -> None:
    """The hello at first, then each ping; what comes by itself answers nothing."""
    end = client(now_ms=START)
    assert end.lag_ms is None
    wire = Wire(end, hub(now_ms=START), None, START)
    wire.queue(Side.CLIENT)
    wire.now_ms = START + 40
    wire.deliver_all()
    assert end.lag_ms == 40


def test_the_lag_is_measured_anew_with_each_ping() -> None:
    """By its answer, not by what comes meanwhile."""
    wire = opened()
    end = wire.client
    start = wire.now_ms
    end.tick(start + PING)
    assert end.to_send()
    end.receive(PAGE, start + PING + 3)
    before = end.lag_ms
    end.receive(encode_frame(Pong(0)), start + PING + 34)
    assert (before, end.lag_ms) == (0, 34)
