"""What a verb answers, for eyes or for programs; nothing but printable text leaves here."""

import json
import re
from typing import Final, TextIO, TypeAlias, cast

Answer: TypeAlias = "dict[str, object] | list[dict[str, object]]"
"""One thing, or a table of things; values are plain."""

_UNPRINTABLE: Final = "\ufffd"


_HIDDEN: Final = re.compile("[\ufe00-\ufe0e\U000e0100-\U000e01ef]")
"""Selectors that Python calls printable: they show nothing and carry hidden text."""


def printable(text: str) -> str:
    """One line without controls: what others wrote cannot move a cursor, nor hide in it."""
    shown = "".join(char if char.isprintable() else _UNPRINTABLE for char in text)
    return _HIDDEN.sub(_UNPRINTABLE, shown)


def show(answer: Answer, out: TextIO, *, as_json: bool) -> None:
    """Write an answer: JSON in ASCII on one line, or lines to read."""
    if as_json:
        out.write(json.dumps(answer, ensure_ascii=True) + "\n")
    elif isinstance(answer, list):
        _show_table(answer, out)
    else:
        for name, value in answer.items():
            out.write(f"{name}: {_cell(value)}\n")


def _show_table(rows: list[dict[str, object]], out: TextIO) -> None:
    if not rows:
        return
    names = list(rows[0])
    lines = [names, *([_cell(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    for line in lines:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        out.write("  ".join(cells).rstrip() + "\n")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_cell(one) for one in cast("list[object]", value)) or "-"
    text = printable(str(value)) if value is not None else ""
    return text or "-"
