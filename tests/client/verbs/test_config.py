"""`hobnob config`: what is set, where, and whether it is right."""

import json
from pathlib import Path

from tests.client.verbs.shell import Shell


def test_settings_are_shown_set_and_forgotten(tmp_path: Path) -> None:
    """Nobody needs to have joined anything."""
    shell = Shell(tmp_path)
    path = shell.done("config", "path").lines[0]
    assert path == str(tmp_path / ".config/hobnob/client.toml")
    assert 'look.theme\t"auto"\tdefault' in shell.done("config", "show").lines
    assert "the defaults hold" in shell.done("config", "validate").talk
    shell.done("config", "set", "look.theme", "contrast-dark")
    shell.done("config", "set", "look.mouse", "false")
    shell.done("config", "set", "keys.timeline.reply", "A", "Umschalt+F12")
    records = {each["name"]: each for each in shell.done("config", "show", "--json").records}
    assert records["look.theme"]["value"] == "contrast-dark"
    assert records["look.theme"]["from"] == "line 2"
    assert records["look.mouse"]["value"] is False
    assert records["keys.timeline.reply"]["value"] == ["A", "Shift+F12"]
    shell.done("config", "unset", "look.theme")
    assert 'look.theme\t"auto"\tdefault' in shell.done("config", "show").lines
    assert "nothing is wrong" in shell.done("config", "validate").talk


def test_what_would_be_wrong_is_not_set(tmp_path: Path) -> None:
    """The file stays as it is."""
    shell = Shell(tmp_path)
    for words, said in (
        (("look.teme", "dark"), "did you mean 'look.theme'?"),
        (("look.theme", "pink"), 'look.theme is "auto", "dark"'),
        (("look.mouse", "perhaps"), "look.mouse is true or false."),
        (("keys.timeline.reply", "j"), "j is timeline.down already"),
        (("keys.timeline.repli", "R"), "did you mean 'timeline.reply'?"),
    ):
        refused = shell.hobnob("config", "set", *words)
        assert refused.code == 2
        assert said in refused.talk
    assert not (tmp_path / ".config").exists()


def test_a_wrong_file_stops_all_but_what_tells_of_it(tmp_path: Path) -> None:
    """All at once, each with its line; those in keys, too, which the screen alone minds."""
    shell = Shell(tmp_path)
    file = tmp_path / ".config/hobnob/client.toml"
    file.parent.mkdir(parents=True)
    file.write_text('tmes = "utc"\nnerd_font = 1\n[keys]\ntimeline.reply = "j"\n')
    said = shell.hobnob("config", "validate")
    assert said.code == 2
    for line in ("line 1: there is no", "line 2: nerd_font is", "line 4: timeline.reply: j is"):
        assert f"{file}, {line}" in said.talk
    assert shell.hobnob("config", "path").code == 0
    assert "did you mean 'times'?" in shell.hobnob("channels").talk


def test_the_schema_is_json(tmp_path: Path) -> None:
    """For editors that check TOML by it."""
    schema = json.loads(shell_out(tmp_path))
    assert "contrast-dark" in schema["properties"]["look"]["properties"]["theme"]["enum"]


def shell_out(home: Path) -> str:
    """What the verb prints."""
    return Shell(home).done("config", "schema").out
