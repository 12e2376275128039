"""The hub's key is drawn once and never shown."""

from pathlib import Path

import pytest

from hobnob_server import keyfile
from hobnob_server.datadir import write_private
from hobnob_server.errors import ConfigError

SEED = bytes(range(32))


def drawn(count: int) -> bytes:
    """What a die that always falls the same way gives."""
    return SEED[:count]


def test_what_is_created_is_read(tmp_path: Path) -> None:
    """The same seed, in a file for this user alone."""
    path = tmp_path / "hub.key"
    made = keyfile.create(path, drawn)
    assert made.reveal() == keyfile.read(path).reveal() == SEED
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    """Whoever calls again finds the first one untouched."""
    path = tmp_path / "hub.key"
    keyfile.create(path, drawn)
    with pytest.raises(FileExistsError):
        keyfile.create(path, lambda count: bytes(count))
    assert keyfile.read(path).reveal() == SEED


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", SEED, SEED.hex().encode(), b"hobnob-hub-key-1 " + b"g" * 64 + b"\n"],
    ids=range(5),
)
def test_what_is_no_key_is_refused_without_showing_it(tmp_path: Path, data: bytes) -> None:
    """The error names the file, never its content."""
    path = tmp_path / "hub.key"
    write_private(path, data, replace=False)
    with pytest.raises(ConfigError) as raised:
        keyfile.read(path)
    assert str(raised.value) == f"{path} is no key of a hub"
    assert raised.value.__cause__ is None


def test_a_key_that_is_not_there_is_a_wrong_configuration(tmp_path: Path) -> None:
    """With the system's own words."""
    with pytest.raises(ConfigError, match="No such file"):
        keyfile.read(tmp_path / "hub.key")
