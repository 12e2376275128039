"""The path of a Unix socket, as short as the kernel takes it."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PATH_BYTES_MAX: Final = 107
"""`sun_path` holds 108 bytes with its final zero (unix(7))."""


@contextmanager
def short(path: Path) -> Generator[str]:
    """A name of `path` for bind and connect: itself, or one by way of its open directory where it
    is too long; valid inside the block."""
    if len(os.fsencode(path)) <= PATH_BYTES_MAX:
        yield str(path)
        return
    directory = os.open(path.parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{directory}/{path.name}"
    finally:
        os.close(directory)
