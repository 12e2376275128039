"""Logins: each side knows whom it talks to, and what was said elsewhere is worth nothing here."""

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
from hobnob_protocol.frames import Auth, Challenge, Hello, Join
from hobnob_protocol.ids import (
    AccountId,
    ReplicaId,
    device_id,
    hub_id,
)
from hobnob_protocol.login import (
    RULES,
    VERSIONS,
    check_certificate,
    check_challenge,
    check_request,
    choose_version,
    sign_request,
    transcript,
)
from hobnob_protocol.meeting_frames import Await
from hobnob_protocol.recovery_frames import Recover
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_protocol.wire import encode_frame, encode_unsigned
from tests.protocol.claims import (
    CERTIFICATE,
    DEVICE,
    HELLO,
    HUB,
    HUB_SIGNER,
    OLD_CERTIFICATE,
    PROXYS_CERTIFICATE,
    ROGUE,
    ROGUE_SIGNER,
    SAID,
    UNSIGNED,
    VERIFIER,
    auth,
    challenge,
    check,
    join,
    resigned,
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


# Is this the hub we mean?


def test_the_hub_that_was_meant_is_believed() -> None:
    """With any of the certificates it names."""
    assert check(challenge()) == ""
    assert check(challenge(), certificate=OLD_CERTIFICATE) == ""


def test_at_first_use_any_hub_is_believed_to_be_itself() -> None:
    """And from then on it is pinned."""
    assert check(challenge(ROGUE_SIGNER), expected=None) == ""


def test_another_hub_is_not_the_one_we_mean() -> None:
    """However well it signs."""
    assert check(challenge(ROGUE_SIGNER)) == "login.hub"
    assert check(challenge(), expected=ROGUE) == "login.hub"


def test_a_hub_cannot_name_itself_after_another() -> None:
    """The id is the hash of the key, also at first use."""
    posing = resigned(challenge(ROGUE_SIGNER), ROGUE_SIGNER, hub=HUB)
    assert check(posing) == "login.hub_key"
    assert check(posing, expected=None) == "login.hub_key"


def test_a_version_we_did_not_offer_is_refused() -> None:
    """So nobody talks us down."""
    for version in (0, 2):
        assert check(resigned(challenge(), version=version)) == "login.version"


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": b"x" * 32},
        {"time_ms": 8},
        {"certificates": (PROXYS_CERTIFICATE,)},
        {"certificates": ()},
        {"signature": UNSIGNED},
    ],
)
def test_what_the_hub_did_not_sign_is_refused(changed: dict[str, object]) -> None:
    """Every field of the answer is under its signature."""
    answer = replace(challenge(), **changed)  # type: ignore[arg-type]  # fields by name
    seen = answer.certificates[0] if answer.certificates else None
    assert check(answer, certificate=seen, loopback=not seen) == "login.signature"


def test_an_answer_to_another_hello_is_refused() -> None:
    """A recorded one answers another nonce."""
    other = encode_frame(Hello(VERSIONS, b"C" * 32, HUB, "test"))
    assert check(challenge(), hello=other) == "login.signature"


def test_a_signature_for_a_login_is_none_for_a_hub() -> None:
    """Tags keep the uses of one key apart."""
    answer = challenge()
    said = transcript(HELLO, encode_unsigned(answer))
    assert check(replace(answer, signature=HUB_SIGNER.sign(said))) == "login.signature"
    crossed = HUB_SIGNER.sign(b"hobnob/1 auth\0" + said)
    assert check(replace(answer, signature=crossed)) == "login.signature"


def test_a_proxy_between_us_and_the_hub_is_noticed() -> None:
    """Its certificate is none of those the hub signed; none at all is no better."""
    assert check(challenge(), certificate=PROXYS_CERTIFICATE) == "login.certificate"
    assert check(challenge(), certificate=None) == "login.certificate"
    assert check(challenge(), certificate=None, loopback=True) == "login.certificate"


def test_only_a_loopback_goes_without_certificates() -> None:
    """A hub that names none is refused anywhere else, whatever we see."""
    bare = challenge(certificates=())
    assert check(bare, certificate=None, loopback=True) == ""
    assert check(bare, certificate=CERTIFICATE, loopback=True) == ""
    assert check(bare, certificate=None) == "login.certificate"
    assert check(bare) == "login.certificate"


