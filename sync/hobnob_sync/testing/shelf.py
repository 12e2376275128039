"""What both stores in memory keep alike: logs, cells, the index of ids, small values.

A copy is shallow: entries and cells are frozen values.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hobnob_protocol.ids import EventId, StreamId
from hobnob_sync.gapless import Run
from hobnob_sync.keys import (
    Cell,
    CellKey,
    CellsKey,
    EachCellKey,
    EachCellsKey,
    Entry,
    Key,
    KnownKey,
    Loaded,
    RangeKey,
)


@dataclass(slots=True)
class Nouns:
    """The cells of one noun of one stream, with their keys in order."""

    cells: dict[bytes, Cell] = field(default_factory=dict[bytes, Cell])
    keys: list[bytes] = field(default_factory=list[bytes])

    def put(self, key: bytes, cell: Cell | None) -> None:
        """Write or remove one."""
        if cell is None:
            if self.cells.pop(key, None) is not None:
                del self.keys[bisect_left(self.keys, key)]
        else:
            if key not in self.cells:
                self.keys.insert(bisect_left(self.keys, key), key)
            self.cells[key] = cell

    def scan(self, prefix: bytes) -> tuple[tuple[bytes, Cell], ...]:
        """Those under a prefix, in key order."""
        found: list[tuple[bytes, Cell]] = []
        for index in range(bisect_left(self.keys, prefix), len(self.keys)):
            key = self.keys[index]
            if not key.startswith(prefix):
                break
            found.append((key, self.cells[key]))
        return tuple(found)

    def copy(self) -> "Nouns":
        """A copy that shares the cells."""
        return Nouns(dict(self.cells), list(self.keys))


@dataclass(slots=True)
class Log:
    """One stream's entries; `entries[i]` has seq `first + i`."""

    first: int
    entries: list[Entry] = field(default_factory=list[Entry])

    def at(self, seq: int) -> int:
        """The index of a seq."""
        return seq - self.first

    def range(self, first_seq: int, limit: int, size_bytes: int) -> tuple[Entry, ...]:
        """Entries from `first_seq` within both bounds, but at least one if there is one."""
        start = self.at(max(first_seq, self.first))
        if limit == 1:
            return tuple(self.entries[start : start + 1])
        found: list[Entry] = []
        used = 0
        for entry in self.entries[start : start + limit]:
            used += len(entry.event)
            if found and used > size_bytes:
                break
            found.append(entry)
        return tuple(found)

    def join(self, entries: list[Entry]) -> None:
        """Append at either end; the store has seen that it leaves no hole."""
        if len(entries) > 1:
            entries = sorted(entries, key=lambda entry: entry.seq)
        if not self.entries:
            self.first = entries[0].seq
        below = bisect_left(entries, self.first, key=lambda entry: entry.seq)
        self.entries += entries[below:]
        if below:
            self.entries[:0] = entries[:below]
            self.first = entries[0].seq

    def strip(self, seq: int, event: bytes) -> None:
        """Put other bytes in an entry's place, if it is held."""
        index = self.at(seq)
        if 0 <= index < len(self.entries):
            old = self.entries[index]
            self.entries[index] = Entry(old.seq, old.at_ms, old.event_id, old.head, event)

    def copy(self) -> "Log":
        """A copy that shares the entries."""
        return Log(self.first, list(self.entries))


