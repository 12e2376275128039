"""The words a member may say: what the table says is what the parser takes, and how calls end."""

import io
import re
import shlex
import shutil
import subprocess
from importlib import import_module
from inspect import getsource
from pathlib import Path

import pytest

from hobnob import cli as face
from hobnob_client.cli import serve
from hobnob_client.failures import Exit
from hobnob_client.verbs.completion import BESIDE, bash, firsts, fish, zsh
from hobnob_client.verbs.table import VERBS
from hobnob_client.verbs.verb import Verb
from tests.client.test_terminal import Screen
from tests.client.verbs.shell import Said, Shell, Typed

README = Path(__file__).parents[2] / "client" / "README.md"


class Interrupted(io.BytesIO):
    """A keyboard on which somebody presses Ctrl-C."""

    def read1(self, size: int | None = -1, /) -> bytes:
        """Never comes to it."""
        raise KeyboardInterrupt


def hobnob(home: Path, *words: str) -> Said:
    """Say it where nobody has joined."""
    return Shell(home).hobnob(*words)


def test_help_begins_with_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the whole and of each verb: most people look for those."""
    for words in ((), *(verb.name.split() for verb in VERBS)):
        assert hobnob(tmp_path, *words, "--help").code == Exit.OK
        out = capsys.readouterr().out
        assert out.startswith("examples:\n  hobnob "), words


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_verb_has_what_its_readers_need(verb: Verb) -> None:
    """Examples that name it, help on one line, and a module that does it."""
    assert verb.examples
    assert all(f"hobnob {verb.name}" in example for example in verb.examples[:1])
    assert verb.help
    assert "\n" not in verb.help
    assert callable(import_module(f"hobnob_client.verbs.{verb.module}").run)


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("post",),
        ("tail", "-n", "many"),
        ("tail", "-n", "-1"),
        ("tail", "-n", "9" * 5_000),
        ("search", "cache", "-C", "-2"),
        ("outbox", "retry", "1000000001"),
        ("device",),
        ("completion", "tcsh"),
        ("search",),
        ("tail", "--foll"),
        (),
    ],
)
def test_wrong_words_are_a_usage_error(words: tuple[str, ...], tmp_path: Path) -> None:
    """stdout stays empty, stderr says what would be right, the code is 2."""
    said = hobnob(tmp_path, *words)
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert "usage:" in said.talk


def test_a_newcomer_at_a_terminal_learns_the_first_steps(tmp_path: Path) -> None:
    """Who types only the name learns what to type next; nothing is made."""
    out, talk = Screen(), io.StringIO()
    assert serve([], {}, tmp_path, Typed("", True), out, talk) == Exit.OK
    assert "hobnob join LINK" in talk.getvalue()
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_setting_ends_before_anything_is_done(tmp_path: Path) -> None:
    """With the file and the line."""
    path = tmp_path / ".config/hobnob/client.toml"
    path.parent.mkdir(parents=True)
    path.write_text("nerdfont = true\n")
    said = hobnob(tmp_path, "channels")
    assert said.code == Exit.USAGE
    assert f"{path}, line 1" in said.talk


def test_the_profile_is_found_in_order(tmp_path: Path) -> None:
    """The option before the setting, the setting before the XDG directory; before the verb or
    after it."""
    path = tmp_path / ".config/hobnob/client.toml"
    assert str(tmp_path / ".local/share/hobnob/default") in hobnob(tmp_path, "channels").talk
    path.parent.mkdir(parents=True)
    path.write_text(f'profile = "{tmp_path}/set"\n')
    assert f"{tmp_path}/set" in hobnob(tmp_path, "channels").talk
    for words in (("--profile", "/p", "outbox"), ("outbox", "--profile", "/p")):
        assert "in /p." in hobnob(tmp_path, *words).talk


def test_options_of_all_verbs_may_stand_before_the_verb(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As one word or two; and help lists all verbs where none is named before it."""
    for words in (("--json", "--profile", "/p"), ("--profile=/p", "--json")):
        said = hobnob(tmp_path, *words, "config", "path")
        assert (said.code, len(said.records)) == (Exit.OK, 1)
    for words in (("--profile", "post", "--help"), ("--help", "post")):
        assert hobnob(tmp_path, *words).code == Exit.OK
        assert "conversations" in capsys.readouterr().out
    wrong = hobnob(tmp_path, "--profile", "/p", "frobnicate")
    assert (wrong.code, "outbox" in wrong.talk) == (Exit.USAGE, True)


