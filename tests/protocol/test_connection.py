"""Two connections on a wire: how a login goes, and how it does not."""

from dataclasses import replace

import pytest

from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    FrameReceived,
    HubConnection,
    JoinRequest,
    Located,
    LoginRequested,
    MeetingRequested,
    RecoveryRequested,
    State,
    Welcomed,
)
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.errors import ByeCode, UsageError
from hobnob_protocol.frames import Auth, Bye, Challenge, Hello, Join
from hobnob_protocol.ids import AccountId, DeviceKey, Head, ReplicaId, device_id, hub_id
from hobnob_protocol.limits import HANDSHAKE_SECONDS, MEETING_SECONDS
from hobnob_protocol.login import VERSIONS, check_request, check_ssh_request, transcript
from hobnob_protocol.meeting_frames import Await, Carry, Meet
from hobnob_protocol.recovery_frames import ChainHead, Recover, SshRecover
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
    VERIFIER,
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
from tests.protocol.vectors.ssh_holders import DESK, OTHER_DESK


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
            replica=ReplicaId(b"replica!"),
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


# A recovery key at the door.


def test_a_recovery_key_is_told_where_its_account_stands() -> None:
    """After the hub has proved itself; then it is over."""
    one, other = client(recover="ada"), hub()
    wire = Wire(one, other)
    wire.deliver_all()
    (asked,) = wire.events[Side.HUB]
    assert isinstance(asked, RecoveryRequested)
    assert isinstance(asked.frame, Recover)
    assert asked.frame.handle == "ada"
    assert asked.frame.recovery == device_id(DEVICE.public_key)
    assert check_request(asked.transcript, asked.frame, DEVICE.public_key, VERIFIER)
    place = ChainHead(ACCOUNT, 3, Head(b"h" * 32))
    other.send(place)
    other.close(Bye(ByeCode.DONE, 0))
    wire.deliver_all()
    found, closed = wire.events[Side.CLIENT]
    assert found == Located(place)
    assert isinstance(closed, Closed)


def test_an_ssh_key_is_shown_in_a_namespace_of_its_own() -> None:
    """Over the same transcript; what it signs here is no link."""
    wire = Wire(client(recover="ada", ssh=DESK), hub())
    wire.deliver_all()
    (asked,) = wire.events[Side.HUB]
    assert isinstance(asked, RecoveryRequested)
    assert isinstance(asked.frame, SshRecover)
    assert asked.frame.recovery == device_id(DeviceKey(DESK.public_key))
    assert check_ssh_request(asked.transcript, asked.frame, DESK.public_key)
    assert not check_ssh_request(bytes(32), asked.frame, DESK.public_key)
    assert not check_ssh_request(asked.transcript, asked.frame, OTHER_DESK.public_key)


def test_a_recovery_key_sees_the_same_certificate() -> None:
    """As every login does."""
    wire = Wire(client(recover="ada", certificate=None, loopback=True), hub(certificates=()))
    wire.deliver_all()
    assert isinstance(wire.events[Side.HUB][0], RecoveryRequested)
    one, other = client(recover="ada"), hub()
    other.receive(one.to_send()[0], 0)
    one.receive(other.to_send()[0], 0)
    elsewhere = hub(certificates=(b"x" * 32,))
    elsewhere.receive(client(recover="ada").to_send()[0], 0)
    elsewhere.to_send()
    (ended,) = elsewhere.receive(one.to_send()[0], 0)
    assert isinstance(ended, Closed)
    assert ended.code == ByeCode.CHANNEL


# Two devices at a slot.

SLOT = b"s" * 32


def test_a_device_waits_at_a_slot_by_its_key() -> None:
    """Signed as a login is, and no login."""
    wire = outcome(client(slot=SLOT), hub())
    (asked,) = wire.events[Side.HUB]
    assert isinstance(asked, MeetingRequested)
    assert isinstance(asked.frame, Await)
    assert asked.frame.slot == SLOT
    assert (asked.frame.account, asked.frame.device) == (ACCOUNT, device_id(DEVICE.public_key))
    assert check_request(asked.transcript, asked.frame, DEVICE.public_key, VERIFIER)
    assert state_of(wire.client) is state_of(wire.hub) is State.MEETING


def test_who_comes_to_a_slot_signs_nothing() -> None:
    """What both say is handed on; there is no other frame there."""
    wire = outcome(client(slot=SLOT, account=None), hub())
    (asked,) = wire.events[Side.HUB]
    assert isinstance(asked, MeetingRequested)
    assert asked.frame == Meet(SLOT, CERTIFICATE)
    wire.hub.send(Carry(b""))
    wire.deliver_all()
    wire.client.send(Carry(b"sealed"))
    wire.deliver_all()
    heard = wire.events[Side.CLIENT][-1], wire.events[Side.HUB][-1]
    frames = [event.frame for event in heard if isinstance(event, FrameReceived)]
    assert frames == [Carry(b""), Carry(b"sealed")]


def test_a_slot_is_seen_through_the_same_certificate() -> None:
    """As every login is."""
    for account in (ACCOUNT, None):
        one = client(slot=SLOT, account=account)
        other = hub(certificates=(b"x" * 32,))
        there = hub()
        there.receive(one.to_send()[0], 0)
        one.receive(there.to_send()[0], 0)
        other.receive(client().to_send()[0], 0)
        other.to_send()
        (ended,) = other.receive(one.to_send()[0], 0)
        assert isinstance(ended, Closed)
        assert ended.code == ByeCode.CHANNEL


def test_a_meeting_has_longer_than_a_login_and_an_end() -> None:
    """Words are typed meanwhile."""
    wire = outcome(client(slot=SLOT), hub())
    late_ms = int(HANDSHAKE_SECONDS * 1_000)
    end_ms = int(MEETING_SECONDS * 1_000)
    for end in (wire.client, wire.hub):
        assert end.tick(late_ms) == []
        assert end.tick(end_ms - 1) == []
        (ended,) = end.tick(end_ms)
        assert isinstance(ended, Closed)
        assert ended.code == ByeCode.TIMEOUT


def test_nobody_joins_or_recovers_at_a_slot() -> None:
    """That is the program's fault."""
    with pytest.raises(UsageError):
        client(slot=SLOT, join=wish())
    with pytest.raises(UsageError):
        client(slot=SLOT, recover="ada")
