"""Stores in memory: the reference for every other store, and what simulations run on.

A snapshot is a shallow copy: entries, cells and rows are frozen values.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import DeviceId, EventId, StreamId, TargetId
from hobnob_sync.ports import (
    Cell,
    CellKey,
    CellsKey,
    DeviceRow,
    Entry,
    ErasedKey,
    HubImage,
    HubTransaction,
    Key,
    KnownKey,
    LineageRow,
    Loaded,
    OrphanRow,
    OutboxRow,
    RangeKey,
    RefusedKey,
    ReplicaImage,
    ReplicaStream,
    ReplicaTransaction,
    StreamRow,
    Target,
    TargetKey,
    TrayRow,
    UnreadKey,
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

    def put(self, entry: Entry) -> None:
        """Append at either end; anything else would leave a hole."""
        if not self.entries:
            self.first = entry.seq
            self.entries.append(entry)
        elif entry.seq == self.first + len(self.entries):
            self.entries.append(entry)
        elif entry.seq == self.first - 1:
            self.first = entry.seq
            self.entries.insert(0, entry)
        else:
            raise UsageError(f"entry {entry.seq} leaves a hole")

    def strip(self, seq: int, event: bytes) -> None:
        """Put other bytes in an entry's place."""
        index = self.at(seq)
        old = self.entries[index]
        self.entries[index] = Entry(old.seq, old.at_ms, old.event_id, old.head, event)

    def copy(self) -> "Log":
        """A copy that shares the entries."""
        return Log(self.first, list(self.entries))


class _Shelf:
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

    def resident(self, nouns: frozenset[str]) -> tuple[tuple[StreamId, str, bytes, Cell], ...]:
        """All cells of some nouns, by stream, noun and key."""
        return tuple(
            (stream, noun, key, shelf.cells[key])
            for (stream, noun), shelf in sorted(self.cells.items(), key=lambda item: item[0])
            if noun in nouns
            for key in shelf.keys
        )

    def put_cells(self, cells: dict[tuple[StreamId, str, bytes], Cell | None]) -> None:
        """Write or remove cells."""
        for (stream, noun, key), cell in cells.items():
            place = (stream, noun)
            shelf = self.cells.get(place)
            if shelf is None:
                shelf = self.cells[place] = Nouns()
            shelf.put(key, cell)

    def put_entry(self, stream: StreamId, entry: Entry) -> None:
        """Append to a log and index the id."""
        log = self.logs.get(stream)
        if log is None:
            log = self.logs[stream] = Log(entry.seq)
        log.put(entry)
        self.known[entry.event_id] = (stream, entry.seq)

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