def test_a_succeeded_key_speaks_for_the_pinned_hub() -> None:
    """Its id stays that of the first key; the first key itself is worth nothing any more."""
    successor = KeyedSigner(b"successor")
    answer = resigned(challenge(successor), successor, hub=HUB)
    assert check(answer, successor=successor.public_key) == ""
    assert check(answer) == "login.hub_key"
    assert check(challenge(), successor=successor.public_key) == "login.hub_key"
    assert check(answer, expected=None, successor=successor.public_key) == "login.hub_key"
    assert check(resigned(answer), successor=successor.public_key) == "login.signature"


# Is this the device it says?


@pytest.mark.parametrize("unsigned", [auth(), join()])
def test_a_login_counts_on_one_connection_only(unsigned: Auth | Join) -> None:
    """Played again the hub's nonce is another; relayed to another hub, its name is."""
    request = sign_request(SAID, unsigned, DEVICE)
    again = transcript(HELLO, encode_frame(challenge(nonce=b"H" * 32)))
    elsewhere = transcript(HELLO, encode_frame(challenge(ROGUE_SIGNER)))
    other_hello = encode_frame(Hello(VERSIONS, b"C" * 32, HUB, "test"))
    for said in (again, elsewhere, transcript(other_hello, encode_frame(challenge()))):
        assert not check_request(said, request, DEVICE.public_key, VERIFIER)


def test_a_login_counts_for_its_device_only() -> None:
    """Another key did not sign it."""
    request = sign_request(SAID, auth(), DEVICE)
    assert not check_request(SAID, request, ROGUE_SIGNER.public_key, VERIFIER)


@pytest.mark.parametrize(
    "changed",
    [
        {"account": AccountId(b"b" * 20)},
        {"device": device_id(ROGUE_SIGNER.public_key)},
        {"certificate": PROXYS_CERTIFICATE},
        {"certificate": None},
        {"replica": ReplicaId(b"R" * 8)},
        {"epoch": None},
        {"digest": None},
        {"signature": UNSIGNED},
    ],
)
def test_every_field_of_an_auth_is_signed(changed: dict[str, object]) -> None:
    """Whoever changes one breaks it."""
    request = replace(sign_request(SAID, auth(), DEVICE), **changed)  # type: ignore[arg-type]  # fields by name
    assert not check_request(SAID, request, DEVICE.public_key, VERIFIER)


@pytest.mark.parametrize(
    "changed",
    [
        {"invite": b"other"},
        {"link": b"other"},
        {"link_signature": b"S" * 64},
        {"handle": "eve"},
        {"certificate": None},
        {"replica": ReplicaId(b"R" * 8)},
    ],
)
def test_every_field_of_a_join_is_signed(changed: dict[str, object]) -> None:
    """So nobody takes the invite out of it for another account."""
    request = replace(sign_request(SAID, join(), DEVICE), **changed)  # type: ignore[arg-type]  # fields by name
    assert not check_request(SAID, request, DEVICE.public_key, VERIFIER)


def test_a_signature_for_a_hub_is_none_for_a_login() -> None:
    """Tags keep the uses of one key apart."""
    crossed = replace(auth(), signature=DEVICE.sign(b"hobnob/1 hub\0" + SAID))
    assert not check_request(SAID, crossed, DEVICE.public_key, VERIFIER)


@pytest.mark.parametrize("make", [auth, join])
def test_a_hub_lets_in_who_saw_its_certificate(
    make: Callable[[bytes | None], Auth | Join],
) -> None:
    """The present one, or the one before; and none where it has none."""
    hubs = (CERTIFICATE, OLD_CERTIFICATE)
    assert check_certificate(make(CERTIFICATE), hubs)
    assert check_certificate(make(OLD_CERTIFICATE), hubs)
    assert not check_certificate(make(PROXYS_CERTIFICATE), hubs)
    assert not check_certificate(make(None), hubs)
    assert check_certificate(make(None), ())
    assert not check_certificate(make(CERTIFICATE), ())


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
