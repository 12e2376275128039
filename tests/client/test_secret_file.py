"""Files that hold a secret."""

import os
import resource
import stat
from pathlib import Path

import pytest

from hobnob_client import secret_file
from hobnob_client.failures import Failure


def test_a_secret_reads_back_and_is_one_s_own(tmp_path: Path) -> None:
    """Mode 0600 whatever the umask; a second writing leaves no third file."""
    before = os.umask(0)
    try:
        secret_file.write(tmp_path / "secret", b"one")
        secret_file.write(tmp_path / "secret", b"two")
    finally:
        os.umask(before)
    assert secret_file.read(tmp_path / "secret", 100) == b"two"
    assert secret_file.read(tmp_path / "secret", 2) == b"tw"
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_new_secret_is_never_written_over_another(tmp_path: Path) -> None:
    """Nor through a link."""
    secret_file.write_new(tmp_path / "secret", b"one")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("secret", "link"):
        with pytest.raises(FileExistsError):
            secret_file.write_new(tmp_path / name, b"two")
    assert not (tmp_path / "nowhere").exists()


def test_what_others_could_read_is_no_secret(tmp_path: Path) -> None:
    """A file of theirs, a link, a directory, a pipe that nobody writes into."""
    path = tmp_path / "secret"
    path.write_bytes(b"one")
    path.chmod(0o640)
    with pytest.raises(Failure, match="chmod 600"):
        secret_file.read(path, 100)
    (tmp_path / "link").symlink_to(path)
    with pytest.raises(Failure, match="cannot be opened"):
        secret_file.read(tmp_path / "link", 100)
    os.mkfifo(tmp_path / "pipe", 0o600)
    for other in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(Failure, match="is no file"):
            secret_file.read(other, 100)
    with pytest.raises(FileNotFoundError):
        secret_file.read(tmp_path / "nowhere", 100)


def test_a_disk_that_fills_up_leaves_no_half_of_a_new_file(tmp_path: Path) -> None:
    """Though it shows only when the last of it is written."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def written() -> None:
        with secret_file.new(tmp_path / "new") as file:
            file.write(b"one")
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))

    try:
        with pytest.raises(OSError, match="too large"):
            written()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    """And no half of the new one."""
    (tmp_path / "secret").mkdir()
    with pytest.raises(OSError, match=r".+"):
        secret_file.write(tmp_path / "secret", b"two")
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
