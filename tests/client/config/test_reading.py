"""What the file and the environment say, and what is told of a mistake."""

from pathlib import Path

import pytest

from hobnob_client.config import Settings, load, parse, read
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
        ('theme = "dark"', "line 1: there is no setting 'theme'; did you mean 'look.theme'?"),
        ('\n\n[look]\nteme = "dark"', "line 4: there is no setting 'look.teme'; did you mean"),
        ("[loock]\nx = 1", "line 1: there is no setting 'loock'; did you mean 'look'?"),
        ("look = 1", "line 1: look is a table: [look]."),
        ('[look]\nmouse = "no"', "line 2: look.mouse is true or false."),
        ("[look]\n[keys]\ntimeline.reply = 3", "line 3: timeline.reply is a key as"),
        ('[keys]\n"timeline.reply" = []', "line 2: timeline.reply is a key as"),
        ("\n[profile]\nx = 1", "line 2: profile is a text in quotes"),
        ("nerd_font = 1", "line 1: nerd_font is true or false"),
        ('times = "mars"', 'line 1: times is "local", "utc" or a zone such as "Europe/Berlin".'),
        ("times = =", "at line 1"),
        (
            "[attention]\nmouse = true",
            "line 2: there is no setting 'attention.mouse'; did you mean",
        ),
        ('\nteme = "dark"', "line 2: there is no setting 'teme'; did you mean 'look.theme'?"),
        ('\n\nlook = { teme = "dark" }', "line 3: there is no setting 'look.teme'"),
        ("\n[look.colours]\n", "line 2: there is no setting 'look.colours'"),
        ("[keys.timeline]\n[keys.timeline.reply]", "line 2: timeline.reply is a key as"),
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


def test_the_environment_counts_more_than_the_file(tmp_path: Path) -> None:
    """And it is known where each setting was set."""
    path = tmp_path / "client.toml"
    path.write_text('times = "utc"\n[look]\ntheme = "light"\nmouse = true\n')
    environ = {"HOBNOB_LOOK_THEME": "contrast-dark", "HOBNOB_LOOK_MOUSE": "0", "HOME": "/"}
    loaded = read(path, environ | {"HOBNOB_HUB_NAME": "of the hub"})
    assert loaded.insist() == Settings(times="utc", theme="contrast-dark", mouse=False)
    assert loaded.origins == {
        "times": "line 1",
        "look.theme": "HOBNOB_LOOK_THEME",
        "look.mouse": "HOBNOB_LOOK_MOUSE",
    }


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("HOBNOB_LOOK_TEME", "dark", "no setting HOBNOB_LOOK_TEME; did you mean 'HOBNOB_LOOK_TH"),
        ("HOBNOB_NERD_FONT", "maybe", "HOBNOB_NERD_FONT is true or false."),
        ("HOBNOB_LOOK_MOTION", "none", 'HOBNOB_LOOK_MOTION is "full" or "reduced".'),
    ],
)
def test_a_mistake_in_the_environment_names_its_variable(
    tmp_path: Path, variable: str, value: str, said: str
) -> None:
    """As one in the file names its line."""
    with pytest.raises(Failure) as failed:
        load(tmp_path / "none", {variable: value})
    assert said in str(failed.value)


def test_all_mistakes_are_found_and_what_is_right_holds(tmp_path: Path) -> None:
    """Whoever mends a file is not led from one to the next."""
    path = tmp_path / "client.toml"
    path.write_text('times = "utc"\nxyz = 1\nnerd_font = 3\n')
    loaded = read(path)
    assert [mistake.said.partition(", ")[2][:7] for mistake in loaded.mistakes] == [
        "line 2:",
        "line 3:",
    ]
    assert loaded.settings == Settings(times="utc")


def test_keys_may_be_written_dotted_quoted_or_as_a_list(tmp_path: Path) -> None:
    """As TOML allows; whether there is such an action is not known here."""
    text = '[keys]\ntimeline.reply = "R"\n"timeline.copy" = ["y", "Y"]\n[keys.channels]\nmute = "x"'
    assert parse(text, "client.toml").keys == {
        "timeline.reply": ("R",),
        "timeline.copy": ("y", "Y"),
        "channels.mute": ("x",),
    }
