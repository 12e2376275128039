"""What is measured of a server: the CPU of all its threads, its memory; and where it runs.

Wall time on a machine that others use says little, CPU time much: the kernel's own count of
nanoseconds on a core (`schedstat`), summed over all threads.
"""

import os
import subprocess
import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

START_SECONDS = 60.0
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def cores() -> tuple[int, int]:
    """The server's core and the load's; the same one where there is only one."""
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[0], allowed[-1]


@contextmanager
def on_core(core: int) -> Generator[None]:
    """Processes begun in this block stay on one core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def spawn(
    command: Sequence[str], core: int, out: int | IO[bytes] = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    """A server on its core; what it says as an error goes where it says all else."""
    with on_core(core):
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )


def allow(pid: int, allowed: Iterable[int]) -> None:
    """Let a process that runs use these cores."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(task.name), allowed)


def own_ns(pid: int) -> int:
    """Nanoseconds all threads of a process have run."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)


def cpu_ns(pid: int) -> int:
    """The same, with the processes it has begun."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    begun = [child for task in tasks for child in (task / "children").read_text().split()]
    return own_ns(pid) + sum(cpu_ns(int(child)) for child in begun)


def waited_ns(pid: int) -> int:
    """Nanoseconds the threads of a process were ready to run and had no core, all together: what a
    machine that others use has taken from them."""
    return sum(
        int((task / "schedstat").read_text().split()[1])
        for task in Path(f"/proc/{pid}/task").iterdir()
    )


def rss_bytes(pid: int) -> int:
    """Resident memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES


def peak_rss_bytes(pid: int) -> int:
    """The most resident memory a process ever had."""
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1_024


def busy() -> str:
    """How busy the machine is, for the record."""
    one, five, _ = os.getloadavg()
    return f"load {one:.1f} (1 min), {five:.1f} (5 min) on {os.cpu_count()} cores"


def fdatasync_ms(directory: Path, times: int = 20) -> float:
    """The median of so many appends of 4 KiB, each synced: what the disk costs just now."""
    taken: list[float] = []
    with (directory / "synced").open("wb") as file:
        for _ in range(times):
            file.write(bytes(4_096))
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append((time.perf_counter() - began) * 1_000)
    return sorted(taken)[times // 2]


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to stop, and wait."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
