"""How fast a fresh replica becomes complete: the whole headless client against a whole hub."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_protocol.invite_link import InviteLink

PATIENCE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """Seconds of the wall clock; CPU of the client's process in nanoseconds."""

    events: int
    usable_seconds: float
    complete_seconds: float
    complete_cpu_ns: int
    indexed_seconds: float
    indexed_cpu_ns: int


def catch_up(link: InviteLink, directory: Path) -> CaughtUp:
    """Somebody new joins, and stays until all history is there and can be searched."""
    profile = Profile(directory)
    keyring.save(profile, found(link, "newcomer", int(time.time())))
    return asyncio.run(_pull(profile))


async def _pull(profile: Profile) -> CaughtUp:
    began, cpu = time.monotonic(), time.process_time_ns()
    async with (
        asyncio.timeout(PATIENCE_SECONDS),
        Engine(profile, keyring.load(profile)) as engine,
    ):
        await engine.until(lambda progress: progress.usable)
        usable = time.monotonic() - began
        reached = await engine.until(lambda progress: progress.complete)
        complete, complete_cpu = time.monotonic() - began, time.process_time_ns() - cpu
        await engine.indexed()
        indexed, indexed_cpu = time.monotonic() - began, time.process_time_ns() - cpu
    return CaughtUp(reached.events, usable, complete, complete_cpu, indexed, indexed_cpu)
