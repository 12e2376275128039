"""What terminal clients are compared by, row by row, and what hobnob answers; `make tables` writes
the answers into the member's guide."""

import sys
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from tests.repository.marked import renewed

ROWS_FILE: Final = Path(__file__).with_name("matrix.toml")
README: Final = Path(__file__).parents[2] / "client" / "README.md"
PEERS: Final = 8
"""WeeChat, iamb, endcord, zulip-terminal, matterhorn, profanity, and the web clients of gomuks and
Zulip: what their own documents and sources of summer 2026 say."""


class Answer(StrEnum):
    """How far a row is answered: `yes` is shown by a story in a real terminal, by keys alone."""

    YES = "yes"
    PART = "part"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `peers` of the eight answer it with yes; `how` is the key or command; `story` the
    id of the test that shows a yes; `lacks` what a part lacks."""

    number: int
    name: str
    peers: int
    answer: Answer
    how: str = ""
    story: str = ""
    lacks: str = ""


def load() -> tuple[Row, ...]:
    """All rows by number; a key that is not known raises TypeError."""
    rows = tomllib.loads(ROWS_FILE.read_text(encoding="utf-8"))["row"]
    return tuple(_row(row) for row in rows)


def _row(found: dict[str, Any]) -> Row:
    values = dict(found)
    values["answer"] = Answer(found["answer"])
    return Row(**values)


def table() -> str:
    """All rows in Markdown, with how many are answered."""
    rows = load()
    counts = {answer: sum(row.answer is answer for row in rows) for answer in Answer}
    told = (
        f"{counts[Answer.YES]} yes, {counts[Answer.PART]} in part, {counts[Answer.NO]} no.\n\n"
        f"| # | what | of {PEERS} peers | hobnob | how |\n| --- | --- | --- | --- | --- |\n"
    )
    return told + "".join(_line(row) for row in rows)


def _line(row: Row) -> str:
    how = "; ".join(filter(None, (row.how, f"lacks {row.lacks}" if row.lacks else "")))
    return f"| {row.number} | {row.name} | {row.peers} | {row.answer} | {how} |\n"


def written(text: str) -> str:
    """A guide with the table as it is now."""
    return renewed(text, {"rows": table})


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
