"""Mutations that change nothing anybody could see, each with the argument why.

They are kept in `equivalents.json` by the text they stand in rather than by its line number, so a
list entry dies with the code it speaks of and not when something is written above it.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from tests.mutation.operators import Mutation
from tests.mutation.parts import Source

FILE: Final = Path(__file__).with_name("equivalents.json")


@dataclass(frozen=True, slots=True)
class Equivalent:
    """In `path`, the line `line` says the same with `new` instead of `old`, because of `reason`."""

    path: str
    line: str
    old: str
    new: str
    reason: str


@cache
def equivalents() -> tuple[Equivalent, ...]:
    """All that are listed."""
    rows = cast("list[dict[str, Any]]", json.loads(FILE.read_text()))
    return tuple(Equivalent(**row) for row in rows)


def reason(source: Source, mutation: Mutation) -> str:
    """Why this mutation is equivalent; "" where it is not listed."""
    text = source.text
    mine = (
        source.path,
        text.splitlines()[mutation.line - 1].strip(),
        mutation.old(text),
        mutation.new,
    )
    for each in equivalents():
        if (each.path, each.line, each.old, each.new) == mine:
            return each.reason
    return ""
