"""A disk that loses power: what was synced stays, of all else any part, or rubbish in its place.

As SQLite's own test6.c: a write is kept, dropped or torn, sector by sector, until its file is
synced; a name appears in its directory or goes from it for good only when the directory is synced,
which SQLite does with the first sync of each journal it makes.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Final, TypeAlias

SECTOR_BYTES: Final = 512
"""What a disk writes wholly, or not, or badly."""

Files: TypeAlias = dict[str, bytes]
"""What is found on the disk after the power comes back: contents by name."""


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes at an offset, not synced yet; without bytes the file ends at the offset."""

    offset: int
    data: bytes | None


@dataclass(slots=True)
class Node:
    """A file: what is durable of it, and what was done to it since, in order."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Written] = field(default_factory=list[Written])

    def sync(self) -> None:
        """All of it is durable."""
        for written in self.pending:
            _apply(self.durable, written)
        self.pending.clear()


class Disk:
    """One directory of files."""

    def __init__(self) -> None:
        self._names: dict[str, Node] = {}
        self._durable_names: dict[str, Node] = {}

    def open(self, name: str) -> Node:
        """The file of this name, made if it is not there."""
        return self._names.setdefault(name, Node())

    def remove(self, name: str) -> None:
        """Its name goes."""
        self._names.pop(name, None)

    def sync_names(self) -> None:
        """The directory is durable."""
        self._durable_names = dict(self._names)

    def lose_power(self, rng: Random) -> Files:
        """What may be found afterwards; each call draws anew, nothing changes here."""
        habit = rng.choice((_none, _all, _first, _some, _some, _torn, _torn))
        found: Files = {}
        for name in sorted({*self._names, *self._durable_names}):
            choices = (self._names.get(name), self._durable_names.get(name))
            node = choices[rng.randrange(2)] if habit is not _all else choices[0]
            if node is not None:
                content = bytearray(node.durable)
                for written in habit(rng, node.pending):
                    _apply(content, written)
                found[name] = bytes(content)
        return found


def _apply(content: bytearray, written: Written) -> None:
    if written.data is None:
        del content[written.offset :]
        return
    if len(content) < written.offset:
        content.extend(bytes(written.offset - len(content)))
    content[written.offset : written.offset + len(written.data)] = written.data


# What a disk may make of writes that were not synced.


def _none(rng: Random, pending: list[Written]) -> list[Written]:
    del rng, pending
    return []


def _all(rng: Random, pending: list[Written]) -> list[Written]:
    del rng
    return pending


def _first(rng: Random, pending: list[Written]) -> list[Written]:
    sectors = _sectors(pending)
    return sectors[: rng.randint(0, len(sectors))]


def _some(rng: Random, pending: list[Written]) -> list[Written]:
    share = rng.choice((0.1, 0.5, 0.9))
    return [written for written in _sectors(pending) if rng.random() < share]


def _torn(rng: Random, pending: list[Written]) -> list[Written]:
    sectors = _first(rng, pending) if rng.random() < 0.5 else _some(rng, pending)
    torn = rng.randrange(len(sectors)) if sectors else 0
    return [
        Written(each.offset, rng.randbytes(len(each.data))) if nth == torn and each.data else each
        for nth, each in enumerate(sectors)
    ]


def _sectors(pending: list[Written]) -> list[Written]:
    """The same writes, each within one sector."""
    parts: list[Written] = []
    for written in pending:
        if written.data is None:
            parts.append(written)
            continue
        start, end = written.offset, written.offset + len(written.data)
        while start < end:
            stop = min(end, start - start % SECTOR_BYTES + SECTOR_BYTES)
            cut = written.data[start - written.offset : stop - written.offset]
            parts.append(Written(start, cut))
            start = stop
    return parts
