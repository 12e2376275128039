"""A wire to a hub (`link`) over one WebSocket, with its certificate.

Any certificate is accepted by TLS itself: the hub's signed challenge names those it stands behind,
and the connection compares them before it signs (security.md §3). So a hub needs no authority to
vouch for it, and none can stand between. Without TLS only a loopback is dialled.
"""

import asyncio
import os
import ssl
import sys
from hashlib import sha256
from typing import Final, Literal

from hobnob_client.catalogue import t
from hobnob_client.knocking import bracketed, is_loopback, unanswered
from hobnob_client.link import LinkLost
from hobnob_client.put_off import put_off
from hobnob_protocol.limits import FRAME_BYTES_MAX

# It asks the first for its own version in a copy that is worked on, the other for proxies
# (websockets 17): two megabytes, HTTP, mail and archives among them.
put_off("importlib.metadata", "urllib.request")

from websockets.asyncio.client import ClientConnection as Socket  # noqa: E402
from websockets.asyncio.client import connect  # noqa: E402
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI  # noqa: E402

DIAL_SECONDS: Final = 10.0
"""From the first packet to an open WebSocket."""
SEND_SECONDS: Final = 20.0
"""A hub that takes nothing for so long is gone."""
CLOSE_SECONDS: Final = 2.0
"""Nobody waits longer for a goodbye."""
QUEUED_FRAMES: Final = 16
"""Frames read ahead of the engine; credit bounds their bytes."""


class WebSocketWire:
    """An open WebSocket."""

    def __init__(self, socket: Socket, certificate: bytes | None, loopback: bool) -> None:
        self._socket = socket
        self.certificate = certificate
        self.loopback = loopback

    async def receive(self) -> bytes:
        """The next message; LinkLost when there is none to come."""
        try:
            return await self._socket.recv(decode=False)
        except (ConnectionClosed, OSError) as lost:
            raise LinkLost(t("the connection ended")) from lost

    async def send(self, message: bytes) -> None:
        """Write one message; LinkLost where it cannot be."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._socket.send(message)
        except (ConnectionClosed, OSError, TimeoutError) as lost:
            raise LinkLost(t("the connection ended")) from lost

    async def close(self) -> None:
        """End it; nothing happens where it has ended."""
        await self._socket.close()


async def dial(host: str, port: int) -> WebSocketWire:
    """Open a wire to the hub at this address; LinkLost where nobody answers."""
    loopback = is_loopback(host)
    try:
        socket = await connect(
            f"{'ws' if loopback else 'wss'}://{bracketed(host)}:{port}/",
            ssl=None if loopback else _context(),
            # A loopback is never behind a proxy, whatever the environment says.
            proxy=None if loopback else await _proxy(),
            compression=None,
            user_agent_header=None,
            open_timeout=DIAL_SECONDS,
            close_timeout=CLOSE_SECONDS,
            # The protocol has pings of its own, which prove that the engine lives.
            ping_interval=None,
            max_size=FRAME_BYTES_MAX,
            max_queue=QUEUED_FRAMES,
        )
    except (OSError, TimeoutError, InvalidHandshake, InvalidURI, UnicodeError) as failed:
        # The last one is of a name that can be no host's: "a..b".
        raise LinkLost(unanswered(host, port)) from failed
    return WebSocketWire(socket, _certificate(socket), loopback)


async def _proxy() -> Literal[True] | None:
    """Whether a proxy is to be looked for, which loads what looks, beside the screen; None where
    nothing names one. Some systems name them elsewhere than in the environment."""
    named = any(name.lower().endswith("_proxy") for name in os.environ)
    if not named and sys.platform not in ("win32", "darwin"):
        return None
    import urllib.request

    await asyncio.to_thread(lambda: urllib.request.getproxies)
    return True


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
