"""The project's own source, as these tests read it."""

import ast
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PURE: Final = ("protocol/hobnob_protocol", "sync/hobnob_sync")
PRODUCT: Final = (
    *PURE,
    "server/hobnob_server",
    "client/hobnob_client",
    "client/hobnob",
)


def files(*folders: str) -> list[Path]:
    """Every Python file below some folders, in one order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    """A file as messages show it."""
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(path.read_text())


def lines(path: Path) -> int:
    """How long a file is."""
    return len(path.read_text().splitlines())
