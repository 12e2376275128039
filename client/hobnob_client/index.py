"""Keeps the searchable texts: what `text` and its index hold follows the log and its cells.

A batch of the log's newest unindexed events is taken at a time, in one transaction with the mark of
how far it came, so a crash repeats or loses nothing. It runs behind the pages: on a first big sync
text is readable before it can be found. Whatever an event may have changed is derived anew from the
cells and put in place of what was there, so any order and any repetition gives the same texts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hobnob_client.term_safe import body as safe_body
from hobnob_client.texts import Text, TextRows
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import StreamId, TargetId, target_of
from hobnob_protocol.limits import EVENT_BYTES_MAX
from hobnob_protocol.registry import Registry
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Entry, RangeKey, ReplicaStream, ReplicaTransaction
from hobnob_sync.ports_sql import Database
from hobnob_sync.shelf_sql import SqlShelf
from hobnob_sync.views import message

BATCH_EVENTS: Final = 500
"""Events of one transaction: a page's worth, some ten milliseconds."""

INDEXED: Final = "SELECT stream, lo, hi FROM indexed"
PUT_INDEXED: Final = "INSERT OR REPLACE INTO indexed (stream, lo, hi) VALUES (?, ?, ?)"
DROP_INDEXED: Final = "DELETE FROM indexed WHERE stream = ?"


@dataclass(frozen=True, slots=True)
class Batch:
    """Events from `first` to `last` of a stream, and the marks once they are indexed."""

    stream: StreamId
    first: int
    last: int
    lo: int
    hi: int


class TextIndex:
    """The searchable texts of one replica, on the connection its pages are written with."""

    def __init__(self, shelf: SqlShelf, database: Database, registry: Registry) -> None:
        self._shelf = shelf
        self._database = database
        self._registry = registry
        self._rows = TextRows(database)

    def follow(self, transaction: ReplicaTransaction) -> None:
        """Inside the transaction that writes this: what is purged or erased cannot be found."""
        gone = (*transaction.purges, *(stream for stream, _ in transaction.orphaned))
        for stream in dict.fromkeys(gone):
            self._rows.drop_stream(stream)
            self._database.run(DROP_INDEXED, [(stream,)])
        for stream, seq, _ in transaction.strips:
            for entry in self._shelf.load((RangeKey(stream, seq, 1, 1),)).get(
                RangeKey(stream, seq, 1, 1)
            ):
                if entry.seq == seq:
                    self._rows.drop(stream, (target_of(entry.event_id),))

    def advance(self, streams: Mapping[StreamId, ReplicaStream]) -> bool:
        """Index one batch; False where everything that is held is indexed."""
        with self._database.transaction():
            batch = self._next(streams)
            if batch is None:
                return False
            key = RangeKey(
                batch.stream,
                batch.first,
                batch.last - batch.first + 1,
                BATCH_EVENTS * EVENT_BYTES_MAX,
            )
            entries = self._shelf.load((key,)).get(key)
            self._put(batch.stream, self._touched(entries))
            self._database.run(PUT_INDEXED, [(batch.stream, batch.lo, batch.hi)])
        return True

    def _next(self, streams: Mapping[StreamId, ReplicaStream]) -> Batch | None:
        """What comes first: what is newer than the marks, then what is older; newest first."""
        marks = {stream: (lo, hi) for stream, lo, hi in self._database.query(INDEXED)}
        older: Batch | None = None
        for row in streams.values():
            if row.stream[:2] != b"c:" or row.hi < row.lo:
                continue
            lo, hi = marks.get(row.stream, (row.hi + 1, row.hi))
            if hi < row.hi:
                last = min(row.hi, hi + BATCH_EVENTS)
                return Batch(row.stream, hi + 1, last, lo, last)
            if lo > row.lo and older is None:
                first = max(row.lo, lo - BATCH_EVENTS)
                older = Batch(row.stream, first, lo - 1, first, hi)
        return older

    def _touched(self, entries: Iterable[Entry]) -> dict[TargetId, None]:
        """The messages these events are or act upon."""
        touched: dict[TargetId, None] = {}
        for entry in entries:
            try:
                event = decode_event(entry.event)
                kind = self._registry.get(event.header.kind)
                if kind is None:
                    continue
                if kind.root:
                    touched[target_of(entry.event_id)] = None
                elif kind.target and not event.is_stub:
                    said = self._registry.decode(kind.number, event.body)
                    touched[TargetId(getattr(said, kind.target))] = None
            except ProtocolError:
                # Rot in the log is found and mended elsewhere.
                continue
        return touched

    def _put(self, stream: StreamId, touched: Iterable[TargetId]) -> None:
        targets = tuple(touched)
        cells = Overlay(stream, self._shelf.load(message.asks_each(stream, targets)))
        self._rows.drop(stream, targets)
        found = [(target, message.view(cells, target)) for target in targets]
        self._rows.put(
            stream,
            [
                Text(shown.at_ms, target, shown.author, shown.thread or b"", safe_body(shown.text))
                for target, shown in found
                if shown is not None and shown.dead is None and shown.hidden is None and shown.text
            ],
        )
