"""One client that misbehaves, in a process of its own: floods, or follows and reads nothing."""

import socket
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from typing import Final

from hobnob_protocol.frames import Ping
from hobnob_protocol.wire import encode_frame
from tests.benchmarks.hub import Hub, Line, Member
from tests.benchmarks.process import on_core
from tests.benchmarks.server import Missing
from tests.stories.raw import BINARY, PING, frame

FLOODS: Final = {
    "floods pings": frame(PING, b"") * 5_000,
    "floods tiny frames": frame(BINARY, encode_frame(Ping(0))) * 5_000,
}
"""What is sent as fast as the hub takes it, on one connection after another."""
STALLS: Final = "stalls reading"
WAYS: Final = (*FLOODS, STALLS)
SMALL_BUFFER_BYTES: Final = 4_096
BACKOFF_SECONDS: Final = 0.01
"""Whoever is cut off comes back after so long."""
BEGIN_SECONDS: Final = 0.3


@contextmanager
def abuse(hub: Hub, member: Member, how: str, core: int) -> Generator[None]:
    """While the block runs, this member misbehaves."""
    with on_core(core):
        process = get_context("fork").Process(target=_misbehave, args=(hub, member, how))
        process.start()
    time.sleep(BEGIN_SECONDS)
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _misbehave(hub: Hub, member: Member, how: str) -> None:
    while True:
        with suppress(OSError, Missing):
            [line] = hub.lines([member])
            if how == STALLS:
                line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER_BYTES)
                # The hub ends it after a while; nothing is read, so that is not noticed here.
                time.sleep(3_600)
            _flood(line, FLOODS[how])
        time.sleep(BACKOFF_SECONDS)


def _flood(line: Line, data: bytes) -> None:
    """Send until the hub has had enough."""
    try:
        while True:
            line.socket.sendall(data)
    finally:
        line.socket.close()
