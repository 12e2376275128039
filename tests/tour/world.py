"""The demo world as it stands on one day, and a member's replica of it; the hub may be away."""

import asyncio
import gzip
import json
import re
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from hobnob.demo.interchange import archive
from hobnob.demo.world import load
from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_protocol.invite_link import parse
from hobnob_server.control.client import ask
from hobnob_server.datadir import DataDir

TODAY: Final = date(2026, 5, 20)
"""The day on which everything is looked at, in UTC."""
_NOON_MS: Final = int(datetime(2026, 5, 20, 12, tzinfo=UTC).timestamp()) * 1_000
HUB_NAME: Final = "terminal-guild"
ME: Final = "mara"
PATIENCE_SECONDS: Final = 300.0


@contextmanager
def hub(folder: Path) -> Generator[DataDir]:
    """A hub with the demo world in it, and nobody on stage."""
    data = DataDir(folder / "hub")
    source = _written(folder / "world")
    environ = {"HOBNOB_HUB_NAME": HUB_NAME, "PATH": "/usr/bin:/bin"}
    command = (sys.executable, "-m", "hobnob_server")
    brought = (*command, "import", str(source), "--data", str(data.path), "--auto-join")
    subprocess.run(brought, env=environ, check=True, stdout=subprocess.DEVNULL)
    run = (*command, "run", "--data", str(data.path), "--listen", "127.0.0.1:0")
    process = subprocess.Popen((*run, "--log-level", "error"), stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        assert re.match(rb"listen: ", process.stdout.readline())
        yield data
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def member(data: DataDir, directory: Path) -> Profile:
    """Somebody who has just come, and has it all."""
    answer = ask(data.control, "invite", {"uses": 1, "hours": 1})
    assert isinstance(answer, dict)
    profile = Profile(directory)
    keyring.save(profile, found(parse(str(answer["link"])), ME, int(time.time())))
    asyncio.run(_catch_up(profile))
    return profile


async def _catch_up(profile: Profile) -> None:
    async with (
        asyncio.timeout(PATIENCE_SECONDS),
        Engine(profile, keyring.load(profile)) as engine,
    ):
        await engine.until(lambda progress: progress.complete)
        await engine.indexed()


def _written(folder: Path) -> Path:
    folder.mkdir()
    world = archive(load(), _NOON_MS)
    for name in ("members", "channels", "messages"):
        _write(folder / f"{name}.jsonl.gz", getattr(world, name))
    return folder


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
