"""The hub's end of its second process (`checker`): asks and is told, and never waits for either."""

import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Final, Protocol

from hobnob_protocol.event import Claim
from hobnob_server.checker import READY, question
from hobnob_server.limits import SECOND_END_SECONDS

_READ_BYTES: Final = 4_096


class Second(Protocol):
    """Somebody else who checks signatures, in the order they are asked about."""

    def ask(self, claims: Iterable[Claim]) -> None:
        """Check these too. OSError once there is nobody any more."""
        ...

    def told(self) -> bytes | None:
        """The answers that have come since, a byte each, 1 for true; None before it has begun.
        OSError once there is nobody any more."""
        ...

    def wait(self, seconds: float) -> float:
        """Until it says something or ends, so long at most. Returns the seconds it took."""
        ...

    def stop(self) -> None:
        """It is needed no more."""
        ...


class SecondProcess:
    """A `Second` on another core."""

    def __init__(self) -> None:
        """Start it; OSError where that cannot be."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                # -P: where the hub was started is no place to take modules from.
                self._process: Final = subprocess.Popen(
                    (sys.executable, "-P", "-m", "hobnob_server.checker"),
                    stdin=theirs.fileno(),
                    stdout=theirs.fileno(),
                    stderr=subprocess.DEVNULL,
                )
        except OSError:
            ours.close()
            raise
        ours.setblocking(False)
        self._socket: Final = ours
        # Not select: a hub with many connections has files beyond its 1,024.
        self._heard: Final = select.poll()
        self._heard.register(ours, select.POLLIN)
        self._unsent = bytearray()
        self._ready = False

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def ask(self, claims: Iterable[Claim]) -> None:
        """As far as the socket takes it; the rest leaves when answers are looked for."""
        self._unsent += b"".join(map(question, claims))
        self._send()

    def _send(self) -> None:
        if self._unsent:
            with suppress(BlockingIOError):
                del self._unsent[: self._socket.send(self._unsent)]

    def told(self) -> bytes | None:
        """What has come."""
        self._send()
        try:
            data = self._socket.recv(_READ_BYTES)
        except BlockingIOError:
            return b"" if self._ready else None
        if not data:
            raise ConnectionError("it has ended")
        begins, self._ready = not self._ready, True
        return data.removeprefix(READY) if begins else data

    def wait(self, seconds: float) -> float:
        """Others of this process have their turn meanwhile."""
        began = time.monotonic()
        self._heard.poll(seconds * 1_000)
        return time.monotonic() - began

    def stop(self) -> None:
        """It ends when its input does, after the check it is at."""
        self._socket.close()
        try:
            self._process.wait(SECOND_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def start_second() -> SecondProcess | None:
    """Start one where there is a core for it."""
    if _cores() < 2:
        return None
    try:
        return SecondProcess()
    except OSError:
        return None


def _cores() -> int:
    """The cores this thread may use; not every system says which."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
