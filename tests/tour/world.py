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
from hobnob_client.durations import HOUR_MS
from hobnob_client.engine import Engine
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_client.requests import kept
from hobnob_client.requests.kept import Made
from hobnob_protocol.ids import TargetId
from hobnob_protocol.invite_link import parse
from hobnob_protocol.questions import encode_answer
from hobnob_protocol.request_questions import Request, RequestsAnswer
from hobnob_server.control.client import ask
from hobnob_server.datadir import DataDir

TODAY: Final = date(2026, 5, 20)
"""The day on which everything is looked at, in UTC."""
_NOON_MS: Final = int(datetime(2026, 5, 20, 12, tzinfo=UTC).timestamp()) * 1_000
HUB_NAME: Final = "terminal-guild"
ME: Final = "mara"
PATIENCE_SECONDS: Final = 300.0
NEED: Final = "How do I ship a wheel with data files, and have them found once it is installed?"
"""What a note says."""


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
        await _ask_for_help(engine)


async def _ask_for_help(engine: Engine) -> None:
    """What the hub told last of requests: two ask, and of three that were asked one has not
    answered, one has agreed, and one was asked today."""
    channel = next(each for each in engine.reader.channels() if each.joined)
    said = engine.reader.before(channel.stream, None, 100).messages
    people = tuple(dict.fromkeys(each.author for each in said))[:6]
    told = (
        (people[0], False, "asked", 3, 0, ""),
        (people[1], False, "asked", 7, 0, ""),
        (people[2], True, "expired", 50, 0, "offer_next"),
        (people[3], True, "accepted", 200, 180, "did_it_help"),
        (people[4], True, "asked", 4, 0, ""),
    )
    requests = tuple(
        Request(
            TargetId(bytes([nth]) * 16),
            person,
            mine,
            state,
            _NOON_MS - asked * HOUR_MS,
            _NOON_MS - accepted * HOUR_MS if accepted else 0,
            due,
        )
        for nth, (person, mine, state, asked, accepted, due) in enumerate(told)
    )
    made = tuple(
        Made(each.request, each.account, NEED, (people[5],), sent=True)
        for each in requests
        if each.mine
    )
    await engine.note(f"{kept.LISTED}:1", encode_answer(RequestsAnswer(5, 2, 6, requests)))
    await engine.note(kept.LISTED_AT, str(_NOON_MS).encode())
    await engine.note(kept.MADE, kept.to_bytes(made))


def _written(folder: Path) -> Path:
    folder.mkdir()
    world = archive(load(), _NOON_MS)
    for name in ("members", "channels", "messages"):
        _write(folder / f"{name}.jsonl.gz", getattr(world, name))
    return folder


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
