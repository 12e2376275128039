"""A hub in a throw-away directory with a community in it, and you as its newest member."""

import asyncio
import gzip
import json
import os
import shutil
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hobnob.demo.company import Company
from hobnob.demo.crew import PREFIX, READY
from hobnob.demo.interchange import archive
from hobnob.demo.librarian import HANDLE
from hobnob.demo.world import load
from hobnob_client import keyring
from hobnob_client.founding import found
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_protocol import invite_link
from hobnob_protocol.handle import fold_case, why_not

START_SECONDS: Final = 60.0
GUEST: Final = "guest"
"""What you are called where your name on this machine is no handle."""
HUB_NAME: Final = "terminal-guild"
"""What the hub of the demo is called."""
CREW_MAX: Final = 64
"""So many members may come on stage."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where you sit: your profile on the demo's hub; `fallen` tells what of the demo has ended too
    early, a sentence each."""

    profile: Profile
    device: DeviceFile
    fallen: Callable[[], tuple[str, ...]]


@asynccontextmanager
async def theatre(archive_dir: Path | None, *, still: bool) -> AsyncGenerator[Seat]:
    """A running demo; all of it is gone when the block ends. `still` leaves the stage empty."""
    folder = Path(tempfile.mkdtemp(prefix="hobnob-demo-"))
    company = Company(folder)
    coming: asyncio.Task[None] | None = None
    try:
        hub = folder / "hub"
        own_world = archive_dir is None
        source = archive_dir or _written(folder / "world")
        _tell(f"Bringing a community to life from {archive_dir or 'the demo world'} …")
        await _found(company, hub)
        await _import(company, source, hub, into_all=not own_world)
        await _start(company, hub)
        link = await _invite(hub)
        profile = Profile(folder / "you")
        device = found(invite_link.parse(link), _your_handle(), int(time.time()))
        keyring.save(profile, device)
        if not still:
            await _crew(company, folder, link, profile, device, own_world=own_world)
            if own_world:
                # It knows what was solved in the demo world; you need not wait for it.
                coming = asyncio.create_task(_librarian(company, folder, link))
        yield Seat(profile, device, company.fallen)
    finally:
        if coming is not None:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
        await company.end()
        shutil.rmtree(folder, ignore_errors=True)


def _written(folder: Path) -> Path:
    """The demo world as files of the interchange format."""
    folder.mkdir()
    world = archive(load(), int(time.time() * 1_000))
    for name, records in (
        ("members", world.members),
        ("channels", world.channels),
        ("messages", world.messages),
    ):
        _write(folder / f"{name}.jsonl.gz", records)
    return folder


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


async def _found(company: Company, hub: Path) -> None:
    """Make the hub, and say nothing of how an owner gets in: nobody is to own it."""
    words = ("hobnob_server", "init", "--data", str(hub))
    process = await company.bring("the hub's making", *words, environ={"HOBNOB_HUB_NAME": HUB_NAME})
    if await process.wait():
        raise SystemExit("hobnob demo: the hub was not made. Try: hobnob hub init")


async def _import(company: Company, source: Path, hub: Path, *, into_all: bool) -> None:
    """Fill the hub; its progress is seen. Of another archive nobody knows which channels one would
    want to be put into."""
    everywhere = ("--auto-join",) if into_all else ()
    words = ("hobnob_server", "import", str(source), "--data", str(hub), *everywhere)
    process = await company.bring("the import", *words, loud=True)
    if await process.wait():
        raise SystemExit("hobnob demo: `hobnob hub import` failed; see above.")


async def _start(company: Company, hub: Path) -> None:
    words = ("hobnob_server", "run", "--data", str(hub), "--listen", "127.0.0.1:0")
    process = await company.bring("the hub", *words, "--log-level", "error", stdout=PIPE)
    assert process.stdout is not None
    async with asyncio.timeout(START_SECONDS):
        line = await process.stdout.readline()
    if not line.startswith(b"listen: "):
        raise SystemExit("hobnob demo: the hub did not start. Try: hobnob hub run")


async def _invite(hub: Path) -> str:
    answer = await _operator(hub, "invite", {"uses": CREW_MAX, "hours": 24})
    return str(answer["link"])


async def _crew(
    company: Company,
    folder: Path,
    link: str,
    profile: Profile,
    device: DeviceFile,
    *,
    own_world: bool,
) -> None:
    process = await company.bring(
        "the crew",
        *("hobnob.demo.crew", "--folder", str(folder / "crew")),
        *("--you", device.account.hex(), "--replica", str(profile.replica)),
        *(("--hub", str(folder / "hub")) if own_world else ()),
        stdin=PIPE,
        stdout=PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(link.encode() + b"\n")
    await process.stdin.drain()
    process.stdin.close()
    async with asyncio.timeout(START_SECONDS):
        line = await process.stdout.readline()
    if line.strip() != READY.encode():
        _tell("Nobody came on stage: your questions stay without an answer.")
    elif own_world:
        # Thanks count from whoever holds an office on.
        steward = PREFIX + load().stage.members[0]
        await _operator(folder / "hub", "role", {"handle": steward, "role": "moderator"})


async def _librarian(company: Company, folder: Path, link: str) -> None:
    """Bring the bot as anybody would: an account and a key, a role by the operator, a process."""
    key = folder / "librarian.key"
    words = ("hobnob", "bot", "new", HANDLE, "-", "--key", str(key))
    new = await company.bring("the bot's account", *words, stdin=PIPE)
    await new.communicate(link.encode() + b"\n")
    if new.returncode:
        return
    await _operator(folder / "hub", "role", {"handle": HANDLE, "role": "bot"})
    # What it keeps goes when the demo does.
    environ = {"XDG_DATA_HOME": str(folder / "bots")}
    await company.bring("the bot", "hobnob.demo.librarian", str(key), environ=environ)


async def _operator(hub: Path, verb: str, given: dict[str, object]) -> Any:
    from hobnob_server.control.client import ask
    from hobnob_server.datadir import DataDir

    return await asyncio.to_thread(ask, DataDir(hub).control, verb, given)


def _your_handle() -> str:
    """What you are called: as on this machine where that is a handle."""
    name = fold_case(os.environ.get("USER", ""))
    return GUEST if why_not(name) else name


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
