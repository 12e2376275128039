"""A member in processes of their own: `python -m hobnob`, as a shell starts it."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.paths import Profile
from hobnob_protocol.ids import AccountId
from hobnob_server.control.client import ask
from tests.stories.process import START_SECONDS, HubProcess


@dataclass(frozen=True, slots=True)
class Ran:
    """How a process ended, and what it said."""

    code: int
    out: str
    talk: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records of its data, with `--json`."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a profile of their own."""

    profile: Profile

    async def start(self, *words: str) -> Process:
        """A process that runs."""
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "hobnob", "--profile", str(self.profile.directory), *words),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
        )

    async def run(self, *words: str, given: str = "") -> Ran:
        """A process from its start to its end."""
        process = await self.start(*words)
        async with asyncio.timeout(START_SECONDS):
            out, talk = await process.communicate(given.encode())
        assert process.returncode is not None
        return Ran(process.returncode, out.decode(), talk.decode())

    async def done(self, *words: str, given: str = "") -> Ran:
        """The same for what must work."""
        ran = await self.run(*words, given=given)
        assert ran.code == 0, (words, ran)
        return ran

    async def texts(self) -> list[str]:
        """What the first channel shows."""
        shown = await self.done("tail", "#general", "-n", "100000", "--json")
        return [record["text"] for record in shown.records]

    def engine(self, *, connect: bool = True) -> Engine:
        """Their engine, in this process."""
        return Engine(self.profile, keyring.load(self.profile), connect=connect)

    @property
    def account(self) -> AccountId:
        """Who they are."""
        return keyring.load(self.profile).account


async def kill(process: Process) -> None:
    """As the kernel does it; nothing happens where it has ended."""
    if process.returncode is None:
        process.send_signal(signal.SIGKILL)
    await process.wait()


async def joined(hub: HubProcess, directory: Path, handle: str) -> Member:
    """Somebody new, who has joined from the shell."""
    member = Member(Profile(directory / handle))
    link = str(await hub.invite())
    await member.done("join", "-", "--handle", handle, given=link)
    return member


async def with_role(hub: HubProcess, handle: str, role: str) -> None:
    """The operator gives somebody a role."""
    given = {"handle": handle, "role": role}
    await asyncio.to_thread(ask, hub.directory.control, "role", given)


async def second_device(desk: Member, directory: Path) -> Member:
    """A further device of the same account, added from the shell."""
    laptop = Member(Profile(directory))
    code = (await desk.done("device", "add")).out.strip()
    request = (await laptop.done("device", "request", code)).out.strip()
    await desk.done("device", "add", request)
    await laptop.done("sync")
    return laptop
