"""Somebody at a terminal: answers what is asked there, and remembers all that was shown."""

import os
import pty
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

Answer = str | None | Callable[[str], str]


class Typist:
    """Types the next of `answers` whenever a question ends; None leaves (Ctrl+D), and an answer may
    be found in what was shown.

    `place` is the terminal a verb is to ask at. Use it as a context: at its end nobody asks any
    more, and `shown` is complete.
    """

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._answers = list(answers)
        self._near, self._far = pty.openpty()
        self.place = Path(os.ttyname(self._far))
        self._seen = bytearray()
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._sit, daemon=True)

    def __enter__(self) -> "Typist":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        os.close(self._far)
        self._thread.join(10)
        os.close(self._near)

    @property
    def shown(self) -> str:
        """All that stood on the terminal."""
        return self._seen.decode()

    def until(self, reached: Callable[[str], bool], seconds: float) -> str:
        """What stood there once this held; AssertionError where it does not in this time."""
        with self._more:
            assert self._more.wait_for(lambda: reached(self.shown), seconds), self.shown
        return self.shown

    @property
    def left(self) -> int:
        """Answers nobody has asked for."""
        return len(self._answers)

    def _sit(self) -> None:
        while True:
            try:
                data = os.read(self._near, 4_096)
            except OSError:
                # The other end is closed: so Linux says that it is over.
                return
            if not data:
                return
            with self._more:
                self._seen += data
                self._more.notify_all()
            if data.endswith(b" ") and self._answers:
                answer = self._answers.pop(0)
                if callable(answer):
                    answer = answer(self.shown)
                os.write(self._near, b"\x04" if answer is None else answer.encode() + b"\n")
