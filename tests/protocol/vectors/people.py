"""Who signs in the vectors: real Ed25519 keys from fixed seeds, and what their names are."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True)
class Person:
    """One device: its seed, and what follows from it."""

    seed: bytes

    @property
    def key(self) -> bytes:
        """Its Ed25519 public key."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return public.public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def device(self) -> bytes:
        """Its id."""
        return sha256(self.key).digest()[:8]

    def sign(self, *parts: bytes) -> bytes:
        """Its signature over these bytes, joined."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(b"".join(parts))


LAPTOP: Final = Person(b"laptop".ljust(32, b"."))
PHONE: Final = Person(b"phone".ljust(32, b"."))
TABLET: Final = Person(b"tablet".ljust(32, b"."))
STRANGER: Final = Person(b"stranger".ljust(32, b"."))
HUB_DEVICE: Final = Person(b"hub".ljust(32, b"."))
SUCCESSOR: Final = Person(b"successor".ljust(32, b"."))
ROGUE: Final = Person(b"rogue".ljust(32, b"."))

HUB: Final = sha256(HUB_DEVICE.key).digest()
ROGUE_HUB: Final = sha256(ROGUE.key).digest()
HUB_ACCOUNT: Final = sha256(b"hobnob/1 hub account\0" + HUB).digest()[:20]

IDENTITY: Final = bytes([1]) + bytes(31)
"""The point of order 1 as a key."""
IDENTITY_AGAIN: Final = (2**255 - 18).to_bytes(32, "little")
"""The same point written in a second way: its y is beyond the field."""
FITS_ALL: Final = IDENTITY + bytes(32)
"""A signature that fits every message under either of both, where nobody looks at the key."""
ORDER: Final = 2**252 + 27742317777372353535851937790883648493
"""The order of Ed25519's base point."""


def lengthened(signature: bytes) -> bytes:
    """The same signature with S + L for its S: RFC 8032 refuses it, a careless check does not."""
    number = int.from_bytes(signature[32:], "little") + ORDER
    return signature[:32] + number.to_bytes(32, "little")
