"""Signatures as values: a signer makes them, a verifier checks them; both are arguments everywhere.

They are libsodium's. Libraries differ about keys of low order, under which one fixed signature fits
every message (security.md §0.8, §6 row 33), and about signatures that begin with such a point: both
are refused here, by name, before any check. Whoever checks must come to the same answer, by
whichever library.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Final, Protocol

from nacl.bindings import crypto_sign, crypto_sign_open, crypto_sign_seed_keypair
from nacl.exceptions import BadSignatureError

from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import DeviceKey

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64

NOBODY_KEY: Final = DeviceKey(sha256(b"hobnob/1 nobody\x00").digest())
"""A key nobody holds. It is a point of the curve, as every second hash is, so that a check under it
fails as late as a check under a real key: who is unknown cannot be told by the time it takes."""

_FIELD: Final = 2**255 - 19
_SIGN_BIT: Final = 1 << 255
_LOW_ORDER: Final = tuple(
    int.from_bytes(bytes.fromhex(y), "little")
    for y in (
        "0000000000000000000000000000000000000000000000000000000000000000",  # order 4
        "0100000000000000000000000000000000000000000000000000000000000000",  # order 1
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",  # order 8
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",  # order 8
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  # order 2
    )
)
"""The y of the eight points whose order divides 8, as RFC 8032 §5.1.2 encodes it without its sign
bit; the tests compute them from the curve."""
_REFUSED: Final = frozenset(
    (y | sign).to_bytes(KEY_BYTES, "little")
    for y in (*_LOW_ORDER, *range(_FIELD, _SIGN_BIT))
    for sign in (0, _SIGN_BIT)
)
"""There are so few that they are kept as they are written: two are looked for in each message."""


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
    """Would these 32 bytes let anybody sign, or are they a second way to write a key?

    Refused are the points of low order with either sign bit, and every y beyond the field: those
    write a point that another encoding writes too.
    """
    return public_key in _REFUSED


def has_form(signature: bytes) -> bool:
    """Could it be a signature? 64 bytes that begin with a point R which is not of low order.

    R of low order is made by nobody who signs as RFC 8032 §5.1.6 says. OpenSSL accepts it where the
    equation holds, libsodium never does.
    """
    return len(signature) == SIGNATURE_BYTES and not is_low_order(signature[:KEY_BYTES])


class Ed25519Signer:
    """Ed25519 (RFC 8032) from a 32-byte seed; the seed is never shown."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != KEY_BYTES:
            raise UsageError(f"a seed has {KEY_BYTES} bytes")
        public, secret = crypto_sign_seed_keypair(seed)
        self._public_key = DeviceKey(public)
        self._sign: Final = _signing(secret)

    @property
    def public_key(self) -> DeviceKey:
        """32 bytes."""
        return self._public_key

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._sign(message)

    def __repr__(self) -> str:
        return f"Ed25519Signer({self._public_key.hex()[:16]})"


def _signing(secret: bytes) -> Callable[[bytes], bytes]:
    """What signs: a crash screen that prints what it finds prints no secret."""
    return lambda message: crypto_sign(message, secret)[:SIGNATURE_BYTES]


class Ed25519Verifier:
    """Ed25519 (RFC 8032), strict in the key, in R and in s."""

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Did the holder of `public_key` sign `message`? False for anything malformed."""
        if len(public_key) != KEY_BYTES or is_low_order(public_key) or not has_form(signature):
            return False
        try:
            crypto_sign_open(signature + message, public_key)
        except BadSignatureError:
            return False
        return True
