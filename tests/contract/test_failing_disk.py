"""Each write, each sync and each growth of a file fails once: a commit is whole or not there."""

from pathlib import Path
from typing import Any

import apsw

from hobnob_protocol.errors import StoreFull
from hobnob_server.store import SqliteEventStore
from hobnob_sync.testing.contract_stories import assert_same
from hobnob_sync.testing.hub_story import HubStory
from tests.contract.apsw_database import ApswDatabase

NAME = "failing"


class Disk:
    """Counts what is done to it, and fails at the `fatal`th time."""

    def __init__(self) -> None:
        self.count = 0
        self.fatal = 0

    def touch(self) -> None:
        """Something is written."""
        self.count += 1
        if self.count == self.fatal:
            raise apsw.exception_for(apsw.SQLITE_IOERR_WRITE)


class FailingFile(apsw.VFSFile):
    """A file on such a disk."""

    def __init__(self, disk: Disk, name: Any, flags: Any) -> None:
        super().__init__("", name, flags)
        self.disk = disk

    def xWrite(self, data: Any, offset: int) -> None:
        """Write, unless it is time to fail."""
        self.disk.touch()
        super().xWrite(data, offset)  # pyright: ignore[reportUnknownMemberType]  # typed for 3.12

    def xSync(self, flags: int) -> None:
        """Sync, unless it is time to fail."""
        self.disk.touch()
        super().xSync(flags)

    def xTruncate(self, newsize: int) -> None:
        """Truncate, unless it is time to fail."""
        self.disk.touch()
        super().xTruncate(newsize)


class FailingSystem(apsw.VFS):
    """The file system of such a disk."""

    def __init__(self, disk: Disk) -> None:
        super().__init__(NAME, "")
        self.disk = disk

    def xOpen(self, name: Any, flags: Any) -> FailingFile:
        """Open a file on the disk."""
        return FailingFile(self.disk, name, flags)


def failing_once(path: Path, disk: Disk, fatal: int) -> bool:
    """Commit a story whose `fatal`th write fails; False where it has no so many."""
    disk.count = disk.fatal = 0
    store = SqliteEventStore(ApswDatabase(str(path), NAME))
    story, told = HubStory(1), HubStory(1)
    for _ in range(4):
        store.commit(story.next())
        told.next()
    disk.count, disk.fatal = 0, fatal
    transaction = story.next()
    try:
        store.commit(transaction)
    except StoreFull:
        disk.fatal = 0
        assert_same(store, told.model, story.every_question())
        store.commit(transaction)
        failed = True
    else:
        failed = disk.count >= fatal
    disk.fatal = 0
    assert_same(store, story.model, story.every_question())
    store.close()
    again = SqliteEventStore(ApswDatabase(str(path), NAME))
    assert_same(again, story.model, story.every_question())
    again.close()
    return failed


def test_every_write_of_a_commit_may_fail(tmp_path: Path) -> None:
    """StoreFull, nothing changed, and the same commit goes through on a disk that works again."""
    disk = Disk()
    system = FailingSystem(disk)
    fatal = 1
    while failing_once(tmp_path / str(fatal), disk, fatal):
        fatal += 1
    assert fatal > 3
    system.unregister()
