"""Signatures checked by libsodium, in half the time: what a busy hub does most is check signatures.

Measured beside the library that everything else uses, one check costs 55 us instead of 115 us.
Members check few, and do without it.
"""

from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

from hobnob_protocol.crypto import KEY_BYTES, has_form, is_low_order


class SodiumVerifier:
    """A `Verifier` that says what `Ed25519Verifier` says, of every key, signature and message."""

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Did the holder of `public_key` sign `message`? False for anything malformed."""
        if len(public_key) != KEY_BYTES or is_low_order(public_key) or not has_form(signature):
            return False
        try:
            crypto_sign_open(signature + message, public_key)
        except BadSignatureError:
            return False
        return True
