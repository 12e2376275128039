"""The hub's event store on SQLite: one commit is one transaction and one fsync."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any, Final

from hobnob_protocol.ids import DeviceId, StreamId, TargetId
from hobnob_server.store.database import SqliteDatabase
from hobnob_server.store.ledger import SqliteLedger
from hobnob_sync.gapless import appended
from hobnob_sync.ports import (
    DeviceRow,
    Entry,
    ErasedKey,
    HistoryKey,
    HubImage,
    HubTransaction,
    LineageRow,
    RefusedKey,
    RootsKey,
    SealRecordRow,
    SealRecordsKey,
    StreamRow,
    Target,
    TargetKey,
    UnreadKey,
)
from hobnob_sync.ports_sql import (
    FULL,
    Database,
    Row,
    Schema,
    cut_write_ahead_log,
    migrations_in,
    prepare,
)
from hobnob_sync.shelf_sql import CHUNK_ROWS, SqlShelf, by_stream, of_many

_HERE: Final = Path(__file__).parent
SCHEMA: Final = Schema(
    application_id=0x686F6268,  # "hobh"
    newest=(_HERE / "schema.sql").read_text(),
    migrations=migrations_in(_HERE / "migrations"),
)

CACHE_KIB: Final = 16_384
"""Pages kept in memory. Ids fall anywhere in an index, so that a commit of a thousand messages
writes to a thousand places: SQLite's 2 MB hold the ends of 20,000 messages, this ten times that."""
WRITE_AHEAD_PAGES: Final = 4_000
"""Pages of the write-ahead log (16 MB) before they are copied into the database: with SQLite's
1,000 each commit of a thousand messages would be, and most pages again and again."""

_LAST: Final = b"\xff" * 16
"""Ends the last id that could begin with a target: half of its bytes."""
# A target is the beginning of an id: `log_id` finds where it lies. Left to itself, SQLite takes the
# equal stream for the narrower way, and reads all that was ever said there.
TARGET: Final = """
    SELECT seq, target.account, kind, live, thread, dead, closed, title_seq
    FROM log INDEXED BY log_id CROSS JOIN target USING (stream, seq)
    WHERE log.id BETWEEN ?2 AND ?3 AND log.stream = ?1
"""
MENTIONED: Final = "SELECT account FROM mention WHERE stream = ? AND seq = ? ORDER BY place"
REFUSED: Final = "SELECT id, code FROM refused WHERE device = ? AND push_no = ?"
ERASED: Final = "SELECT 1 FROM erased WHERE id = ?"
# One step down the tree: on most hubs nothing ever was erased.
ERASED_ANY: Final = "SELECT max(id) FROM erased"
ERASED_MANY: Final = of_many("SELECT id FROM wanted CROSS JOIN erased USING (id)")
UNREAD: Final = """
    SELECT count(*) FROM target WHERE stream = ? AND seq > ? AND account <> ? AND live
"""
# The mentions lead: a member has few in a stream, a newcomer none, and the target of each is one
# step away.
MENTIONS: Final = """
    SELECT count(DISTINCT mention.seq)
    FROM mention CROSS JOIN target USING (stream, seq)
    WHERE mention.account = ? AND mention.stream = ?
        AND mention.seq > ? AND target.account <> ? AND target.live
"""
# The messages lead, as they lie; each one's root is two steps away. The roots lead the log: the
# other way round every page of history would read all that is older.
ROOTS: Final = f"""
    WITH named AS MATERIALIZED (
        SELECT DISTINCT thread FROM target
        WHERE stream = ?1 AND seq BETWEEN ?2 AND ?3 AND live AND thread IS NOT NULL
    ), root AS MATERIALIZED (
        SELECT target.seq, target.title_seq
        FROM named CROSS JOIN log AS begun INDEXED BY log_id CROSS JOIN target USING (stream, seq)
        WHERE begun.id BETWEEN named.thread AND CAST(named.thread || x'{_LAST.hex()}' AS BLOB)
            AND begun.stream = ?1 AND target.live AND target.seq > ?5
    )
    SELECT log.seq, log.at_ms, log.id, log.head, log.event
    FROM (SELECT seq FROM root UNION SELECT title_seq FROM root) AS wanted CROSS JOIN log
        ON log.stream = ?1 AND log.seq = wanted.seq
    WHERE wanted.seq < ?4
    ORDER BY log.seq DESC LIMIT ?6
"""
HISTORY: Final = """
    SELECT seq, at_ms, id, head, event
    FROM log WHERE stream = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?
"""
SEAL_RECORDS: Final = """
    SELECT device, account, not_before_seconds, record, signature
    FROM seal_record WHERE account = ? ORDER BY device
"""

