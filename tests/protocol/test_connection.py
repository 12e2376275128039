"""Two connections on a wire: how a login goes, and how it does not."""

from dataclasses import replace

import pytest

from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
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
    Hello,
    Join,
)
from hobnob_protocol.ids import AccountId, device_id, hub_id
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
    closed,
    hub,
    opened,
    said,
    state_of,
    wish,
)


def outcome(one: ClientConnection, other: HubConnection) -> Wire:
    """How a login between these two goes."""
    wire = Wire(one, other, JUDGE)
    wire.deliver_all()
    return wire


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
