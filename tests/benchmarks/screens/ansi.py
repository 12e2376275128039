"""A terminal for programs that are not ours: they use more sequences than our emulator obeys."""

from importlib import import_module
from typing import Any

from tests.benchmarks.screens.program import COLUMNS, LINES
from tests.benchmarks.server import Missing


class AnsiScreen:
    """`pyte`, an emulator of an xterm."""

    def __init__(self) -> None:
        try:
            pyte: Any = import_module("pyte")
        except ImportError as missing:
            raise Missing("pip install pyte") from missing
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.Stream(self._screen)

    def feed(self, output: str) -> None:
        """Take more output."""
        self._stream.feed(output)

    @property
    def text(self) -> str:
        """What stands there now."""
        return "\n".join(self._screen.display)
