"""The files of an archive: which there are, their lines, and how new ones are written.

`members.jsonl`, `channels.jsonl`, `messages.jsonl` and `messages-ANYTHING.jsonl`, each plain or
packed as `.gz` or `.zst`.
"""

import gzip
import io
import os
import re
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, NoReturn, cast

from hobnob_server.datadir import PRIVATE_FILE, sync_directory
from hobnob_server.errors import ConfigError
from hobnob_server.limits import (
    RECORD_BYTES_MAX,
    UNPACKED_BYTES_MAX,
    UNPACKED_FREE_BYTES,
    UNPACKED_RATIO_MAX,
)

_NAME: Final = re.compile(r"(members|channels|messages(?:-[^/]*)?)\.jsonl(\.gz|\.zst)?")
_CHUNK_BYTES: Final = 1 << 20
PACKINGS: Final = ("none", "gz", "zst")
"""How the files of an export may be packed."""
_ENDINGS: Final = {".gz": "gunzip", ".zst": "unzstd"}
"""How a packed file ends, and what unpacks it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one packed file may unpack to: so many bytes, and beyond some that are free so many for
    each of its own."""

    size_bytes: int = UNPACKED_BYTES_MAX
    ratio: int = UNPACKED_RATIO_MAX
    free_bytes: int = UNPACKED_FREE_BYTES


BOUNDS: Final = Bounds()


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of one directory, by name."""

    members: tuple[Path, ...]
    channels: tuple[Path, ...]
    messages: tuple[Path, ...]


def archive_in(directory: Path) -> Archive:
    """What is there; ConfigError where it is no archive, or holds one file in two packings."""
    if not directory.is_dir():
        raise ConfigError(f"{directory} is no directory")
    found: dict[str, Path] = {}
    for path in sorted(directory.iterdir()):
        match = _NAME.fullmatch(path.name)
        if match is None or not path.is_file():
            continue
        _try(path)
        other = found.setdefault(match[1], path)
        if other != path:
            raise ConfigError(f"{other.name} and {path.name}: which of them?")
    messages = tuple(path for name, path in found.items() if name.startswith("messages"))
    if not messages:
        raise ConfigError(f"there is no messages.jsonl, .gz or .zst in {directory}")
    return Archive(_one(found, "members"), _one(found, "channels"), messages)


def _try(path: Path) -> None:
    """A file that cannot be opened would look like one with nothing in it: ConfigError."""
    try:
        path.open("rb").close()
    except OSError as failed:
        raise ConfigError(f"{path.name} cannot be read: {failed.strerror}") from failed


def _one(found: dict[str, Path], name: str) -> tuple[Path, ...]:
    return (found[name],) if name in found else ()


class BrokenFile(Exception):
    """A file that cannot be read to its end; the text says why."""


def lines(path: Path, bounds: Bounds = BOUNDS) -> Iterator[bytes | None]:
    """Each line of a file, unpacked; None for one that is longer than a record may be.

    BrokenFile where it ends too soon, or is not packed as its name says; ConfigError where it
    unpacks to more than one packed file may.
    """
    reasons = _reasons(path)
    try:
        with path.open("rb") as raw, _unpacked(path, raw) as source:
            weighed = _Weighed(path, raw, source, bounds)
            while line := weighed.readline(RECORD_BYTES_MAX + 1):
                if len(line) <= RECORD_BYTES_MAX:
                    yield line
                    continue
                while line and not line.endswith(b"\n"):
                    line = weighed.readline(_CHUNK_BYTES)
                yield None
    except reasons as broken:
        raise BrokenFile(str(broken) or type(broken).__name__) from broken


def weigh(archive: Archive) -> None:
    """ConfigError, before anything is made of it, where a packed file unpacks to more than it may.

    What is broken otherwise is told where it is read.
    """
    for path in (*archive.members, *archive.channels, *archive.messages):
        if path.suffix in _ENDINGS:
            with suppress(BrokenFile):
                for _ in lines(path):
                    pass


class _Weighed:
    """A file that is read, and how much has come out of it for what went in."""

    def __init__(self, path: Path, raw: BinaryIO, source: IO[bytes], bounds: Bounds) -> None:
        self._path = path
        self._raw = raw
        self._source = source
        self._bounds = bounds
        self._packed = path.suffix in _ENDINGS
        self._size_bytes = 0

    def readline(self, most_bytes: int) -> bytes:
        """The next line, or so much of it. ConfigError where it is too much."""
        line = self._source.readline(most_bytes)
        self._size_bytes += len(line)
        if self._packed and self._size_bytes > self._bounds.free_bytes:
            self._check()
        return line

    def _check(self) -> None:
        if self._size_bytes > self._bounds.size_bytes:
            self._refuse(f"{self._bounds.size_bytes:,} bytes")
        # What was read ahead counts as gone in: some hundred kilobytes.
        if self._size_bytes > self._bounds.ratio * self._raw.tell():
            self._refuse(f"{self._bounds.ratio} times its size")

    def _refuse(self, bound: str) -> NoReturn:
        raise ConfigError(
            f"{self._path.name} unpacks to more than {bound}, as what is meant to fill a disk does."
            f" Where you trust it, unpack it first ({_ENDINGS[self._path.suffix]}) and import again"
        )


def _unpacked(path: Path, raw: BinaryIO) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    if path.suffix == ".zst":
        reader = _zstandard().ZstdDecompressor().stream_reader(raw, read_across_frames=True)
        return io.BufferedReader(reader, _CHUNK_BYTES)
    return raw


def _zstandard() -> Any:
    """The library for `.zst`, which not everybody needs."""
    try:
        return import_module("zstandard")
    except ImportError:
        raise ConfigError("files packed as .zst need: pip install 'hobnob[import]'") from None


def _reasons(path: Path) -> tuple[type[Exception], ...]:
    """What reading a broken file raises."""
    packed: type[Exception] = _zstandard().ZstdError if path.suffix == ".zst" else EOFError
    return (OSError, EOFError, zlib.error, packed)


@contextmanager
def written(directory: Path, name: str, packing: str) -> Generator[Callable[[bytes], object]]:
    """Write `name` in `directory`, for this user alone; it has its name once it is whole and
    durable, and leaves nothing where the block raises. The block gets what takes its bytes."""
    path = directory / (name if packing == "none" else f"{name}.{packing}")
    fresh = path.with_name(f".{path.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(fresh, flags, PRIVATE_FILE), "wb") as raw:
            with _packed(packing, raw) as packed:
                yield packed.write
            raw.flush()
            os.fsync(raw.fileno())
        fresh.replace(path)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()
    sync_directory(directory)


@contextmanager
def _packed(packing: str, raw: BinaryIO) -> Generator[BinaryIO]:
    if packing == "gz":
        # No time in the file: the same archive is the same bytes.
        with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as gz:
            yield cast("BinaryIO", gz)
    elif packing == "zst":
        with _zstandard().ZstdCompressor().stream_writer(raw, closefd=False) as zst:
            yield zst
    else:
        yield raw
