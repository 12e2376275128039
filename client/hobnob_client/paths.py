"""Where things lie: one directory for each profile, found the XDG way (DESIGN §12 Faces)."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hobnob_client.failures import Exit, Failure
from hobnob_protocol.value import value

DIRECTORY_MODE = 0o700
"""Nobody else looks into a profile."""


@value
class Profile:
    """One member's device on one hub: its files in a directory of their own."""

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
    def seal_key(self) -> Path:
        """What others seal to, and this device opens with."""
        return self.directory / "seal.key"

    @property
    def own_key(self) -> Path:
        """What this device shares with the account's others, to keep from everybody else."""
        return self.directory / "own.key"

    @property
    def picture(self) -> Path:
        """What the screen showed when it was left."""
        return self.directory / "picture.json"

    @property
    def lock(self) -> Path:
        """Held by the process that talks to the hub."""
        return self.directory / "lock"

    def make(self) -> None:
        """Create the directory for oneself alone; one that is there is left as it is."""
        self.directory.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=True)

    def forget_picture(self) -> None:
        """Keep none: what is written or taken away from now on is not seen in it. Nor what a crash
        has left of one that was being kept."""
        for each in self.directory.glob(f"{self.picture.name}*"):
            with suppress(OSError):
                each.unlink()


def default_profile(environ: Mapping[str, str], home: Path) -> Profile:
    """The profile that is meant where none is named."""
    return Profile(_base(environ, "XDG_DATA_HOME", home / ".local/share") / "hobnob" / "default")


def config_file(environ: Mapping[str, str], home: Path) -> Path:
    """Where the settings are looked for."""
    return _base(environ, "XDG_CONFIG_HOME", home / ".config") / "hobnob" / "client.toml"


def said(text: str) -> Path:
    """The path that a person has typed; Failure where its ~ names nobody here."""
    try:
        return Path(text).expanduser()
    except RuntimeError as unknown:
        raise Failure(f"{text}: nobody of that name has a home here.", Exit.USAGE) from unknown


def _base(environ: Mapping[str, str], name: str, default: Path) -> Path:
    # The XDG specification: a relative path is invalid and counts as unset.
    found = Path(environ.get(name, ""))
    return found if found.is_absolute() else default
