"""A hub may lie in any directory, however long its path is."""

import socket
from pathlib import Path

import pytest

from hobnob_server.control.address import PATH_BYTES_MAX, short


@pytest.mark.parametrize("letters", [1, 200])
def test_a_socket_is_bound_and_found_by_its_path(tmp_path: Path, letters: int) -> None:
    """Also where the kernel would not take the path itself."""
    directory = tmp_path / ("d" * letters)
    directory.mkdir()
    path = directory / "control.sock"
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        with short(path) as name:
            server.bind(name)
        assert path.is_socket()
        server.listen()
        with short(path) as name:
            client.connect(name)
        accepted, _ = server.accept()
        accepted.close()


def test_a_path_that_fits_is_left_as_it_is() -> None:
    """To the byte."""
    path = Path("/" + "x" * (PATH_BYTES_MAX - 1))
    with short(path) as name:
        assert name == str(path)
