"""A picture that was kept is shown as it stood; of a file that somebody has forged comes none."""

import json
import re
from typing import Any

import pytest

from hobnob_client.first_light.picture import (
    BYTES_MAX,
    COLUMNS_MAX,
    LINES_MAX,
    NoPicture,
    Picture,
    from_bytes,
    style_of,
    to_bytes,
)
from tests.terminal.emulator import Grid
from tests.terminal.payloads import PAYLOADS, SURROGATES

STAMP = "of this moment"
OURS = re.compile(r"\x1b\[(?:[0-9;]*m|1;1H|H)")
"""What a picture says to a terminal besides its text."""
PICTURE = Picture(
    20,
    (
        (((1, 38, 2, 1, 2, 3), "▌ #general"), ((), "     Today")),
        (((), "ana  漢字 👍 e\u0301"),),
    ),
)


def kept(**changed: Any) -> bytes:
    """A file that says something else in some places."""
    return json.dumps({**json.loads(to_bytes(PICTURE, STAMP)), **changed}).encode()


def test_it_is_shown_as_it_stood() -> None:
    """Text where it was, in the style that it had."""
    assert from_bytes(to_bytes(PICTURE, STAMP), STAMP) == PICTURE
    grid = Grid(20, 2)
    grid.feed(PICTURE.drawn())
    assert grid.line(0) == "▌ #general     Today"
    assert grid.line(1).startswith("ana  漢字")
    assert "\x1b[0;1;38;2;1;2;3m▌ #general" in PICTURE.drawn()


def test_a_style_is_the_numbers_of_what_a_terminal_is_sent() -> None:
    """Where a link leads is no part of it."""
    assert style_of("\x1b]8;id=1;https://example.org\x1b\\\x1b[0;1;38;5;7m") == (0, 1, 38, 5, 7)
    assert style_of("\x1b[m") == style_of("") == ()


def test_it_holds_at_its_moment() -> None:
    """Nothing of it is shown at another."""
    with pytest.raises(NoPicture):
        from_bytes(to_bytes(PICTURE, STAMP), "of another")


@pytest.mark.parametrize("payload", [*PAYLOADS.values(), *SURROGATES])
def test_nothing_but_text_is_written(payload: str) -> None:
    """What is no text makes the whole of it none."""
    try:
        drawn = from_bytes(kept(rows=[[0, payload]]), STAMP).drawn()
    except NoPicture:
        return
    written = OURS.sub("", drawn)
    assert written == payload
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in written)


@pytest.mark.parametrize(
    "changed",
    [
        {"columns": 0},
        {"columns": COLUMNS_MAX + 1},
        {"columns": "20"},
        {"rows": []},
        {"rows": [[0, "x"]] * (LINES_MAX + 1)},
        {"rows": [[0, "x" * 1_000]]},
        {"rows": [[0, "a\x1b[2J"]]},
        {"rows": [[0, "a\u009b2J"]]},
        {"rows": [[0, "a\nb"]]},
        {"rows": [[0, 7]]},
        {"rows": [["0", "x"]]},
        {"rows": [[9, "x"]]},
        {"rows": [[-1, "x"]]},
        {"rows": [[True, "x"]]},
        {"rows": [[0]]},
        {"rows": ["x"]},
        {"rows": {"0": "x"}},
        {"styles": [["1m\x1b[2J"]]},
        {"styles": [[1.5]]},
        {"styles": [[-1]]},
        {"styles": [[10**9]]},
        {"styles": [[1] * 100]},
        {"styles": [1]},
        {"styles": []},
        {"stamp": 7},
    ],
)
def test_no_picture_comes_of_anything_else(changed: dict[str, Any]) -> None:
    """And no error but that."""
    with pytest.raises(NoPicture):
        from_bytes(kept(**changed), STAMP)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"7",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        to_bytes(PICTURE, STAMP)[:-1],
        b" " * (BYTES_MAX + 1),
        b'{"stamp": "of this moment"}',
        b'{"columns": ' + b"9" * 5_000 + b"}",
    ],
)
def test_nor_of_a_file_that_is_cut_or_none_of_ours(data: bytes) -> None:
    """However deep or long it is."""
    with pytest.raises(NoPicture):
        from_bytes(data, STAMP)
