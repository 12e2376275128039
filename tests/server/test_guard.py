"""How a hub takes bytes from a connection."""

import asyncio
import socket
from typing import Any, cast

from websockets.asyncio.server import Server, ServerConnection
from websockets.server import ServerProtocol

from hobnob_server.gate import Gate
from hobnob_server.guard import Guard
from hobnob_server.limits import READ_BYTES
from hobnob_server.settings import Config
from tests.stories.waiting import TestClock, until


class Noting(Guard):
    """A guard that only notes how much comes at once."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.came_bytes: list[int] = []

    def data_received(self, data: bytes) -> None:
        """Bytes."""
        self.came_bytes.append(len(data))


async def _served(_: ServerConnection) -> None:
    """Nobody is served here."""


def test_no_more_is_read_at_once_than_one_large_frame() -> None:
    """Room for a quarter of a megabyte, made for each small frame, costs more than the frame."""

    async def run() -> list[int]:
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        gate, nobody = Gate(Config(), TestClock()), cast("Any", None)
        guard = Noting(gate, 1, 1, nobody, ServerProtocol(), Server(nobody, _served))
        with theirs:
            sent_bytes = theirs.send(bytes(8 * READ_BYTES))
            transport, _ = await loop.connect_accepted_socket(lambda: guard, ours)
            await until(lambda: sum(guard.came_bytes) == sent_bytes)
            transport.abort()
        assert sent_bytes > READ_BYTES
        return guard.came_bytes

    assert max(asyncio.run(run())) <= READ_BYTES
