"""How fast a fresh replica becomes complete: the whole headless client against a whole hub.

`python -m tests.benchmarks.catch_up LINK DIR` is one such client as a process of its own, which
prints what it measured as JSON.
"""

import asyncio
import json
import os
import resource
import secrets
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.collecting import collect_seldom
from hobnob_client.engine import Engine
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_protocol.invite_link import InviteLink, parse
from tests.benchmarks.process import waited_ns

PATIENCE_SECONDS = 1_800.0


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """Seconds of the wall clock; CPU of the client's process in nanoseconds, and for how long its
    threads waited for a core; its peak memory."""

    events: int
    usable_seconds: float
    complete_seconds: float
    complete_cpu_ns: int
    complete_waited_ns: int
    indexed_seconds: float
    indexed_cpu_ns: int
    peak_rss_bytes: int


def catch_up(link: InviteLink, directory: Path) -> CaughtUp:
    """Somebody new joins, and stays until all history is there and can be searched."""
    profile = Profile(directory)
    # A hub that is kept between measurements has let others in before.
    handle = f"newcomer-{secrets.token_hex(4)}"
    keyring.save(profile, found(link, handle, int(time.time())))
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
        waited = waited_ns(os.getpid())
        await engine.indexed()
        indexed, indexed_cpu = time.monotonic() - began, time.process_time_ns() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024
    done = (complete, complete_cpu, waited)
    return CaughtUp(reached.events, usable, *done, indexed, indexed_cpu, peak)


def main() -> int:
    """One client."""
    link, directory = sys.argv[1:]
    # As the command does.
    collect_seldom()
    print(json.dumps(asdict(catch_up(parse(link), Path(directory)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
