"""Who talks to the hub: one process of a profile holds its lock, and with it the link.

The lock owns the link only: any process may compose and read meanwhile (DESIGN §12 Copies). It goes
with the process that holds it, whatever that dies of.
"""

import fcntl
import os
from pathlib import Path


class LinkLock:
    """The lock file of a profile."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Is it ours?"""
        return self._descriptor is not None

    def take(self) -> bool:
        """Take it unless another process has it; True where it is ours now."""
        if self._descriptor is not None:
            return True
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self._path, flags, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let others have it; nothing happens where it is not ours."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
