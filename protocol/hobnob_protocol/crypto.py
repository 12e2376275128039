"""Signatures as values: a signer makes them, a verifier checks them; both are arguments everywhere.

The library accepts keys of low order, under which one fixed signature fits every message
(security.md §0.8, §6 row 33): they are refused here, by name, before any check.
"""

from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import DeviceKey

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
PARSED_KEYS_MAX: Final = 4_096
"""Public keys kept parsed: a community's active devices."""

_FIELD: Final = 2**255 - 19
_LOW_ORDER_Y: Final = (
    0,
    1,
    _FIELD - 1,
    2707385501144840649318225287225658788936804267575313519463743609750303021540,
    55188659117513257062467267217118295137698188065244968500265048394206261417927,
)
"""The y coordinates of the eight points whose order divides 8 (RFC 8032 §5.1.3, RFC 7748 §7)."""


class Signer(Protocol):
    """A device that can sign."""

    @property
    def public_key(self) -> DeviceKey:
        """The key others check its signatures with."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes over `message`; the same for the same message."""
        ...


class Verifier(Protocol):
    """Checks signatures; never raises."""

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Did the holder of `public_key` sign `message`?"""
        ...


def is_low_order(public_key: bytes) -> bool:
    """Would a key let anybody sign? True also for encodings of y beyond the field."""
    y = int.from_bytes(public_key, "little") & ((1 << 255) - 1)
    return y >= _FIELD or y in _LOW_ORDER_Y


class Ed25519Signer:
    """Ed25519 (RFC 8032) from a 32-byte seed; the seed is never shown."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != KEY_BYTES:
            raise UsageError(f"a seed has {KEY_BYTES} bytes")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._public_key = DeviceKey(public)

    @property
    def public_key(self) -> DeviceKey:
        """32 bytes."""
        return self._public_key

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return f"Ed25519Signer({self._public_key.hex()[:16]})"


class Ed25519Verifier:
    """Ed25519 (RFC 8032), strict in the key; s ≥ L is refused by the library."""

    def __init__(self) -> None:
        self._parsed: dict[bytes, Ed25519PublicKey | None] = {}

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Did the holder of `public_key` sign `message`? False for anything malformed."""
        key = self._key(public_key)
        if key is None or len(signature) != SIGNATURE_BYTES:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def _key(self, public_key: bytes) -> Ed25519PublicKey | None:
        if public_key in self._parsed:
            return self._parsed[public_key]
        if len(public_key) != KEY_BYTES:
            return None
        if len(self._parsed) >= PARSED_KEYS_MAX:
            self._parsed.clear()
        key = None if is_low_order(public_key) else Ed25519PublicKey.from_public_bytes(public_key)
        self._parsed[public_key] = key
        return key
