"""What the benchmark asks of a server, ours or a peer's."""

import socket
import subprocess
import time
from pathlib import Path
from typing import Protocol

from tests.benchmarks.load import Record
from tests.benchmarks.process import START_SECONDS

TEXT_BYTES = 100
"""A message's text, the same for everybody: a short line of chat."""


class Missing(Exception):
    """This server is not here: its result is missing, and the table says why."""


class Server(Protocol):
    """A server that runs on its core until `stop`."""

    name: str
    version: str
    protocol: str
    """The generator's word for what it speaks."""

    @property
    def pid(self) -> int:
        """Its process."""
        ...

    def connections(self, count: int) -> list[socket.socket]:
        """So many, logged in, each getting what the first will send."""
        ...

    def messages(self, count: int) -> list[Record]:
        """What the first connection sends next: so many messages."""
        ...

    def stop(self) -> None:
        """End it."""
        ...


def text(number: int) -> str:
    """The text of a message."""
    return f"message {number} ".ljust(TEXT_BYTES, "x")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def dial(port: int) -> socket.socket:
    """One connection, that sends what it is told at once."""
    stream = socket.create_connection(("127.0.0.1", port), 60)
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return stream


def listening(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until a server takes connections."""
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise Missing(f"it ended: {_last(log)}")
        try:
            dial(port).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.02)
    raise Missing(f"it does not listen: {_last(log)}")


def _last(log: Path) -> str:
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
