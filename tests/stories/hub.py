"""A hub in this process, for stories: real sockets and files, a clock that can be moved."""

import asyncio
import io
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from hobnob_protocol.ids import DeviceKey
from hobnob_protocol.invite_link import InviteLink
from hobnob_server.app import App
from hobnob_server.clock import Clock
from hobnob_server.datadir import DataDir
from hobnob_server.logs import Log
from hobnob_server.place import TcpPlace
from hobnob_server.ring import Ring
from hobnob_server.settings import Config
from tests.stories.client import Client
from tests.stories.waiting import BOUND_SECONDS, TestClock

SMALL_BUFFER_BYTES: Final = 4_096
"""The least a kernel takes."""


class Hub:
    """One App, and what it has logged."""

    def __init__(
        self, path: Path, clock: Clock, open_ring: Callable[[], Ring] = Ring, **settings: Any
    ) -> None:
        self.logged = io.StringIO()
        self.clock = clock
        self.cuts: list[Callable[[], None]] = []
        """Connections of stories, to be cut when the hub ends."""
        directory = DataDir(path)
        directory.make()
        wanted: dict[str, Any] = {"listen": "127.0.0.1:0", "budget_capacity": 1e6, **settings}
        log = Log(self.logged, clock)
        self.app = App(Config(**wanted), directory, clock, log, open_ring=open_ring)

    @property
    def key(self) -> DeviceKey:
        """The hub's public key."""
        return self.app.hub.signer.public_key

    @property
    def epochs(self) -> list[bytes]:
        """The lives its log has had."""
        asked = self.app.writer.ask(
            lambda engine, store: [row.epoch for row in engine.state.lineage]
        )
        return list(asked.result(BOUND_SECONDS))

    @property
    def recovering(self) -> bool:
        """Does it wait for an owner's or a moderator's replica?"""
        asked = self.app.writer.ask(lambda engine, store: engine.state.recovering)
        return asked.result(BOUND_SECONDS)

    @property
    def backlog_bytes(self) -> int:
        """What the fullest connection's transport holds."""
        return self.app.board.backlog_bytes

    def small_buffers(self) -> None:
        """Let the kernel keep little for each connection that comes, so that readers stall soon."""
        for one in self.app.listener.sockets:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER_BYTES)

    def move(self, *clients: Client) -> None:
        """Tell clients where the hub is now."""
        place = self.app.place
        assert isinstance(place, TcpPlace)
        for client in clients:
            client.place = (place.host, place.port)

    async def owner(self, handle: str = "olga") -> Client:
        """The first owner, joined by the link of the first start."""
        link = self.app.owner_invite
        assert link is not None
        return await self.joined(handle, link)

    async def member(self, handle: str) -> Client:
        """A member, joined by a link of their own."""
        return await self.joined(handle, await self.app.invite(1, 1.0))

    async def joined(self, handle: str, link: InviteLink) -> Client:
        """Somebody new, connected and up to date."""
        client = self.stranger(handle, link)
        await client.connect()
        return client

    def stranger(self, handle: str, link: InviteLink) -> Client:
        """Somebody with a link, who has not connected yet."""
        return Client(handle, link, self.key)


@asynccontextmanager
async def running(
    path: Path,
    clock: Clock | None = None,
    open_ring: Callable[[], Ring] = Ring,
    **settings: Any,
) -> AsyncGenerator[Hub]:
    """A hub in a directory, drained when the block ends."""
    hub = Hub(path, clock if clock is not None else TestClock(), open_ring, **settings)
    with hub.app.directory.held():
        await hub.app.start()
        try:
            yield hub
        finally:
            for cut in hub.cuts:
                cut()
            await asyncio.wait_for(hub.app.drain(), 30)
