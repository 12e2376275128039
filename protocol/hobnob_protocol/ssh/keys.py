"""SSH public keys: which sorts are taken, how they are read, and what each has signed.

Four sorts (RFC 4253 §6.6, RFC 5656, RFC 8709, OpenSSH's PROTOCOL.u2f). A **security key** signs
only when somebody touches it, and says so in what it signs; every other may be used by whoever
reaches the agent that holds it.
"""

from abc import ABC, abstractmethod
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA512

from hobnob_protocol.crypto import KEY_BYTES, SIGNATURE_BYTES, is_low_order
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.limits import RSA_BITS_MAX, RSA_BITS_MIN, SSH_KEY_BYTES_MAX
from hobnob_protocol.ssh.strings import BROKEN, Strings

ED25519: Final = b"ssh-ed25519"
ECDSA_P256: Final = b"ecdsa-sha2-nistp256"
RSA: Final = b"ssh-rsa"
SECURITY_KEY: Final = b"sk-ssh-ed25519@openssh.com"
RSA_SHA256: Final = b"rsa-sha2-256"
RSA_SHA512: Final = b"rsa-sha2-512"
"""What an RSA key signs with; its own name stands for SHA-1, which is refused."""

_CURVE: Final = b"nistp256"
_POINT_BYTES: Final = 65
_UNCOMPRESSED: Final = 4
_EXPONENT_MIN: Final = 65_537
_APPLICATION: Final = b"ssh:"
_APPLICATION_BYTES_MAX: Final = 128
_COUNTER_BYTES: Final = 4
_TOUCHED: Final = 0x01
"""The flag of a security key's signature that somebody was there."""

RULES: Final = {
    BROKEN: "an SSH key or signature is whole, in the one way to write it, and nothing follows",
    "ssh.sort": (
        "an SSH key is ssh-ed25519, ecdsa-sha2-nistp256, ssh-rsa or sk-ssh-ed25519@openssh.com"
    ),
    "ssh.key": (
        f"it is a point of its curve, not of low order; of RSA it has {RSA_BITS_MIN} to"
        f" {RSA_BITS_MAX} bits, an odd modulus and an odd exponent from {_EXPONENT_MIN} to 2^32"
    ),
    "ssh.application": (
        f"a security key's application begins with `ssh:` and has at most {_APPLICATION_BYTES_MAX}"
        " bytes"
    ),
    "ssh.algorithm": "a signature names its key's sort; of RSA it is rsa-sha2-256 or rsa-sha2-512",
    "ssh.presence": "a security key was touched when it signed",
    "ssh.signature": "the key has signed just this, for just this use",
}
"""Every rule of SSH's own bytes, by the name its `ProtocolError` carries."""


class SshKey(ABC):
    """One public key that was read and may count."""

    sort: bytes
    """Its name in SSH's words."""
    is_touched: bool = False
    """Does it sign only when somebody touches it?"""

    @abstractmethod
    def check(self, signature: bytes, message: bytes) -> int:
        """ProtocolError unless `signature`, as SSH writes it, is this key's of `message`.

        What the key counts its signatures by; 0 where it does not.
        """


class _Ed25519Key(SshKey):
    sort = ED25519

    def __init__(self, rest: Strings) -> None:
        self._key = _point(rest.string())

    def check(self, signature: bytes, message: bytes) -> int:
        rest = _opened(signature, (ED25519,))[1]
        _verified(self._key, _whole(rest), message)
        return 0


class _SecurityKey(SshKey):
    sort = SECURITY_KEY
    is_touched = True

    def __init__(self, rest: Strings) -> None:
        self._key = _point(rest.string())
        application = rest.string()
        if not application.startswith(_APPLICATION) or len(application) > _APPLICATION_BYTES_MAX:
            raise ProtocolError("ssh.application")
        self._application = sha256(application).digest()

    def check(self, signature: bytes, message: bytes) -> int:
        rest = _opened(signature, (SECURITY_KEY,))[1]
        signed = rest.string()
        flags, counter = rest.raw(1), rest.raw(_COUNTER_BYTES)
        rest.end()
        told = self._application + flags + counter + sha256(message).digest()
        _verified(self._key, signed, told)
        if not flags[0] & _TOUCHED:
            raise ProtocolError("ssh.presence")
        return int.from_bytes(counter)


