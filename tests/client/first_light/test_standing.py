"""A picture stands in a terminal until somebody takes that over, or it is as before."""

import os
import termios
from collections.abc import Iterator

import pytest

from hobnob_client.first_light.picture import Picture
from hobnob_client.first_light.standing import Standing

PICTURE = Picture(8, ((((), "▌ ana"),),))


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of one: where it is looked at, and the program's."""
    eyes, program = os.openpty()
    yield eyes, program
    os.close(eyes)
    os.close(program)


def echoes(program: int) -> bool:
    """Is what somebody types seen in it?"""
    return bool(termios.tcgetattr(program)[3] & termios.ECHO)


def test_it_stands_there_and_what_is_typed_does_not(terminal: tuple[int, int]) -> None:
    """Until the terminal is let go of."""
    eyes, program = terminal
    standing = Standing(program, program)
    standing.show(PICTURE)
    assert standing.picture == PICTURE
    assert standing.stands
    assert "▌ ana".encode() in os.read(eyes, 4_096)
    assert not echoes(program)
    standing.put_back()
    assert echoes(program)
    assert os.read(eyes, 4_096).endswith(b"\x1b[?1049l")


def test_who_takes_the_terminal_over_gives_it_back(terminal: tuple[int, int]) -> None:
    """It is theirs: nothing is put back twice."""
    _, program = terminal
    before = termios.tcgetattr(program)
    standing = Standing(program, program)
    standing.show(PICTURE)
    assert standing.hand_over() == before
    standing.put_back()
    assert not echoes(program)


def test_what_could_not_be_drawn_is_not_taken_for_drawn(terminal: tuple[int, int]) -> None:
    """Whoever draws next draws all of it; the terminal is put back as ever."""
    _, program = terminal
    nobody, out = os.pipe()
    os.close(nobody)
    standing = Standing(program, out)
    standing.show(PICTURE)
    assert standing.picture is None
    assert standing.stands
    standing.put_back()
    assert echoes(program)
    os.close(out)


def test_what_is_no_terminal_shows_nothing() -> None:
    """As where somebody has turned the input elsewhere."""
    given, out = os.pipe()
    standing = Standing(given, out)
    standing.show(PICTURE)
    assert standing.picture is None
    assert not standing.stands
    os.close(given)
    os.close(out)
