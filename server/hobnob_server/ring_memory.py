"""What hub and kernel share of a ring of io_uring, and the two calls: opened, seen and closed.

Linux 5.6 or newer has what is used here. No flags are asked for: none was measured to matter.
"""

import errno
import mmap
import os
import platform
import re
import struct
import sys
from array import array
from typing import Final, Literal

_SETUP: Final = 425
_ENTER: Final = 426
_MACHINES: Final = ("x86_64", "aarch64")
"""Where the calls have these numbers, and what is shared this form."""
_LINUX_MIN: Final = (5, 6)
_SINGLE_MMAP: Final = 1
"""The feature that both rings are one mapping."""
_SENDS_AT: Final = 0x10000000
"""Where the sends are mapped from."""
_SEND: Final = struct.Struct("=BBHiQQIIQQQQ")
"""Opcode, flags, priority, socket, offset, address, size, the send's flags, number, 3 x nothing."""
_RESULT_BYTES: Final = 16
"""Number of the send, 8 bytes; what it came to and flags, 4 each."""
_OP_SEND: Final = 26
_MSG_DONTWAIT: Final = 0x40
_MSG_NOSIGNAL: Final = 0x4000


def has_sends(release: str) -> bool:
    """Is a Linux of this release new enough? An older one is not even asked: where a filter of
    calls has never heard of this one, to ask may be the end of the process."""
    found = re.match(r"(\d+)\.(\d+)", release)
    return found is not None and (int(found[1]), int(found[2])) >= _LINUX_MIN


class RingMemory:
    """A ring for `sends` at once, a power of two; its heads and tails count on in 32 bits for ever.
    Columns are views of 32 bits but for `numbers`, of 64."""

    def __init__(self, sends: int) -> None:
        """Raises OSError where the system has none, or forbids it, or has no memory for it;
        ImportError where Python was built without the way to it."""
        # Here, so that none but a hub that runs loads it.
        import ctypes

        if (
            sys.platform != "linux"
            or platform.machine() not in _MACHINES
            or not has_sends(platform.release())
        ):
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        self._syscall: Final = ctypes.CDLL(None, use_errno=True).syscall
        self._syscall.restype = ctypes.c_long
        self._syscall.argtypes = (ctypes.c_long,) * 7
        told = array("I", bytes(120))
        self._file = self._syscall(_SETUP, sends, told.buffer_info()[0], 0, 0, 0, 0)
        if self._file < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        self._views: Final[list[memoryview]] = []
        try:
            self._map(told)
        except BaseException:
            self.close()
            raise

    def _map(self, told: "array[int]") -> None:
        if not told[5] & _SINGLE_MMAP:
            raise OSError(errno.ENOSYS, "io_uring is too old")
        self.sends, self.results = told[0], told[1]
        # Where each ring has its head, tail, mask, size, two more, and what is in it.
        _, tail, _, _, _, _, order = told[10:17]
        results_head, results_tail, _, _, _, results = told[20:26]
        order_bytes, results_bytes = self.sends * 4, self.results * _RESULT_BYTES
        size_bytes = max(order + order_bytes, results + results_bytes)
        rings = self._kept(memoryview(mmap.mmap(self._file, size_bytes)))
        self.tail = self._part(rings, tail, 4, "I")
        self.order = self._part(rings, order, order_bytes, "I")
        self.results_head = self._part(rings, results_head, 4, "I")
        self.results_tail = self._part(rings, results_tail, 4, "I")
        self.numbers = self._kept(self._part(rings, results, results_bytes, "Q")[::2])
        self.came_to = self._kept(self._part(rings, results, results_bytes, "i")[2::4])
        sends_bytes = self.sends * _SEND.size
        self._all = self._kept(memoryview(mmap.mmap(self._file, sends_bytes, offset=_SENDS_AT)))
        self.sockets = self._kept(self._part(self._all, 0, sends_bytes, "i")[1::16])
        self.sizes = self._kept(self._part(self._all, 0, sends_bytes, "i")[6::16])

    def _part(
        self, of: memoryview, start: int, size_bytes: int, form: Literal["i", "I", "Q"]
    ) -> memoryview:
        return self._kept(self._kept(of[start : start + size_bytes]).cast(form))

    def _kept(self, view: memoryview) -> memoryview:
        self._views.append(view)
        return view

    def prepare(self, address: int) -> None:
        """Let all sends be of what lies at this address, numbered by their places; none of them
        waits, and none kills the process where its peer is gone."""
        flags = _MSG_DONTWAIT | _MSG_NOSIGNAL
        for number in range(self.sends):
            send = (_OP_SEND, 0, 0, -1, 0, address, 0, flags, number, 0, 0, 0)
            _SEND.pack_into(self._all, number * _SEND.size, *send)

    def enter(self, sends: int) -> int:
        """Let the kernel take so many sends, and wait for nothing: how many it took, -1 for an
        error."""
        return int(self._syscall(_ENTER, self._file, sends, 0, 0, 0, 0))

    def close(self) -> None:
        """Give it back; mappings go with their last views."""
        for view in self._views:
            view.release()
        self._views.clear()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
