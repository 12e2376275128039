"""A client that keeps to no rules: bytes on a socket."""

import asyncio
import os
import struct
from base64 import b64encode

from hobnob_server.place import TcpPlace
from tests.stories.hub import Hub
from tests.stories.waiting import BOUND_SECONDS

PING = 0x9
BINARY = 0x2
TEXT = 0x1


class Raw:
    """One TCP connection to a hub."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def connect(cls, hub: Hub) -> "Raw":
        """Connect, and say nothing yet."""
        place = hub.app.place
        assert isinstance(place, TcpPlace)
        raw = cls(*await asyncio.open_connection(place.host, place.port))
        hub.cuts.append(raw.close)
        return raw

    async def upgrade(self, *headers: str) -> int:
        """Ask for a WebSocket: the status of the answer, 0 where there is none."""
        key = b64encode(os.urandom(16)).decode()
        lines = (
            "GET / HTTP/1.1",
            "Host: hub",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            *headers,
        )
        self.writer.write("".join(f"{line}\r\n" for line in (*lines, "")).encode())
        return await self.status()

    async def status(self) -> int:
        """The status of an answer, 0 where there is none."""
        try:
            async with asyncio.timeout(BOUND_SECONDS):
                head = await self.reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return 0
        return int(head.split()[1])

    def send(self, opcode: int, payload: bytes, times: int = 1) -> None:
        """The same masked frame so many times, in one write."""
        self.writer.write(frame(opcode, payload) * times)

    async def rest(self) -> bytes:
        """All that still comes, until the hub closes."""
        data = b""
        try:
            async with asyncio.timeout(BOUND_SECONDS):
                while part := await self.reader.read(65_536):
                    data += part
        except ConnectionError:
            pass
        return data

    def close(self) -> None:
        """Cut it."""
        self.writer.transport.abort()


def frame(opcode: int, payload: bytes) -> bytes:
    """A frame as a client sends it, under a mask of zeros."""
    size = len(payload)
    if size < 126:
        head = bytes((0x80 | opcode, 0x80 | size))
    elif size < 65_536:
        head = bytes((0x80 | opcode, 0x80 | 126)) + struct.pack("!H", size)
    else:
        head = bytes((0x80 | opcode, 0x80 | 127)) + struct.pack("!Q", size)
    return head + bytes(4) + payload
