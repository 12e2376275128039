"""Who a bot is: a profile, or a key file that makes one.

The token of a bot is the seed of its device key (security.md §3): it signs, and is never sent. A
key file is what `device.key` in a profile is, wherever it lies, so that it can be handed to a
service as a secret; what the bot keeps lies in a profile of its own then.
"""

import os
from dataclasses import replace
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.failures import Exit, Failure
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile, default_profile


def load(place: str | os.PathLike[str]) -> tuple[Profile, DeviceFile]:
    """The profile and the device behind a directory or a key file. Failure."""
    path = Path(place)
    if path.is_dir() or not path.exists():
        profile = Profile(path)
        return profile, _open(profile.key)
    given = _open(path)
    profile = Profile(_bots() / f"{given.handle}-{given.account.hex()[:16]}")
    if not profile.key.exists():
        keyring.save(profile, given)
        return profile, given
    kept = _open(profile.key)
    if kept.seed != given.seed:
        said = f"{profile.directory} belongs to another key than {path}. Move one of them away."
        raise Failure(said, Exit.USAGE)
    # The hub may have moved; what it has shown since stays.
    return profile, replace(kept, host=given.host, port=given.port)


def _open(path: Path) -> DeviceFile:
    """A key that signs by itself: nobody stands by to type a passphrase."""
    device = keyring.load_file(path)
    if device.is_locked:
        said = f"{path} is locked by a passphrase, and a bot runs alone: hobnob passphrase remove"
        raise Failure(said, Exit.USAGE)
    return device


def _bots() -> Path:
    return default_profile(os.environ, Path.home()).directory.parent / "bots"
