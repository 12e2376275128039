"""Two connections on a wire: a login, what travels after it, and how it ends."""

from dataclasses import replace

import pytest

from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    FrameReceived,
    HubConnection,
    JoinRequest,
    LoginRequested,
    State,
    Welcomed,
)
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.errors import UsageError
from hobnob_protocol.frames import (
    Auth,
    Bye,
    Challenge,
    Credit,
    Frame,
    Grants,
    Hello,
    Join,
    Page,
    Ping,
    Pong,
    Stamped,
    Welcome,
)
from hobnob_protocol.ids import AccountId, HubId, device_id, hub_id
from hobnob_protocol.limits import CREDIT_BYTES
from hobnob_protocol.login import VERSIONS, transcript
from hobnob_protocol.senders import Side
from hobnob_protocol.testing.wire import Wire
from hobnob_protocol.wire import decode_frame, encode_frame
from tests.protocol.parties import (
    ACCOUNT,
    CERTIFICATE,
    DEVICE,
    HUB,
    HUB_SIGNER,
    JUDGE,
    OTHER_DEVICE,
    ROGUE,
    ROGUE_SIGNER,
    WELCOME,
    Doorkeeper,
    client,
    hub,
    opened,
    state_of,
    wish,
)

PAGE = Page(1, 1, (Stamped(1, b"event"),))


def said(end: ClientConnection | HubConnection) -> list[Frame]:
    """What one side has to say now."""
    return [decode_frame(data) for data in end.to_send()]


def outcome(one: ClientConnection, other: HubConnection) -> Wire:
    """How a login between these two goes."""
    wire = Wire(one, other, JUDGE)
    wire.deliver_all()
    return wire


def closed(wire: Wire, side: Side) -> Closed:
    """How one side saw the end."""
    (end,) = [event for event in wire.events[side] if isinstance(event, Closed)]
    return end


# The login.


def test_a_login_goes_hello_challenge_auth_welcome() -> None:
    """Four frames, and both sides are open."""
    one, other = client(), hub(time_ms=7)
    hello = one.to_send()[0]
    assert decode_frame(hello) == Hello(VERSIONS, b"c" * 32, HUB, "test")
    assert other.receive(hello, 0) == []
    assert state_of(other) is State.CHALLENGED
    challenge = other.to_send()[0]
    answer = decode_frame(challenge)
    assert isinstance(answer, Challenge)
    assert answer == Challenge(
        1, HUB, HUB_SIGNER.public_key, b"h" * 32, 7, (CERTIFICATE,), answer.signature
    )
    assert one.receive(challenge, 0) == []
    (request,) = said(one)
    assert isinstance(request, Auth)
    assert (request.account, request.device) == (ACCOUNT, device_id(DEVICE.public_key))
    assert (request.certificate, request.digest) == (CERTIFICATE, b"d" * 16)
    (login,) = other.receive(encode_frame(request), 0)
    assert login == LoginRequested(request, transcript(hello, challenge))
    other.send(WELCOME)
    (welcome,) = other.to_send()
    assert one.receive(welcome, 0) == [Welcomed(WELCOME)]


def test_a_known_device_gets_in() -> None:
    """Both sides are open then."""
    wire = opened()
    assert (wire.client.state, wire.hub.state) == (State.OPEN, State.OPEN)
    assert wire.events[Side.CLIENT] == [Welcomed(WELCOME)]


def test_a_newcomer_joins_instead() -> None:
    """JOIN stands where AUTH would, with all the newcomer brings."""
    join = wish()
    wire = outcome(client(join=join), hub())
    assert state_of(wire.client) is State.OPEN
    (login,) = wire.events[Side.HUB]
    assert isinstance(login, LoginRequested)
    frame = login.frame
    assert isinstance(frame, Join)
    brought = JoinRequest(frame.invite, frame.link, frame.link_signature, frame.handle)
    assert brought == join
    assert (frame.certificate, frame.replica) == (CERTIFICATE, b"replica!")


def test_real_signatures_log_in_too() -> None:
    """Ed25519 on both sides."""
    verifier = Ed25519Verifier()
    hub_signer, device = Ed25519Signer(b"h" * 32), Ed25519Signer(b"d" * 32)
    name = hub_id(hub_signer.public_key)
    one = client(expected=name, signer=device, verifier=verifier)
    other = hub(name=name, signer=hub_signer)
    wire = Wire(one, other, Doorkeeper(verifier, device.public_key))
    wire.deliver_all()
    assert state_of(wire.client) is State.OPEN


