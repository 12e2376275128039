"""More lines than fit into memory, in order: sorted runs in temporary files, merged when read."""

import heapq
import tempfile
from collections.abc import Iterator
from typing import IO, Final, NamedTuple, TypeAlias

from hobnob_server.limits import SORT_BYTES

Order: TypeAlias = tuple[float, str]
"""When something was said, in seconds since 1970, and its id."""

_HELD_BYTES: Final = 200
"""What a line in memory costs beside its bytes."""


class Kept(NamedTuple):
    """A line without its end, in its order; `number` tells equal orders apart."""

    order: Order
    number: int
    data: bytes


class Runs:
    """Takes lines in any order, gives them back in theirs."""

    def __init__(self) -> None:
        self._held: list[Kept] = []
        self._size_bytes = 0
        self._files: list[IO[bytes]] = []

    def add(self, kept: Kept) -> None:
        """One more."""
        self._held.append(kept)
        self._size_bytes += len(kept.data) + _HELD_BYTES
        if self._size_bytes >= SORT_BYTES:
            self._put_away()

    def __iter__(self) -> Iterator[Kept]:
        """All of them, once."""
        self._held.sort()
        return heapq.merge(*(_read(file) for file in self._files), self._held)

    def _put_away(self) -> None:
        self._held.sort()
        # Each is closed by whoever reads it to its end.
        file = tempfile.TemporaryFile()  # noqa: SIM115 (it outlives this function)
        for (seconds, name), number, data in self._held:
            file.write(f"{seconds!r} {number} {name}\n".encode())
            file.write(data + b"\n")
        file.seek(0)
        self._files.append(file)
        self._held, self._size_bytes = [], 0


def _read(file: IO[bytes]) -> Iterator[Kept]:
    with file:
        while head := file.readline():
            seconds, number, name = head.decode().removesuffix("\n").split(" ", 2)
            data = file.readline().removesuffix(b"\n")
            yield Kept((float(seconds), name), int(number), data)
