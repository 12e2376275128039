"""A bot as a process, as far as that needs none; tests/stories/test_bots.py has the rest."""

import logging
import sys
from pathlib import Path

import pytest

from hobnob import Bot
from hobnob.bot.process import Harmless, run


def test_no_escape_of_anybodys_reaches_the_log() -> None:
    """An error may say what somebody has typed, and its traceback too."""
    try:
        raise ValueError("\x1b[31mred")
    except ValueError:
        raised = sys.exc_info()
    record = logging.LogRecord("hobnob.bot", logging.ERROR, "", 0, "%s failed", ("\x9b1m",), raised)
    shown = Harmless("%(message)s").format(record)
    assert "red" in shown
    assert shown.replace("\n", "").isprintable()


def test_without_a_profile_it_says_so_and_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the exit code of what only a person can change."""
    with pytest.raises(SystemExit) as ended:
        run(Bot(tmp_path / "nowhere"))
    assert ended.value.code == 2
    assert "hobnob join" in capsys.readouterr().err
