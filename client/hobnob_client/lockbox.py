"""Locked bytes: what a secret file holds where a passphrase guards it (security.md §3).

A lock is a key that Argon2id (RFC 9106) draws from a passphrase, and the cost it was drawn at. A
box is MessagePack `[1, memory_kib, passes, lanes, salt, nonce, sealed]`, sealed by
ChaCha20-Poly1305 (RFC 8439). All that stands before `sealed` is bound to it, and so is the box's
`name`: none passes for another.

A second file needs no passphrase of its own: `beside` locks it by the device's seed, which lies in
`device.key`. It is as locked as that is, and a change of the passphrase leaves it as it stands.
"""

import os
import unicodedata
from dataclasses import field
from typing import Final, NamedTuple

from hobnob_protocol.aead import KEY_BYTES, NONCE_BYTES, seal, unseal
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError, WorldError
from hobnob_protocol.hkdf import derive
from hobnob_protocol.value import value

PASSPHRASE_LETTERS_MIN: Final = 8
"""Fewer are guessed in a day at a third of a second each, on many machines."""
PASSPHRASE_BYTES_MAX: Final = 1_024
"""A passphrase is a sentence at most."""
BOX_BYTES_MAX: Final = 16_384
"""A box holds keys, not texts."""
_MEMORY_KIB_MAX: Final = 1 << 20
_PASSES_MAX: Final = 64
_LANES_MAX: Final = 64
"""A file that somebody has put there costs no more than this to refuse."""
_SALT_BYTES: Final = 16
_VERSION: Final = 1
_TAG: Final = b"hobnob/1 box\0"
_BESIDE_TAG: Final = b"hobnob/1 beside\0"


class Cost(NamedTuple):
    """What one guess costs: KiB of memory, passes over it, lanes at once."""

    memory_kib: int
    passes: int
    lanes: int


COST: Final = Cost(65_536, 3, 4)
"""64 MiB and 0.3 s of a processor (security.md §1)."""
_NO_COST: Final = Cost(0, 0, 0)


class WrongPassphrase(WorldError):
    """The lock does not open the box: another passphrase closed it, or it was changed since."""


@value
class Lock:
    """A key drawn from a passphrase. It shows itself to nobody."""

    cost: Cost
    salt: bytes
    key: bytes = field(repr=False)

    def close(self, name: bytes, plain: bytes) -> bytes:
        """The box that holds `plain`."""
        nonce = os.urandom(NONCE_BYTES)
        bound = _bound(name, self.cost, self.salt, nonce)
        sealed = seal(self.key, nonce, plain, bound)
        return encode((_VERSION, *self.cost, self.salt, nonce, sealed))

    def open(self, name: bytes, box: bytes) -> bytes:
        """What the box holds. WrongPassphrase; ValueError where it is no box."""
        read = _read(box)
        bound = _bound(name, read.cost, read.salt, read.nonce)
        plain = unseal(self.key, read.nonce, read.sealed, bound)
        if plain is None:
            raise WrongPassphrase
        return plain


def new_lock(passphrase: str, cost: Cost = COST) -> Lock:
    """A lock of this passphrase, unlike any other of the same."""
    return _drawn(passphrase, cost, os.urandom(_SALT_BYTES))


def lock_of(box: bytes, passphrase: str) -> Lock:
    """The lock that closed this box, if this is its passphrase. ValueError where it is no box."""
    read = _read(box)
    return _drawn(passphrase, read.cost, read.salt)


def check(box: bytes) -> None:
    """Is it a box? ValueError where not."""
    _read(box)


def beside(seed: bytes, name: bytes) -> Lock:
    """The lock of another file of the same device, at no cost: nobody guesses a seed."""
    return Lock(_NO_COST, b"", derive(seed, b"", _BESIDE_TAG + name))


def _drawn(passphrase: str, cost: Cost, salt: bytes) -> Lock:
    # Only who has locked something pays for importing it, 7 MB and 6 ms.
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # The same letters may be typed as one sign or as two: one machine's é opens another's.
    data = unicodedata.normalize("NFC", passphrase).encode()
    derivation = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return Lock(cost, salt, derivation.derive(data))


def _bound(name: bytes, cost: Cost, salt: bytes, nonce: bytes) -> bytes:
    return _TAG + encode((name, _VERSION, *cost, salt, nonce))


class _Box(NamedTuple):
    """A box, read and not yet open."""

    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes


def _read(box: bytes) -> _Box:
    try:
        fields = decode(box, BOX_BYTES_MAX)
    except ProtocolError as broken:
        raise ValueError("no box") from broken
    match fields:
        case [1, int(memory), int(passes), int(lanes), bytes(salt), bytes(nonce), bytes(sealed)]:
            cost = Cost(memory, passes, lanes)
        case _:
            raise ValueError("no box")
    if len(nonce) != NONCE_BYTES or not _is_bounded(cost, salt):
        raise ValueError("no box")
    return _Box(cost, salt, nonce, sealed)


def _is_bounded(cost: Cost, salt: bytes) -> bool:
    if cost == _NO_COST:
        return not salt
    memory, passes, lanes = cost
    if not (0 < lanes <= _LANES_MAX and 0 < passes <= _PASSES_MAX):
        return False
    # RFC 9106 §3.1: eight blocks of a KiB for each lane.
    return 8 * lanes <= memory <= _MEMORY_KIB_MAX and len(salt) == _SALT_BYTES
