"""Who signs as an SSH key in the vectors: one of each sort, from what is fixed, put together by
hand."""

from dataclasses import dataclass, field
from hashlib import sha256, sha512
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.protocol.vectors.people import Person

CHAIN: Final = b"hobnob-chain@v1"
RECOVER: Final = b"hobnob-recover@v1"


def text(data: bytes) -> bytes:
    """A string of SSH's."""
    return len(data).to_bytes(4) + data


def number(value: int) -> bytes:
    """A positive integer of SSH's."""
    return text(value.to_bytes(value.bit_length() // 8 + 1))


def wrapped(message: bytes, namespace: bytes = CHAIN) -> bytes:
    """What is signed for a message, as PROTOCOL.sshsig tells."""
    digest = sha512(message).digest()
    return b"SSHSIG" + text(namespace) + text(b"") + text(b"sha512") + text(digest)


@dataclass(frozen=True)
class Plain:
    """ssh-ed25519."""

    person: Person

    @property
    def public_key(self) -> bytes:
        """As SSH writes it."""
        return text(b"ssh-ed25519") + text(self.person.key)

    def sign(self, message: bytes) -> bytes:
        """Its signature of these bytes, as SSH writes it."""
        return text(b"ssh-ed25519") + text(self.person.sign(message))


@dataclass
class Security:
    """sk-ssh-ed25519: it counts, and says whether somebody touched it."""

    person: Person
    application: bytes = b"ssh:"
    counter: int = 1
    flags: int = 1
    counted: list[int] = field(default_factory=list[int])

    @property
    def public_key(self) -> bytes:
        """As SSH writes it."""
        name = text(b"sk-ssh-ed25519@openssh.com")
        return name + text(self.person.key) + text(self.application)

    def sign(self, message: bytes) -> bytes:
        """Its signature of these bytes, as SSH writes it."""
        state = bytes((self.flags,)) + self.counter.to_bytes(4)
        told = sha256(self.application).digest() + state + sha256(message).digest()
        self.counted.append(self.counter)
        self.counter += 1
        return text(b"sk-ssh-ed25519@openssh.com") + text(self.person.sign(told)) + state


@dataclass(frozen=True)
class Ecdsa:
    """ecdsa-sha2-nistp256, signing as RFC 6979 does, so that it signs alike twice."""

    secret: int = 0x1F2E3D4C5B6A79880102030405060708

    @property
    def point(self) -> bytes:
        """Its point, uncompressed."""
        public = derive_private_key(self.secret, SECP256R1()).public_key()
        return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def public_key(self) -> bytes:
        """As SSH writes it."""
        return text(b"ecdsa-sha2-nistp256") + text(b"nistp256") + text(self.point)

    def sign(self, message: bytes) -> bytes:
        """Its signature of these bytes, as SSH writes it."""
        key = derive_private_key(self.secret, SECP256R1())
        r, s = decode_dss_signature(key.sign(message, ECDSA(SHA256(), deterministic_signing=True)))
        return text(b"ecdsa-sha2-nistp256") + text(number(r) + number(s))


P: Final = int(
    "fc8b2c21a5e84893bb47bf34202e677bb47c59e33ab052a15c4e32248648529163fd79705f35bf2a3f4bf608c56f034b"
    "08454502f2e42341fc7d8cb01b2a17386ec3d2233a8972c8925ebc7e49cb7ff207b88652c01e91613ad402527ca8dc86"
    "f681abb9380e57f299d90643e6627ead302745be7b8a1cbec51abff517fd84e1d3d5f4c3e35afe046f4f424b349919ae"
    "2f9f3c3d17df0fc8a2c4f9c29a23e09b81d626138647ff58d18197f15c2642fd95a7445ae01f125a41d45c9a7b1aabc9",
    16,
)
Q: Final = int(
    "f94e7f07f44bb46b9273f8b7177f6777c804bb64505f11c04d5f7fdf9852b4e5ebdf0f0054c5f5e1706e7d9dde474d36"
    "b95118342e0b38b64f3b776e6e5b03ee395269f026dcc8837d1720807339bd256a799fd00835826bf4e9bf2a74ff17e2"
    "1559331b1d7533395f4573983ebdd54b9ace5178c6cddb8c010d417e46c38a5b3fe5e487d6928751c08f1e234215e379"
    "108c8b9fb6506a5d954e812f751c7a9f6e3ddef8b86a2330ddd3c9091f67bfc0ca30dd4e470160f3ab65565a3c8e4145",
    16,
)
"""Its two primes: a key for trying, and for nothing else."""


@dataclass(frozen=True)
class Rsa:
    """ssh-rsa of 3,072 bits."""

    algorithm: bytes = b"rsa-sha2-512"

    @property
    def public_key(self) -> bytes:
        """As SSH writes it."""
        return text(b"ssh-rsa") + number(65_537) + number(P * Q)

    def sign(self, message: bytes) -> bytes:
        """Its signature of these bytes, as SSH writes it."""
        hashed = SHA256() if self.algorithm == b"rsa-sha2-256" else SHA512()
        return text(self.algorithm) + text(_rsa().sign(message, PKCS1v15(), hashed))


def _rsa() -> rsa.RSAPrivateKey:
    secret = pow(65_537, -1, (P - 1) * (Q - 1))
    parts = (secret % (P - 1), secret % (Q - 1), pow(Q, -1, P))
    public = rsa.RSAPublicNumbers(65_537, P * Q)
    return rsa.RSAPrivateNumbers(P, Q, secret, *parts, public).private_key()


DESK: Final = Plain(Person(b"a key in an agent".ljust(32, b".")))
OTHER_DESK: Final = Plain(Person(b"another in an agent".ljust(32, b".")))
CURVE: Final = Ecdsa()
OLD: Final = Rsa()


def security(counter: int = 1, flags: int = 1, application: bytes = b"ssh:") -> Security:
    """The security key, whose next signature counts as `counter`."""
    return Security(Person(b"a key to touch".ljust(32, b".")), application, counter, flags)
