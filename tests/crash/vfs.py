"""A file system for apsw that notes what is written and what is synced, on a disk of `disk`.

The files themselves lie in a directory as usual, so that SQLite's locks and shared memory work; an
image of what a power loss leaves is made from the notes alone.
"""

from collections.abc import Callable
from os.path import basename
from typing import Any, Final

import apsw

from tests.crash.disk import Disk, Node, Written

_SHORT_LIVED: Final = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL
"""With the first sync of a new one of these SQLite syncs the directory too."""


class LosingSystem(apsw.VFS):
    """`before_sync` is called whenever a file is about to be synced."""

    def __init__(self, name: str, disk: Disk, before_sync: Callable[[], None]) -> None:
        super().__init__(name, "")
        self.disk = disk
        self.before_sync = before_sync

    def xOpen(self, name: Any, flags: Any) -> "LosingFile":
        """Open a file; one without a name is nobody's to find again."""
        if name is None:
            return LosingFile(self, None, "", flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        return LosingFile(self, name, basename(path), flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        """Remove a file."""
        super().xDelete(filename, syncdir)
        self.disk.remove(basename(filename))
        if syncdir:
            self.disk.sync_names()


class LosingFile(apsw.VFSFile):
    """One open file of such a system."""

    def __init__(self, system: LosingSystem, name: Any, base: str, flags: Any) -> None:
        super().__init__("", name, flags)
        self._system = system
        self._node = system.disk.open(base) if base else Node()
        self._syncs_names = bool(flags[0] & _SHORT_LIVED)

    def xWrite(self, data: Any, offset: int) -> None:
        """Write, and note it."""
        super().xWrite(data, offset)  # pyright: ignore[reportUnknownMemberType]  # typed for 3.12
        self._node.pending.append(Written(offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:
        """Truncate, and note it."""
        super().xTruncate(newsize)
        self._node.pending.append(Written(newsize, None))

    def xSync(self, flags: int) -> None:
        """The power may go now; if it does not, the file is durable."""
        self._system.before_sync()
        self._node.sync()
        if self._syncs_names:
            self._syncs_names = False
            self._system.disk.sync_names()
