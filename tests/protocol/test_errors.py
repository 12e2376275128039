"""What a person is told where the system refuses something."""

import errno
import os

from hobnob_protocol.errors import NO_ROOM, told


def test_the_system_is_quoted_with_the_end_of_a_path() -> None:
    """A very long one does not push the reason out of sight."""
    assert told(FileNotFoundError(errno.ENOENT, "No such file", "a/b")) == "a/b: No such file"
    long = told(OSError(errno.ENAMETOOLONG, "File name too long", "x" * 5_000))
    assert long == f"…{'x' * 60}: File name too long"
    assert told(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == "No space left on device"
    assert told(OSError("something else")) == "something else"


def test_a_full_share_is_a_full_disk() -> None:
    """Both may have room later."""
    assert {errno.ENOSPC, errno.EDQUOT} == NO_ROOM
