"""What somebody meets at a shell."""

import errno
import io
import json
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from hobnob_protocol.errors import StoreBroken, StoreFull
from hobnob_protocol.invite_link import parse
from hobnob_server import cli
from hobnob_server.control.table import VERBS
from hobnob_server.errors import (
    ConfigError,
    RequestRefused,
    Unreachable,
    exit_code,
    system_exit_code,
)


class Shell:
    """One call: what it wrote and how it ended."""

    def __init__(self, *words: str, environment: Mapping[str, str] | None = None) -> None:
        out, talk = io.StringIO(), io.StringIO()
        self.code = cli.serve(words, environment or {}, out, talk)
        self.out, self.talk = out.getvalue(), talk.getvalue()


@pytest.mark.parametrize("verb", ["", *cli.LOCAL, *VERBS])
def test_help_begins_with_examples(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Most people look for those."""
    assert Shell(*verb.split(), "--help").code == 0
    said = capsys.readouterr().out
    assert said.startswith("examples:\n  hobnob hub ")
    assert "usage: hobnob hub" in said


@pytest.mark.parametrize(
    "words", [[], ["dance"], ["status", "--loud"], ["role", "x"], ["run", "--lis", "x"]]
)
def test_wrong_words_end_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Abbreviations are wrong words too: a later version might make them mean something else."""
    assert Shell(*words).code == 2
    assert "usage" in capsys.readouterr().err


def test_a_hub_that_is_not_running_may_be_there_later(tmp_path: Path) -> None:
    """3, and the command that starts it."""
    call = Shell("status", "--data", str(tmp_path))
    assert call.code == 3
    assert f"hobnob hub run --data {tmp_path}" in call.talk
    assert call.out == ""


def test_a_wrong_configuration_ends_with_2(tmp_path: Path) -> None:
    """Said on stderr; nothing was made."""
    path = tmp_path / "hub"
    call = Shell("init", "--data", str(path), "--listen", "0.0.0.0:1")
    assert (call.code, call.out) == (2, "")
    assert "without TLS" in call.talk
    assert not (path / "hub.db").exists()


def test_what_an_error_ends_with() -> None:
    """As every verb of hobnob: 1 failed, 2 wrong, 3 later."""
    assert exit_code(ConfigError("")) == 2
    assert exit_code(RequestRefused("")) == 1
    assert exit_code(StoreBroken("")) == 1
    assert exit_code(StoreFull("")) == 3
    assert exit_code(Unreachable("")) == 3


def test_init_makes_a_hub_and_keeps_the_link_out_of_pipes(tmp_path: Path) -> None:
    """The owner's link is in a private file; a second init refuses."""
    path = tmp_path / "hub"
    call = Shell(
        "init", "--template", "guild", "--json", environment={"HOBNOB_HUB_DATA": str(path)}
    )
    assert call.code == 0, call.talk
    answer = json.loads(call.out)
    assert (answer["channels"], answer["posts"]) == (7, 13)
    assert "hobnob://" not in call.out + call.talk
    kept = Path(answer["owner_link_file"])
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    link = parse(kept.read_text())
    assert (link.host, link.port) == ("127.0.0.1", 4626)
    again = Shell("init", "--data", str(path))
    assert again.code == 2
    assert "already" in again.talk


def test_check_backup_and_restore_from_a_shell(tmp_path: Path) -> None:
    """With the key where it must be."""
    path, copy = str(tmp_path / "hub"), str(tmp_path / "copy.db")
    assert Shell("init", "--data", path).code == 0
    assert json.loads(Shell("check", "--data", path, "--json").out)["sound"] is True
    assert Shell("backup", copy, "--data", path).code == 0
    assert Shell("backup", copy, "--data", path).code == 2
    restored = Shell("restore", copy, "--data", path)
    assert restored.code == 0
    assert "new epoch" in restored.talk
    elsewhere = Shell("restore", copy, "--data", str(tmp_path / "other"))
    assert elsewhere.code == 2
    assert "hub.key" in elsewhere.talk


@pytest.mark.parametrize("path", ["x" * 300, "y/" * 3_000, "file", "file/x", "/dev/null"])
@pytest.mark.parametrize(
    "words", ["import {}", "import . --data {}", "export {} --data hub", "check --data {}"]
)
def test_a_path_that_cannot_be_is_told_in_words(
    words: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And ends with 2, whichever verb it is given to."""
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    Path("messages.jsonl").touch()
    assert Shell("init", "--data", "hub").code == 0
    call = Shell(*words.format(path).split())
    assert (call.code, call.out) == (2, "")
    assert call.talk.startswith("hobnob hub: ")


def test_what_the_system_refuses_ends_as_it_should() -> None:
    """A path is somebody's word, a full disk may have room later, all else has failed."""
    assert system_exit_code(FileNotFoundError(errno.ENOENT, "no", "path")) == 2
    assert system_exit_code(OSError(errno.ENOSPC, "full", "path")) == 3
    assert system_exit_code(OSError(errno.EIO, "broken")) == 1


_WITHOUT_ROOM = """
import resource, sys
from hobnob_server.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
sys.exit(main(sys.argv[1:]))
"""


def test_on_a_full_disk_a_check_says_nothing_of_the_log(tmp_path: Path) -> None:
    """Neither that it is sound nor that it is not; 3, for it may be looked at later."""
    place = str(tmp_path / "hub")
    assert Shell("init", "--data", place).code == 0
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_ROOM, "check", "--data", place],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "the log could not be looked at" in done.stderr
    assert Shell("check", "--data", place).code == 0
