"""The hub's key on the disk: drawn once, for this user alone, never shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from hobnob_protocol.crypto import KEY_BYTES
from hobnob_server.datadir import read_private, write_private
from hobnob_server.errors import ConfigError
from hobnob_server.limits import KEY_FILE_BYTES_MAX
from hobnob_server.secret import Secret

_HEAD: Final = "hobnob-hub-key-1 "


def create(path: Path, entropy: Callable[[int], bytes]) -> Secret:
    """Draw a new key; FileExistsError where there is one: a key is never replaced."""
    seed = entropy(KEY_BYTES)
    write_private(path, f"{_HEAD}{seed.hex()}\n".encode(), replace=False)
    return Secret(seed)


def read(path: Path) -> Secret:
    """The key that is there; ConfigError where it is not one, or others can read it."""
    try:
        text = read_private(path, KEY_FILE_BYTES_MAX).decode()
    except OSError as broken:
        raise ConfigError(f"{path}: {broken.strerror}") from broken
    except UnicodeDecodeError:
        text = ""
    seed = text.removeprefix(_HEAD).strip()
    if not text.startswith(_HEAD) or len(seed) != 2 * KEY_BYTES:
        raise ConfigError(f"{path} is no key of a hub")
    try:
        return Secret(bytes.fromhex(seed))
    except ValueError:
        # Not chained: the error's text would show the line.
        raise ConfigError(f"{path} is no key of a hub") from None
