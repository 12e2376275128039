"""Keys drawn from other keys: HKDF (RFC 5869) with SHA-256, of one block."""

import hmac
from typing import Final

KEY_BYTES: Final = 32
"""What is drawn: one block, as every key here is."""
_NO_SALT: Final = bytes(32)
_FIRST_BLOCK: Final = b"\x01"


def expand(key: bytes, info: bytes) -> bytes:
    """HKDF-Expand: the 32 bytes that `info` names, of a key that is as good as random."""
    return hmac.digest(key, info + _FIRST_BLOCK, "sha256")


def derive(entropy: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF: the 32 bytes that `info` names, of what may be any secret; `salt` may be empty."""
    return expand(hmac.digest(salt or _NO_SALT, entropy, "sha256"), info)
