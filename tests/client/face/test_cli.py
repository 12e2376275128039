"""The one script: what its first word leads to, and what it does not import on the way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hobnob.cli import main
from hobnob_client.verbs.table import VERBS
from hobnob_protocol import __version__

HEAVY = ("textual", "rich", "hobnob_server", "asyncio", "websockets", "aiosqlite")
"""What a verb must not cost that does not need it."""


def imported(code: str) -> set[str]:
    """Which packages a fresh process has after this."""
    said = f"{code}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """`hobnob --version`."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"hobnob {__version__}\n"


def test_the_hub_has_verbs_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    """`hobnob hub ...` is the operator's half."""
    assert main(["hub", "--help"]) == 0
    assert "hobnob hub run" in capsys.readouterr().out


def test_every_other_word_is_a_members(capsys: pytest.CaptureFixture[str]) -> None:
    """And a wrong one is a usage error."""
    assert main(["completion", "fish"]) == 0
    assert "complete -c hobnob" in capsys.readouterr().out
    assert main(["frobnicate"]) == 2


@pytest.mark.parametrize("module", sorted({verb.module for verb in VERBS}))
def test_a_verb_imports_no_screen_and_no_hub(module: str) -> None:
    """Whatever a verb needs, a screen is not among it."""
    found = imported(f"import hobnob.cli, hobnob_client.cli, hobnob_client.verbs.{module}")
    assert found & {"textual", "rich", "hobnob_server"} == set()


@pytest.mark.parametrize("module", ["post", "read", "outbox", "channels", "members", "search"])
def test_a_verb_that_works_offline_imports_no_network(module: str) -> None:
    """The words are safe on the disk before the network is even looked for."""
    found = imported(f"import hobnob.cli, hobnob_client.cli, hobnob_client.verbs.{module}")
    assert found & set(HEAVY) == set()


def test_the_check_sees_an_import() -> None:
    """It would notice."""
    assert "asyncio" in imported("import asyncio")


@pytest.mark.parametrize("closed", [0, 1, 2])
@pytest.mark.parametrize("words", [("features",), ("completion", "bash"), ("hub", "status")])
def test_a_stream_that_is_closed_is_one_that_nobody_reads(
    closed: int, words: tuple[str, ...], tmp_path: Path
) -> None:
    """As `hobnob … >&-` leaves it: no traceback, and the same end as with the stream."""
    command = [sys.executable, "-m", "hobnob", *words]
    environ = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    whole = subprocess.run(command, capture_output=True, env=environ, check=False)
    less = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}>&-', "sh", *command],
        capture_output=True,
        env=environ,
        check=False,
    )
    assert less.returncode == whole.returncode
    assert b"Traceback" not in less.stderr


@pytest.mark.parametrize("words", [("features",), ("--version",), ("completion", "bash")])
def test_a_full_disk_behind_stdout_is_told(words: tuple[str, ...]) -> None:
    """With the exit code of what may work later."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hobnob", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == b"hobnob: No space left on device\n"
