"""A terminal in which a picture stands until the screen takes it over.

From the moment it is drawn nothing that is typed is echoed onto it or acted upon: it waits for the
screen, which has all of it. However that ends, the terminal is as it was.
"""

import os
import termios
import tty
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any, Final

from hobnob_client.first_light.picture import Picture
from hobnob_client.restoring import restored_by

_BEGIN: Final = "\x1b[?1049h\x1b[?25l\x1b[2J"
"""The other screen, empty, without a cursor."""
_END: Final = "\x1b[m\x1b[?25h\x1b[?1049l"
_LOCAL: Final = termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG
_INPUT: Final = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR

Attributes = list[Any]
"""A terminal's, as `termios` has them."""


class Standing:
    """A picture in the terminal at two file descriptors, or none."""

    def __init__(self, given: int, out: int) -> None:
        self._given, self._out = given, out
        self._before: Attributes | None = None
        self.picture: Picture | None = None
        """What stands there, or stood when it was handed over."""

    @property
    def stands(self) -> bool:
        """Is it this that has the terminal?"""
        return self._before is not None

    def show(self, picture: Picture) -> None:
        """Take the terminal, and show it; nothing where it is none."""
        with suppress(termios.error, OSError):
            before = termios.tcgetattr(self._given)
            raw = termios.tcgetattr(self._given)
            raw[tty.IFLAG] &= ~_INPUT
            raw[tty.LFLAG] &= ~_LOCAL
            raw[tty.CC][termios.VMIN] = 1
            self._before = before
            termios.tcsetattr(self._given, termios.TCSANOW, raw)
            _write(self._out, (_BEGIN + picture.drawn()).encode())
            # Where only some of it was taken, nobody knows what stands there: all is drawn anew.
            self.picture = picture

    def hand_over(self) -> Attributes | None:
        """Whoever calls this has the terminal from now on, with the picture in it, and leaves it
        with these attributes; None where none stands."""
        before, self._before = self._before, None
        return before

    def put_back(self) -> None:
        """Let go of the terminal, if it was not handed over."""
        before = self.hand_over()
        if before is not None:
            with suppress(termios.error, OSError):
                termios.tcsetattr(self._given, termios.TCSANOW, before)
                _write(self._out, _END.encode())


@contextmanager
def standing(given: int, out: int) -> Generator[Standing]:
    """One that ends with the block, by a signal too."""
    one = Standing(given, out)
    with restored_by(one.put_back):
        yield one


def _write(out: int, data: bytes) -> None:
    while data:
        data = data[os.write(out, data) :]
