"""An SSH key in a file, as ssh-keygen writes it: read where nobody else could, and never kept."""

from base64 import b64decode
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_ssh_private_key,
)

from hobnob_client import secret_file
from hobnob_client.failures import Exit, Failure
from hobnob_client.hidden import Ask
from hobnob_protocol.ssh.keys import ECDSA_P256, ED25519, RSA_SHA512
from hobnob_protocol.ssh.strings import string

FILE_BYTES_MAX: Final = 32_768
"""RSA's of 4,096 bits has some 3,400."""
TRIES: Final = 3

Private = Ed25519PrivateKey | EllipticCurvePrivateKey | RSAPrivateKey


class FileSigner:
    """Signs by a key that was read from a file."""

    def __init__(self, key: Private) -> None:
        self._key = key

    @property
    def public_key(self) -> bytes:
        """As SSH writes it."""
        text = self._key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        return b64decode(text.split()[1])

    def sign(self, message: bytes) -> bytes:
        """Its signature of these bytes, as SSH writes it."""
        if isinstance(self._key, Ed25519PrivateKey):
            return string(ED25519) + string(self._key.sign(message))
        if isinstance(self._key, EllipticCurvePrivateKey):
            pair = decode_dss_signature(self._key.sign(message, ECDSA(SHA256())))
            return string(ECDSA_P256) + string(b"".join(_number(each) for each in pair))
        return string(RSA_SHA512) + string(self._key.sign(message, PKCS1v15(), SHA512()))


def load(path: Path, ask: Ask) -> FileSigner:
    """The key in this file; its passphrase is asked for at the terminal where it has one. Failure
    where it is unsafe, no key that hobnob takes, or nobody knows the passphrase."""
    try:
        data = secret_file.read(path, FILE_BYTES_MAX)
    except FileNotFoundError as missing:
        raise Failure(f"There is no file {path}.", Exit.USAGE) from missing
    return FileSigner(_opened(path, data, ask))


def _opened(path: Path, data: bytes, ask: Ask) -> Private:
    found = _tried(path, data, None)
    for _ in range(TRIES):
        if found is not None:
            return found
        typed = ask(f"Passphrase of {path}:")
        if typed is None:
            said = f"{path} has a passphrase, and there is no terminal to ask at. Say: ssh-add"
            raise Failure(f"{said} {path}", Exit.USAGE)
        found = _tried(path, data, typed.encode())
    if found is None:
        raise Failure(f"That is not the passphrase of {path}.", Exit.USAGE)
    return found


def _tried(path: Path, data: bytes, passphrase: bytes | None) -> Private | None:
    """The key; None where it needs a passphrase, or another one."""
    try:
        key = load_ssh_private_key(data, passphrase)
    except UnsupportedAlgorithm as lacking:
        said = (
            f"{path} cannot be opened here: give the key to your agent (ssh-add {path}), or, if it"
            " has a passphrase, install what opens those: pip install 'hobnob[ssh]'"
        )
        raise Failure(said, Exit.USAGE) from lacking
    except TypeError:
        # The library's word for a key that has a passphrase, when none was given.
        return None
    except ValueError as broken:
        if passphrase is not None:
            return None
        said = f"{path} is no private key as ssh-keygen writes it."
        raise Failure(said, Exit.USAGE) from broken
    if isinstance(key, Ed25519PrivateKey | EllipticCurvePrivateKey | RSAPrivateKey):
        return key
    raise Failure(f"{path} is a key of a sort that is not taken.", Exit.USAGE)


def _number(value: int) -> bytes:
    return string(value.to_bytes(value.bit_length() // 8 + 1))
