"""A line typed at the terminal that the terminal does not show: passphrases and paper words.

The terminal itself is asked, not standard input: a pipe may stand there, and what stands in a pipe
stands in somebody's history too.
"""

import os
import termios
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from hobnob_client import term_safe

TERMINAL: Final = Path("/dev/tty")
"""The terminal this process was started at, whatever its streams are."""
LINE_BYTES_MAX: Final = 4_096
"""What a terminal hands over as one line (termios(3), canonical mode)."""


Ask = Callable[[str], str | None]
"""Asks for a line that is not shown, as `Hidden.ask` does; None where nobody answers."""
_ASIDE: Final = b"\x1b[?1049h\x1b[2J\x1b[H"
_BACK: Final = b"\x1b[?1049l"
"""A terminal's second screen (xterm's control sequences): what stood there is in no scrollback."""


class Hidden:
    """A terminal to type secrets at, and to show them at once."""

    def __init__(self, terminal: Path = TERMINAL) -> None:
        self._place = terminal

    def ask(self, question: str) -> str | None:
        """What the person has typed, without the end of its line; None where there is no terminal
        or nobody answers."""
        return self._asked(f"{term_safe.line(question)} ".encode())

    def show_once(self, lines: Sequence[str], question: str) -> bool:
        """Show these lines until the person has pressed Enter, then take them away; False where
        there is no terminal or nobody answers."""
        shown = "".join(f"{term_safe.line(line)}\n" for line in (*lines, ""))
        said = _ASIDE + shown.encode() + f"{term_safe.line(question)} ".encode()
        return self._asked(said, _BACK) is not None

    @contextmanager
    def shown(self, lines: Sequence[str]) -> Generator[bool]:
        """These lines stand on the terminal meanwhile and are gone after; False where there is
        none."""
        descriptor = self._opened()
        if descriptor is None:
            yield False
            return
        text = "".join(f"{term_safe.line(line)}\n" for line in lines)
        try:
            with _unseen(descriptor, _BACK):
                os.write(descriptor, _ASIDE + text.encode())
                yield True
        finally:
            os.close(descriptor)

    def _asked(self, said: bytes, after: bytes = b"\n") -> str | None:
        descriptor = self._opened()
        if descriptor is None:
            return None
        try:
            with _unseen(descriptor, after):
                os.write(descriptor, said)
                typed = os.read(descriptor, LINE_BYTES_MAX)
        finally:
            os.close(descriptor)
        if not typed.endswith(b"\n"):
            return None
        return typed.decode("utf-8", "replace").rstrip("\r\n")

    def _opened(self) -> int | None:
        """The terminal, to be closed by the caller; None where there is none."""
        try:
            descriptor = os.open(self._place, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError:
            return None
        if os.isatty(descriptor):
            return descriptor
        os.close(descriptor)
        return None


@contextmanager
def _unseen(descriptor: int, after: bytes) -> Generator[None]:
    """What is typed meanwhile is not shown, and what was typed before does not count."""
    before = termios.tcgetattr(descriptor)
    silent = termios.tcgetattr(descriptor)
    silent[3] &= ~termios.ECHO

    def put_back() -> None:
        with suppress(termios.error, OSError):
            os.write(descriptor, after)
            # What is typed ahead from now on is for whoever reads next.
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    # Few verbs ask for anything.
    from hobnob_client.restoring import restored_by

    with restored_by(put_back):
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, silent)
        yield
