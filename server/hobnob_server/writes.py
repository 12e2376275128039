"""Two ways to write the same bytes to many sockets: one call to the system for all of them, or one
for each, which works everywhere."""

import os
from array import array
from collections.abc import Callable
from itertools import repeat
from operator import length_hint
from typing import Final, TypeAlias

from hobnob_server.limits import RING_SOCKETS_MIN
from hobnob_server.logs import Log
from hobnob_server.ring import Ring

Writes: TypeAlias = "Callable[[array[int], bytes], list[tuple[int, int]]]"
"""Writes to these sockets, in their order and waiting for none: the places of those that did not
take all, with how many bytes they took, 0 for an error."""


def one_by_one(files: "array[int]", data: bytes) -> list[tuple[int, int]]:
    """A call for each: nothing but that, in a loop that is not Python's."""
    short: list[tuple[int, int]] = []
    size_bytes, left = len(data), iter(files.tolist())
    while True:
        try:
            for written in map(os.write, left, repeat(data)):
                if written != size_bytes:
                    short.append((len(files) - length_hint(left) - 1, written))
        except OSError:
            short.append((len(files) - length_hint(left) - 1, 0))
        else:
            return short


class Together:
    """One call for many, as long as the system does it; what does not fit goes `one_by_one`."""

    def __init__(self, log: Log, open_ring: Callable[[], Ring] = Ring) -> None:
        self._log: Final = log
        self._ring: Ring | None = None
        try:
            self._ring = open_ring()
        except (OSError, ImportError) as why:
            log.info("fanout.single", why=str(why))

    @property
    def together(self) -> bool:
        """Are many written to by one call?"""
        return self._ring is not None

    def __call__(self, files: "array[int]", data: bytes) -> list[tuple[int, int]]:
        """As `Writes` does."""
        ring = self._ring
        if ring is None or len(files) < RING_SOCKETS_MIN or len(data) > ring.data_bytes:
            return one_by_one(files, data)
        begun, short = ring.send(files, data)
        if ring.broken:
            self._log.warning("fanout.single", why="io_uring took no more")
            self.close()
            short += [(begun + place, took) for place, took in one_by_one(files[begun:], data)]
        return short

    def close(self) -> None:
        """From now on one by one."""
        if self._ring is not None:
            self._ring.close()
            self._ring = None
