"""The hub's event store on SQLite: one commit is one transaction and one fsync."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

from hobnob_protocol.ids import StreamId, TargetId
from hobnob_server.store.database import SqliteDatabase
from hobnob_sync.gapless import appended
from hobnob_sync.ports import (
    DeviceRow,
    Entry,
    ErasedKey,
    HubImage,
    HubTransaction,
    LineageRow,
    RefusedKey,
    RootsKey,
    StreamRow,
    Target,
    TargetKey,
    UnreadKey,
)
from hobnob_sync.ports_sql import FULL, Database, Schema, prepare
from hobnob_sync.shelf_sql import SqlShelf, by_stream, of_many

_COUNTING: Final = """
    DROP INDEX target_seq;
    CREATE INDEX target_seq ON target (stream, seq, account, live) WHERE live;
    CREATE INDEX mention_account ON mention (account, stream, target);
"""
SCHEMA: Final = Schema(
    application_id=0x686F6268,  # "hobh"
    newest=(files("hobnob_server.store") / "schema.sql").read_text(),
    migrations=(_COUNTING,),
)

TARGET: Final = """
    SELECT seq, account, kind, live, thread, dead, closed, title_seq
    FROM target WHERE stream = ? AND target = ?
"""
MENTIONED: Final = "SELECT account FROM mention WHERE stream = ? AND target = ? ORDER BY place"
REFUSED: Final = "SELECT id, code FROM refused WHERE device = ? AND push_no = ?"
ERASED: Final = "SELECT 1 FROM erased WHERE id = ?"
ERASED_MANY: Final = of_many("SELECT id FROM wanted CROSS JOIN erased USING (id)")
UNREAD: Final = """
    SELECT count(*) FROM target WHERE stream = ? AND seq > ? AND account <> ? AND live
"""
# The mentions lead: a member has few in a stream, a newcomer none, and the target of each is one
# step away.
MENTIONS: Final = """
    SELECT count(DISTINCT mention.target)
    FROM mention CROSS JOIN target USING (stream, target)
    WHERE mention.account = ? AND mention.stream = ?
        AND target.seq > ? AND target.account <> ? AND target.live
"""
# The messages lead, by the same index; each one's root is one step away. The roots lead the log:
# the other way round every page of history would read all that is older.
ROOTS: Final = """
    WITH root AS MATERIALIZED (
        SELECT root.seq, root.title_seq
        FROM target AS said CROSS JOIN target AS root
            ON root.stream = said.stream AND root.target = said.thread
        WHERE said.stream = ?1 AND said.seq BETWEEN ?2 AND ?3 AND said.live
            AND root.live AND root.seq > ?5
    )
    SELECT log.seq, log.at_ms, log.id, log.head, log.event
    FROM (SELECT seq FROM root UNION SELECT title_seq FROM root) AS wanted CROSS JOIN log
        ON log.stream = ?1 AND log.seq = wanted.seq
    WHERE wanted.seq < ?4
    ORDER BY log.seq DESC LIMIT ?6
"""

STREAMS: Final = """
    SELECT stream, number, seq, head, at_ms, checkpoint_seq, checkpoint_ms
    FROM stream ORDER BY number
"""
DEVICES: Final = "SELECT device, last_push_no, replica FROM device ORDER BY device"
LINEAGE: Final = "SELECT epoch FROM lineage ORDER BY place"
FORKS: Final = "SELECT epoch, stream, seq, head FROM fork ORDER BY epoch, stream"

# Not OR REPLACE: a number that another stream has must be an error, not that stream's end.
PUT_STREAM: Final = """
    INSERT INTO stream (stream, number, seq, head, at_ms, checkpoint_seq, checkpoint_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (stream) DO UPDATE SET
        number = excluded.number, seq = excluded.seq, head = excluded.head,
        at_ms = excluded.at_ms, checkpoint_seq = excluded.checkpoint_seq,
        checkpoint_ms = excluded.checkpoint_ms
"""
PUT_TARGET: Final = """
    INSERT OR REPLACE INTO target
        (stream, target, seq, account, kind, thread, live, dead, closed, title_seq)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
PUT_MENTION: Final = """
    INSERT OR IGNORE INTO mention (stream, target, place, account) VALUES (?, ?, ?, ?)
"""
PUT_DEVICE: Final = "INSERT OR REPLACE INTO device (device, last_push_no, replica) VALUES (?, ?, ?)"
PUT_REFUSED: Final = """
    INSERT OR REPLACE INTO refused (device, push_no, id, code) VALUES (?, ?, ?, ?)
"""
PUT_ERASED: Final = "INSERT OR IGNORE INTO erased (id) VALUES (?)"
PUT_LINEAGE: Final = "INSERT INTO lineage (place, epoch) VALUES (?, ?)"
PUT_FORK: Final = "INSERT INTO fork (epoch, stream, seq, head) VALUES (?, ?, ?, ?)"


class SqliteEventStore(SqlShelf):
    """Keeps the contract of `EventStore`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        # Acknowledged is on the disk (P1).
        prepare(database, SCHEMA, FULL)
        self._answer[TargetKey] = self._target
        self._answer[RefusedKey] = self._refused
        self._answer[ErasedKey] = self._erased
        self._answer[UnreadKey] = self._unread
        self._answer[RootsKey] = self._roots
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
        place = (key.stream, key.target)
        rows = self._database.query(TARGET, place)
        if not rows:
            return None
        seq, account, kind, live, thread, dead, closed, title_seq = rows[0]
        mentions = tuple(row[0] for row in self._database.query(MENTIONED, place))
        flags = (bool(dead), bool(closed), title_seq)
        return Target(seq, account, kind, bool(live), thread, mentions, *flags)

    def _refused(self, key: RefusedKey) -> object:
        rows = self._database.query(REFUSED, (key.device, key.push_no))
        return rows[0] if rows else None

    def _erased(self, key: ErasedKey) -> object:
        return bool(self._database.query(ERASED, (key.event,)))

    def _erased_many(self, keys: Sequence[ErasedKey]) -> Mapping[ErasedKey, object]:
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
            self.put_strips(transaction.strips)
            run(PUT_STREAM, (_stream_row(row) for row in transaction.streams.values()))
            self.put_cells(transaction.cells)
            self._put_targets(transaction.targets)
            devices = transaction.devices.values()
            run(PUT_DEVICE, ((row.device, row.last_push_no, row.replica) for row in devices))
            run(PUT_REFUSED, transaction.refused)
            run(PUT_ERASED, ((event_id,) for event_id in transaction.erased))
            if transaction.lineage is not None:
                self._put_lineage(transaction.lineage)
            self.put_meta(transaction.meta)

    def _append(self, transaction: HubTransaction) -> None:
        for stream, seqs in by_stream(transaction.entries).items():
            held = self.held(stream)
            appended(held[1] if held else 0, seqs)
        self.put_entries(transaction.entries)

    def _put_targets(self, targets: Mapping[tuple[StreamId, TargetId], Target]) -> None:
        run = self._database.run
        run(
            PUT_TARGET,
            (
                (
                    *(*place, row.seq, row.account, row.kind, row.thread),
                    *(row.live, row.dead, row.closed, row.title_seq),
                )
                for place, row in targets.items()
            ),
        )
        run(
            PUT_MENTION,
            (
                (*place, nth, account)
                for place, row in targets.items()
                for nth, account in enumerate(row.mentions)
            ),
        )

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
