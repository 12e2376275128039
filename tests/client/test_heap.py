"""The heap of the library of C, seen from outside."""

import subprocess
import sys

import pytest

HEAPS = """
import ctypes, sys
from pathlib import Path
from threading import Barrier, Thread
from hobnob_client import heap
if not hasattr(ctypes.CDLL(None), "malloc_trim"):
    sys.exit(print("none"))
if sys.argv[1] == "shared":
    heap.share()
THREADS = 8
HEAP_BYTES = 64 << 20
there, seen = Barrier(THREADS + 1), Barrier(THREADS + 1)
def use():
    held = [bytes(4_000) for _ in range(100)]
    there.wait()
    seen.wait()
threads = [Thread(target=use) for _ in range(THREADS)]
for each in threads:
    each.start()
there.wait()
places = [line.split()[0].split("-") for line in Path("/proc/self/maps").read_text().splitlines()]
heaps = [start for start, _ in places if int(start, 16) % HEAP_BYTES == 0]
seen.wait()
print("one" if not heaps else "many")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such heaps")
@pytest.mark.parametrize(("how", "wanted"), [("shared", "one"), ("apart", "many")])
def test_threads_share_one_heap_where_that_is_said(how: str, wanted: str) -> None:
    """Else each of glibc's begins at a multiple of 64 MiB; another library of C has none of it."""
    command = [sys.executable, "-c", HEAPS, how]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert told in {wanted, "none"}


WITHOUT = """
import sys
sys.modules["_cffi_backend"] = None
from hobnob_client import heap
heap.share()
heap.give_back()
"""


def test_where_the_library_of_c_cannot_be_called_nothing_is_given_back() -> None:
    """And nothing ends."""
    subprocess.run([sys.executable, "-c", WITHOUT], check=True)
