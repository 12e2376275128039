"""Where a hub listens."""

import pytest

from hobnob_server.place import TcpPlace, UnixPlace, parse_place


@pytest.mark.parametrize(
    ("text", "place", "local"),
    [
        ("127.0.0.1:0", TcpPlace("127.0.0.1", 0), True),
        ("127.8.8.8", TcpPlace("127.8.8.8", 4626), True),
        ("localhost:1", TcpPlace("localhost", 1), True),
        ("[::1]:65535", TcpPlace("::1", 65_535), True),
        ("0.0.0.0:1", TcpPlace("0.0.0.0", 1), False),
        ("chat.example.org", TcpPlace("chat.example.org", 4626), False),
        ("[2001:db8::1]", TcpPlace("2001:db8::1", 4626), False),
        ("unix:/run/s", UnixPlace("/run/s"), True),
    ],
)
def test_a_place_is_read_and_known_as_local_or_not(
    text: str, place: TcpPlace | UnixPlace, local: bool
) -> None:
    """And written as it can be read again."""
    assert parse_place(text) == place
    assert place.is_local is local
    assert parse_place(str(place)) == place


@pytest.mark.parametrize("text", ["", ":1", "a:b", "a:1:2", "::1", "a:65536", "a:-1", "unix:"])
def test_what_is_no_place_is_refused(text: str) -> None:
    """ValueError says why."""
    with pytest.raises(ValueError, match=r"port|unix|HOST"):
        parse_place(text)
