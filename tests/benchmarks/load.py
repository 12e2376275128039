"""The load generator's handle: connections that are logged in go in, exact counts come out."""

import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from struct import pack
from typing import Final

from tests.benchmarks.process import on_core

Record = tuple[int, bytes]
"""Which connection sends, and the bytes it sends: one message."""


class LoadError(Exception):
    """The count was wrong, or a connection was lost: there is no result."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run; latencies in microseconds."""

    count: int
    """Deliveries, or acknowledgements."""
    elapsed_ns: int
    load_cpu_ns: int
    p50_us: int
    p99_us: int
    max_us: int


class Load:
    """Holds connections, the sender's first; they are the generator's from now on."""

    def __init__(
        self, program: Path, protocol: str, sockets: Sequence[socket], directory: Path, core: int
    ) -> None:
        self._file: Final = directory / f"{protocol}.messages"
        numbers = [one.fileno() for one in sockets]
        with on_core(core):
            self._process = subprocess.Popen(
                (str(program), protocol, ",".join(map(str, numbers))),
                pass_fds=numbers,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        for one in sockets:
            one.close()

    def flow(self, in_flight: int, records: Sequence[Record]) -> Measured:
        """The sender's messages, so many on their way at once; every other connection must get
        each of them."""
        return self._run("flow", in_flight, records)

    def paced(self, every_us: int, records: Sequence[Record]) -> Measured:
        """The same, one each so many microseconds."""
        return self._run("paced", every_us, records)

    def acks(self, in_flight: int, records: Sequence[Record]) -> Measured:
        """Messages of all connections, so many not yet acknowledged."""
        return self._run("acks", in_flight, records)

    def _run(self, what: str, by: int, records: Sequence[Record]) -> Measured:
        self._file.write_bytes(b"".join(_packed(records)))
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{what} {by} {len(records)} {self._file}\n".encode())
        self._process.stdin.flush()
        answer = self._process.stdout.readline().decode().split()
        if len(answer) != 6 or answer[0] == "error":
            raise LoadError(" ".join(answer) or "the generator ended")
        return Measured(*map(int, answer))

    def close(self) -> None:
        """Cut all connections."""
        self._process.terminate()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


def _packed(records: Iterable[Record]) -> Iterable[bytes]:
    for number, data in records:
        yield pack("=II", number, len(data)) + data