class _EcdsaKey(SshKey):
    sort = ECDSA_P256

    def __init__(self, rest: Strings) -> None:
        curve, point = rest.string(), rest.string()
        if curve != _CURVE or len(point) != _POINT_BYTES or point[0] != _UNCOMPRESSED:
            raise ProtocolError("ssh.key")
        try:
            self._key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
        except ValueError as broken:
            raise ProtocolError("ssh.key") from broken

    def check(self, signature: bytes, message: bytes) -> int:
        outer = _opened(signature, (ECDSA_P256,))[1]
        inner = Strings(_whole(outer))
        r, s = inner.positive(), inner.positive()
        inner.end()
        try:
            self._key.verify(encode_dss_signature(r, s), message, ECDSA(SHA256()))
        except InvalidSignature as forged:
            raise ProtocolError("ssh.signature") from forged
        return 0


class _RsaKey(SshKey):
    sort = RSA

    def __init__(self, rest: Strings) -> None:
        exponent, modulus = rest.positive(), rest.positive()
        sound = modulus % 2 and exponent % 2 and _EXPONENT_MIN <= exponent < 1 << 32
        if not sound or not RSA_BITS_MIN <= modulus.bit_length() <= RSA_BITS_MAX:
            raise ProtocolError("ssh.key")
        self._key = RSAPublicNumbers(exponent, modulus).public_key()

    def check(self, signature: bytes, message: bytes) -> int:
        algorithm, rest = _opened(signature, (RSA_SHA512, RSA_SHA256))
        hashed = SHA512() if algorithm == RSA_SHA512 else SHA256()
        try:
            self._key.verify(_whole(rest), message, PKCS1v15(), hashed)
        except InvalidSignature as forged:
            raise ProtocolError("ssh.signature") from forged
        return 0


_SORTS: Final[dict[bytes, type[_Ed25519Key | _SecurityKey | _EcdsaKey | _RsaKey]]] = {
    sort.sort: sort for sort in (_Ed25519Key, _SecurityKey, _EcdsaKey, _RsaKey)
}


def read_key(blob: bytes) -> SshKey:
    """The key that these bytes are, as SSH writes a public key. ProtocolError."""
    if len(blob) > SSH_KEY_BYTES_MAX:
        raise ProtocolError("ssh.key", "it is too long")
    rest = Strings(blob)
    sort = _SORTS.get(rest.string())
    if sort is None:
        raise ProtocolError("ssh.sort")
    key = sort(rest)
    rest.end()
    return key


def _opened(signature: bytes, algorithms: tuple[bytes, ...]) -> tuple[bytes, Strings]:
    """A signature behind the name of its algorithm, which is one of these."""
    rest = Strings(signature)
    algorithm = rest.string()
    if algorithm not in algorithms:
        raise ProtocolError("ssh.algorithm")
    return algorithm, rest


def _whole(rest: Strings) -> bytes:
    """The one string that is left."""
    found = rest.string()
    rest.end()
    return found


def _point(key: bytes) -> Ed25519PublicKey:
    if len(key) != KEY_BYTES or is_low_order(key):
        raise ProtocolError("ssh.key")
    return Ed25519PublicKey.from_public_bytes(key)


def _verified(key: Ed25519PublicKey, signature: bytes, message: bytes) -> None:
    if len(signature) != SIGNATURE_BYTES:
        raise ProtocolError(BROKEN, "a signature has another length")
    try:
        key.verify(signature, message)
    except InvalidSignature as forged:
        raise ProtocolError("ssh.signature") from forged
