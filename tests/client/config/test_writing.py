"""One setting changes, and nothing else in the file."""

import os
import tomllib
from pathlib import Path

import pytest

from hobnob_client.config import parse
from hobnob_client.config.writing import Value, changed, save, toml
from hobnob_client.failures import Failure

MINE = """\
# My settings.
times = "utc"  # as the logs

[look]  # how it looks
# bright room
theme = "light"   # for now

[keys]
timeline.reply = ["R", "r"]
"""


@pytest.mark.parametrize(
    ("name", "value", "before", "after"),
    [
        ("look.theme", "dark", 'theme = "light"   # for now', 'theme = "dark"   # for now'),
        ("times", "local", 'times = "utc"  # as', 'times = "local"  # as'),
        ("look.mouse", False, "# for now\n", "# for now\nmouse = false\n"),
        ("nerd_font", True, "# as the logs\n", "# as the logs\nnerd_font = true\n"),
        ("keys.timeline.reply", ("R",), '["R", "r"]', '"R"'),
        ("keys.channels.mute", ("x", "M"), '"r"]\n', '"r"]\nchannels.mute = ["x", "M"]\n'),
        ("look.theme", None, 'theme = "light"   # for now\n', ""),
        ("keys.timeline.reply", None, 'timeline.reply = ["R", "r"]\n', ""),
    ],
)
def test_one_setting_changes_and_every_comment_stays(
    name: str, value: Value | None, before: str, after: str
) -> None:
    """Set, changed, set anew, or set no more."""
    assert before in MINE
    assert changed(MINE, name, value) == MINE.replace(before, after)


def test_a_file_that_is_empty_gets_its_table() -> None:
    """And one that has only a comment keeps it."""
    assert changed("", "look.theme", "dark") == '[look]\ntheme = "dark"\n'
    assert changed("# mine\n", "nerd_font", True) == "# mine\nnerd_font = true\n"
    assert changed('[look]\ntheme = "dark"\n', "look.theme", None) == "[look]\n"
    assert changed("[look]\n", "profile", "/p") == 'profile = "/p"\n[look]\n'


@pytest.mark.parametrize("text", ['look = { theme = "light" }\n', "[look\n", "times = =\n"])
def test_what_cannot_be_changed_without_a_guess_is_left(text: str) -> None:
    """An inline table, and what is no TOML."""
    with pytest.raises(Failure):
        changed(text, "look.theme", "dark")


@pytest.mark.parametrize(
    "value", ['"', "\\", "a\nb", "\x00", "ä'", "# no comment", True, ("a", "b")]
)
def test_every_value_comes_back_as_it_was(value: Value) -> None:
    """Whatever somebody calls a directory."""
    back = tomllib.loads(f"x = {toml(value)}")["x"]
    assert back == (list(value) if isinstance(value, tuple) else value)


def test_a_file_is_replaced_whole_and_a_link_to_it_stays(tmp_path: Path) -> None:
    """Dotfiles are often links; a mode is meant."""
    real = tmp_path / "dotfiles" / "client.toml"
    link = tmp_path / "config" / "client.toml"
    link.parent.mkdir()
    save(real, "times", "utc")
    real.chmod(0o600)
    link.symlink_to(real)
    save(link, "look.theme", "light")
    assert link.is_symlink()
    assert parse(real.read_text(), "x").theme == "light"
    assert real.stat().st_mode & 0o777 == 0o600
    assert os.listdir(real.parent) == ["client.toml"]


def test_what_is_no_plain_file_is_not_replaced(tmp_path: Path) -> None:
    """Whoever may write to /dev would take away what all programs use."""
    pipe = tmp_path / "client.toml"
    os.mkfifo(pipe)
    with pytest.raises(Failure, match="no plain file"):
        save(pipe, "times", "utc")
    assert pipe.is_fifo()
    with pytest.raises(Failure, match="no plain file"):
        save(Path(os.devnull), "times", "utc")
    assert Path(os.devnull).is_char_device()
