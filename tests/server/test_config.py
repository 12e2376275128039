"""A configuration that is wrong says where, and what was probably meant."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from hobnob_server.config import load
from hobnob_server.errors import ConfigError
from hobnob_server.settings import SETTINGS, Config, commented

NOTHING: Final[Mapping[str, str]] = {}


def written(tmp_path: Path, text: str) -> Path:
    """A hub.toml."""
    file = tmp_path / "hub.toml"
    file.write_text(text)
    return file


def wrong(file: Path, environment: Mapping[str, str] = NOTHING, **given: str) -> str:
    """What is said about a configuration that is refused."""
    with pytest.raises(ConfigError) as raised:
        load(file, environment, given)
    return str(raised.value)


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    """No file, no variable: a hub for this machine."""
    assert load(tmp_path / "hub.toml", {"HOME": "/x"}, {}) == Config()


def test_the_last_one_counts(tmp_path: Path) -> None:
    """File, then environment, then command line."""
    file = written(tmp_path, 'name = "file"\nlisten = "127.0.0.1:1"\nframes_burst = 11\n')
    environment = {"HOBNOB_HUB_LISTEN": "127.0.0.1:2", "HOBNOB_HUB_FRAMES_BURST": "12"}
    config = load(file, environment, {"frames_burst": "13"})
    assert (config.name, config.listen, config.frames_burst) == ("file", "127.0.0.1:2", 13)


@pytest.mark.parametrize("key", SETTINGS)
def test_every_setting_can_come_from_anywhere(tmp_path: Path, key: str) -> None:
    """The same value from a file, a variable or an option."""
    setting = SETTINGS[key]
    value = "50"
    if setting.type is str:
        value = setting.choices[-1] if setting.choices else "127.0.0.1:77"
    elif setting.type is tuple:
        value = "10.0.0.1, unix"
    with_it = {"tls_cert": {"tls_key": "k"}, "tls_key": {"tls_cert": "c"}}.get(key, {})
    by_option = load(tmp_path / "none", {}, {key: value, **with_it})
    variables = {SETTINGS[other].variable: text for other, text in with_it.items()}
    by_variable = load(tmp_path / "none", {setting.variable: value, **variables}, {})
    literal = f'"{value}"' if setting.type is str else value
    literal = '["10.0.0.1", "unix"]' if setting.type is tuple else literal
    file = written(tmp_path, f"{key} = {literal}\n")
    by_file = load(file, variables, {})
    assert by_option == by_variable == by_file
    assert getattr(by_file, key) != setting.default


def test_an_unknown_key_names_the_nearest_with_file_and_line(tmp_path: Path) -> None:
    """As it stands in the file."""
    file = written(tmp_path, '# mine\nname = "x"\n\nlisen = "127.0.0.1:1"\n')
    assert wrong(file) == f'{file}:4: unknown key "lisen"; did you mean listen?'
    file = written(tmp_path, "[listen]\nport = 3\n")
    assert wrong(file).startswith(f"{file}:1: listen must be text")


def test_an_unknown_variable_names_the_nearest() -> None:
    """Only those that begin as ours do; the hub's directory is not a key."""
    said = wrong(Path("none"), {"HOBNOB_HUB_LISEN": "x", "HOBNOB_OTHER": "y"})
    assert said == "unknown variable HOBNOB_HUB_LISEN; did you mean HOBNOB_HUB_LISTEN?"
    assert load(Path("none"), {"HOBNOB_HUB_DATA": "/x"}, {}) == Config()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("frames_burst = 1", "frames_burst must be an integer from 10 to 1,000,000"),
        ("frames_burst = true", "frames_burst must be an integer"),
        ("frames_burst = 20.0", "frames_burst must be an integer"),
        ("budget_capacity = nan", "budget_capacity must be a number from 40"),
        ("budget_capacity = false", "budget_capacity must be a number"),
        ('name = ""', "name must be text of 1 to 64 characters"),
        ('log_level = "loud"', 'log_level must be "debug" or "info"'),
        ('proxies = ["10.0.0.1", 7]', "proxies must be a list of texts"),
        ('proxies = "10.0.0.1"', "proxies must be a list of texts"),
    ],
)
def test_a_wrong_value_says_what_is_wanted(tmp_path: Path, line: str, said: str) -> None:
    """With file and line."""
    file = written(tmp_path, f"# first\n{line}\n")
    assert wrong(file).startswith(f"{file}:2: {said}")


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    """Not TOML, not UTF-8, not readable, much too large."""
    file = written(tmp_path, "name = \n")
    assert "line 1" in wrong(file)
    file.write_bytes(b"\xff")
    assert "not UTF-8" in wrong(file)
    file.write_bytes(b"#" * 70_000)
    assert "at most 65,536 bytes" in wrong(file)
    assert "Is a directory" in wrong(tmp_path)


def test_wrong_words_on_the_command_line_and_in_variables(tmp_path: Path) -> None:
    """Named as they were given."""
    none = tmp_path / "none"
    assert wrong(none, frames_burst="x").startswith("--frames-burst must be an integer")
    said = wrong(none, {"HOBNOB_HUB_FRAMES_BURST": "x"})
    assert said.startswith("HOBNOB_HUB_FRAMES_BURST must be an integer")


def test_no_hub_is_open_to_the_network_without_tls(tmp_path: Path) -> None:
    """The error names both ways out."""
    none = tmp_path / "none"
    for listen in ("0.0.0.0:4626", "[::]:4626", "192.168.1.4", "chat.example.org:1"):
        said = wrong(none, listen=listen)
        assert "without TLS" in said
        for way in ("tls_cert and tls_key", "unix:PATH behind a proxy", "proxy_cert"):
            assert way in said
        load(none, {}, {"listen": listen, "tls_cert": "c", "tls_key": "k"})
    for listen in ("127.0.0.1:0", "localhost", "[::1]:4626", "unix:/run/hub.sock"):
        load(none, {}, {"listen": listen})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tls_cert": "c"}, "belong together"),
        ({"tls_cert": "c", "tls_key": "k", "proxy_cert": "p"}, "TLS ends at"),
        ({"listen": "127.0.0.1:70000"}, "a port is at most"),
        ({"listen": "a:b:c"}, "no HOST:PORT"),
        ({"listen": "unix:"}, "unix: needs a path"),
        ({"address": "chat.example.org:x"}, "address"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    tmp_path: Path, given: dict[str, str], said: str
) -> None:
    """Half of a pair, two places where TLS ends, no place at all."""
    with pytest.raises(ConfigError, match=said):
        load(tmp_path / "none", NOTHING, given)


def test_the_file_that_init_writes_sets_nothing_and_shows_everything(tmp_path: Path) -> None:
    """With every # before a key removed it is the default configuration too."""
    assert load(written(tmp_path, commented()), {}, {}) == Config()
    lines = commented().splitlines()
    bare = "\n".join(line.removeprefix("#") for line in lines[1:])
    assert load(written(tmp_path, bare), {}, {}) == Config()
    assert len(lines) <= 40
