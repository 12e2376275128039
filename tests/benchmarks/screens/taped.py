"""A program in a pseudo-terminal, and each piece of what it wrote with the moment it came.

While it runs nothing is made of that: what stands where, and since when, is found out afterwards,
so that looking costs no time that is measured.
"""

import os
import pty
import select
import signal
import termios
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from tests.terminal.emulator import tokens

PATIENCE_SECONDS: Final = 120.0
CHUNK_BYTES: Final = 1 << 16
SILENCE_SECONDS: Final = 0.4
"""Nothing for so long: a program has drawn all it wanted to."""
_ASKED: Final = ((b"\x1b[?2026$p", b"\x1b[?2026;2$y"), (b"\x1b[c", b"\x1b[?62;22c"))
"""What a program asks its terminal, and what present terminals answer."""


class Screen(Protocol):
    """Obeys a program's output."""

    def feed(self, output: str) -> None:
        """Take more of it."""
        ...

    @property
    def text(self) -> str:
        """What stands there now."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """What one read gave, and when."""

    at_ns: int
    data: bytes


class NeverCame(Exception):
    """What was waited for."""


class Taped:
    """One run, at home in the `HOME` of its environment; `began_ns` is when it was called."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], columns: int, lines: int
    ) -> None:
        kept = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
        given = {**kept, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **environ}
        self.pieces: list[Piece] = []
        self.began_ns = time.monotonic_ns()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # Before the program looks.
            termios.tcsetwinsize(0, (lines, columns))
            os.chdir(given["HOME"])
            os.execvpe(command[0], list(command), given)
        self._columns, self._lines = columns, lines

    def type(self, keys: str) -> int:
        """Press keys: when that was, in ns."""
        os.write(self.fd, keys.encode())
        return time.monotonic_ns()

    def resize(self, columns: int, lines: int) -> int:
        """Another size: when that was, in ns."""
        termios.tcsetwinsize(self.fd, (lines, columns))
        return time.monotonic_ns()

    def listen(self, seconds: float) -> int:
        """Take what comes for so long: how many bytes."""
        end, count = time.monotonic() + seconds, 0
        while (left := end - time.monotonic()) > 0:
            count += self._read(left)
        return count

    def until(self, holds: Callable[[], bool]) -> None:
        """Take what comes until something holds, asked after each piece. NeverCame."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if not self._read(0.05) and time.monotonic() > end:
                raise NeverCame(f"it never came so far: {self.tail(80)}")

    def silent(self, seconds: float = SILENCE_SECONDS) -> None:
        """Take what comes until nothing has for so long. NeverCame where that has no end."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self._read(seconds):
            if time.monotonic() > end:
                raise NeverCame("it is never silent")

    def until_gone(self) -> None:
        """Take what comes until it has ended by itself. NeverCame."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                self._read(0.05)
            except NeverCame:
                return
        raise NeverCame("it never ended")

    def tail(self, count: int) -> str:
        """The last it has written, without sequences, for a person who asks why."""
        data = b"".join(piece.data for piece in self.pieces[-20:]).decode(errors="replace")
        text = "".join(token.raw for token in tokens(data) if token.sort == "text")
        return " ".join(text.split())[-count:]

    def wrote(self, since_ns: int) -> list[Piece]:
        """All that came after a moment."""
        return [piece for piece in self.pieces if piece.at_ns >= since_ns]

    def end(self) -> int:
        """Kill it; nanoseconds of CPU that it has used in all."""
        os.kill(self.pid, signal.SIGKILL)
        _, _, used = os.wait4(self.pid, 0)
        os.close(self.fd)
        return int((used.ru_utime + used.ru_stime) * 1e9)

    def _read(self, seconds: float) -> int:
        if not select.select([self.fd], [], [], seconds)[0]:
            return 0
        try:
            data = os.read(self.fd, CHUNK_BYTES)
        except OSError as gone:
            raise NeverCame(f"it ended: {self.tail(80)}") from gone
        self.pieces.append(Piece(time.monotonic_ns(), data))
        for asked, answer in _ASKED:
            if asked in data:
                os.write(self.fd, answer)
        return len(data)


@contextmanager
def taped(
    command: Sequence[str], environ: Mapping[str, str], columns: int, lines: int
) -> Generator[Taped]:
    """One run, ended with the block."""
    run = Taped(command, environ, columns, lines)
    try:
        yield run
    finally:
        run.end()


def stood_at(pieces: Sequence[Piece], screen: Screen, holds: Callable[[str], bool]) -> int | None:
    """When a screen that is fed these came to be as asked, in ns; None for never."""
    for piece, text in shown(pieces, screen):
        if holds(text):
            return piece.at_ns
    return None


def last_text(run: Taped, screen: Screen) -> str:
    """What stands on the screen now."""
    text = ""
    for _, found in shown(run.pieces, screen):
        text = found
    return text


def shown(pieces: Sequence[Piece], screen: Screen) -> Generator[tuple[Piece, str]]:
    """After each piece, what stands on the screen."""
    rest = b""
    for piece in pieces:
        data = rest + piece.data
        cut = _whole(data)
        screen.feed(data[:cut].decode(errors="replace"))
        rest = data[cut:]
        yield piece, screen.text


def _whole(data: bytes) -> int:
    """Where the last character or sequence begins, if it may not be complete yet."""
    cut = len(data)
    for back in range(1, min(4, cut) + 1):
        byte = data[cut - back]
        if byte < 0x80:
            break
        if byte >= 0xC0:
            need = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            cut -= back if need > back else 0
            break
    escape = data.rfind(b"\x1b", max(0, cut - 64), cut)
    if escape >= 0 and not any(0x40 <= byte <= 0x7E for byte in data[escape + 2 : cut]):
        return escape
    return cut
