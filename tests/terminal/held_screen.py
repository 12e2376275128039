"""`python -m tests.terminal.held_screen FIFO WORD...`: hobnob, which loads no Textual until this
pipe was opened to write into: as on a machine that is slow to the end of patience."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from hobnob.cli import main

LATE = "textual"


class Held(MetaPathFinder):
    """Finds nothing, and takes its time with one module."""

    def __init__(self, until: Path) -> None:
        self._until = until

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """None, as soon as somebody has opened the pipe."""
        if name == LATE:
            self._until.read_bytes()
        return None


if __name__ == "__main__":
    sys.meta_path.insert(0, Held(Path(sys.argv[1])))
    sys.exit(main(sys.argv[2:]))
