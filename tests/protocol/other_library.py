"""The same signatures by another library than ours: what both say of a key is what may be believed.

OpenSSL's, by `cryptography`: it accepts more than we do, so what we refuse by name comes before it.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hobnob_protocol.crypto import KEY_BYTES, has_form, is_low_order


class OtherVerifier:
    """A `Verifier`."""

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Did the holder of `public_key` sign `message`? False for anything malformed."""
        if len(public_key) != KEY_BYTES or is_low_order(public_key) or not has_form(signature):
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def signed(seed: bytes, message: bytes) -> tuple[bytes, bytes]:
    """The public key of a seed, and what it signs."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.public_key().public_bytes_raw(), key.sign(message)
