"""The shortest way from a place to another, and from a style to another."""

import pytest

from hobnob_client.tui.pen import ground, path, plain_style, turned, upon

BLUE, BOLD_BLUE = "\x1b[34m", "\x1b[1;34m"
ON_GREY = "\x1b[34;48;2;9;9;9m"


@pytest.mark.parametrize(
    ("here", "there", "way"),
    [
        ((None, None), (0, 0), "\x1b[H"),
        ((None, None), (6, 0), "\x1b[7H"),
        ((None, None), (6, 8), "\x1b[7;9H"),
        ((3, 8), (3, 8), ""),
        ((3, 8), (3, 9), "\x1b[C"),
        ((3, 8), (3, 20), "\x1b[12C"),
        ((3, 8), (3, 6), "\x1b[2D"),
        ((3, 8), (3, 0), "\r"),
        ((3, 8), (4, 8), "\x1bD"),
        ((3, 8), (4, 0), "\x1bD\r"),
        ((3, 8), (4, 7), "\x1bD\x1b[D"),
        ((3, 8), (2, 8), "\x1b[A"),
        ((3, None), (3, 8), "\x1b[9G"),
        ((3, None), (4, 0), "\x1bD\r"),
    ],
)
def test_the_shortest_way_is_taken(
    here: tuple[int | None, int | None], there: tuple[int, int], way: str
) -> None:
    """Where the column is not known none is counted from it."""
    assert path(*here, *there) == way


@pytest.mark.parametrize(
    ("old", "new", "sent"),
    [
        (BLUE, BLUE, ""),
        ("", BOLD_BLUE, BOLD_BLUE),
        (BOLD_BLUE, "", "\x1b[m"),
        (BOLD_BLUE, BLUE, "\x1b[22m"),
        ("\x1b[1;2;34m", "\x1b[2;34m", "\x1b[22;2m"),
        ("\x1b[1;38;2;1;2;3;48;2;4;5;6m", "\x1b[38;2;1;2;3;48;2;4;5;6m", "\x1b[22m"),
        ("\x1b[1;2;48;2;4;5;6m", "\x1b[2;48;2;4;5;6m", "\x1b[22;2m"),
        (ON_GREY, BLUE, "\x1b[49m"),
        (ON_GREY, "\x1b[7m", "\x1b[0;7m"),
        ("\x1b[53m", BLUE, "\x1b[0;34m"),
    ],
)
def test_of_a_style_only_what_changes_is_said(old: str, new: str, sent: str) -> None:
    """All of it where that is shorter, or where nobody knows how to end what was."""
    assert turned(old, new) == sent


def test_what_an_empty_cell_shows_is_its_ground() -> None:
    """So any style will do that has the same, and the nearest that has not keeps its letters."""
    assert ground(plain_style("\x1b[1;39;49m")) == ground(BOLD_BLUE) == ""
    assert ground(ON_GREY) == "\x1b[48;2;9;9;9m"
    assert ground("\x1b[4;34m") == "\x1b[4;34m"
    assert upon(BLUE, "") == BLUE
    assert upon(ON_GREY, "") == BLUE
    assert upon(BLUE, "\x1b[48;2;9;9;9m") == ON_GREY
    assert upon("\x1b[4m", "") == ""
    assert upon(BLUE, "\x1b[7m") == "\x1b[7m"
