"""The hub's directory: what lies where, who may read it, and that one process alone has it."""

import fcntl
import os
import stat
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from hobnob_server.config import DATA_VARIABLE
from hobnob_server.errors import ConfigError

PRIVATE_DIRECTORY = 0o700
PRIVATE_FILE = 0o600
OTHERS = 0o077
"""The rights of everybody but the owner."""


class DataDir:
    """The paths of one hub."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / "hub.db"
        self.key = path / "hub.key"
        self.beacon = path / "beacon"
        self.control = path / "control.sock"
        self.config = path / "hub.toml"
        self.owner_link = path / "owner-link"
        self.welcome = path / "welcome.toml"
        self.match = path / "match.toml"
        self.importer_key = path / "importer.key"

    def make(self) -> None:
        """Create the directory for this user alone, or see that it is no wider."""
        try:
            self.path.mkdir(PRIVATE_DIRECTORY, parents=True, exist_ok=True)
            mode = self.path.stat().st_mode
        except OSError as broken:
            raise ConfigError(f"{self.path}: {broken.strerror}") from broken
        if mode & OTHERS:
            raise ConfigError(f"{self.path} is open to others: chmod 700 {self.path}")

    @contextmanager
    def held(self) -> Generator[None]:
        """One process has the directory while the block runs; ConfigError if another does."""
        place = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise ConfigError(f"a hub runs in {self.path} already") from busy
            yield
        finally:
            os.close(place)


def default_path(environment: Mapping[str, str]) -> Path:
    """Where a hub lives if nothing else is said: `HOBNOB_HUB_DATA`, else below XDG_DATA_HOME."""
    if named := environment.get(DATA_VARIABLE):
        return Path(named)
    data = environment.get("XDG_DATA_HOME", "")
    # The specification of XDG: a path that is not absolute is ignored.
    base = Path(data) if data.startswith("/") else Path.home() / ".local" / "share"
    return base / "hobnob" / "hub"


def write_private(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a whole file, for this user alone, durable before it has its name.

    FileExistsError where it is there and may not be replaced.
    """
    fresh = path.with_name(f".{path.name}.{token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(fresh, flags, PRIVATE_FILE), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if replace:
            fresh.replace(path)
        else:
            # A link, unlike a rename, never takes another file's name away.
            os.link(fresh, path, follow_symlinks=False)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()
    sync_directory(path.parent)


def read_private(path: Path, size_bytes_max: int) -> bytes:
    """A file that nobody else can read; ConfigError where others can, or it is no plain file."""
    place = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(place, "rb") as source:
        mode = os.fstat(source.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise ConfigError(f"{path} is no plain file")
        if mode & OTHERS:
            raise ConfigError(f"{path} can be read by others: chmod 600 {path}")
        data = source.read(size_bytes_max + 1)
    if len(data) > size_bytes_max:
        raise ConfigError(f"{path} is too large for what it should be")
    return data


def sync_directory(path: Path) -> None:
    """Make names in a directory durable."""
    place = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
