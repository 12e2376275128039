"""The hub's directory is its user's alone, and one process's at a time."""

import os
import stat
from pathlib import Path

import pytest

from hobnob_server.datadir import DataDir, default_path, read_private, write_private
from hobnob_server.errors import ConfigError


def mode(path: Path) -> int:
    """The rights on a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_it_is_made_for_this_user_alone(tmp_path: Path) -> None:
    """0700, whatever the mask; one that is wider is refused with the command that mends it."""
    before = os.umask(0)
    try:
        DataDir(tmp_path / "a" / "hub").make()
    finally:
        os.umask(before)
    path = tmp_path / "a" / "hub"
    assert mode(path) == 0o700
    path.chmod(0o750)
    with pytest.raises(ConfigError, match="chmod 700"):
        DataDir(path).make()


def test_what_is_no_directory_is_refused(tmp_path: Path) -> None:
    """A file in its place, a place that cannot be."""
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "hub"):
        with pytest.raises(ConfigError):
            DataDir(path).make()


def test_one_process_has_it(tmp_path: Path) -> None:
    """A second hub is told so; afterwards it is free again."""
    held, refused = DataDir(tmp_path).held(), pytest.raises(ConfigError, match="runs in")
    with held, refused, DataDir(tmp_path).held():
        pass
    with DataDir(tmp_path).held():
        pass


def test_where_it_is_if_nothing_is_said(tmp_path: Path) -> None:
    """The variable, else below XDG_DATA_HOME, which must be absolute."""
    assert default_path({"HOBNOB_HUB_DATA": "x"}) == Path("x")
    assert default_path({"XDG_DATA_HOME": "/data"}) == Path("/data/hobnob/hub")
    at_home = Path.home() / ".local/share/hobnob/hub"
    assert default_path({"XDG_DATA_HOME": "relative"}) == at_home
    assert default_path({}) == at_home


def test_a_private_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """It is never replaced unless that is meant, and leaves nothing else behind."""
    path = tmp_path / "secret"
    write_private(path, b"one", replace=False)
    assert mode(path) == 0o600
    with pytest.raises(FileExistsError):
        write_private(path, b"two", replace=False)
    assert path.read_bytes() == b"one"
    write_private(path, b"three", replace=True)
    assert path.read_bytes() == b"three"
    assert mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_others_can_read_is_not_trusted(tmp_path: Path) -> None:
    """Nor a link, a directory, or one that is too large."""
    path = tmp_path / "secret"
    write_private(path, b"12345", replace=False)
    assert read_private(path, 5) == b"12345"
    with pytest.raises(ConfigError, match="too large"):
        read_private(path, 4)
    path.chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600"):
        read_private(path, 5)
    link = tmp_path / "link"
    link.symlink_to(path)
    with pytest.raises(OSError, match="symbolic links"):
        read_private(link, 5)
    with pytest.raises(ConfigError, match="no plain file"):
        read_private(Path("/dev/null"), 5)
