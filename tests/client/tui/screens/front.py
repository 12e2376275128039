"""Who sits in front of the first screen while no hub answers."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from hobnob_client.catalogue import Language
from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.stories.screens import Sitting, sitting


def been_in_general(directory: Path, *texts: str) -> Profile:
    """Somebody who has said something in #general, and is offline now."""
    hub, shell = HubThread(), Shell(directory)
    profile = directory / "alice"
    shell.done("join", hub.link(), "--handle", "alice", "--profile", str(profile))
    for text in texts or ("a wheel",):
        shell.done("post", "#general", text, "--profile", str(profile))
    hub.close()
    return Profile(profile)


def offline(
    profile: Profile,
    story: Callable[[Sitting], Awaitable[None]],
    size: tuple[int, int] = (120, 40),
    language: Language = Language.ENGLISH,
) -> None:
    """Run a story of somebody whose hub is away, with #general open and the list in focus."""

    async def run() -> None:
        async with sitting(profile, size, connect=False, language=language) as one:
            await one.until(lambda: one.screen.channel.place)
            await story(one)

    asyncio.run(run())
