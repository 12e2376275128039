"""Of when, where and what a picture is: it is shown only where all of that is the same."""

import os
import time
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from hobnob_client.config import Settings
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_protocol import __version__
from hobnob_protocol.value import value

FORMAT: Final = 1
"""Of the file, and of what is kept in it."""
LOOKS: Final = (
    *("TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "NO_COLOR", "FORCE_COLOR"),
    *("LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG", "LANGUAGE", "TZ", "TMUX", "STY"),
    *("KITTY_WINDOW_ID", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR", "WT_SESSION"),
    *("ITERM_SESSION_ID", "XTERM_VERSION", "ALACRITTY_WINDOW_ID", "TEXTUAL_COLOR_SYSTEM"),
    "TEXTUAL_THEME",
)
"""What of the environment decides how a screen looks."""


@value
class Seen:
    """By whom and in what terminal a screen is seen, and on which day."""

    profile: Profile
    device: DeviceFile
    settings: Settings
    environ: Mapping[str, str]
    dark: bool
    size: tuple[int, int]
    """Columns and lines."""
    day: date


def stamp(seen: Seen) -> str | None:
    """The stamp of a picture of that; None while the replica is open somewhere, or is none: then
    nobody can say what stands there."""
    replica = _replica(seen.profile.replica)
    if replica is None:
        return None
    looks = tuple((name, seen.environ.get(name)) for name in LOOKS)
    told = (
        *(FORMAT, __version__, str(seen.profile.directory.absolute()), replica),
        *(seen.device.hub, seen.device.account, seen.device.address, seen.device.handle),
        *(repr(seen.settings), looks, seen.dark, seen.size, seen.day.isoformat()),
        *(time.tzname, time.timezone, time.altzone),
    )
    return sha256(repr(told).encode()).hexdigest()


def _replica(path: Path) -> tuple[int, ...] | None:
    """How the file of a replica stands, if nothing of it lies elsewhere."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    if any(os.path.lexists(f"{path}{beside}") for beside in ("-wal", "-shm", "-journal")):
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
