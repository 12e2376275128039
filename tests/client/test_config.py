"""The member's settings."""

from pathlib import Path

import pytest

from hobnob_client.config import Settings, load, parse
from hobnob_client.failures import Exit, Failure


def test_nobody_needs_settings(tmp_path: Path) -> None:
    """Where no file is, and where it is empty, the defaults hold."""
    assert load(tmp_path / "client.toml") == Settings()
    assert parse("", "client.toml") == Settings()


def test_settings_are_read(tmp_path: Path) -> None:
    """All there are."""
    path = tmp_path / "client.toml"
    path.write_text('profile = "/p"\ntimes = "utc"\nnerd_font = true\n')
    assert load(path) == Settings(profile="/p", times="utc", nerd_font=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# a comment\nnerdfont = true\n", "line 2: there is no setting 'nerdfont'; did you mean"),
        ("zzz = 1", "line 1: there is no setting 'zzz'."),
        ("\n[profile]\nx = 1", "line 2: profile is a text in quotes"),
        ("nerd_font = 1", "line 1: nerd_font is true or false"),
        ('times = "mars"', 'line 1: times is "local" or "utc"'),
        ("times = =", "at line 1"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, said: str) -> None:
    """A setting that is silently ignored is worse than none."""
    with pytest.raises(Failure, match="line") as failed:
        parse(text, "client.toml")
    assert said in str(failed.value)
    assert failed.value.code is Exit.USAGE


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Not text, or not a file."""
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    for path in (tmp_path / "bytes", tmp_path):
        with pytest.raises(Failure, match="cannot be read"):
            load(path)
