"""`hobnob demo` brings a whole community to life in one command, and leaves nothing behind."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hobnob.demo import command
from hobnob.demo.command import QUESTION
from hobnob.demo.crew import PREFIX
from hobnob.demo.librarian import HANDLE
from hobnob.demo.theatre import HUB_NAME, theatre
from hobnob_client.engine import Engine

PATIENCE_SECONDS = 240.0


def test_a_question_in_the_demo_is_answered(tmp_path: Path) -> None:
    """Away from a terminal it plays one scene: channels, your question, an answer, a search."""
    environ = {**os.environ, "TMPDIR": str(tmp_path), "USER": "root"}
    done = subprocess.run(
        [sys.executable, "-m", "hobnob", "demo"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environ,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "#stammtisch" in done.stdout
    assert QUESTION in done.stdout
    assert "demo-bao: Which journal mode is it in" in done.stdout
    assert "librarian (bot): Solved in #networking" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_nobody_is_on_stage_in_a_still_demo(tmp_path: Path) -> None:
    """Your question stays alone; all else is there."""

    async def look() -> None:
        async with (
            theatre(small_archive(tmp_path), still=True) as seat,
            Engine(seat.profile, seat.device) as engine,
            asyncio.timeout(PATIENCE_SECONDS),
        ):
            await engine.until(lambda progress: progress.usable)
            handles = {engine.reader.handle(who) for who, _ in engine.reader.everybody()}
            assert seat.device.handle in handles
            assert engine.reader.hub_name() == HUB_NAME
            assert not [each for each in handles if each.startswith(PREFIX) or each == HANDLE]

    asyncio.run(look())


def test_a_still_demo_plays_its_scene_alone(tmp_path: Path) -> None:
    """By the word one types; nothing waits for an answer that nobody gives."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "hobnob",
            "demo",
            "--still",
            "--from",
            str(small_archive(tmp_path)),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert QUESTION in done.stdout
    assert PREFIX not in done.stdout


def small_archive(directory: Path) -> Path:
    """One member has said one thing."""
    archive = directory / "archive"
    archive.mkdir()
    (archive / "members.jsonl").write_text('{"id": "1", "name": "Ada"}\n')
    (archive / "channels.jsonl").write_text('{"id": "1", "name": "talk"}\n')
    said = '{"id": "1", "ts": 1, "channel": "1", "author": "1", "text": "hello"}\n'
    (archive / "messages.jsonl").write_text(said)
    return archive


def test_another_archive_must_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else the command says what is wrong and does nothing."""
    with pytest.raises(SystemExit) as ended:
        command.main(["--from", str(tmp_path / "nowhere")])
    assert ended.value.code == 2
    assert "there is no directory" in capsys.readouterr().err