STREAMS: Final = """
    SELECT stream, number, seq, head, at_ms, checkpoint_seq, checkpoint_ms
    FROM stream ORDER BY number
"""
DEVICES: Final = "SELECT device, last_push_no, replica FROM device ORDER BY device"
LINEAGE: Final = "SELECT epoch FROM lineage ORDER BY place"
FORKS: Final = "SELECT epoch, stream, seq, head FROM fork ORDER BY epoch, stream"

# One step down the tree.
LAST: Final = "SELECT max(seq) FROM log WHERE stream = ?"

# Not OR REPLACE: a number that another stream has must be an error, not that stream's end. Its own
# never changes: to set it would write the index of numbers anew with each commit.
PUT_STREAM: Final = """
    INSERT INTO stream (stream, number, seq, head, at_ms, checkpoint_seq, checkpoint_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (stream) DO UPDATE SET
        seq = excluded.seq, head = excluded.head, at_ms = excluded.at_ms,
        checkpoint_seq = excluded.checkpoint_seq, checkpoint_ms = excluded.checkpoint_ms
"""
PUT_TARGET: Final = """
    INSERT OR REPLACE INTO target
        (stream, seq, account, kind, thread, live, dead, closed, title_seq)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
PUT_MENTION: Final = """
    INSERT OR IGNORE INTO mention (stream, seq, place, account) VALUES (?, ?, ?, ?)
"""
PUT_DEVICE: Final = "INSERT OR REPLACE INTO device (device, last_push_no, replica) VALUES (?, ?, ?)"
PUT_REFUSED: Final = """
    INSERT OR REPLACE INTO refused (device, push_no, id, code) VALUES (?, ?, ?, ?)
"""
PUT_ERASED: Final = "INSERT OR IGNORE INTO erased (id) VALUES (?)"
PUT_SEAL_RECORD: Final = """
    INSERT OR REPLACE INTO seal_record (device, account, not_before_seconds, record, signature)
    VALUES (?, ?, ?, ?, ?)
