"""HPKE (RFC 9180, base mode, one shot) and X-Wing by their definitions, entropy as an argument.

HMAC, SHA-3 and SHAKE are the standard library's, X25519 and ChaCha20-Poly1305 `cryptography`'s; how
they are put together is told here a second time, so that two ways to the same bytes are compared.
"""

import hmac
from dataclasses import dataclass
from hashlib import sha3_256, shake_256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tests.protocol.vectors import ml_kem

X25519_KEM: Final = 0x0020
X_WING_KEM: Final = 0x647A
_HKDF_SHA256: Final = 0x0001
_CHACHA20_POLY1305: Final = 0x0003
_LABEL: Final = b"\\.//^\\"


def _i2(value: int) -> bytes:
    return value.to_bytes(2, "big")


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    found, block, number = b"", b"", 1
    while len(found) < length:
        block = hmac.digest(key, block + info + bytes((number,)), "sha256")
        found, number = found + block, number + 1
    return found[:length]


def labeled_extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    """LabeledExtract of RFC 9180 §4."""
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def labeled_expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """LabeledExpand of RFC 9180 §4."""
    return _expand(prk, _i2(length) + b"HPKE-v1" + suite + label + info, length)


def x25519_public(secret: bytes) -> bytes:
    """The public key of a secret one."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def _exchange(secret: bytes, public: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(secret).exchange(
        X25519PublicKey.from_public_bytes(public)
    )


def x25519_encapsulate(public: bytes, ephemeral: bytes) -> tuple[bytes, bytes]:
    """DHKEM(X25519, HKDF-SHA256): the shared secret and its encapsulation."""
    suite = b"KEM" + _i2(X25519_KEM)
    encapsulation = x25519_public(ephemeral)
    prk = labeled_extract(suite, b"", b"eae_prk", _exchange(ephemeral, public))
    context = encapsulation + public
    return labeled_expand(suite, prk, b"shared_secret", context, 32), encapsulation


def x_wing_public(seed: bytes) -> bytes:
    """X-Wing's public key, 1,216 bytes, of its seed of 32."""
    parts = shake_256(seed).digest(96)
    return ml_kem.public_of(parts[:64]) + x25519_public(parts[64:])


def x_wing_encapsulate(public: bytes, entropy: bytes) -> tuple[bytes, bytes]:
    """X-Wing: the shared secret and its encapsulation, 1,120 bytes, of 64 bytes of entropy."""
    first, wrapped = ml_kem.encapsulate(public[:1184], entropy[:32])
    ephemeral = x25519_public(entropy[32:])
    second = _exchange(entropy[32:], public[1184:])
    shared = sha3_256(first + second + ephemeral + public[1184:] + _LABEL).digest()
    return shared, wrapped + ephemeral


@dataclass(frozen=True)
class Key:
    """What a shared secret becomes in HPKE's key schedule, for its first message."""

    key: bytes
    nonce: bytes

    def encrypt(self, text: bytes, aad: bytes = b"") -> bytes:
        """The ciphertext with its tag."""
        return ChaCha20Poly1305(self.key).encrypt(self.nonce, text, aad)


def schedule(kem: int, shared: bytes, info: bytes) -> Key:
    """KeySchedule of RFC 9180 §5.1, base mode, HKDF-SHA256, ChaCha20-Poly1305."""
    suite = b"HPKE" + _i2(kem) + _i2(_HKDF_SHA256) + _i2(_CHACHA20_POLY1305)
    psk_id_hash = labeled_extract(suite, b"", b"psk_id_hash", b"")
    info_hash = labeled_extract(suite, b"", b"info_hash", info)
    context = b"\0" + psk_id_hash + info_hash
    secret = labeled_extract(suite, shared, b"secret", b"")
    return Key(
        labeled_expand(suite, secret, b"key", context, 32),
        labeled_expand(suite, secret, b"base_nonce", context, 12),
    )


def seal(public: bytes, secret: bytes, info: bytes, entropy: bytes) -> bytes:
    """`secret` sealed to an X-Wing key."""
    shared, encapsulation = x_wing_encapsulate(public, entropy)
    return encapsulation + schedule(X_WING_KEM, shared, info).encrypt(secret)
