"""The replica's store on SQLite: events, cells, cursor and outbox move in one transaction."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Final

from hobnob_client.store.cells import BY_SEQ, DROP_CELLS
from hobnob_client.store.database import SqliteDatabase
from hobnob_sync.client_engine.inputs import Refreshed
from hobnob_sync.gapless import extended
from hobnob_sync.keys import ORPHAN_RANKS, ORPHANS_AT_ONCE
from hobnob_sync.ports import (
    ContextKey,
    Entry,
    OrphanRow,
    OrphansKey,
    OutboxRow,
    ReplicaImage,
    ReplicaStream,
    ReplicaTransaction,
    TrayRow,
)
from hobnob_sync.ports_sql import FULL, Database, Schema, migrations_in, prepare
from hobnob_sync.shelf_sql import SqlShelf, by_stream, log_row

_HERE: Final = Path(__file__).parent
_NEWEST: Final = ("schema", "cell", "search", "opened", "handed", "private")
SCHEMA: Final = Schema(
    application_id=0x686F6272,  # "hobr"
    newest="".join((_HERE / f"{name}.sql").read_text() for name in _NEWEST),
    # A migration is a text of its own: what a new file gets may change, what an old one got did.
    migrations=migrations_in(_HERE / "migrations"),
)

_MEMORY: Final = ":memory:"
_PRIVATE: Final = 0o600
_OTHERS: Final = 0o077

CACHE_KIB: Final = 2_048
"""Pages kept in memory: cells lie in an order of chance, and a page of history touches hundreds.
Twice as many make a history of ten thousand messages cost a hundredth less, at the most."""
READ_CACHE_KIB: Final = 512
"""The same of a connection that only reads: what one picture asks for. A screen has three of them,
and what they leave out the system's own cache still holds."""
WAL_PAGES: Final = 8_192
"""32 MiB of log before it is moved into the file: each move waits for the disk twice, and writes a
page once however often it has changed since the last."""

STREAMS: Final = """
    SELECT stream, number, grant_id, floor, lo, hi, base, head, head_seq, unread, mentions
    FROM stream ORDER BY stream
"""
OUTBOX: Final = "SELECT n, push_no, stream, id, event, state, seq, said FROM outbox ORDER BY n"
TRAY: Final = "SELECT n, stream, id, event, code, said FROM tray ORDER BY n"
_FIRST_RANKS: Final = " ".join(
    f"WHEN stream = x'{name.hex()}' THEN {rank}" for name, rank in ORPHAN_RANKS.items()
)
# The order of `OrphanRow.place`, which says why.
_RANK: Final = f"""
    CASE {_FIRST_RANKS}
    WHEN substr(stream, 1, 2) = x'{b"u:".hex()}' THEN 3 ELSE 4 END
"""
ORPHANS: Final = f"""
    SELECT stream, seq, at_ms, id, event FROM orphan
    WHERE ({_RANK}, stream, seq, id) > (?, ?, ?, ?) ORDER BY {_RANK}, stream, seq, id LIMIT ?
"""
FIRST_ORPHAN: Final = (-1, b"", 0, b"")
"""Before all of them."""
CONTEXT: Final = """
    SELECT seq, at_ms, id, head, event FROM context WHERE stream = ? ORDER BY seq
"""

PURGE: Final = (
    "DELETE FROM log WHERE stream = ?",
    *DROP_CELLS,
    "DELETE FROM context WHERE stream = ?",
    "DELETE FROM stream WHERE stream = ?",
)
ORPHAN: Final = (
    """
    INSERT OR REPLACE INTO orphan (id, stream, seq, at_ms, event)
    SELECT id, stream, seq, at_ms, event FROM log WHERE stream = ?1 AND seq > ?2
    """,
    "DELETE FROM log WHERE stream = ?1 AND seq > ?2",
)
UNFOLD: Final = (
    *DROP_CELLS,
    "DELETE FROM context WHERE stream = ?",
)
PUT_STREAM: Final = """
    INSERT OR REPLACE INTO stream
        (stream, number, grant_id, floor, lo, hi, base, head, head_seq, unread, mentions)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
PUT_CONTEXT: Final = """
    INSERT OR REPLACE INTO context (stream, seq, at_ms, id, head, event) VALUES (?, ?, ?, ?, ?, ?)
