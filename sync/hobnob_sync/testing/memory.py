"""Stores in memory: the reference for every other store, and what simulations run on.

A snapshot is a shallow copy: entries, cells and rows are frozen values.
"""

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import islice
from typing import Any, cast

from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import DeviceId, EventId, StreamId, TargetId
from hobnob_sync.gapless import appended, extended
from hobnob_sync.keys import ORPHANS_AT_ONCE
from hobnob_sync.ports import (
    ContextKey,
    DeviceRow,
    Entry,
    ErasedKey,
    HistoryKey,
    HubImage,
    HubTransaction,
    LineageRow,
    OrphanRow,
    OrphansKey,
    OutboxRow,
    RefusedKey,
    ReplicaImage,
    ReplicaStream,
    ReplicaTransaction,
    RootsKey,
    SealRecordRow,
    SealRecordsKey,
    StreamRow,
    Target,
    TargetKey,
    TrayRow,
    UnreadKey,
)
from hobnob_sync.testing.shelf import Shelf, entries_by_stream


class MemoryEventStore(Shelf):
    """The hub's store in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.streams: dict[StreamId, StreamRow] = {}
        self.numbers: dict[int, StreamId] = {}
        self.devices: dict[DeviceId, DeviceRow] = {}
        self.targets: dict[tuple[StreamId, TargetId], Target] = {}
        self.by_seq: dict[StreamId, list[tuple[int, TargetId]]] = {}
        self.refused: dict[tuple[DeviceId, int], tuple[EventId, str]] = {}
        self.erased: dict[EventId, None] = {}
        self.seal_records: dict[DeviceId, SealRecordRow] = {}
        self.lineage: tuple[LineageRow, ...] = ()
        self._answer[TargetKey] = lambda key: self.targets.get((key.stream, key.target))
        self._answer[RefusedKey] = lambda key: self.refused.get((key.device, key.push_no))
        self._answer[ErasedKey] = lambda key: key.event in self.erased
        self._answer[UnreadKey] = self._unread
        self._answer[RootsKey] = self._roots
        self._answer[HistoryKey] = self._history
        self._answer[SealRecordsKey] = self._seal_records

    def _unread(self, key: UnreadKey) -> tuple[int, int]:
        unread = mentions = 0
        order = self.by_seq.get(key.stream, [])
        for index in range(bisect_right(order, (key.after_seq, b"\xff" * 16)), len(order)):
            target = self.targets[(key.stream, order[index][1])]
            if target.live and target.account != key.account:
                unread += 1
                mentions += key.account in target.mentions
        return unread, mentions

    def _roots(self, key: RootsKey) -> tuple[Entry, ...]:
        order = self.by_seq.get(key.stream, [])
        seqs: dict[int, None] = {}
        for index in range(bisect_left(order, (key.first_seq, b"")), len(order)):
            seq, name = order[index]
            if seq > key.last_seq:
                break
            said = self.targets[(key.stream, name)]
            root = self.targets.get((key.stream, said.thread)) if said.thread else None
            if root is None or not said.live or not root.live or root.seq <= key.floor:
                continue
            seqs.update(dict.fromkeys((root.seq, root.title_seq)))
        log = self.logs.get(key.stream)
        newest = sorted((seq for seq in seqs if 0 < seq < key.before_seq), reverse=True)
        found = [log.entries[log.at(seq)] for seq in newest[: key.limit]] if log else []
        return key.fitting(found)

    def _history(self, key: HistoryKey) -> tuple[Entry, ...]:
        log = self.logs.get(key.stream)
        if log is None:
            return ()
        first = max(0, log.at(key.first_seq))
        before = min(len(log.entries), max(0, log.at(key.before_seq)))
        found: list[Entry] = []
        left_bytes = key.size_bytes
        for entry in reversed(log.entries[max(first, before - key.limit) : before]):
            left_bytes -= len(entry.event)
            if found and left_bytes < 0:
                break
            found.append(entry)
        return tuple(reversed(found))

    def _seal_records(self, key: SealRecordsKey) -> tuple[SealRecordRow, ...]:
        rows = sorted(self.seal_records.items())
        return tuple(row for _, row in rows if row.account == key.account)

    def boot(self, nouns: frozenset[str]) -> HubImage:
        """Everything small, with the cells of `nouns`."""
        return HubImage(
            tuple(sorted(self.streams.values(), key=lambda row: row.number)),
            tuple(row for _, row in sorted(self.devices.items())),
            self.lineage,
            self.resident(nouns),
            dict(self.meta),
        )

    def commit(self, transaction: HubTransaction) -> None:
        """Take it all, or nothing where it asks for what no store may hold."""
        self._refuse(transaction)
        self.put_entries(transaction.entries)
        self.put_strips(transaction.strips)
        for stream, row in transaction.streams.items():
            self.numbers[row.number] = stream
            self.streams[stream] = row
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
        _put_rows(self.seal_records, transaction.seal_records)
        if transaction.lineage is not None:
            self.lineage = tuple(
                LineageRow(row.epoch, tuple(sorted(row.forks))) for row in transaction.lineage
            )
        self.put_meta(transaction.meta)

    def _refuse(self, transaction: HubTransaction) -> None:
        entries = transaction.entries
        if len(entries) != 1 or not self.follows(*entries[0]):
            for stream, joining in entries_by_stream(entries).items():
                held = self.held(stream)
                appended(held[1] if held else 0, [entry.seq for entry in joining])
        fresh: dict[EventId, None] = {}
        for _, entry in entries:
            if entry.event_id in self.known or entry.event_id in fresh:
                raise UsageError(f"event {entry.event_id.hex()} is there twice")
            fresh[entry.event_id] = None
        numbers: dict[int, StreamId] = {}
        for stream, row in transaction.streams.items():
            if self.numbers.get(row.number, stream) != stream or row.number in numbers:
                raise UsageError(f"two streams have the number {row.number}")
            numbers[row.number] = stream

    def snapshot(self) -> object:
        """All there is, as a backup."""
        return (
            self.copy_shelf(),
            dict(self.streams),
            dict(self.numbers),
            dict(self.devices),
            dict(self.targets),
            {stream: list(order) for stream, order in self.by_seq.items()},
            dict(self.refused),
            dict(self.erased),
            dict(self.seal_records),
            self.lineage,
        )

    def restore(self, snapshot: object) -> None:
        """Become what a snapshot was."""
        shelf, streams, numbers, devices, targets, by_seq, refused, erased, records, lineage = cast(
            "tuple[Any, ...]", snapshot
        )
        self.load_shelf(shelf)
        self.streams = dict(streams)
        self.numbers = dict(numbers)
        self.devices = dict(devices)
        self.targets = dict(targets)
        self.by_seq = {stream: list(order) for stream, order in by_seq.items()}
        self.refused = dict(refused)
        self.erased = dict(erased)
        self.seal_records = dict(records)
        self.lineage = lineage


class MemoryReplicaStore(Shelf):
    """The client's store in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.streams: dict[StreamId, ReplicaStream] = {}
        self.context: dict[StreamId, dict[int, Entry]] = {}
        self.outbox: dict[int, OutboxRow] = {}
        self.tray: dict[int, TrayRow] = {}
        self.orphans: dict[EventId, OrphanRow] = {}
        self._answer[ContextKey] = self._context
        self._answer[OrphansKey] = self._orphans_after

    def _context(self, key: ContextKey) -> tuple[Entry, ...]:
        return tuple(entry for _, entry in sorted(self.context.get(key.stream, {}).items()))

    def _orphans_after(self, key: OrphansKey) -> tuple[OrphanRow, ...]:
        rows = sorted(self.orphans.values(), key=lambda row: row.place)
        found = (row for row in rows if key.after is None or row.place > key.after)
        return tuple(islice(found, ORPHANS_AT_ONCE + 1))

    def boot(self, nouns: frozenset[str]) -> ReplicaImage:
        """Everything small, with the cells of `nouns`."""
        return ReplicaImage(
            tuple(row for _, row in sorted(self.streams.items())),
            tuple(row for _, row in sorted(self.outbox.items())),
            tuple(row for _, row in sorted(self.tray.items())),
            self._orphans_after(OrphansKey(None)),
            self.resident(nouns),
            dict(self.meta),
        )

    def commit(self, transaction: ReplicaTransaction) -> None:
        """Take it all, in the order the port names, or nothing where a log would have a hole."""
        self._refuse(transaction)
        for stream in transaction.purges:
            self._drop_log(stream, 0)
            self.drop_cells(stream)
            self.streams.pop(stream, None)
            self.context.pop(stream, None)
        for stream, above in transaction.orphaned:
            for entry in self._drop_log(stream, above):
                self.orphans[entry.event_id] = OrphanRow(
                    stream, entry.seq, entry.at_ms, entry.event_id, entry.event
                )
            self.drop_cells(stream)
            self.context.pop(stream, None)
        self.put_entries(transaction.entries)
        for stream, entry in transaction.entries:
            self.context.get(stream, {}).pop(entry.seq, None)
        for stream, entry in transaction.context:
            self.context.setdefault(stream, {})[entry.seq] = entry
        self.put_strips(transaction.strips)
        for stream, seq, event in transaction.strips:
            beside = self.context.get(stream, {})
            if seq in beside:
                beside[seq] = replace(beside[seq], event=event)
        self.streams.update(transaction.streams)
        self.put_cells(transaction.cells)
        _put_rows(self.outbox, transaction.outbox)
        _put_rows(self.tray, transaction.tray)
        for event_id in [
            row.event_id for row in self.orphans.values() if row.stream in transaction.unoffered
        ]:
            del self.orphans[event_id]
        _put_rows(self.orphans, transaction.orphans)
        self.put_meta(transaction.meta)

    def _refuse(self, transaction: ReplicaTransaction) -> None:
        cuts = dict.fromkeys(transaction.purges, 0)
        for stream, above in transaction.orphaned:
            cuts[stream] = min(above, cuts.get(stream, above))
        for stream, joining in entries_by_stream(transaction.entries).items():
            held = self.held(stream)
            if held is not None and stream in cuts:
                lo, hi = held[0], min(held[1], cuts[stream])
                held = (lo, hi) if lo <= hi else None
            extended(held, [entry.seq for entry in joining])

    def _drop_log(self, stream: StreamId, above: int) -> list[Entry]:
        log = self.logs.get(stream)
        if log is None:
            return []
        kept = max(0, log.at(above + 1))
        dropped = log.entries[kept:]
        for entry in dropped:
            self.known.pop(entry.event_id, None)
        del log.entries[kept:]
        if not log.entries:
            del self.logs[stream]
        return dropped

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
