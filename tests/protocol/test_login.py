"""Logins: what is signed, and how both ends of a connection come to one."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.connection.client import ClientConnection
from hobnob_protocol.connection.events import Closed, ConnectionEvent, LoginRequested
from hobnob_protocol.connection.hub import HubConnection
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier, Signer
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Auth, Challenge, Join
from hobnob_protocol.ids import (
    device_id,
    hub_id,
)
from hobnob_protocol.login import (
    RULES,
    check_challenge,
    check_request,
    choose_version,
    sign_request,
    transcript,
)
from hobnob_protocol.meeting_frames import Await
from hobnob_protocol.recovery_frames import Recover
from hobnob_protocol.wire import encode_frame, encode_unsigned
from tests.protocol.claims import (
    CERTIFICATE,
    DEVICE,
    HELLO,
    HUB,
    HUB_SIGNER,
    PROXYS_CERTIFICATE,
    ROGUE_SIGNER,
    SAID,
    VERIFIER,
    auth,
    challenge,
    join,
)

# What is signed.


def test_a_transcript_is_the_hash_of_what_was_sent() -> None:
    """HELLO and CHALLENGE, byte by byte."""
    assert transcript(b"hello", b"challenge") == sha256(b"hellochallenge").digest()


RECOVER = Recover("ada", device_id(DEVICE.public_key), CERTIFICATE, bytes(64))

AWAIT = Await(b"s" * 32, auth().account, device_id(DEVICE.public_key), CERTIFICATE, bytes(64))


def test_what_a_recovery_key_signs_is_no_login() -> None:
    """Nor is a login a recovery: the op is signed."""
    recovery = sign_request(SAID, RECOVER, DEVICE)
    for other in (auth(), join(), AWAIT):
        posing = replace(other, signature=recovery.signature)
        assert not check_request(SAID, posing, DEVICE.public_key, VERIFIER)


@pytest.mark.parametrize("frame", [challenge(), auth(), join(), RECOVER, AWAIT])
def test_a_frame_is_signed_without_its_signature(
    frame: Challenge | Auth | Join | Recover | Await,
) -> None:
    """The same array, one element shorter."""
    whole = decode(encode_frame(frame))
    assert isinstance(whole, tuple)
    assert encode_unsigned(frame) == encode(whole[:-1])
    assert whole[-1] == frame.signature


def test_a_hub_signs_what_both_have_said() -> None:
    """Under its own tag, over HELLO and its answer without the signature."""
    answer = challenge()
    signed = b"hobnob/1 hub\0" + sha256(HELLO + encode_unsigned(answer)).digest()
    assert answer.signature == HUB_SIGNER.sign(signed)


@pytest.mark.parametrize("request_unsigned", [auth(), join(), RECOVER, AWAIT])
def test_a_device_signs_its_request_after_what_was_said(
    request_unsigned: Auth | Join | Recover | Await,
) -> None:
    """Under its own tag, over the transcript and the request without the signature."""
    signed = b"hobnob/1 auth\0" + SAID + encode_unsigned(request_unsigned)
    request = sign_request(SAID, request_unsigned, DEVICE)
    assert request == replace(request_unsigned, signature=DEVICE.sign(signed))
    assert check_request(SAID, request, DEVICE.public_key, VERIFIER)


def test_real_signatures_log_in_too() -> None:
    """Ed25519 on both sides."""
    verifier = Ed25519Verifier()
    hub, device = Ed25519Signer(b"h" * 32), Ed25519Signer(b"d" * 32)
    answer = challenge(hub)
    check_challenge(HELLO, answer, answer.hub, CERTIFICATE, False, verifier)
    request = sign_request(SAID, auth(), device)
    assert check_request(SAID, request, device.public_key, verifier)
    assert not check_request(SAID, request, hub.public_key, verifier)


# Both ends of a connection.


def connected(
    saw: bytes | None, named: tuple[bytes, ...], loopback: bool = False, signer: Signer = HUB_SIGNER
) -> tuple[list[ConnectionEvent], list[ConnectionEvent]]:
    """What client and hub say of a login whose client is shown the certificate `saw`."""
    client = ClientConnection(
        hub_expected=HUB,
        signer=DEVICE,
        account=auth().account,
        join=None,
        replica=auth().replica,
        epoch=None,
        digest=None,
        nonce=b"c" * 32,
        client_name="test",
        certificate=saw,
        loopback=loopback,
        verifier=VERIFIER,
        now_ms=0,
    )
    hub = HubConnection(hub_id(signer.public_key), signer, b"h" * 32, named, VERIFIER, 0)
    for hello in client.to_send():
        hub.receive(hello, 1)
    at_client = [event for data in hub.to_send() for event in client.receive(data, 2)]
    at_hub = [event for data in client.to_send() for event in hub.receive(data, 3)]
    return at_client, at_hub


@pytest.mark.parametrize(
    ("saw", "named", "loopback"), [(CERTIFICATE, (CERTIFICATE,), False), (None, (), True)]
)
def test_an_honest_line_leads_to_a_login(
    saw: bytes | None, named: tuple[bytes, ...], loopback: bool
) -> None:
    """The hub is asked to judge it, with the transcript that was signed."""
    at_client, (login,) = connected(saw, named, loopback)
    assert at_client == []
    assert isinstance(login, LoginRequested)
    assert check_request(login.transcript, login.frame, DEVICE.public_key, VERIFIER)


def test_a_client_signs_nothing_for_a_rogue_hub_or_a_proxy() -> None:
    """It leaves before it has proved anything."""
    for at_client, at_hub in (
        connected(CERTIFICATE, (CERTIFICATE,), signer=ROGUE_SIGNER),
        connected(PROXYS_CERTIFICATE, (CERTIFICATE,)),
        connected(None, ()),
    ):
        (closed,) = at_client
        assert isinstance(closed, Closed)
        assert closed.code == ByeCode.CHANNEL
        assert not any(isinstance(event, LoginRequested) for event in at_hub)


@pytest.mark.parametrize("make", [auth, join])
def test_a_hub_notices_a_proxy_its_client_did_not(
    make: Callable[[bytes | None], Auth | Join],
) -> None:
    """A careless client signed for the certificate it saw, which is none of the hub's."""
    for saw in (PROXYS_CERTIFICATE, None):
        hub = HubConnection(HUB, HUB_SIGNER, b"h" * 32, (CERTIFICATE,), VERIFIER, 0)
        hub.receive(HELLO, 1)
        said = transcript(HELLO, hub.to_send()[0])
        (closed,) = hub.receive(encode_frame(sign_request(said, make(saw), DEVICE)), 2)
        assert isinstance(closed, Closed)
        assert closed.code == ByeCode.CHANNEL


# Which language?


def test_the_best_version_both_speak_is_chosen() -> None:
    """In whatever order it was offered."""
    assert choose_version((1,)) == 1
    assert choose_version((9, 1)) == 1
    assert choose_version((1, 9)) == 1


@pytest.mark.parametrize("offered", [(), (0,), (2, 3)])
def test_without_a_common_version_there_is_none(offered: tuple[int, ...]) -> None:
    """One of both must be upgraded."""
    assert choose_version(offered) is None


def test_the_rules_are_these() -> None:
    """Each is explained once, for the specification."""
    assert set(RULES) == {
        "login.version",
        "login.hub",
        "login.hub_key",
        "login.signature",
        "login.certificate",
    }
    assert all(RULES.values())
