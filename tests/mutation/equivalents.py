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
    """In `path`, below the line `above`, `line` says the same with `new` instead of `old`."""

    path: str
    above: str
    line: str
    old: str
    new: str
    reason: str

    def fits(self, source: Source, mutation: Mutation) -> bool:
        """Is it this mutation?"""
        if self.path != source.path:
            return False
        text = source.text
        lines = [line.strip() for line in text.splitlines()]
        place = (lines[mutation.line - 2], lines[mutation.line - 1])
        return (*place, mutation.old(text), mutation.new) == (
            self.above,
            self.line,
            self.old,
            self.new,
        )


@cache
def equivalents() -> tuple[Equivalent, ...]:
    """All that are listed."""
    rows = cast("list[dict[str, Any]]", json.loads(FILE.read_text()))
    return tuple(Equivalent(**row) for row in rows)


def reason(source: Source, mutation: Mutation) -> str:
    """Why this mutation is equivalent; "" where it is not listed."""
    return next((each.reason for each in equivalents() if each.fits(source, mutation)), "")
