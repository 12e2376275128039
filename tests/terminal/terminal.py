"""A pseudo-terminal with a program of ours in it, and all bytes it has written."""

import os
import pty
import select
import signal
import sys
import termios
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

PATIENCE_SECONDS = 60.0
"""A bound for busy machines; whoever waits goes on as soon as there is what they want."""


class Terminal:
    """One run of a module in a terminal of its own."""

    def __init__(
        self,
        module: str,
        *arguments: str,
        environ: Mapping[str, str] | None = None,
        columns: int = 80,
        lines: int = 24,
    ) -> None:
        self.output = b""
        self.exit_code: int | None = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # Before the program looks: it may be faster than we are.
            termios.tcsetwinsize(0, (lines, columns))
            _become(module, arguments, environ or {})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.close()

    def close(self) -> None:
        """The terminal is gone, as when a window is closed or a connection breaks."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.fd, keys.encode())

    def resize(self, columns: int, lines: int) -> None:
        """Make the window larger or smaller."""
        termios.tcsetwinsize(self.fd, (lines, columns))

    def kill(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def wait_for(self, seen: Callable[[bytes], bool]) -> None:
        """Read until the output so far satisfies `seen`; AssertionError after the bound."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not seen(self.output):
            assert time.monotonic() < end, f"never came: ...{self.output[-500:]!r}"
            self._read(0.05)

    def wait_for_text(self, text: str) -> None:
        """Read until `text` was written in one piece."""
        self.wait_for(lambda output: text.encode() in output)

    def wait_for_end(self) -> int:
        """Read until the program has ended; its exit code, negative for a signal."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.exit_code is None:
            assert time.monotonic() < end, f"still running: ...{self.output[-500:]!r}"
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.exit_code = os.waitstatus_to_exitcode(status)
            self._read(0.02)
        return self.exit_code

    def settle(self) -> None:
        """Read until nothing has come for a while, as after a last frame."""
        self.wait_for(lambda _: self.is_silent(0.3))

    def is_silent(self, seconds: float) -> bool:
        """Listen for so long; does nothing come?"""
        before = len(self.output)
        self._read(seconds)
        return len(self.output) == before

    def _read(self, seconds: float) -> None:
        if self.fd < 0:
            select.select([], [], [], seconds)
            return
        with suppress(OSError):  # The other end may be closed already.
            while select.select([self.fd], [], [], seconds)[0]:
                data = os.read(self.fd, 1 << 16)
                if not data:
                    return
                self.output += data
                seconds = 0.0


def _become(module: str, arguments: tuple[str, ...], environ: Mapping[str, str]) -> None:
    """In the child: run the module with a plain environment."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "PYTHONPATH") if key in os.environ}
    command = [sys.executable, "-m", module, *arguments]
    os.execve(sys.executable, command, {**kept, "TERM": "xterm-256color", **environ})


@contextmanager
def running(module: str, *arguments: str, **options: Mapping[str, str]) -> Generator[Terminal]:
    """A terminal with a program that has drawn its first screen."""
    with Terminal(module, *arguments, environ=options.get("environ")) as terminal:
        terminal.wait_for(lambda output: b"\x1b[?25h" in output)
        yield terminal