class Shelf:
    """What both stores keep alike: logs, cells, the index of ids, meta."""

    def __init__(self) -> None:
        self.logs: dict[StreamId, Log] = {}
        self.cells: dict[tuple[StreamId, str], Nouns] = {}
        self.known: dict[EventId, tuple[StreamId, int]] = {}
        self.meta: dict[str, bytes] = {}
        self._answer: dict[type[object], Callable[[Any], object]] = {
            KnownKey: lambda key: self.known.get(key.event),
            RangeKey: self._range,
            CellKey: self._cell,
            CellsKey: self._cells,
            EachCellKey: self._each_cell,
            EachCellsKey: self._each_cells,
        }

    def load(self, keys: Sequence[Key[object]]) -> Loaded:
        """Answer every key."""
        answer = self._answer
        return Loaded({key: answer[type(key)](key) for key in keys})

    def _range(self, key: RangeKey) -> tuple[Entry, ...]:
        log = self.logs.get(key.stream)
        return () if log is None else log.range(key.first_seq, key.limit, key.size_bytes)

    def _cell(self, key: CellKey) -> Cell | None:
        nouns = self.cells.get((key.stream, key.noun))
        return None if nouns is None else nouns.cells.get(key.key)

    def _cells(self, key: CellsKey) -> tuple[tuple[bytes, Cell], ...]:
        nouns = self.cells.get((key.stream, key.noun))
        return () if nouns is None else nouns.scan(key.prefix)

    def _each_cell(self, key: EachCellKey) -> dict[bytes, Cell]:
        nouns = self.cells.get((key.stream, key.noun), Nouns())
        return {name: nouns.cells[name] for name in key.keys if name in nouns.cells}

    def _each_cells(self, key: EachCellsKey) -> dict[bytes, tuple[tuple[bytes, Cell], ...]]:
        nouns = self.cells.get((key.stream, key.noun), Nouns())
        found = ((prefix, nouns.scan(prefix)) for prefix in key.prefixes)
        return {prefix: cells for prefix, cells in found if cells}

    def resident(self, nouns: frozenset[str]) -> tuple[tuple[StreamId, str, bytes, Cell], ...]:
        """All cells of some nouns, by stream, noun and key."""
        return tuple(
            (stream, noun, key, shelf.cells[key])
            for (stream, noun), shelf in sorted(self.cells.items(), key=lambda item: item[0])
            if noun in nouns
            for key in shelf.keys
        )

    def put_cells(self, cells: Mapping[tuple[StreamId, str, bytes], Cell | None]) -> None:
        """Write or remove cells."""
        for (stream, noun, key), cell in cells.items():
            place = (stream, noun)
            shelf = self.cells.get(place)
            if shelf is None:
                shelf = self.cells[place] = Nouns()
            shelf.put(key, cell)

    def held(self, stream: StreamId) -> Run | None:
        """The seqs of a stream that are there."""
        log = self.logs.get(stream)
        return None if log is None else (log.first, log.first + len(log.entries) - 1)

    def follows(self, stream: StreamId, entry: Entry) -> bool:
        """Is `entry` the one after the last of what is held? Most that come are."""
        log = self.logs.get(stream)
        return log is not None and entry.seq == log.first + len(log.entries)

    def put_entries(self, entries: Sequence[tuple[StreamId, Entry]]) -> None:
        """Write entries and index their ids; the store has seen that they leave no hole."""
        if len(entries) == 1 and self.follows(*entries[0]):
            self.logs[entries[0][0]].entries.append(entries[0][1])
        else:
            for stream, joining in entries_by_stream(entries).items():
                log = self.logs.get(stream)
                if log is None:
                    log = self.logs[stream] = Log(joining[0].seq)
                log.join(joining)
        for stream, entry in entries:
            self.known[entry.event_id] = (stream, entry.seq)

    def put_strips(self, strips: Iterable[tuple[StreamId, int, bytes]]) -> None:
        """Put other bytes in entries' places; what is not held needs none."""
        for stream, seq, event in strips:
            log = self.logs.get(stream)
            if log is not None:
                log.strip(seq, event)

    def put_meta(self, meta: Mapping[str, bytes]) -> None:
        """Write small values, or remove those that are empty."""
        for name, value in meta.items():
            if value:
                self.meta[name] = value
            else:
                self.meta.pop(name, None)

    def drop_cells(self, stream: StreamId) -> None:
        """Forget all cells of a stream."""
        for place in [place for place in self.cells if place[0] == stream]:
            del self.cells[place]

    def copy_shelf(self) -> tuple[object, ...]:
        """The shelf's part of a snapshot."""
        return (
            {stream: log.copy() for stream, log in self.logs.items()},
            {place: nouns.copy() for place, nouns in self.cells.items()},
            dict(self.known),
            dict(self.meta),
        )

    def load_shelf(self, copied: tuple[Any, ...]) -> None:
        """Take over a snapshot's part."""
        logs, cells, known, meta = copied
        self.logs = {stream: log.copy() for stream, log in logs.items()}
        self.cells = {place: nouns.copy() for place, nouns in cells.items()}
        self.known = dict(known)
        self.meta = dict(meta)


def entries_by_stream(entries: Iterable[tuple[StreamId, Entry]]) -> dict[StreamId, list[Entry]]:
    """Some entries, stream by stream."""
    joining: dict[StreamId, list[Entry]] = {}
    for stream, entry in entries:
        joining.setdefault(stream, []).append(entry)
    return joining