def test_an_interrupt_is_an_exit_code(tmp_path: Path) -> None:
    """130, as a shell expects, and no traceback."""

    out = io.StringIO()
    code = serve(["join", "-"], {}, tmp_path, io.TextIOWrapper(Interrupted()), out, out)
    assert (code, out.getvalue()) == (Exit.INTERRUPTED, "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["\\#rust", "\\#rust-beginners"]),
        ("\\#rust-", ["\\#rust-beginners"]),
        ("'#rust-", ["#rust-beginners"]),
        ("--co", ["--code"]),
    ],
)
def test_a_channels_name_is_never_run_by_the_shell_that_completes_it(
    typed: str, offered: list[str], tmp_path: Path
) -> None:
    """Others choose it: what means something to a shell is not offered, whatever it is."""
    names = ["#rust", "#rust-beginners", "#x$(touch${IFS}ran)", "#`touch${IFS}ran`", "#a;touch'ran"]
    (tmp_path / "names").write_text("\n".join(f"{name}  what for" for name in names))
    stub = tmp_path / "hobnob"
    stub.write_text(f"#!/bin/sh\ncat {tmp_path}/names\n")
    stub.chmod(0o755)
    asked = (
        f"{bash()}\nCOMP_WORDS=(hobnob post {shlex.quote(typed)}) COMP_CWORD=2\n_hobnob\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    environ = {"PATH": f"{tmp_path}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    said = subprocess.run(
        ["bash", "-c", asked], env=environ, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    found = said.stdout.splitlines()
    assert [word for word in found if "#" in word] == [word for word in offered if "#" in word]
    assert set(offered) <= set(found)
    assert not (tmp_path / "ran").exists()
    assert said.stderr == ""


def test_completion_knows_every_verb(tmp_path: Path) -> None:
    """In each shell's script, verbs, second words and options."""
    for script in (bash(), zsh(), fish()):
        for verb in VERBS:
            assert all(word in script for word in verb.name.split())
        assert all(word in script for word in BESIDE)
        assert "hobnob channels" in script
    assert "tail" in firsts()
    dispatched = re.findall(r'words\[:1\] == \["([a-z]+)"\]', getsource(face))
    assert sorted(dispatched) == sorted(BESIDE)
    assert hobnob(tmp_path, "completion", "bash").out == bash() + "\n"


def test_bash_takes_its_script(tmp_path: Path) -> None:
    """A shell that reads it completes a first word."""
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("no bash here")
    script = f"{bash()}\nCOMP_WORDS=(hobnob se)\nCOMP_CWORD=1\n_hobnob\necho ${{COMPREPLY[@]}}"
    done = subprocess.run([shell, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "search\n"


def test_the_manual_lists_every_verb() -> None:
    """client/README.md has a row for each verb, with its help."""
    text = README.read_text()
    for verb in VERBS:
        assert f"| `hobnob {verb.name}` | {verb.help} |" in text


@pytest.mark.parametrize("profile", ["x" * 300, "file", "file/x", "/dev/null"])
@pytest.mark.parametrize(
    "words",
    [("join", f"hobnob://127.0.0.1:1/#{'a' * 52}.{'a' * 26}", "--handle", "ada"), ("tail",)],
)
def test_a_profile_that_cannot_be_is_told_in_words(
    words: tuple[str, ...], profile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And ends with 2."""
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    said = hobnob(tmp_path, *words, "--profile", profile)
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert "hobnob: " in said.talk
