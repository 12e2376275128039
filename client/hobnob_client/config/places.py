"""Where in a file of TOML a name is set: for errors, which name the line, and for changes."""

import re
from collections.abc import Iterator
from typing import Final

from hobnob_protocol.value import value

_TABLE: Final = r"\s*\[+\s*([^\]]+?)\s*\]+\s*(#.*)?$"
_PART: Final = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"
_KEY: Final = rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*="
"""Both are compiled where there is a file."""


@value
class Line:
    """What one line does: it opens `table`, or with `key` it sets `name`; else it is neither."""

    number: int
    table: str
    name: str = ""
    opens: bool = False


def lines(text: str) -> Iterator[Line]:
    """The lines of a file, counted from 1, each with the table it stands in."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        opened, keyed = re.match(_TABLE, line), re.match(_KEY, line)
        if opened is not None:
            table = _plain(opened[1])
            yield Line(number, table, opens=True)
        elif keyed is not None:
            key = _plain(keyed[1])
            yield Line(number, table, f"{table}.{key}" if table else key)
        else:
            yield Line(number, table)


def line_of(name: str, text: str) -> int:
    """The line that sets `name` or a part of it, or opens the table of that name; else that of the
    table it stands in, as where that is written inline; 1 where none is seen."""
    while name:
        for line in lines(text):
            said = line.table if line.opens else line.name
            if said == name or said.startswith(f"{name}."):
                return line.number
        name = name.rpartition(".")[0]
    return 1


def _plain(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
