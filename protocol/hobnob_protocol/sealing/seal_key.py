"""The key a device is sealed to: X-Wing (ML-KEM-768 with X25519) under HPKE, RFC 9180 base mode.

A seed of 32 bytes makes the parts as X-Wing does, so that any X-Wing takes seed and public key.
Seeds follow from each other in one direction: who deletes a seed cannot find it again, who restored
an older one from a backup walks forward to the present.
"""

from hashlib import sha256, shake_256
from typing import Final, NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from hobnob_protocol.errors import SealError, UsageError

Kid = NewType("Kid", bytes)
"""8 bytes: SHA-256 of a seal key's public part under its tag, cut."""

SEED_BYTES: Final = 32
ML_KEM_BYTES: Final = 1_184
PUBLIC_BYTES: Final = ML_KEM_BYTES + 32
SEALING_BYTES: Final = 1_136
"""What sealing adds: the encapsulation of both parts, 1,120 bytes, and a tag of 16."""

RULES: Final = {
    "seal_key.length": f"the public part of a seal key has {PUBLIC_BYTES} bytes",
    "seal_key.ml_kem": "its first 1184 bytes are a key of ML-KEM-768",
    "seal_key.x25519": "its last 32 are a key of X25519, not of low order, written in the one way",
}
"""Every rule a public part must keep, by the name its `SealError` carries."""

_KID_TAG: Final = b"hobnob/1 seal key\0"
_NEXT: Final = b"hobnob/1 next seal key\0"
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

_FIELD: Final = 2**255 - 19
_LOW_ORDER: Final = tuple(
    int.from_bytes(bytes.fromhex(u), "little")
    for u in (
        "0000000000000000000000000000000000000000000000000000000000000000",  # orders 1, 2
        "0100000000000000000000000000000000000000000000000000000000000000",  # order 4
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",  # order 8
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",  # order 8
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  # order 4, the twist
    )
)
"""The u of the points whose order divides 8, on the curve and its twist; the tests compute them."""


def kid_of(public: bytes) -> Kid:
    """The name of a seal key: derived, so that nobody can give one key the name of another."""
    return Kid(sha256(_KID_TAG + public).digest()[:8])


def is_low_order_u(u_coordinate: bytes) -> bool:
    """Would these 32 bytes make a secret that everybody knows, or are they a second way to write
    a key? The highest bit is no part of a key, so it must be unset."""
    u = int.from_bytes(u_coordinate, "little")
    return u >= _FIELD or u in _LOW_ORDER


def check_public(public: bytes) -> MLKEM768X25519PublicKey:
    """The key of these bytes; SealError naming the rule they break."""
    if len(public) != PUBLIC_BYTES:
        raise SealError("seal_key.length", f"{len(public)} bytes")
    try:
        ml_kem = MLKEM768PublicKey.from_public_bytes(public[:ML_KEM_BYTES])
    except ValueError as broken:
        raise SealError("seal_key.ml_kem") from broken
    if is_low_order_u(public[ML_KEM_BYTES:]):
        raise SealError("seal_key.x25519")
    x25519 = X25519PublicKey.from_public_bytes(public[ML_KEM_BYTES:])
    return MLKEM768X25519PublicKey(ml_kem, x25519)


def seal_to(public: bytes, secret: bytes, info: bytes) -> bytes:
    """`secret` for the holder of `public` alone, to be opened with the same `info`.

    Every call draws entropy of its own, inside the library; SealError where `public` is no key.
    """
    return _SUITE.encrypt(secret, check_public(public), info)


def next_seed(seed: bytes) -> bytes:
    """The seed after this one: easy to go, impossible to go back."""
    return HKDFExpand(SHA256(), SEED_BYTES, _NEXT).derive(seed)


class SealKey:
    """A seal key in hand. The seed is entropy, or `next_seed` of the one before; never shown."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise UsageError(f"a seed has {SEED_BYTES} bytes")
        parts = shake_256(seed).digest(96)
        ml_kem = MLKEM768PrivateKey.from_seed_bytes(parts[:64])
        x25519 = X25519PrivateKey.from_private_bytes(parts[64:])
        self._key = MLKEM768X25519PrivateKey(ml_kem, x25519)
        self.public = (
            ml_kem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        )
        """What others seal to: ML-KEM's 1,184 bytes, X25519's 32."""
        self.kid = kid_of(self.public)
        """Its name."""

    def open(self, sealed: bytes, info: bytes) -> bytes | None:
        """What was sealed to this key with this `info`; None for anything else."""
        try:
            return _SUITE.decrypt(sealed, self._key, info)
        except InvalidTag:
            return None

    def __repr__(self) -> str:
        return f"SealKey({self.kid.hex()})"
