"""The wire to a hub: one WebSocket, its certificate, and nothing that knows the protocol.

Any certificate is accepted by TLS itself: the hub's signed challenge names those it stands behind,
and the connection compares them before it signs (security.md §3). So a hub needs no authority to
vouch for it, and none can stand between. Without TLS only a loopback is dialled.
"""

import asyncio
import ssl
from hashlib import sha256
from typing import Final

from websockets.asyncio.client import ClientConnection as Socket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from hobnob_protocol.errors import WorldError
from hobnob_protocol.limits import FRAME_BYTES_MAX

DIAL_SECONDS: Final = 10.0
"""From the first packet to an open WebSocket."""
SEND_SECONDS: Final = 20.0
"""A hub that takes nothing for so long is gone."""
CLOSE_SECONDS: Final = 2.0
"""Nobody waits longer for a goodbye."""
QUEUED_FRAMES: Final = 16
"""Frames read ahead of the engine; credit bounds their bytes."""


class LinkLost(WorldError):
    """The hub cannot be reached, or no longer; the text says how it showed."""


class Wire:
    """An open WebSocket. `certificate` is the SHA-256 of the one the hub showed, None without
    TLS."""

    def __init__(self, socket: Socket, certificate: bytes | None, loopback: bool) -> None:
        self._socket = socket
        self.certificate = certificate
        self.loopback = loopback

    async def receive(self) -> bytes:
        """The next message; LinkLost when there is none to come."""
        try:
            return await self._socket.recv(decode=False)
        except (ConnectionClosed, OSError) as lost:
            raise LinkLost("the connection ended") from lost

    async def send(self, message: bytes) -> None:
        """Write one message; LinkLost where it cannot be."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._socket.send(message)
        except (ConnectionClosed, OSError, TimeoutError) as lost:
            raise LinkLost("the connection ended") from lost

    async def close(self) -> None:
        """End it; nothing happens where it has ended."""
        await self._socket.close()


def is_loopback(host: str) -> bool:
    """Does this name stay on this machine?"""
    if host in ("localhost", "127.0.0.1", "::1"):
        return True
    # Only others pay for importing it.
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


async def dial(host: str, port: int) -> Wire:
    """Open a wire to the hub at this address; LinkLost where nobody answers."""
    loopback = is_loopback(host)
    name = f"[{host}]" if ":" in host else host
    try:
        socket = await connect(
            f"{'ws' if loopback else 'wss'}://{name}:{port}/",
            ssl=None if loopback else _context(),
            # A loopback is never behind a proxy, whatever the environment says.
            proxy=None if loopback else True,
            compression=None,
            user_agent_header=None,
            open_timeout=DIAL_SECONDS,
            close_timeout=CLOSE_SECONDS,
            # The protocol has pings of its own, which prove that the engine lives.
            ping_interval=None,
            max_size=FRAME_BYTES_MAX,
            max_queue=QUEUED_FRAMES,
        )
    except (OSError, TimeoutError, InvalidHandshake, InvalidURI) as failed:
        raise LinkLost(f"{name}:{port} does not answer") from failed
    return Wire(socket, _certificate(socket), loopback)


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _certificate(socket: Socket) -> bytes | None:
    secured: ssl.SSLObject | None = socket.transport.get_extra_info("ssl_object")
    shown = secured.getpeercert(binary_form=True) if secured is not None else None
    return sha256(shown).digest() if shown else None
