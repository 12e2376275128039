"""What both sides claim in a login, signed and unsigned, to try things on."""

from dataclasses import replace
from hashlib import sha256
from typing import Final

from hobnob_protocol.crypto import Signer
from hobnob_protocol.errors import AuthError
from hobnob_protocol.frames import Auth, Challenge, Hello, Join
from hobnob_protocol.ids import (
    AccountId,
    DeviceKey,
    Epoch,
    HubId,
    ReplicaId,
    device_id,
    hub_id,
)
from hobnob_protocol.login import (
    VERSIONS,
    check_challenge,
    sign_challenge,
    transcript,
)
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from hobnob_protocol.wire import encode_frame

VERIFIER: Final = KeyedVerifier()
HUB_SIGNER: Final = KeyedSigner(b"hub")
HUB: Final = hub_id(HUB_SIGNER.public_key)
ROGUE_SIGNER: Final = KeyedSigner(b"rogue")
ROGUE: Final = hub_id(ROGUE_SIGNER.public_key)
DEVICE: Final = KeyedSigner(b"device")
CERTIFICATE: Final = sha256(b"certificate").digest()
OLD_CERTIFICATE: Final = sha256(b"the one before").digest()
PROXYS_CERTIFICATE: Final = sha256(b"proxy").digest()
UNSIGNED: Final = bytes(64)

HELLO: Final = encode_frame(Hello(VERSIONS, b"c" * 32, HUB, "test"))


def challenge(
    signer: Signer = HUB_SIGNER,
    certificates: tuple[bytes, ...] = (CERTIFICATE, OLD_CERTIFICATE),
    nonce: bytes = b"h" * 32,
    hello: bytes = HELLO,
) -> Challenge:
    """What a hub answers to HELLO."""
    unsigned = Challenge(
        1, hub_id(signer.public_key), signer.public_key, nonce, 7, certificates, UNSIGNED
    )
    return sign_challenge(hello, unsigned, signer)


def check(
    answer: Challenge,
    *,
    hello: bytes = HELLO,
    expected: HubId | None = HUB,
    certificate: bytes | None = CERTIFICATE,
    loopback: bool = False,
    successor: DeviceKey | None = None,
) -> str:
    """The rule an answer breaks, or "" if the client goes on."""
    try:
        check_challenge(hello, answer, expected, certificate, loopback, VERIFIER, successor)
    except AuthError as broken:
        return broken.rule
    return ""


def resigned(answer: Challenge, signer: Signer = HUB_SIGNER, **changed: object) -> Challenge:
    """An answer with other fields, signed as it stands."""
    return sign_challenge(HELLO, replace(answer, **changed), signer)  # type: ignore[arg-type]  # fields by name


def auth(certificate: bytes | None = CERTIFICATE) -> Auth:
    """A login, still to be signed."""
    account = AccountId(b"a" * 20)
    device = device_id(DEVICE.public_key)
    replica, epoch = ReplicaId(b"r" * 8), Epoch(b"e" * 8)
    return Auth(account, device, certificate, replica, epoch, b"d" * 16, UNSIGNED)


def join(certificate: bytes | None = CERTIFICATE) -> Join:
    """A joining, still to be signed."""
    return Join(b"invite", b"link", b"s" * 64, "ada", certificate, ReplicaId(b"r" * 8), UNSIGNED)


SAID: Final = transcript(HELLO, encode_frame(challenge()))
