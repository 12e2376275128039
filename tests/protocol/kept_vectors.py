"""The frozen vectors as a stranger reads them: rows of JSON, and values shown the way rows do."""

import json
from typing import Any, Final

from tests.protocol.make_vectors import FILES, FOLDER
from tests.protocol.vectors.rows import Row, data_of

KEPT: Final[dict[str, tuple[Row, ...]]] = {
    file: tuple(json.loads((FOLDER / file).read_text())) for file in FILES
}
"""Every file, its rows in order."""


def valid(file: str) -> list[Row]:
    """The rows that break nothing."""
    return [row for row in KEPT[file] if "breaks" not in row]


def invalid(file: str) -> list[Row]:
    """The rows that break a rule."""
    return [row for row in KEPT[file] if "breaks" in row]


def title(row: Row) -> str:
    """A row as test ids show it."""
    return "-".join(str(row[part]) for part in ("name", "breaks", "why") if part in row)


def bytes_of(row: Row, *path: str) -> bytes:
    """The bytes told at `path` in a row."""
    found: Any = row
    for name in path:
        found = found[name]
    return bytes.fromhex(found) if isinstance(found, str) else data_of(found)


def exactly(value: object) -> str:
    """A value of JSON so that only what is the same is equal: true is not 1, order counts."""
    return json.dumps(value)
