"""Files that hold a secret (security.md §3, "Keys at rest").

Read only where nobody else could, written wholly and durably or not at all, and no link is
followed. What stands in one is repeated in no message.
"""

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from hobnob_client.failures import Exit, Failure


def read(path: Path, bytes_max: int) -> bytes:
    """What the file holds. FileNotFoundError; Failure where it is unsafe or cannot be opened."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except OSError as broken:
        raise Failure(f"{path} cannot be opened: {broken.strerror}", Exit.USAGE) from broken
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise Failure(f"{path} is no file.", Exit.USAGE)
        if mode & 0o077:
            said = f"{path} can be read by others and is not used. Say: chmod 600 {path}"
            raise Failure(said, Exit.USAGE)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(bytes_max)
    finally:
        os.close(descriptor)


@contextmanager
def new(path: Path) -> Generator[BinaryIO]:
    """A new file to write into: wholly and durably there once the block ends, or not at all.
    FileExistsError and other OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """The same of what is there already."""
    with new(path) as file:
        file.write(data)


def write(path: Path, data: bytes) -> None:
    """Make `data` what the file holds: a crash leaves what it held before, or this. OSError."""
    fresh = path.with_name(f"{path.name}.{os.urandom(4).hex()}")
    write_new(fresh, data)
    try:
        os.rename(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(directory: Path) -> None:
    """The name of a file is durable once its directory is."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
