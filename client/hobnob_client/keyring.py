"""The device's key at rest (security.md §3, "Keys at rest").

`device.key` says who this device is: its seed, its account, and which hub it belongs to. Directory
0700, file 0600; written beside, synced and renamed, so that a crash leaves the old one or the new;
a file that others could read is refused rather than used. The seed appears in no `repr` and no
message.
"""

import os
import stat
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from hobnob_client.failures import Exit, Failure
from hobnob_client.paths import Profile
from hobnob_protocol.crypto import KEY_BYTES, Ed25519Signer
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, DeviceKey, HubId, device_id
from hobnob_protocol.invite_link import address, base32, from_base32

FILE_BYTES_MAX: Final = 32_768
"""A key file is about a kilobyte."""
_HEAD: Final = """\
# Whoever has this file can speak as you. Back it up where you keep passwords; show it to nobody.
# A second device gets its own: hobnob device add
"""
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """What `device.key` holds.

    `hub_key` is known from the first answer of the hub on. `link` and `link_signature` are the
    genesis of an account that was founded here, `invite` what it was founded with, until the hub
    has let it in; a further device of an account has none of the three.
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

    @property
    def signer(self) -> Ed25519Signer:
        """Signs as this device."""
        return Ed25519Signer(self.seed)

    @property
    def author(self) -> Author:
        """Who this device is in every event it signs."""
        key = self.signer.public_key
        return Author(self.account, device_id(key), key)

    @property
    def address(self) -> str:
        """Where the hub is, as people write it."""
        return address(self.host, self.port)


def new_seed() -> bytes:
    """32 bytes nobody knows."""
    return os.urandom(KEY_BYTES)


def load(profile: Profile) -> DeviceFile:
    """Who this device is; Failure where the file is missing, unsafe or not one of ours."""
    return load_file(profile.key)


def load_file(path: Path) -> DeviceFile:
    """The same for a file that lies elsewhere."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError as missing:
        said = f"There is no profile in {path.parent}. Begin with: hobnob join LINK"
        raise Failure(said, Exit.USAGE) from missing
    except OSError as broken:
        raise Failure(f"{path} cannot be opened: {broken.strerror}", Exit.USAGE) from broken
    with os.fdopen(descriptor, "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode) or mode & 0o077:
            said = f"{path} can be read by others and is not used. Say: chmod 600 {path}"
            raise Failure(said, Exit.USAGE)
        data = file.read(FILE_BYTES_MAX)
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
    fresh = profile.key.with_name(f"device.key.{os.urandom(4).hex()}")
    _write(fresh, device)
    try:
        os.rename(fresh, profile.key)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync(profile.directory)


def save_file(path: Path, device: DeviceFile) -> None:
    """Keep `device` in a new file that lies elsewhere; Failure where one is there."""
    try:
        _write(path, device)
    except FileExistsError as exists:
        raise Failure(f"{path} is there already and is left as it is.", Exit.USAGE) from exists
    except OSError as broken:
        raise Failure(f"{path} cannot be written: {broken.strerror}", Exit.USAGE) from broken
    _sync(path.parent)


def _write(path: Path, device: DeviceFile) -> None:
    """Write a new file, wholly and durably, or leave none."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_text(device).encode())
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sync(directory: Path) -> None:
    """The name of a file is durable once its directory is."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_PLAIN: Final = ("host", "port", "handle")


def _text(device: DeviceFile) -> str:
    lines = [f"version = {_VERSION}"]
    for each in fields(DeviceFile):
        value: Any = getattr(device, each.name)
        if isinstance(value, bytes) and value:
            lines.append(f'{each.name} = "{base32(value)}"')
        elif isinstance(value, int):
            lines.append(f"{each.name} = {value}")
        elif isinstance(value, str):
            # A host and a handle are of letters that need no quoting.
            lines.append(f'{each.name} = "{value}"')
    return _HEAD + "\n".join(lines) + "\n"


def _parse(text: str) -> DeviceFile:
    found = tomllib.loads(text)
    if found.pop("version") != _VERSION:
        raise ValueError("another version")
    values: dict[str, Any] = {
        name: value if name in _PLAIN else from_base32(value) for name, value in found.items()
    }
    device = DeviceFile(**values)
    lengths = (len(device.seed), len(device.hub), len(device.account))
    if lengths != (KEY_BYTES, 32, 20) or not 0 < device.port <= 65_535:
        raise ValueError("a field has another length")
    return device
