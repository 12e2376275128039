"""Every frame in every state on both sides: a frame has its place or ends the connection."""

import pytest

from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    FrameReceived,
    HubConnection,
    State,
)
from hobnob_protocol.connection.states import DEAD, LOGIN, RULES, step
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.frames import Auth, Bye, Challenge, Frame, Hello, Join, Ping, Pong, Welcome
from hobnob_protocol.limits import CARRIES_MAX, PREAUTH_FRAMES_MAX
from hobnob_protocol.meeting_frames import Await, Carry, Meet
from hobnob_protocol.recovery_frames import ChainHead, Recover, SshRecover
from hobnob_protocol.senders import SENDERS, Phase, Side
from hobnob_protocol.wire import FRAMES, encode_frame
from tests.protocol.frame_samples import BY_NAME, WHOLE, name_of
from tests.protocol.parties import WELCOME, client, hub, opened

TO_HUB = (
    "Open CloseStream Back Credit Push Offer Checkpoint Record Want Ask Ping Pong Bye"
    " Here Typing Who"
)
TO_CLIENT = (
    "Grants Opened Page BackPage Ack OfferAck Checkpoint Records Told Ping Pong Bye Typing WhoIs"
)
TAKEN = {
    (Side.HUB, State.CONNECTING): "Hello Bye",
    (Side.HUB, State.CHALLENGED): "Auth Join Recover SshRecover Await Meet Bye",
    (Side.HUB, State.LOCATING): "Bye",
    (Side.HUB, State.MEETING): "Carry Bye",
    (Side.HUB, State.AUTHENTICATING): "Bye",
    (Side.HUB, State.OPEN): TO_HUB,
    (Side.CLIENT, State.CONNECTING): "Challenge Bye",
    (Side.CLIENT, State.AUTHENTICATING): "Welcome Bye",
    (Side.CLIENT, State.LOCATING): "ChainHead Bye",
    (Side.CLIENT, State.MEETING): "Carry Bye",
    (Side.CLIENT, State.OPEN): TO_CLIENT,
}
"""What each side takes in each of the states it waits in."""

SENT = {
    (Side.HUB, State.AUTHENTICATING): "Welcome",
    (Side.HUB, State.LOCATING): "ChainHead",
    (Side.HUB, State.MEETING): "Carry",
    (Side.CLIENT, State.MEETING): "Carry",
    (
        Side.HUB,
        State.OPEN,
    ): "Grants Opened Page BackPage Ack OfferAck Checkpoint Records Told Ping Pong Typing WhoIs",
    (
        Side.CLIENT,
        State.OPEN,
    ): (
        "Open CloseStream Back Credit Push Offer Checkpoint Record Want Ask Ping Pong"
        " Here Typing Who"
    ),
}
"""What an engine may send on each side; nothing in any other state."""


def end_in(side: Side, state: State) -> ClientConnection | HubConnection:
    """One side of an honest connection, in this state, with nothing to say."""
    if state is State.OPEN:
        wire = opened()
        return wire.client if side is Side.CLIENT else wire.hub
    one, other = (
        client(
            recover="ada" if state is State.LOCATING else None,
            slot=b"s" * 32 if state is State.MEETING else None,
        ),
        hub(),
    )
    end = one if side is Side.CLIENT else other
    if state is not State.CONNECTING:
        other.receive(one.to_send()[0], 0)
        one.receive(other.to_send()[0], 0)
    if side is Side.HUB and state in (State.AUTHENTICATING, State.LOCATING, State.MEETING):
        other.receive(one.to_send()[0], 0)
    end.to_send()
    assert end.state is state
    return end


@pytest.mark.parametrize("frame", WHOLE, ids=name_of)
@pytest.mark.parametrize(("side", "state"), TAKEN)
def test_a_frame_has_its_place_or_ends_the_connection(
    side: Side, state: State, frame: Frame
) -> None:
    """What has its place is judged by what it says; what has none is a broken rule."""
    end = end_in(side, state)
    events = end.receive(encode_frame(frame), 0)
    if name_of(frame) in TAKEN[side, state].split():
        assert not any(isinstance(event, Closed) and event.code == "protocol" for event in events)
        return
    (event,) = events
    assert isinstance(event, Closed)
    assert event.code == "protocol"
    rule = "sender" if side.peer not in SENDERS[type(frame)].sides else "state"
    assert event.detail.startswith(f"connection.{rule}: {name_of(frame)} ")
    assert end.to_send() == [encode_frame(Bye("protocol", 0))]


@pytest.mark.parametrize("frame", WHOLE, ids=name_of)
@pytest.mark.parametrize(("side", "state"), TAKEN)
def test_an_engine_sends_only_what_is_its_to_send(side: Side, state: State, frame: Frame) -> None:
    """All else is the program's fault, and changes nothing."""
    end = end_in(side, state)
    if name_of(frame) in SENT.get((side, state), "").split():
        other = end_in(side, state)
        end.send(frame)
        other.send_encoded(encode_frame(frame), type(frame))
        assert end.to_send() == other.to_send() == [encode_frame(frame)]
        assert end.state is other.state
        assert end.state in (State.OPEN, State.LOCATING, State.MEETING)
        return
    with pytest.raises(UsageError):
        end.send(frame)
    with pytest.raises(UsageError):
        end.send_encoded(encode_frame(frame), type(frame))
    assert end.state is state
    assert end.to_send() == []


