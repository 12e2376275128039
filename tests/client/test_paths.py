"""Where things lie."""

import stat
from pathlib import Path

import pytest

from hobnob_client import paths
from hobnob_client.failures import Exit, Failure
from hobnob_client.paths import Profile, config_file, default_profile

HOME = Path("/home/alice")


def test_directories_are_those_of_the_xdg_specification() -> None:
    """Data and settings lie where other programs put theirs."""
    environ = {"XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/config"}
    assert default_profile(environ, HOME).directory == Path("/data/hobnob/default")
    assert config_file(environ, HOME) == Path("/config/hobnob/client.toml")


def test_without_them_home_serves() -> None:
    """Unset, empty and relative mean the default."""
    for environ in ({}, {"XDG_DATA_HOME": ""}, {"XDG_DATA_HOME": "relative"}):
        assert default_profile(environ, HOME).directory == HOME / ".local/share/hobnob/default"
    assert config_file({}, HOME) == HOME / ".config/hobnob/client.toml"


def test_a_path_as_it_was_typed() -> None:
    """A ~ is a home; nobody's is no path, in words."""
    assert paths.said("~/key") == Path.home() / "key"
    assert paths.said("key") == Path("key")
    with pytest.raises(Failure, match="nobody of that name") as unknown:
        paths.said("~nobody.at.all/key")
    assert unknown.value.code is Exit.USAGE


def test_a_profile_is_a_directory_for_oneself(tmp_path: Path) -> None:
    """Three files in it, and nobody else may look."""
    profile = Profile(tmp_path / "deep" / "alice")
    profile.make()
    assert stat.S_IMODE(profile.directory.stat().st_mode) == 0o700
    names = [path.name for path in (profile.replica, profile.key, profile.lock)]
    assert names == ["replica.db", "device.key", "lock"]
    assert {path.parent for path in (profile.replica, profile.key, profile.lock)} == {
        profile.directory
    }
