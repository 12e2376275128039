"""A hub in a process of its own: what can be killed."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from os import devnull
from pathlib import Path

from hobnob_protocol.crypto import Ed25519Signer
from hobnob_protocol.ids import DeviceKey
from hobnob_protocol.invite_link import InviteLink, parse
from hobnob_server import keyfile
from hobnob_server.control.client import ask
from hobnob_server.datadir import DataDir
from hobnob_server.place import TcpPlace, parse_place
from tests.stories.client import Client

START_SECONDS = 60.0
"""A busy machine starts Python slowly."""


class HubProcess:
    """`python -m hobnob_server run`; it keeps its port when it starts again."""

    def __init__(self, path: Path, log: Path | None = None) -> None:
        self.directory = DataDir(path)
        self._log = log
        self.listen = "127.0.0.1:0"
        self._process: Process | None = None

    async def start(self) -> None:
        """Returns once it listens."""
        level = "error" if self._log is None else "debug"
        with (self._log or Path(devnull)).open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "hobnob_server", "run"),
                *("--data", str(self.directory.path), "--listen", self.listen),
                *("--budget-capacity", "1e6", "--log-level", level),
                stdout=PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        async with asyncio.timeout(START_SECONDS):
            line = (await self._process.stdout.readline()).decode()
        assert line.startswith("listen: "), line
        self.listen = line.removeprefix("listen: ").strip()

    async def kill(self) -> None:
        """As the kernel does it: no warning, no cleaning up."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    async def terminate(self) -> int:
        """As a service manager does it: the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return await self._process.wait()

    @property
    def running(self) -> bool:
        """Is it there?"""
        return self._process is not None and self._process.returncode is None

    @property
    def key(self) -> DeviceKey:
        """The hub's public key."""
        return Ed25519Signer(keyfile.read(self.directory.key).reveal()).public_key

    async def invite(self) -> InviteLink:
        """A link that lets somebody in."""
        answer = await asyncio.to_thread(
            ask, self.directory.control, "invite", {"uses": 1, "hours": 1}
        )
        assert isinstance(answer, dict)
        return parse(str(answer["link"]))

    async def owner(self, handle: str) -> Client:
        """The first owner, by the link that the first start left in a file."""
        link = await asyncio.to_thread(self.directory.owner_link.read_text)
        return await self._joined(handle, parse(link))

    async def member(self, handle: str) -> Client:
        """Somebody new."""
        return await self._joined(handle, await self.invite())

    async def _joined(self, handle: str, link: InviteLink) -> Client:
        place = parse_place(self.listen)
        assert isinstance(place, TcpPlace)
        client = Client(handle, link, self.key)
        client.place = (place.host, place.port)
        await client.connect()
        return client


@asynccontextmanager
async def hub_process(path: Path, log: Path | None = None) -> AsyncGenerator[HubProcess]:
    """A started hub, gone when the block ends; all it has to say is in the file `log`."""
    hub = HubProcess(path, log)
    await hub.start()
    try:
        yield hub
    finally:
        if hub.running:
            await hub.kill()