"""
FORGET_SEAL_RECORD: Final = "DELETE FROM seal_record WHERE device = ?"
PUT_LINEAGE: Final = "INSERT INTO lineage (place, epoch) VALUES (?, ?)"
PUT_FORK: Final = "INSERT INTO fork (epoch, stream, seq, head) VALUES (?, ?, ?, ?)"


class SqliteEventStore(SqlShelf):
    """Keeps the contract of `EventStore`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        # Acknowledged is on the disk (P1).
        prepare(database, SCHEMA, FULL)
        database.query(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._uncut = False
        self.ledger = SqliteLedger(database)
        """Of matching, in the same file; what is written there is no part of the log."""
        database.query(f"PRAGMA wal_autocheckpoint = {WRITE_AHEAD_PAGES}")
        self._answer[TargetKey] = self._target
        self._answer[RefusedKey] = self._refused
        self._answer[ErasedKey] = self._erased
        self._answer[UnreadKey] = self._unread
        self._answer[RootsKey] = self._roots
        self._answer[HistoryKey] = self._history
        self._answer[SealRecordsKey] = self._seal_records
        self._answer_many[ErasedKey] = self._erased_many

    @classmethod
    def open(cls, path: str) -> "SqliteEventStore":
        """The store in the file `path`, made if it is not there."""
        database = SqliteDatabase(path)
        try:
            return cls(database)
        except BaseException:
            database.close()
            raise

    # Loading.

    def _target(self, key: TargetKey) -> object:
        rows = self._database.query(TARGET, (key.stream, key.target, key.target + _LAST))
        if not rows:
            return None
        seq, account, kind, live, thread, dead, closed, title_seq = rows[0]
        mentions = tuple(row[0] for row in self._database.query(MENTIONED, (key.stream, seq)))
        flags = (bool(dead), bool(closed), title_seq)
        return Target(seq, account, kind, bool(live), thread, mentions, *flags)

    def _refused(self, key: RefusedKey) -> object:
        rows = self._database.query(REFUSED, (key.device, key.push_no))
        return rows[0] if rows else None

    def _erased(self, key: ErasedKey) -> object:
        return bool(self._database.query(ERASED, (key.event,)))

    def _erased_many(self, keys: Sequence[ErasedKey]) -> Mapping[ErasedKey, object]:
        [(last,)] = self._database.query(ERASED_ANY)
        if last is None:
            return dict.fromkeys(keys, False)
        found = {row[0] for row in self.matching(ERASED_MANY, [key.event for key in keys])}
        return {key: key.event in found for key in keys}

    def _unread(self, key: UnreadKey) -> object:
        place = (key.stream, key.after_seq, key.account)
        unread = self._database.query(UNREAD, place)[0][0]
        mentioned = self._database.query(MENTIONS, (key.account, *place))[0][0]
        return unread, mentioned

    def _roots(self, key: RootsKey) -> object:
        place = (key.stream, key.first_seq, key.last_seq, key.before_seq, key.floor, key.limit)
        return key.fitting(Entry(*row) for row in self._database.query(ROOTS, place))

    def _history(self, key: HistoryKey) -> object:
        found: list[Row] = []
        left_bytes = key.size_bytes
        last_seq = key.before_seq - 1
        while len(found) < key.limit:
            limit = min(CHUNK_ROWS, key.limit - len(found))
            rows = self._database.query(HISTORY, (key.stream, key.first_seq, last_seq, limit))
            for row in rows:
                left_bytes -= len(row[4])
                if found and left_bytes < 0:
                    break
                found.append(row)
            if left_bytes < 0 or len(rows) < limit:
                break
            last_seq = found[-1][0] - 1
        return tuple([Entry(*row) for row in reversed(found)])

    def _seal_records(self, key: SealRecordsKey) -> object:
        return tuple(
            SealRecordRow(*row) for row in self._database.query(SEAL_RECORDS, (key.account,))
        )

    # Booting.

    def boot(self, nouns: frozenset[str]) -> HubImage:
        """Everything small, with the cells of `nouns`."""
        query = self._database.query
        with self._database.snapshot():
            forks: dict[bytes, list[Any]] = {}
            for epoch, *fork in query(FORKS):
                forks.setdefault(epoch, []).append(tuple(fork))
            return HubImage(
                tuple(StreamRow(*row) for row in query(STREAMS)),
                tuple(DeviceRow(*row) for row in query(DEVICES)),
                tuple(LineageRow(row[0], tuple(forks.get(row[0], ()))) for row in query(LINEAGE)),
                self.resident(nouns),
                self.meta(),
            )

    # Committing.

    def commit(self, transaction: HubTransaction) -> None:
        """Make all of it durable, or nothing."""
        run = self._database.run
        with self._database.transaction():
            self._append(transaction)
            run(PUT_STREAM, [_stream_row(row) for row in transaction.streams.values()])
            self._put_targets(transaction.targets)
            devices = transaction.devices.values()
            run(PUT_DEVICE, [(row.device, row.last_push_no, row.replica) for row in devices])
            run(PUT_REFUSED, transaction.refused)
            # Most commits have nothing of the rest.
            if transaction.strips:
                self.put_strips(transaction.strips)
            if transaction.cells:
                self.put_cells(transaction.cells)
            if transaction.erased:
                run(PUT_ERASED, [(event_id,) for event_id in transaction.erased])
            if transaction.seal_records:
                self._put_seal_records(transaction.seal_records)
            if transaction.lineage is not None:
                self._put_lineage(transaction.lineage)
            if transaction.meta:
                self.put_meta(transaction.meta)
        self._uncut = self._uncut or bool(transaction.strips)
        if self._uncut:
            self._uncut = not cut_write_ahead_log(self._database)

    def _append(self, transaction: HubTransaction) -> None:
        for stream, seqs in by_stream(transaction.entries).items():
            [(last_seq,)] = self._database.query(LAST, (stream,))
            appended(last_seq or 0, seqs)
        self.put_entries(transaction.entries)

    def _put_targets(self, targets: Mapping[tuple[StreamId, TargetId], Target]) -> None:
        run = self._database.run
        run(
            PUT_TARGET,
            [
                (
                    stream,
                    row.seq,
                    row.account,
                    row.kind,
                    row.thread,
                    row.live,
                    row.dead,
                    row.closed,
                    row.title_seq,
                )
                for (stream, _), row in targets.items()
            ],
        )
        run(
            PUT_MENTION,
            [
                (stream, row.seq, nth, account)
                for (stream, _), row in targets.items()
                for nth, account in enumerate(row.mentions)
            ],
        )

    def _put_seal_records(self, records: Mapping[DeviceId, SealRecordRow | None]) -> None:
        run = self._database.run
        run(FORGET_SEAL_RECORD, ((device,) for device, row in records.items() if row is None))
        run(PUT_SEAL_RECORD, (astuple(row) for row in records.values() if row is not None))

    def _put_lineage(self, lineage: Sequence[LineageRow]) -> None:
        run = self._database.run
        run("DELETE FROM fork", [()])
        run("DELETE FROM lineage", [()])
        run(PUT_LINEAGE, ((place, row.epoch) for place, row in enumerate(lineage)))
        run(PUT_FORK, ((row.epoch, *fork) for row in lineage for fork in row.forks))


def open_memory_sqlite() -> SqliteEventStore:
    """An empty store on SQLite that lives in memory: the same SQL without a disk."""
    return SqliteEventStore.open(":memory:")


def _stream_row(row: StreamRow) -> tuple[object, ...]:
    checkpoint = (row.checkpoint_seq, row.checkpoint_ms)
    return (row.stream, row.number, row.seq, row.head, row.at_ms, *checkpoint)
