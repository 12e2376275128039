"""Where things lie: one directory for each profile, found the XDG way (DESIGN §12 Faces)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DIRECTORY_MODE = 0o700
"""Nobody else looks into a profile."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One member's device on one hub: `replica.db`, `device.key` and `lock` in a directory."""

    directory: Path

    @property
    def replica(self) -> Path:
        """The local copy of everything."""
        return self.directory / "replica.db"

    @property
    def key(self) -> Path:
        """Who this device is."""
        return self.directory / "device.key"

    @property
    def lock(self) -> Path:
        """Held by the process that talks to the hub."""
        return self.directory / "lock"

    def make(self) -> None:
        """Create the directory for oneself alone; one that is there is left as it is."""
        self.directory.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=True)


def default_profile(environ: Mapping[str, str], home: Path) -> Profile:
    """The profile that is meant where none is named."""
    return Profile(_base(environ, "XDG_DATA_HOME", home / ".local/share") / "hobnob" / "default")


def config_file(environ: Mapping[str, str], home: Path) -> Path:
    """Where the settings are looked for."""
    return _base(environ, "XDG_CONFIG_HOME", home / ".config") / "hobnob" / "client.toml"


def _base(environ: Mapping[str, str], name: str, default: Path) -> Path:
    # The XDG specification: a relative path is invalid and counts as unset.
    found = Path(environ.get(name, ""))
    return found if found.is_absolute() else default
