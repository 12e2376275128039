"""Signatures for simulations: as long as real ones, twenty times cheaper, and worth nothing.

Anybody who knows the public key can sign. Use it only where all parties are one program.
"""

from hashlib import blake2b, sha256

from hobnob_protocol.ids import DeviceKey


def _sign(public_key: bytes, message: bytes) -> bytes:
    return blake2b(message, key=public_key, digest_size=64).digest()


class KeyedSigner:
    """Signs with BLAKE2b keyed by the public key."""

    def __init__(self, seed: bytes) -> None:
        self._public_key = DeviceKey(sha256(seed).digest())

    @property
    def public_key(self) -> DeviceKey:
        """32 bytes."""
        return self._public_key

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return _sign(self._public_key, message)


class KeyedVerifier:
    """The other half of `KeyedSigner`."""

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Was `signature` made for `message` with this key?"""
        return len(public_key) == 32 and signature == _sign(public_key, message)
