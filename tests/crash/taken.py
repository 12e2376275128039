"""What others have taken of the machine from one program: so long it was ready and had no core."""

from contextlib import suppress
from pathlib import Path


class Taken:
    """Of the threads of a process, also of those that have ended since they were last looked at."""

    def __init__(self, pid: int) -> None:
        self._threads = Path(f"/proc/{pid}/task")
        self._waited_ns: dict[str, int] = {}

    @property
    def seconds(self) -> float:
        """Since it began; what it was after its end."""
        with suppress(OSError):
            for thread in self._threads.iterdir():
                with suppress(OSError):
                    told = (thread / "schedstat").read_text()
                    self._waited_ns[thread.name] = int(told.split()[1])
        return sum(self._waited_ns.values()) / 1e9