"""
DROP_CONTEXT: Final = "DELETE FROM context WHERE stream = ? AND seq BETWEEN ? AND ?"
STRIP_CONTEXT: Final = "UPDATE context SET event = ?3 WHERE stream = ?1 AND seq = ?2"
DROP_OUTBOX: Final = "DELETE FROM outbox WHERE n = ?"
PUT_OUTBOX: Final = """
    INSERT OR REPLACE INTO outbox (n, push_no, stream, id, event, state, seq, said)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
DROP_TRAY: Final = "DELETE FROM tray WHERE n = ?"
PUT_TRAY: Final = """
    INSERT OR REPLACE INTO tray (n, stream, id, event, code, said) VALUES (?, ?, ?, ?, ?, ?)
"""
DROP_ORPHAN: Final = "DELETE FROM orphan WHERE id = ?"
DROP_ORPHANS: Final = "DELETE FROM orphan WHERE stream = ?"
PUT_ORPHAN: Final = """
    INSERT OR REPLACE INTO orphan (id, stream, seq, at_ms, event) VALUES (?, ?, ?, ?, ?)
"""


class SqliteReplicaStore(SqlShelf):
    """Keeps the contract of `ReplicaStore`.

    `synchronous` is `FULL` for the connection that keeps what a person has composed, `NORMAL` for
    one that only applies what can be pulled again, and None for one that reads.
    """

    def __init__(self, database: Database, synchronous: str | None = FULL) -> None:
        super().__init__(database, BY_SEQ)
        if synchronous is None:
            # A foreign file's schema may call functions.
            database.query("PRAGMA trusted_schema = OFF")
            database.query(f"PRAGMA cache_size = -{READ_CACHE_KIB}")
        else:
            prepare(database, SCHEMA, synchronous)
            database.query(f"PRAGMA cache_size = -{CACHE_KIB}")
            database.query(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
        self._answer[ContextKey] = self._context
        self._answer[OrphansKey] = self._orphans

    @classmethod
    def open(cls, path: str, synchronous: str = FULL) -> "SqliteReplicaStore":
        """The store in the file `path`, made if it is not there; its user's alone, as it holds in
        the clear what was sealed."""
        _keep_private(path)
        database = SqliteDatabase(path)
        try:
            return cls(database, synchronous)
        except BaseException:
            database.close()
            raise

    @classmethod
    def open_to_read(cls, path: str) -> "SqliteReplicaStore":
        """The store in a file that is there, without the power to change it."""
        return cls(SqliteDatabase(path, read_only=True), None)

    @property
    def sql(self) -> Database:
        """The connection, for what is kept beside the replica in the same transactions."""
        return self._database

    def boot(self, nouns: frozenset[str]) -> ReplicaImage:
        """Everything small, with the cells of `nouns`."""
        query = self._database.query
        with self._database.snapshot():
            return ReplicaImage(
                tuple(ReplicaStream(*row) for row in query(STREAMS)),
                tuple(OutboxRow(*row) for row in query(OUTBOX)),
                tuple(TrayRow(*row) for row in query(TRAY)),
                self._orphans(OrphansKey(None)),
                self.resident(nouns),
                self.meta(),
            )

    def commit(self, transaction: ReplicaTransaction) -> None:
        """Make all of it durable, or nothing."""
        with self._database.transaction():
            self.write(transaction)

    def write(self, transaction: ReplicaTransaction) -> None:
        """The same inside a transaction of the caller's, which may read and write more."""
        run = self._database.run
        self._drop(transaction)
        joining = by_stream(transaction.entries)
        for stream, seqs in joining.items():
            extended(self.held(stream), seqs)
        self.put_entries(transaction.entries)
        # They join a run without a hole: all between them is held too.
        run(DROP_CONTEXT, ((stream, min(seqs), max(seqs)) for stream, seqs in joining.items()))
        run(PUT_CONTEXT, (log_row(*item) for item in transaction.context))
        self.put_strips(transaction.strips)
        run(STRIP_CONTEXT, transaction.strips)
        run(PUT_STREAM, (_stream_row(row) for row in transaction.streams.values()))
        self.put_cells(transaction.cells)
        self._put_outbox(transaction.outbox)
        self._put_tray(transaction.tray)
        self._put_orphans(transaction)
        self.put_meta(transaction.meta)

    def refreshed(self) -> Refreshed:
        """What this device has said, as it stands now."""
        query = self._database.query
        return Refreshed(
            tuple(OutboxRow(*row) for row in query(OUTBOX)),
            tuple(TrayRow(*row) for row in query(TRAY)),
            self.meta(),
        )

    def _context(self, key: ContextKey) -> object:
        return tuple(Entry(*row) for row in self._database.query(CONTEXT, (key.stream,)))

    def _orphans(self, key: OrphansKey) -> tuple[OrphanRow, ...]:
        after = FIRST_ORPHAN if key.after is None else key.after
        rows = self._database.query(ORPHANS, (*after, ORPHANS_AT_ONCE + 1))
        return tuple(OrphanRow(*row) for row in rows)

    def _drop(self, transaction: ReplicaTransaction) -> None:
        run = self._database.run
        for sql in PURGE:
            run(sql, ((stream,) for stream in transaction.purges))
        for place in transaction.orphaned:
            for sql in ORPHAN:
                run(sql, (place,))
            for sql in UNFOLD:
                run(sql, (place[:1],))

    def _put_outbox(self, outbox: Mapping[int, OutboxRow | None]) -> None:
        run = self._database.run
        run(DROP_OUTBOX, ((n,) for n, row in outbox.items() if row is None))
        rows = (row for row in outbox.values() if row is not None)
        run(PUT_OUTBOX, (astuple(row) for row in rows))

    def _put_tray(self, tray: Mapping[int, TrayRow | None]) -> None:
        run = self._database.run
        run(DROP_TRAY, ((n,) for n, row in tray.items() if row is None))
        rows = (row for row in tray.values() if row is not None)
        run(PUT_TRAY, (astuple(row) for row in rows))

    def _put_orphans(self, transaction: ReplicaTransaction) -> None:
        run = self._database.run
        orphans = transaction.orphans
        run(DROP_ORPHANS, ((stream,) for stream in transaction.unoffered))
        run(DROP_ORPHAN, ((event_id,) for event_id, row in orphans.items() if row is None))
        rows = (row for row in orphans.values() if row is not None)
        run(
            PUT_ORPHAN,
            ((row.event_id, row.stream, row.seq, row.at_ms, row.event) for row in rows),
        )


def _keep_private(path: str) -> None:
    """SQLite gives a new file 0644, and its journals the rights of the file. One that is there is
    changed by its name: to close it would end the locks that this process has on it."""
    if path == _MEMORY:
        return
    file = Path(path)
    with suppress(OSError):
        # What cannot be made here cannot be opened either, and then it is told.
        file.touch(_PRIVATE, exist_ok=False)
    with suppress(OSError):
        if file.stat().st_mode & _OTHERS:
            file.chmod(_PRIVATE)


def open_memory_sqlite() -> SqliteReplicaStore:
    """An empty store on SQLite that lives in memory: the same SQL without a disk."""
    return SqliteReplicaStore.open(_MEMORY)


def _stream_row(row: ReplicaStream) -> tuple[object, ...]:
    held = (row.lo, row.hi, row.base, row.head)
    announced = (row.head_seq, row.unread, row.mentions)
    return (row.stream, row.number, row.grant, row.floor, *held, *announced)
