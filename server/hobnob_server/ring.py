"""The same bytes to many sockets by one call to the system: io_uring, as much of it as that takes.

`os.write` is a call for each socket, and each time the interpreter's lock is given and taken. Here
the sends lie prepared in memory that the kernel sees, but for socket and size; one call does a
thousand of them, and the lock is free meanwhile. The bytes are copied once.

No send may wait, so each is done, in part or not at all when the call returns. What the kernel
reads was written before that call and what it wrote is read behind it, by one thread: there is none
of the barriers that io_uring asks of those who share a ring with a kernel at work.
"""

import socket
from array import array
from collections.abc import Callable
from itertools import chain
from typing import Final

from hobnob_server.limits import RING_DATA_BYTES, RING_SENDS, RING_TRIES
from hobnob_server.ring_memory import RingMemory

_LAPS: Final = 0xFFFFFFFF


class Ring:
    """Sends at most `data_bytes` to any number of sockets, `sends` a call; of one thread."""

    def __init__(
        self,
        sends: int = RING_SENDS,
        data_bytes: int = RING_DATA_BYTES,
        share: Callable[[int], RingMemory] = RingMemory,
    ) -> None:
        """Raises OSError where the system has no such thing, or forbids it; ImportError where
        Python has none."""
        self.data_bytes: Final = data_bytes
        self._memory: Final = share(sends)
        self._data: Final = array("B", bytes(data_bytes))
        self._bytes: Final = memoryview(self._data)
        self._places: Final = memoryview(array("I", chain(range(sends), range(sends))))
        self.broken = False
        """Has the kernel let us down? Then this ring is to be closed."""
        self._memory.prepare(self._data.buffer_info()[0])
        try:
            self._try_out()
        except BaseException:
            self.close()
            raise

    def _try_out(self) -> None:
        """A system that lets a ring be made may still forbid its use, or not know this send."""
        one, other = socket.socketpair()
        with one, other:
            if self.send(array("i", (one.fileno(),)), b"?") != (1, []) or other.recv(2) != b"?":
                raise OSError("io_uring does not send")

    def send(self, files: "array[int]", data: bytes) -> "tuple[int, list[tuple[int, int]]]":
        """To how many, from the first on, which is all of them unless it is `broken`; and which of
        them, by their places, did not take all: with how many bytes they took, 0 for an error."""
        size_bytes = len(data)
        self._bytes[:size_bytes] = data
        short: list[tuple[int, int]] = []
        for start in range(0, len(files), self._memory.sends):
            some = memoryview(files)[start : start + self._memory.sends]
            wanted = memoryview(array("i", (size_bytes,)) * len(some))
            taken = self._submit(some, wanted)
            short += [(start + place, came) for place, came in self._results(wanted)]
            if self.broken:
                return start + taken, short
        return len(files), short

    def _submit(self, files: memoryview, wanted: memoryview) -> int:
        """Let the kernel do these: how many it has done."""
        memory, count = self._memory, len(files)
        memory.sockets[:count] = files
        memory.sizes[:count] = wanted
        # Wherever in its lap the ring is, what it comes to next is the first of our sends.
        first = -memory.tail[0] % memory.sends
        memory.order[:] = self._places[first : first + memory.sends]
        memory.tail[0] = (memory.tail[0] + count) & _LAPS
        taken, tries = 0, RING_TRIES
        while taken < count and tries:
            now = memory.enter(count - taken)
            # An interrupt, no memory: of what is not taken nothing has happened.
            taken, tries = (taken + now, tries) if now > 0 else (taken, tries - 1)
        self.broken = taken < count or self._told != count
        return taken

    @property
    def _told(self) -> int:
        """Results that are there."""
        return (self._memory.results_tail[0] - self._memory.results_head[0]) & _LAPS

    def _results(self, wanted: memoryview) -> list[tuple[int, int]]:
        """Who did not come to what is wanted. Hardly anybody does, so all are compared at once."""
        memory, count = self._memory, self._told
        start = memory.results_head[0] % memory.results
        end = min(start + count, memory.results)
        before, behind = end - start, count - (end - start)
        short: list[tuple[int, int]] = []
        if (
            memory.came_to[start:end] != wanted[:before]
            or memory.came_to[:behind] != wanted[before:count]
        ):
            for place in (*range(start, end), *range(behind)):
                if memory.came_to[place] != wanted[0]:
                    short.append((memory.numbers[place], max(memory.came_to[place], 0)))
        memory.results_head[0] = memory.results_tail[0]
        return short

    def close(self) -> None:
        """Give it back."""
        self._memory.close()
