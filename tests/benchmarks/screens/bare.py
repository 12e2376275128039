"""Textual by itself: three panes that show what stands in the program."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from tests.benchmarks.screens.program import COLUMNS, LINES, Back, Keys
from tests.benchmarks.screens.taped import Taped, last_text
from tests.terminal.emulator import Grid

ROOT: Final = Path(__file__).parents[3]
_AUTHOR: Final = re.compile(r"\bmember\d+")


class Bare:
    """What a start costs anybody who builds on it; nothing else of it is measured."""

    name = "bare Textual"
    version = version("textual")
    keys = Keys(page_up="", switch="", write="", erase="")
    back: Back | None = None

    def __init__(self, home: Path) -> None:
        self.command: Sequence[str] = (sys.executable, "-m", "tests.benchmarks.screens.bare_app")
        self.environ: Mapping[str, str] = {
            "COLORTERM": "truecolor",
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
        }

    def screen(self) -> Grid:
        """It draws by Textual, as ours does."""
        return Grid(COLUMNS, LINES)

    def is_there(self, text: str) -> bool:
        """It begins where one reads."""
        return self.is_readable(text)

    def is_readable(self, text: str) -> bool:
        """The log beside the tree."""
        return "Channels" in text and bool(_AUTHOR.search(text))

    def settle(self, run: Taped) -> None:
        """At its first picture."""
        run.until(lambda: self.is_readable(last_text(run, self.screen())))
        run.silent()

    def speaker(self) -> Callable[[], None] | None:
        """Nobody says anything."""
        return None
