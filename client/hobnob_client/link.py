"""The wire to a hub: what carries messages, and nothing that knows the protocol.

Whoever waits to read need not wait for what dials (`websocket_wire`): that is loaded, beside all
else, when somebody dials for the first time.
"""

import asyncio
from importlib import import_module
from typing import Protocol

from hobnob_protocol.errors import WorldError


class LinkLost(WorldError):
    """The hub cannot be reached, or no longer; the text says how it showed."""


class Wire(Protocol):
    """An open one. `certificate` is the SHA-256 of the one the hub showed, None without TLS;
    `loopback` says that it never left this machine."""

    certificate: bytes | None
    loopback: bool

    async def receive(self) -> bytes:
        """The next message; LinkLost when there is none to come."""
        ...

    async def send(self, message: bytes) -> None:
        """Write one message; LinkLost where it cannot be."""
        ...

    async def close(self) -> None:
        """End it; nothing happens where it has ended."""
        ...


async def dial(host: str, port: int) -> Wire:
    """Open a wire to the hub at this address; LinkLost where nobody answers."""
    carrier = await asyncio.to_thread(import_module, "hobnob_client.websocket_wire")
    wire: Wire = await carrier.dial(host, port)
    return wire