@pytest.mark.parametrize("join", [None, wish()])
def test_a_client_has_one_reason_to_enter(join: JoinRequest | None) -> None:
    """An account or a join: neither and both are the program's fault."""
    with pytest.raises(UsageError):
        ClientConnection(
            hub_expected=None,
            signer=DEVICE,
            account=None if join is None else ACCOUNT,
            join=join,
            replica=client()._request.replica,  # pyright: ignore[reportPrivateUsage]  # any replica
            epoch=None,
            digest=None,
            nonce=b"n" * 32,
            client_name="",
            certificate=None,
            loopback=True,
            verifier=JUDGE.verifier,
            now_ms=0,
        )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (client(expected=ROGUE), hub()),
        (client(), hub(name=ROGUE, signer=ROGUE_SIGNER)),
        (client(), hub(signer=ROGUE_SIGNER)),
        (client(certificate=b"p" * 32), hub()),
        (client(certificate=None), hub()),
        (client(certificate=None), hub(certificates=())),
        (client(hub_key=ROGUE_SIGNER.public_key), hub()),
    ],
)
def test_a_client_proves_nothing_to_whom_it_does_not_mean(
    one: ClientConnection, other: HubConnection
) -> None:
    """Another hub, one with another's name, or somebody in between; nobody may go on anyway."""
    wire = outcome(one, other)
    assert closed(wire, Side.CLIENT).code == "channel"
    assert closed(wire, Side.HUB).code == "channel"
    assert not any(isinstance(event, LoginRequested) for event in wire.events[Side.HUB])


def test_at_first_use_any_hub_is_taken_that_proves_its_name() -> None:
    """There is nothing pinned yet."""
    assert outcome(client(expected=None), hub()).client.state is State.OPEN


def test_a_loopback_needs_no_certificate() -> None:
    """Nobody can stand between."""
    one, other = client(certificate=None, loopback=True), hub(certificates=())
    assert outcome(one, other).client.state is State.OPEN


def test_a_pinned_hub_may_have_changed_its_key() -> None:
    """Signed succession has told the client; the id stays."""
    one = client(hub_key=ROGUE_SIGNER.public_key)
    assert outcome(one, hub(signer=ROGUE_SIGNER)).client.state is State.OPEN


def test_a_hub_notices_who_stands_between() -> None:
    """Though the client did not: it signed for a certificate that is none of the hub's."""
    one, other = client(certificate=None, loopback=True), hub(certificates=())
    named = hub()
    hello = one.to_send()[0]
    other.receive(hello, 0)
    named.receive(hello, 0)
    one.receive(other.to_send()[0], 0)
    (end,) = named.receive(one.to_send()[0], 0)
    assert isinstance(end, Closed)
    assert (end.code, end.detail.split(":")[0]) == ("channel", "login.certificate")


def test_no_common_version_is_said() -> None:
    """A client of another time is told to upgrade, and so is a hub's."""
    other = hub()
    (end,) = other.receive(encode_frame(Hello((99,), b"n" * 32, None, "")), 0)
    assert isinstance(end, Closed)
    assert (end.code, end.retry_ms) == ("version", 0)
    assert said(other) == [Bye("version", 0)]


def test_a_hub_of_another_version_is_left() -> None:
    """It chose one that was not offered."""
    one, other = client(), hub()
    other.receive(one.to_send()[0], 0)
    (challenge,) = said(other)
    assert isinstance(challenge, Challenge)
    (end,) = one.receive(encode_frame(replace(challenge, version=2)), 0)
    assert isinstance(end, Closed)
    assert (end.code, end.detail) == ("version", "login.version: 2")
    assert said(one) == [Bye("version", 0)]


@pytest.mark.parametrize(
    "one",
    [
        client(account=AccountId(b"b" * 20)),
        client(signer=OTHER_DEVICE),
        client(account=AccountId(b"b" * 20), signer=OTHER_DEVICE),
        client(join=replace(wish(), invite=b"guessed")),
    ],
)
def test_whoever_is_not_let_in_hears_the_same(one: ClientConnection) -> None:
    """An unknown account, an unknown device and a wrong signature are not told apart."""
    wire = outcome(one, hub())
    assert wire.events[Side.CLIENT] == [Closed("auth", 0, "the peer said so")]
    assert (wire.client.state, wire.hub.state) == (State.CLOSED, State.CLOSED)


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


def test_credit_comes_back_at_once_when_asked() -> None:
    """All that is owed, and nothing where nothing is."""
    one = opened().client
    one.return_credit()
    assert said(one) == []
    one.consumed(1)
    one.return_credit()
    one.return_credit()
    assert said(one) == [Credit(1)]


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
