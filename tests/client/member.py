"""Members for tests: a profile in a directory of its own, founded by an invite of a small hub."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.founding import found
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.progress import LinkState, Progress
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.messages import Post
from tests.client.small_hub import SmallHub

WAIT_SECONDS: Final = 30.0
"""What must happen happens within this, or the test fails."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a profile; they are not connected."""

    profile: Profile

    @property
    def device(self) -> DeviceFile:
        """Who they are, as the file says now."""
        return keyring.load(self.profile)

    @asynccontextmanager
    async def engine(self, *, connect: bool = True) -> AsyncGenerator[Engine]:
        """Their engine, running."""
        async with Engine(self.profile, self.device, connect=connect) as engine:
            yield engine


def newcomer(hub: SmallHub, directory: Path, handle: str, owner: bool = False) -> Member:
    """Somebody with an invite, who has never been there."""
    profile = Profile(directory / handle)
    keyring.save(profile, found(hub.link(owner), handle, 1_700_000_000))
    return Member(profile)


async def settled(engine: Engine) -> Progress:
    """Wait until nothing is under way."""
    async with asyncio.timeout(WAIT_SECONDS):
        return await engine.until(lambda progress: progress.settled)


async def linked(engine: Engine, *states: LinkState) -> LinkState:
    """Wait until the link is in one of these states."""
    watch = engine.watch()
    async with asyncio.timeout(WAIT_SECONDS):
        while engine.link not in states:
            await watch.next()
    return engine.link


async def join_general(engine: Engine) -> StreamId:
    """Wait until the first channel is there."""
    await settled(engine)
    return general(engine)


def general(engine: Engine) -> StreamId:
    """The channel everybody is in."""
    line = engine.reader.channel("#general")
    assert line is not None
    return line.stream


async def says(engine: Engine, *texts: str) -> None:
    """Post these into the first channel."""
    for text in texts:
        await engine.compose(general(engine), Post(text))


def texts(engine: Engine) -> list[str]:
    """What the first channel shows."""
    return [shown.text for shown in engine.reader.before(general(engine), None, 100).messages]
