"""The device's key at rest (security.md §3, "Keys at rest").

`device.key` says who this device is: its seed, its account, and which hub it belongs to. Directory
0700, file 0600; written beside, synced and renamed, so that a crash leaves the old one or the new;
a file that others could read is refused rather than used. The seed appears in no `repr` and no
message.

Where a passphrase guards it, seed and invite lie in a box (`lockbox`); all else stays readable, so
that a locked device still reads, and only signing needs the passphrase.
"""

import os
import tomllib
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Final

from hobnob_client import secret_file
from hobnob_client.failures import Exit, Failure
from hobnob_client.lockbox import Lock, check
from hobnob_client.paths import Profile
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.crypto import KEY_BYTES, Ed25519Signer, Signer
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, DeviceKey, HubId, device_id
from hobnob_protocol.invite_link import address, base32, from_base32
from hobnob_protocol.value import value

FILE_BYTES_MAX: Final = 32_768
"""A key file is about a kilobyte."""
_HEAD: Final = """\
# Whoever has this file can speak as you. Back it up where you keep passwords; show it to nobody.
# A second device gets its own: hobnob device link
"""
_VERSION: Final = 1


@value
class DeviceFile:
    """What `device.key` holds.

    `hub_key` is known from the first answer of the hub on. `link` and `link_signature` are the
    genesis of an account that was founded here, `invite` what it was founded with, until the hub
    has let it in; a further device of an account has none of the three.

    `lock` is the passphrase's, where one guards the file and was given. While it was not, the
    secrets are in `box`, `seed` and `invite` are empty, and `key` is the device's public key.
    """

    host: str
    port: int
    hub: HubId
    account: AccountId
    handle: str
    seed: bytes = field(repr=False)
    hub_key: DeviceKey | None = None
    link: bytes = b""
    link_signature: bytes = b""
    invite: bytes = field(default=b"", repr=False)
    lock: Lock | None = field(default=None, repr=False)
    key: bytes = b""
    box: bytes = field(default=b"", repr=False)

    @property
    def is_locked(self) -> bool:
        """Does it need its passphrase before it can sign?"""
        return bool(self.box)

    @property
    def signer(self) -> Signer:
        """Signs as this device; while it is locked, to sign is a Failure."""
        return _Locked(DeviceKey(self.key)) if self.is_locked else Ed25519Signer(self.seed)

    @property
    def author(self) -> Author:
        """Who this device is in every event it signs."""
        key = self.signer.public_key
        return Author(self.account, device_id(key), key)

    @property
    def address(self) -> str:
        """Where the hub is, as people write it."""
        return address(self.host, self.port)

    def unlocked(self, lock: Lock) -> "DeviceFile":
        """The same, able to sign. WrongPassphrase; ValueError where the box holds no secrets."""
        match decode(lock.open(self._box_name, self.box), FILE_BYTES_MAX):
            case [bytes(seed), bytes(invite)] if len(seed) == KEY_BYTES:
                found = replace(self, seed=seed, invite=invite, lock=lock, key=b"", box=b"")
            case _:
                raise ValueError("no secrets")
        if found.signer.public_key != self.key:
            raise ValueError("another key")
        return found

    def at_rest(self) -> "DeviceFile":
        """As it lies on the disk: its secrets in a box where there is a lock."""
        if self.lock is None:
            return self
        box = self.lock.close(self._box_name, encode((self.seed, self.invite)))
        key = self.signer.public_key
        return replace(self, seed=b"", invite=b"", lock=None, key=key, box=box)

    @property
    def _box_name(self) -> bytes:
        """No box opens under another account or hub."""
        return b"device.key\0" + self.hub + self.account


class _Locked:
    """A device whose passphrase was not given: it is known, and signs nothing."""

    def __init__(self, key: DeviceKey) -> None:
        self._key = key

    @property
    def public_key(self) -> DeviceKey:
        """It is no secret."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """Failure."""
        raise Failure("This device is locked by a passphrase.", Exit.USAGE)


def new_seed() -> bytes:
    """32 bytes nobody knows."""
    return os.urandom(KEY_BYTES)


def load(profile: Profile) -> DeviceFile:
    """Who this device is; Failure where the file is missing, unsafe or not one of ours."""
    return load_file(profile.key)


def load_file(path: Path) -> DeviceFile:
    """The same for a file that lies elsewhere."""
    try:
        data = secret_file.read(path, FILE_BYTES_MAX)
    except FileNotFoundError as missing:
        said = f"There is no profile in {path.parent}. Begin with: hobnob join LINK"
        raise Failure(said, Exit.USAGE) from missing
    try:
        return _parse(data.decode("utf-8"))
    except (ValueError, KeyError, TypeError) as broken:
        # What stands in the file is never repeated: it is a secret.
        raise Failure(f"{path} is no device key of this version.", Exit.USAGE) from broken


def save(profile: Profile, device: DeviceFile) -> None:
    """Make `device` what the profile's file holds, wholly or not at all."""
    profile.make()
    if profile.directory.stat().st_mode & 0o077:
        said = f"{profile.directory} is open to others. Say: chmod 700 {profile.directory}"
        raise Failure(said, Exit.USAGE)
    secret_file.write(profile.key, _text(device))


def save_file(path: Path, device: DeviceFile) -> None:
    """Keep `device` in a new file that lies elsewhere; Failure where one is there."""
    try:
        secret_file.write_new(path, _text(device))
    except FileExistsError as exists:
        raise Failure(f"{path} is there already and is left as it is.", Exit.USAGE) from exists
    except OSError as broken:
        raise Failure(f"{path} cannot be written: {broken.strerror}", Exit.USAGE) from broken


_PLAIN: Final = ("host", "port", "handle")
_BYTES: Final = ("hub", "account", "seed", "hub_key", "link", "link_signature", "invite")
_LOCKED: Final = ("key", "box")
"""The fields as they are written, in their order; a field that is empty is left out."""


def _text(device: DeviceFile) -> bytes:
    resting = device.at_rest()
    lines = [f"version = {_VERSION}"]
    for name in (*_PLAIN, *_BYTES, *_LOCKED):
        value: Any = getattr(resting, name)
        if isinstance(value, bytes) and value:
            lines.append(f'{name} = "{base32(value)}"')
        elif isinstance(value, int):
            lines.append(f"{name} = {value}")
        elif isinstance(value, str):
            # A host and a handle are of letters that need no quoting.
            lines.append(f'{name} = "{value}"')
    return (_HEAD + "\n".join(lines) + "\n").encode()


def _parse(text: str) -> DeviceFile:
    found = tomllib.loads(text)
    if found.pop("version") != _VERSION:
        raise ValueError("another version")
    if not found.keys() <= {*_PLAIN, *_BYTES, *_LOCKED}:
        raise ValueError("an unknown field")
    values: dict[str, Any] = {
        name: value if name in _PLAIN else from_base32(value) for name, value in found.items()
    }
    values.setdefault("seed", b"")
    device = DeviceFile(**values)
    if device.is_locked:
        check(device.box)
        # What is locked is not also open.
        if device.seed or device.invite:
            raise ValueError("locked and open")
    lengths = (len(device.key or device.seed), len(device.hub), len(device.account))
    if lengths != (KEY_BYTES, 32, 20) or not 0 < device.port <= 65_535:
        raise ValueError("a field has another length")
    if bool(device.key) != device.is_locked:
        raise ValueError("a key without its box")
    return device
