"""What an SSH key signs for hobnob: SSHSIG (OpenSSH's PROTOCOL.sshsig), each use in a namespace of
its own, so that no signature of a file, a commit or a login elsewhere counts here."""

from hashlib import sha512
from typing import TYPE_CHECKING, Final, Protocol

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ssh.strings import string

if TYPE_CHECKING:
    from hobnob_protocol.ssh.keys import SshKey

CHAIN: Final = b"hobnob-chain@v1"
"""Links of an account's chain."""
RECOVER: Final = b"hobnob-recover@v1"
"""Showing a hub that one holds the key, on one connection."""
_MAGIC: Final = b"SSHSIG"
_HASH: Final = b"sha512"


class SshSigner(Protocol):
    """Something that signs as an SSH key: a file, or an agent that holds it."""

    @property
    def public_key(self) -> bytes:
        """As SSH writes it."""
        ...

    def sign(self, message: bytes) -> bytes:
        """A signature of exactly these bytes, as SSH writes it."""
        ...


def to_sign(namespace: bytes, message: bytes) -> bytes:
    """The bytes that the key itself signs for `message`."""
    told = (namespace, b"", _HASH, sha512(message).digest())
    return _MAGIC + b"".join(string(each) for each in told)


def check(key: bytes, signature: bytes, namespace: bytes, message: bytes) -> int:
    """ProtocolError unless the key has signed `message` for this use; what it counts by, or 0."""
    return _read(key).check(signature, to_sign(namespace, message))


def is_touched(key: bytes) -> bool:
    """Does this key sign only when somebody touches it? ProtocolError where it is none."""
    return _read(key).is_touched


def _read(key: bytes) -> "SshKey":
    # Few accounts name such a key: what reads the sorts there are is loaded with the first.
    from hobnob_protocol.ssh.keys import read_key

    return read_key(key)


def is_signed(key: bytes, signature: bytes, namespace: bytes, message: bytes) -> bool:
    """The same as a yes or no."""
    try:
        check(key, signature, namespace, message)
    except ProtocolError:
        return False
    return True
