"""What a person who runs a hub is told, and how a process ends for it."""

from typing import Final

from hobnob_protocol.errors import NO_ROOM, HobnobError, StoreFull, WorldError

DONE: Final = 0
FAILED: Final = 1
MISUSED: Final = 2
"""Wrong usage or configuration: trying again changes nothing."""
LATER: Final = 3
"""Trying again may help: a full disk, a hub that is not running."""
INTERRUPTED: Final = 130


class ConfigError(HobnobError):
    """A setting, an argument or a file's rights are wrong; the text says which and what to do."""


class RequestRefused(HobnobError):
    """A verb was understood and not done; the text says why."""


def exit_code(error: HobnobError) -> int:
    """How the process ends."""
    if isinstance(error, ConfigError):
        return MISUSED
    return LATER if isinstance(error, StoreFull | Unreachable) else FAILED


def system_exit_code(failed: OSError) -> int:
    """How the process ends where the system refused something: a path is somebody's word."""
    if failed.errno in NO_ROOM:
        return LATER
    return MISUSED if failed.filename is not None else FAILED


class Unreachable(WorldError):
    """No hub answers at this control socket: start it, or name its directory."""
