"""An invisible salamander: one ciphertext with one tag that decrypts under two keys.

ChaCha20-Poly1305 does not commit to its key: two blocks of the ciphertext are free to be solved for
so that Poly1305 comes out alike under both one-time keys.
"""

from itertools import count
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms

_P: Final = 2**130 - 5
_CLAMP: Final = 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
_FREE: Final = (1, 2)
"""The blocks of the ciphertext that are solved for."""


def _one_time(key: bytes, nonce: bytes) -> tuple[int, int]:
    """Poly1305's r and s under a key (RFC 8439 §2.6)."""
    stream = Cipher(algorithms.ChaCha20(key, bytes(4) + nonce), None).encryptor()
    block = stream.update(bytes(32))
    return int.from_bytes(block[:16], "little") & _CLAMP, int.from_bytes(block[16:], "little")


def _blocks(data: bytes) -> list[int]:
    padded = data.ljust(-(-len(data) // 16) * 16, b"\0")
    return [
        int.from_bytes(padded[at : at + 16], "little") | 1 << 128
        for at in range(0, len(padded), 16)
    ]


def salamander(one: bytes, other: bytes, nonce: bytes, aad: bytes, ciphertext: bytes) -> bytes:
    """`ciphertext`, whole blocks, with two of them changed, and a tag that fits under both keys."""
    keys = [_one_time(one, nonce), _one_time(other, nonce)]
    lengths = len(aad).to_bytes(8, "little") + len(ciphertext).to_bytes(8, "little")
    before = len(_blocks(aad))
    blocks = [*_blocks(aad), *_blocks(ciphertext), *_blocks(lengths)]
    for at in _FREE:
        blocks[before + at] = 0
    weights = [[pow(r, len(blocks) - before - at, _P) for at in _FREE] for r, _ in keys]
    fixed = [
        sum(block * pow(r, len(blocks) - place, _P) for place, block in enumerate(blocks)) % _P
        for r, _ in keys
    ]
    (a, b), (c, d) = weights
    inverse = pow(a * d - b * c, -1, _P)
    # Above both s nothing wraps, so that a sum mod p is a sum.
    for tag in count(max(s for _, s in keys)):
        e, f = ((tag - s - known) % _P for (_, s), known in zip(keys, fixed, strict=True))
        solved = ((d * e - b * f) * inverse % _P, (a * f - c * e) * inverse % _P)
        if all(1 << 128 <= block < 1 << 129 for block in solved):
            made = bytearray(ciphertext)
            for at, block in zip(_FREE, solved, strict=True):
                made[16 * at : 16 * at + 16] = (block - (1 << 128)).to_bytes(16, "little")
            return bytes(made) + tag.to_bytes(16, "little")
    raise AssertionError("there is always one")