@pytest.mark.parametrize("side", [Side.CLIENT, Side.HUB])
def test_the_machine_keeps_pings_to_itself(side: Side) -> None:
    """All other frames of an open connection are the engine's."""
    for frame in WHOLE:
        end = end_in(side, State.OPEN)
        if name_of(frame) not in TAKEN[side, State.OPEN].split() or isinstance(frame, Bye):
            continue
        own = isinstance(frame, Ping | Pong)
        data = encode_frame(frame)
        assert end.receive(data, 0) == ([] if own else [FrameReceived(frame, len(data))])


# The table itself.


@pytest.mark.parametrize("state", [state for state in State if state not in DEAD])
@pytest.mark.parametrize("sender", [Side.CLIENT, Side.HUB])
def test_a_login_goes_one_way_only(sender: Side, state: State) -> None:
    """HELLO, CHALLENGE, AUTH or JOIN, WELCOME, or RECOVER and its answer, or AWAIT or MEET and what
    is carried; open frames only once open; BYE always."""
    clients, hubs, both = (Side.CLIENT,), (Side.HUB,), (Side.CLIENT, Side.HUB)
    ways: dict[tuple[State, type[Frame]], tuple[tuple[Side, ...], State]] = {
        (State.CONNECTING, Hello): (clients, State.CONNECTING),
        (State.CONNECTING, Challenge): (hubs, State.CHALLENGED),
        (State.CHALLENGED, Auth): (clients, State.AUTHENTICATING),
        (State.CHALLENGED, Join): (clients, State.AUTHENTICATING),
        (State.CHALLENGED, Recover): (clients, State.LOCATING),
        (State.CHALLENGED, SshRecover): (clients, State.LOCATING),
        (State.LOCATING, ChainHead): (hubs, State.LOCATING),
        (State.CHALLENGED, Await): (clients, State.MEETING),
        (State.CHALLENGED, Meet): (clients, State.MEETING),
        (State.MEETING, Carry): (both, State.MEETING),
        (State.AUTHENTICATING, Welcome): (hubs, State.OPEN),
    }
    for frame in FRAMES:
        turn = SENDERS[frame]
        way = ways.get((state, frame))
        stays = turn.phase is Phase.ANY or (turn.phase is Phase.OPEN and state is State.OPEN)
        if sender not in turn.sides:
            expected: State | str = "connection.sender"
        elif stays:
            expected = state
        else:
            expected = way[1] if way is not None and sender in way[0] else "connection.state"
        assert stepped(state, sender, frame) == expected, frame


def stepped(state: State, sender: Side, frame: type[Frame]) -> State | str:
    """Where a frame leads, or the rule it breaks."""
    try:
        return step(state, sender, frame)
    except ProtocolError as broken:
        return broken.rule


def test_what_is_wrong_is_told() -> None:
    """With the frame, and where it came from or when."""
    with pytest.raises(ProtocolError, match=r"^connection\.sender: Page from the client$"):
        step(State.OPEN, Side.CLIENT, type(BY_NAME["Page"]))
    with pytest.raises(ProtocolError, match=r"^connection\.state: Page while challenged$"):
        step(State.CHALLENGED, Side.HUB, type(BY_NAME["Page"]))


def test_a_state_only_moves_on() -> None:
    """Down the list of states: nothing leads back."""
    order = list(State)
    for (state, frame), after in LOGIN.items():
        assert order.index(after) >= order.index(state), frame
    assert order[-2:] == list(DEAD)


def test_a_stranger_may_send_few_frames() -> None:
    """No way through the login has more of either side's than the bound."""
    states = list(State)[:3]
    for side in (Side.CLIENT, Side.HUB):
        most = sum(
            any(LOGIN.get((state, frame)) and side in SENDERS[frame].sides for frame in FRAMES)
            for state in states
        )
        assert most + CARRIES_MAX <= PREAUTH_FRAMES_MAX


def test_a_second_hello_is_not_answered() -> None:
    """One challenge a connection."""
    other = hub()
    hello = client().to_send()[0]
    assert other.receive(hello, 0) == []
    assert len(other.to_send()) == 1
    (event,) = other.receive(hello, 0)
    assert isinstance(event, Closed)
    assert event.detail == "connection.state: Hello while challenged"


def test_a_hub_cannot_welcome_before_it_was_asked() -> None:
    """An engine that tries has a bug."""
    for state in (State.CONNECTING, State.CHALLENGED, State.LOCATING, State.MEETING):
        with pytest.raises(UsageError, match=f"Welcome while {state.value}"):
            end_in(Side.HUB, state).send(WELCOME)


def test_the_rules_are_these() -> None:
    """Each is explained once, for the specification."""
    assert set(RULES) == {"connection.sender", "connection.state"}
    assert all(RULES.values())
