"""`hobnob demo` brings a whole community to life in one command, and leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hobnob.demo import command
from hobnob.demo.command import QUESTION

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
    assert list(tmp_path.iterdir()) == []


def test_another_archive_must_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else the command says what is wrong and does nothing."""
    with pytest.raises(SystemExit) as ended:
        command.main(["--from", str(tmp_path / "nowhere")])
    assert ended.value.code == 2
    assert "there is no directory" in capsys.readouterr().err
