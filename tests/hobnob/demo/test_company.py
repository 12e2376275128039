"""What runs beside a demo ends with it."""

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from hobnob.demo.company import Company
from tests.hobnob.demo.test_demo import PATIENCE_SECONDS, small_archive
from tests.stories.waiting import until


async def bring(company: Company, name: str, folder: Path, text: str) -> Process:
    """Somebody who does this."""
    (folder / "player.py").write_text(text)
    environ = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return await company.bring(name, "player", stdout=PIPE, environ=environ)


def test_all_of_them_end(tmp_path: Path) -> None:
    """Whatever they are doing; nobody is called fallen for it."""

    async def play() -> None:
        company = Company(tmp_path)
        waiting = "import sys, time; print('here', flush=True); time.sleep(3600)"
        process = await bring(company, "the hub", tmp_path, waiting)
        assert process.stdout is not None
        assert await process.stdout.readline() == b"here\n"
        assert company.fallen() == ()
        await company.end()
        assert process.returncode == -signal.SIGTERM
        assert company.fallen() == ()

    asyncio.run(play())


def test_who_dies_is_told_of(tmp_path: Path) -> None:
    """With what they said last; who is done is not dead."""

    async def play() -> None:
        company = Company(tmp_path)
        done = await bring(company, "the import", tmp_path, "")
        await done.wait()
        dying = await bring(company, "the crew", tmp_path, "raise OSError('no stage')")
        await dying.wait()
        assert company.fallen() == ("the crew ended too early (exit code 1): OSError: no stage",)
        await company.end()

    asyncio.run(play())


def processes_of(folder: Path) -> list[int]:
    """Which processes were told of this folder, by Linux."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if str(folder).encode() in words and int(entry.name) != os.getpid():
                found.append(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs Linux' /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_demo_that_is_told_to_end_leaves_nothing_behind(
    tmp_path: Path, number: signal.Signals
) -> None:
    """Neither a process nor a file, however far it has come."""
    stage = tmp_path / "stage"
    stage.mkdir()
    archive = small_archive(tmp_path)
    demo = subprocess.Popen(
        [sys.executable, "-m", "hobnob", "demo", "--from", str(archive)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(stage)},
    )
    try:
        asyncio.run(until(lambda: processes_of(stage), PATIENCE_SECONDS))
        demo.send_signal(number)
        assert demo.wait(PATIENCE_SECONDS) == 128 + number
    finally:
        demo.kill()
        demo.communicate()
    assert processes_of(stage) == []
    assert list(stage.iterdir()) == []