class MemoryEventStore(_Shelf):
    """The hub's store in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.streams: dict[StreamId, StreamRow] = {}
        self.devices: dict[DeviceId, DeviceRow] = {}
        self.targets: dict[tuple[StreamId, TargetId], Target] = {}
        self.by_seq: dict[StreamId, list[tuple[int, TargetId]]] = {}
        self.refused: dict[tuple[DeviceId, int], tuple[EventId, str]] = {}
        self.erased: dict[EventId, None] = {}
        self.lineage: tuple[LineageRow, ...] = ()
        self._answer[TargetKey] = lambda key: self.targets.get((key.stream, key.target))
        self._answer[RefusedKey] = lambda key: self.refused.get((key.device, key.push_no))
        self._answer[ErasedKey] = lambda key: key.event in self.erased
        self._answer[UnreadKey] = self._unread

    def _unread(self, key: UnreadKey) -> tuple[int, int]:
        unread = mentions = 0
        order = self.by_seq.get(key.stream, [])
        for index in range(bisect_right(order, (key.after_seq, b"\xff" * 16)), len(order)):
            target = self.targets[(key.stream, order[index][1])]
            if target.live and target.account != key.account:
                unread += 1
                mentions += key.account in target.mentions
        return unread, mentions

    def boot(self, nouns: frozenset[str]) -> HubImage:
        """Everything small, with the cells of `nouns`."""
        return HubImage(
            tuple(self.streams.values()),
            tuple(self.devices.values()),
            self.lineage,
            self.resident(nouns),
            dict(self.meta),
        )

    def commit(self, transaction: HubTransaction) -> None:
        """Take it all."""
        for stream, entry in transaction.entries:
            self.put_entry(stream, entry)
        for stream, seq, event in transaction.strips:
            self.logs[stream].strip(seq, event)
        self.streams.update(transaction.streams)
        self.put_cells(transaction.cells)
        for (stream, name), target in transaction.targets.items():
            if (stream, name) not in self.targets:
                order = self.by_seq.setdefault(stream, [])
                order.insert(bisect_left(order, (target.seq, name)), (target.seq, name))
            self.targets[(stream, name)] = target
        self.devices.update(transaction.devices)
        for device, push_no, event_id, code in transaction.refused:
            self.refused[(device, push_no)] = (event_id, code)
        for event_id in transaction.erased:
            self.erased[event_id] = None
        if transaction.lineage is not None:
            self.lineage = tuple(transaction.lineage)
        self.meta.update(transaction.meta)

    def snapshot(self) -> object:
        """All there is, as a backup."""
        return (
            self.copy_shelf(),
            dict(self.streams),
            dict(self.devices),
            dict(self.targets),
            {stream: list(order) for stream, order in self.by_seq.items()},
            dict(self.refused),
            dict(self.erased),
            self.lineage,
        )

    def restore(self, snapshot: object) -> None:
        """Become what a snapshot was."""
        shelf, streams, devices, targets, by_seq, refused, erased, lineage = cast(
            "tuple[Any, ...]", snapshot
        )
        self.load_shelf(shelf)
        self.streams = dict(streams)
        self.devices = dict(devices)
        self.targets = dict(targets)
        self.by_seq = {stream: list(order) for stream, order in by_seq.items()}
        self.refused = dict(refused)
        self.erased = dict(erased)
        self.lineage = lineage


class MemoryReplicaStore(_Shelf):
    """The client's store in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.streams: dict[StreamId, ReplicaStream] = {}
        self.context: dict[StreamId, dict[int, Entry]] = {}
        self.outbox: dict[int, OutboxRow] = {}
        self.tray: dict[int, TrayRow] = {}
        self.orphans: dict[EventId, OrphanRow] = {}

    def boot(self, nouns: frozenset[str]) -> ReplicaImage:
        """Everything small, with the cells of `nouns`."""
        return ReplicaImage(
            tuple(self.streams.values()),
            tuple(row for _, row in sorted(self.outbox.items())),
            tuple(row for _, row in sorted(self.tray.items())),
            tuple(sorted(self.orphans.values(), key=lambda row: (row.stream, row.seq))),
            self.resident(nouns),
            {key: value for key, value in self.meta.items() if value},
        )

    def commit(self, transaction: ReplicaTransaction) -> None:
        """Take it all, in the order the port names."""
        for stream in transaction.purges:
            self._drop_log(stream, 0, keep_orphans=False)
            self.drop_cells(stream)
            self.streams.pop(stream, None)
            self.context.pop(stream, None)
        for stream, above in transaction.orphaned:
            self._drop_log(stream, above, keep_orphans=True)
            self.drop_cells(stream)
            self.context.pop(stream, None)
        for stream, entry in self._placed(transaction.entries):
            self.put_entry(stream, entry)
        for stream, seq, event in transaction.strips:
            self.logs[stream].strip(seq, event)
        self.streams.update(transaction.streams)
        self.put_cells(transaction.cells)
        for stream, entry in transaction.context:
            self.context.setdefault(stream, {})[entry.seq] = entry
        _put_rows(self.outbox, transaction.outbox)
        _put_rows(self.tray, transaction.tray)
        _put_rows(self.orphans, transaction.orphans)
        self.meta.update(transaction.meta)

    def _placed(self, entries: list[tuple[StreamId, Entry]]) -> list[tuple[StreamId, Entry]]:
        """History comes in ascending order and is joined to a log from below."""
        below = [
            item
            for item in entries
            if (log := self.logs.get(item[0])) and log.entries and item[1].seq < log.first
        ]
        if not below:
            return entries
        return [item for item in entries if item not in below] + below[::-1]

    def _drop_log(self, stream: StreamId, above: int, keep_orphans: bool) -> None:
        log = self.logs.get(stream)
        if log is None:
            return
        kept = max(0, log.at(above + 1))
        for entry in log.entries[kept:]:
            self.known.pop(entry.event_id, None)
            if keep_orphans:
                self.orphans[entry.event_id] = OrphanRow(
                    stream, entry.seq, entry.at_ms, entry.event_id, entry.event
                )
        del log.entries[kept:]
        if not log.entries:
            del self.logs[stream]

    def snapshot(self) -> object:
        """All there is, as a copy of the file."""
        return (
            self.copy_shelf(),
            dict(self.streams),
            {stream: dict(entries) for stream, entries in self.context.items()},
            dict(self.outbox),
            dict(self.tray),
            dict(self.orphans),
        )

    def restore(self, snapshot: object) -> None:
        """Become what a snapshot was."""
        shelf, streams, context, outbox, tray, orphans = cast("tuple[Any, ...]", snapshot)
        self.load_shelf(shelf)
        self.streams = dict(streams)
        self.context = {stream: dict(entries) for stream, entries in context.items()}
        self.outbox = dict(outbox)
        self.tray = dict(tray)
        self.orphans = dict(orphans)


def _put_rows(table: dict[Any, Any], rows: dict[Any, Any]) -> None:
    for key, row in rows.items():
        if row is None:
            table.pop(key, None)
        else:
            table[key] = row
