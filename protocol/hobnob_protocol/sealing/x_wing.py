"""X-Wing (ML-KEM-768 with X25519) under HPKE, as `cryptography` has it.

Apart from `seal_key`, which imports it when a key is made or sealed to: the library takes 7 MB and
6 ms, and most who run talk under keys that both ends hold by now.
"""

from hashlib import shake_256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_X25519_BYTES: Final = 32


class XWingKey:
    """The key that a seed of 32 bytes makes."""

    def __init__(self, seed: bytes) -> None:
        parts = shake_256(seed).digest(96)
        ml_kem = MLKEM768PrivateKey.from_seed_bytes(parts[:64])
        x25519 = X25519PrivateKey.from_private_bytes(parts[64:])
        self._key = MLKEM768X25519PrivateKey(ml_kem, x25519)
        self.public: Final = (
            ml_kem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        )
        """Both parts, one behind the other."""

    def open(self, sealed: bytes, info: bytes) -> bytes | None:
        """What was sealed to this key with this `info`; None for anything else."""
        try:
            return _SUITE.decrypt(sealed, self._key, info)
        except InvalidTag:
            return None


def seal(public: bytes, secret: bytes, info: bytes) -> bytes:
    """`secret` for the holder of a public part that was checked."""
    ml_kem = MLKEM768PublicKey.from_public_bytes(public[:-_X25519_BYTES])
    x25519 = X25519PublicKey.from_public_bytes(public[-_X25519_BYTES:])
    return _SUITE.encrypt(secret, MLKEM768X25519PublicKey(ml_kem, x25519), info)
