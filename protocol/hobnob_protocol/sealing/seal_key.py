"""The key a device is sealed to: X-Wing (ML-KEM-768 with X25519) under HPKE, RFC 9180 base mode.

A seed of 32 bytes makes the parts as X-Wing does, so that any X-Wing takes seed and public key.
Seeds follow from each other in one direction: who deletes a seed cannot find it again, who restored
an older one from a backup walks forward to the present.
"""

from hashlib import sha256
from typing import Final, NewType

from hobnob_protocol.errors import SealError, UsageError
from hobnob_protocol.hkdf import expand

Kid = NewType("Kid", bytes)
"""8 bytes: SHA-256 of a seal key's public part under its tag, cut."""

SEED_BYTES: Final = 32
ML_KEM_NUMBERS_BYTES: Final = 1_152
ML_KEM_BYTES: Final = ML_KEM_NUMBERS_BYTES + 32
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
_ML_KEM_FIELD: Final = 3_329
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


def is_ml_kem(key: bytes) -> bool:
    """Are these 1,184 bytes a key of ML-KEM-768? FIPS 203 §7.2: each of its 768 numbers, which have
    12 bits, is less than 3,329. The last 32 bytes may be any."""
    numbers = key[:ML_KEM_NUMBERS_BYTES]
    return all(
        (low | (middle & 15) << 8) < _ML_KEM_FIELD and (middle >> 4 | high << 4) < _ML_KEM_FIELD
        for low, middle, high in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    )


def check_public(public: bytes) -> None:
    """SealError naming the rule these bytes break, where they are no key."""
    if len(public) != PUBLIC_BYTES:
        raise SealError("seal_key.length", f"{len(public)} bytes")
    if not is_ml_kem(public[:ML_KEM_BYTES]):
        raise SealError("seal_key.ml_kem")
    if is_low_order_u(public[ML_KEM_BYTES:]):
        raise SealError("seal_key.x25519")


def seal_to(public: bytes, secret: bytes, info: bytes) -> bytes:
    """`secret` for the holder of `public` alone, to be opened with the same `info`.

    Every call draws entropy of its own, inside the library; SealError where `public` is no key.
    """
    check_public(public)
    from hobnob_protocol.sealing import x_wing

    return x_wing.seal(public, secret, info)


def next_seed(seed: bytes) -> bytes:
    """The seed after this one: easy to go, impossible to go back."""
    return expand(seed, _NEXT)


class SealKey:
    """A seal key in hand. The seed is entropy, or `next_seed` of the one before; never shown."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise UsageError(f"a seed has {SEED_BYTES} bytes")
        from hobnob_protocol.sealing.x_wing import XWingKey

        self._key = XWingKey(seed)
        self.public = self._key.public
        """What others seal to: ML-KEM's 1,184 bytes, X25519's 32."""
        self.kid = kid_of(self.public)
        """Its name."""

    def open(self, sealed: bytes, info: bytes) -> bytes | None:
        """What was sealed to this key with this `info`; None for anything else."""
        return self._key.open(sealed, info)

    def __repr__(self) -> str:
        return f"SealKey({self.kid.hex()})"
