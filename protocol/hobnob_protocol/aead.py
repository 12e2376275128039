"""Sealing under a key that both ends hold: ChaCha20-Poly1305 (RFC 8439), libsodium's."""

from typing import Final

from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt,
    crypto_aead_chacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
"""What sealing adds."""


def seal(key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
    """`text` sealed, and bound to what is not. No two texts have both key and nonce in common."""
    return crypto_aead_chacha20poly1305_ietf_encrypt(text, bound, nonce, key)


def unseal(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes | None:
    """What was sealed so; None for anything else."""
    if len(sealed) < TAG_BYTES:
        return None
    try:
        return crypto_aead_chacha20poly1305_ietf_decrypt(sealed, bound, nonce, key)
    except CryptoError:
        return None
