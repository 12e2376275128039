"""The hub's event store on SQLite: one commit is one transaction and one fsync."""

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any, Final

from hobnob_protocol.codec import decode, encode
from hobnob_server.store.database import SqliteDatabase
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
    RangeKey,
    RefusedKey,
    StreamRow,
    Target,
    TargetKey,
    UnreadKey,
)
from hobnob_sync.ports_sql import Database, migrate

SCHEMA: Final = (files("hobnob_server.store") / "schema.sql").read_text()
MIGRATIONS: Final[tuple[str, ...]] = ()
"""Append-only: each leads from one schema to the next."""

VALUE_BYTES_MAX: Final = 1 << 20

_CELLS_FROM: Final = (
    "SELECT key, seq, value FROM cell WHERE stream = ? AND noun = ? AND key >= ? ORDER BY key"
)


class SqliteEventStore:
    """Keeps the contract of `EventStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        migrate(database, SCHEMA, MIGRATIONS)
        self._answer: dict[type[object], Callable[[Any], object]] = {
            KnownKey: self._known,
            RangeKey: self._range,
            CellKey: self._cell,
            CellsKey: self._cells,
            TargetKey: self._target,
            RefusedKey: self._refused,
            ErasedKey: self._erased,
            UnreadKey: self._unread,
        }

    @classmethod
    def open(cls, path: str) -> "SqliteEventStore":
        """The store in the file `path`, made if it is not there."""
        return cls(SqliteDatabase(path))

    # Loading.

    def load(self, keys: Sequence[Key[object]]) -> Loaded:
        """Answer every key."""
        answer = self._answer
        return Loaded({key: answer[type(key)](key) for key in keys})

    def _known(self, key: KnownKey) -> object:
        rows = self._database.query("SELECT stream, seq FROM log WHERE id = ?", (key.event,))
        return rows[0] if rows else None

    def _range(self, key: RangeKey) -> object:
        limit = min(key.limit, (1 << 62))
        rows = self._database.query(
            "SELECT seq, at_ms, id, head, event FROM log"
            " WHERE stream = ? AND seq >= ? ORDER BY seq LIMIT ?",
            (key.stream, key.first_seq, limit),
        )
        entries = [Entry(*row) for row in rows]
        used = 0
        for index, entry in enumerate(entries):
            used += len(entry.event)
            if index and used > key.size_bytes:
                return tuple(entries[:index])
        return tuple(entries)

    def _cell(self, key: CellKey) -> object:
        rows = self._database.query(
            "SELECT seq, value FROM cell WHERE stream = ? AND noun = ? AND key = ?",
            (key.stream, key.noun, key.key),
        )
        return Cell(rows[0][0], decode(rows[0][1], VALUE_BYTES_MAX)) if rows else None  # type: ignore[arg-type]  # cells hold what was encoded

    def _cells(self, key: CellsKey) -> object:
        found: list[tuple[bytes, Cell]] = []
        rows = self._database.query(_CELLS_FROM, (key.stream, key.noun, key.prefix))
        for name, seq, value in rows:
            if not name.startswith(key.prefix):
                break
            found.append((name, Cell(seq, decode(value, VALUE_BYTES_MAX))))  # type: ignore[arg-type]  # as above
        return tuple(found)

    def _target(self, key: TargetKey) -> object:
        rows = self._database.query(
            "SELECT seq, account, kind, live, thread, dead, closed FROM target"
            " WHERE stream = ? AND target = ?",
            (key.stream, key.target),
        )
        if not rows:
            return None
        seq, account, kind, live, thread, dead, closed = rows[0]
        mentions = self._database.query(
            "SELECT account FROM mention WHERE stream = ? AND target = ? ORDER BY place",
            (key.stream, key.target),
        )
        return Target(
            seq,
            account,
            kind,
            bool(live),
            thread,
            tuple(row[0] for row in mentions),
            bool(dead),
            bool(closed),
        )

    def _refused(self, key: RefusedKey) -> object:
        rows = self._database.query(
            "SELECT id, code FROM refused WHERE device = ? AND push_no = ?",
            (key.device, key.push_no),
        )
        return rows[0] if rows else None

    def _erased(self, key: ErasedKey) -> object:
        return bool(self._database.query("SELECT 1 FROM erased WHERE id = ?", (key.event,)))

    def _unread(self, key: UnreadKey) -> object:
        place = (key.stream, key.after_seq, key.account)
        unread = self._database.query(
            "SELECT count(*) FROM target WHERE stream = ? AND seq > ? AND account <> ? AND live",
            place,
        )
        mentions = self._database.query(
            "SELECT count(DISTINCT mention.target) FROM mention JOIN target USING (stream, target)"
            " WHERE stream = ? AND target.seq > ? AND target.account <> ? AND target.live"
            " AND mention.account = ?",
            (*place, key.account),
        )
        return unread[0][0], mentions[0][0]

    # Booting.

    def boot(self, nouns: frozenset[str]) -> HubImage:
        """Everything small, with the cells of `nouns`."""
        query = self._database.query
        forks: dict[bytes, list[tuple[Any, ...]]] = {}
        for epoch, *fork in query("SELECT epoch, stream, seq, head FROM fork ORDER BY stream"):
            forks.setdefault(epoch, []).append(tuple(fork))
        lineage = query("SELECT epoch FROM lineage ORDER BY place")
        cells = [
            (stream, noun, key, Cell(seq, decode(value, VALUE_BYTES_MAX)))  # type: ignore[arg-type]  # as above
            for noun in sorted(nouns)
            for stream, key, seq, value in query(
                "SELECT stream, key, seq, value FROM cell WHERE noun = ?", (noun,)
            )
        ]
        return HubImage(
            tuple(
                StreamRow(*row)
                for row in query(
                    "SELECT stream, number, seq, head, at_ms, checkpoint_seq, checkpoint_ms"
                    " FROM stream ORDER BY number"
                )
            ),
            tuple(
                DeviceRow(*row)
                for row in query("SELECT device, last_push_no, replica FROM device ORDER BY device")
            ),
            tuple(LineageRow(epoch, tuple(forks.get(epoch, ()))) for (epoch,) in lineage),
            tuple(sorted(cells, key=lambda found: found[:3])),
            dict(query("SELECT key, value FROM meta")),
        )

    # Committing.

    def commit(self, transaction: HubTransaction) -> None:
        """Make all of it durable, or nothing."""
        database = self._database
        database.begin()
        try:
            self._write(transaction)
            database.commit()
        except BaseException:
            database.rollback()
            raise

    def _write(self, transaction: HubTransaction) -> None:
        run = self._database.run
        run(
            "INSERT INTO log (stream, seq, at_ms, id, head, event) VALUES (?, ?, ?, ?, ?, ?)",
            (
                (stream, entry.seq, entry.at_ms, entry.event_id, entry.head, entry.event)
                for stream, entry in transaction.entries
            ),
        )
        run(
            "UPDATE log SET event = ?3 WHERE stream = ?1 AND seq = ?2",
            transaction.strips,
        )
        run(
            "INSERT OR REPLACE INTO stream"
            " (stream, number, seq, head, at_ms, checkpoint_seq, checkpoint_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    row.stream,
                    row.number,
                    row.seq,
                    row.head,
                    row.at_ms,
                    row.checkpoint_seq,
                    row.checkpoint_ms,
                )
                for row in transaction.streams.values()
            ),
        )
        self._write_cells(transaction)
        self._write_targets(transaction)
        run(
            "INSERT OR REPLACE INTO device (device, last_push_no, replica) VALUES (?, ?, ?)",
            ((row.device, row.last_push_no, row.replica) for row in transaction.devices.values()),
        )
        run(
            "INSERT OR REPLACE INTO refused (device, push_no, id, code) VALUES (?, ?, ?, ?)",
            ((*row[:3], str(row[3])) for row in transaction.refused),
        )
        run("INSERT OR IGNORE INTO erased (id) VALUES (?)", ((row,) for row in transaction.erased))
        if transaction.lineage is not None:
            self._write_lineage(transaction.lineage)
        run(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
            transaction.meta.items(),
        )

    def _write_cells(self, transaction: HubTransaction) -> None:
        run = self._database.run
        run(
            "DELETE FROM cell WHERE stream = ? AND noun = ? AND key = ?",
            (place for place, cell in transaction.cells.items() if cell is None),
        )
        run(
            "INSERT OR REPLACE INTO cell (stream, noun, key, seq, value) VALUES (?, ?, ?, ?, ?)",
            (
                (*place, cell.seq, encode(cell.value))
                for place, cell in transaction.cells.items()
                if cell is not None
            ),
        )

    def _write_targets(self, transaction: HubTransaction) -> None:
        run = self._database.run
        run(
            "INSERT OR REPLACE INTO target"
            " (stream, target, seq, account, kind, thread, live, dead, closed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (*place, row.seq, row.account, row.kind, row.thread, row.live, row.dead, row.closed)
                for place, row in transaction.targets.items()
            ),
        )
        run(
            "INSERT OR IGNORE INTO mention (stream, target, place, account) VALUES (?, ?, ?, ?)",
            (
                (*place, nth, account)
                for place, row in transaction.targets.items()
                for nth, account in enumerate(row.mentions)
            ),
        )

    def _write_lineage(self, lineage: Sequence[LineageRow]) -> None:
        run = self._database.run
        run("DELETE FROM fork", [()])
        run("DELETE FROM lineage", [()])
        run(
            "INSERT INTO lineage (place, epoch) VALUES (?, ?)",
            ((place, row.epoch) for place, row in enumerate(lineage)),
        )
        run(
            "INSERT INTO fork (epoch, stream, seq, head) VALUES (?, ?, ?, ?)",
            ((row.epoch, *fork) for row in lineage for fork in row.forks),
        )
