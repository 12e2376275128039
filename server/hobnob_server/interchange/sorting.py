"""Messages by (time, id), however many there are: files in order are merged, others sorted first.

A file is looked through once to see whether it is in order.
"""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hobnob_server.interchange.files import BrokenFile, lines
from hobnob_server.interchange.records import BadRecord, Record, check_message, parse
from hobnob_server.interchange.runs import Kept, Order, Runs

_FIRST: Final[Order] = (0.0, "")


@dataclass(frozen=True, slots=True)
class Line:
    """One line in its place: `record` is None where it is bad, and `why` says it then."""

    order: Order
    file: str
    number: int
    record: Record | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look through some files found: how many lines, and which files are in order."""

    lines: int
    in_order: tuple[Path, ...]
    others: tuple[Path, ...]


def survey(paths: Iterable[Path]) -> Survey:
    """Look through the files."""
    count = 0
    sorts: dict[bool, list[Path]] = {True: [], False: []}
    for path in paths:
        last, ordered = _FIRST, True
        with suppress(BrokenFile):
            for _, data in _numbered(path):
                order = _order(data, last)
                count += 1
                ordered = ordered and last <= order
                last = order
        sorts[ordered].append(path)
    return Survey(count, tuple(sorts[True]), tuple(sorts[False]))


def by_time(found: Survey) -> Iterator[Line]:
    """All lines in order; a bad one stands where the one before it in its file does."""
    sources = [_read(path) for path in found.in_order]
    sources += [_sorted(path) for path in found.others]
    return heapq.merge(*sources, key=lambda line: line.order)


def _numbered(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank; the last may be None, as one that is too long is."""
    for number, data in enumerate(lines(path), 1):
        if data is None or data.strip():
            yield number, data


def _read(path: Path) -> Iterator[Line]:
    number, order = 0, _FIRST
    try:
        for number, data in _numbered(path):
            line = _line(path.name, number, data, order)
            order = line.order
            yield line
    except BrokenFile as broken:
        yield _end(path, order, number, broken)


def _sorted(path: Path) -> Iterator[Line]:
    runs = Runs()
    number, order = 0, _FIRST
    end: Line | None = None
    try:
        for number, data in _numbered(path):
            order = _order(data, order)
            # A line that is too long is as bad as an empty one, and shorter.
            runs.add(Kept(order, number, b"" if data is None else data.rstrip(b"\r\n")))
    except BrokenFile as broken:
        end = _end(path, order, number, broken)
    for kept in runs:
        yield _line(path.name, kept.number, kept.data or None, kept.order)
    if end is not None:
        yield end


def _order(data: bytes | None, before: Order) -> Order:
    """Where a line stands; one that is bad, as told later, stands where the one before it does."""
    try:
        record = parse(data)
        check_message(record)
    except BadRecord:
        return before
    return float(record["ts"]), record["id"]


def _line(file: str, number: int, data: bytes | None, before: Order) -> Line:
    try:
        record = parse(data)
        check_message(record)
    except BadRecord as bad:
        return Line(before, file, number, None, str(bad))
    return Line((float(record["ts"]), record["id"]), file, number, record)


def _end(path: Path, order: Order, number: int, broken: BrokenFile) -> Line:
    return Line(order, path.name, number + 1, None, f"the file ends here: {broken}")
