"""Changes one setting in the file; every other line, and every comment, stays as it is."""

import os
import re
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from hobnob_client.catalogue import t
from hobnob_client.config.places import lines
from hobnob_client.config.reading import flat
from hobnob_client.failures import Exit, Failure

Value = bool | str | tuple[str, ...]
"""What a setting may be; several texts are the keys of an action."""
_COMMENT: Final = re.compile(
    r"=\s*(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|\[[^\]\n]*\]|[^#\s]+)(\s*#.*)?\s*$"
)


def changed(text: str, name: str, value: Value | None) -> str:
    """The text with `name` set to `value`, or with None not set at all. Failure where that cannot
    be done without a guess."""
    wanted = _understood(text)
    wanted.pop(name, None)
    if value is not None:
        wanted |= _understood(f"{name} = {toml(value)}")
    after = _without(text, name) if value is None else _set(text, name, value)
    try:
        same = _understood(after) == wanted
    except Failure:
        same = False
    if not same:
        said = f"{name} stands in the file in a way that only you can change: open it in an editor."
        raise Failure(said, Exit.USAGE)
    return after


def save(path: Path, name: str, value: Value | None) -> None:
    """The same in a file, which is made where there is none: wholly, or not at all. Failure where
    that is no plain file."""
    path = path.resolve()  # A link into somebody's dotfiles stays one.
    if path.exists() and not path.is_file():
        # Such as /dev/null, which would be gone for the whole machine.
        said = t("{path} is no plain file: nothing can be kept there.", path=path)
        raise Failure(said, Exit.USAGE)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = ""
    after = changed(text, name, value)
    if after == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(after, encoding="utf-8")
        with suppress(FileNotFoundError):
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def toml(value: Value) -> str:
    """A value as the file has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(toml, value))}]" if len(value) != 1 else toml(value[0])
    escaped = "".join(_escaped(letter) for letter in value)
    return f'"{escaped}"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def _understood(text: str) -> dict[str, Any]:
    """Each value by its whole name; a table that is left empty sets nothing."""
    try:
        found = flat(tomllib.loads(text))
        return {name: value for name, value in found if value != {}}
    except tomllib.TOMLDecodeError as broken:
        raise Failure(f"The file is not right TOML: {broken}", Exit.USAGE) from broken


def _set(text: str, name: str, value: Value) -> str:
    rows = text.splitlines()
    for line in lines(text):
        if line.name == name:
            row = rows[line.number - 1]
            comment = _COMMENT.search(row)
            tail = (comment[1] or "") if comment is not None else ""
            rows[line.number - 1] = f"{row[: row.index('=')].rstrip()} = {toml(value)}{tail}"
            return _joined(rows)
    table, _, key = name.partition(".")
    if not key:
        return _joined(_at_the_top(rows, text, f"{name} = {toml(value)}"))
    inside = [line.number for line in lines(text) if line.table == table]
    last = [
        line.number for line in lines(text) if line.table == table and (line.name or line.opens)
    ]
    if inside:
        rows.insert(last[-1], f"{key} = {toml(value)}")
    else:
        rows += [*([""] if rows else []), f"[{table}]", f"{key} = {toml(value)}"]
    return _joined(rows)


def _at_the_top(rows: list[str], text: str, row: str) -> list[str]:
    """With a row behind the last that stands in no table."""
    set_there = [line.number for line in lines(text) if line.name and not line.table]
    first_table = next((line.number for line in lines(text) if line.opens), len(rows) + 1)
    at = set_there[-1] if set_there else first_table - 1
    return [*rows[:at], row, *rows[at:]]


def _without(text: str, name: str) -> str:
    gone = {line.number for line in lines(text) if line.name == name}
    return _joined([row for nth, row in enumerate(text.splitlines(), 1) if nth not in gone])


def _joined(rows: list[str]) -> str:
    return "".join(f"{row}\n" for row in rows)
