"""The replica's store on SQLite: events, cells, cursor and outbox move in one transaction."""

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any, Final

from hobnob_client.store.database import FULL, SqliteDatabase
from hobnob_protocol.codec import decode, encode
from hobnob_sync.ports import (
    Cell,
    CellKey,
    CellsKey,
    Entry,
    Key,
    KnownKey,
    Loaded,
    OrphanRow,
    OutboxRow,
    RangeKey,
    ReplicaImage,
    ReplicaStream,
    ReplicaTransaction,
    TrayRow,
)
from hobnob_sync.ports_sql import Database, migrate

SCHEMA: Final = (files("hobnob_client.store") / "schema.sql").read_text()
MIGRATIONS: Final[tuple[str, ...]] = ()
"""Append-only: each leads from one schema to the next."""

VALUE_BYTES_MAX: Final = 1 << 20

_CELLS_FROM: Final = (
    "SELECT key, seq, value FROM cell WHERE stream = ? AND noun = ? AND key >= ? ORDER BY key"
)


class SqliteReplicaStore:
    """Keeps the contract of `ReplicaStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        migrate(database, SCHEMA, MIGRATIONS)
        self._answer: dict[type[object], Callable[[Any], object]] = {
            KnownKey: self._known,
            RangeKey: self._range,
            CellKey: self._cell,
            CellsKey: self._cells,
        }

    @classmethod
    def open(cls, path: str, synchronous: str = FULL) -> "SqliteReplicaStore":
        """The store in the file `path`, made if it is not there."""
        return cls(SqliteDatabase(path, synchronous))

    # Loading.

    def load(self, keys: Sequence[Key[object]]) -> Loaded:
        """Answer every key."""
        answer = self._answer
        return Loaded({key: answer[type(key)](key) for key in keys})

    def _known(self, key: KnownKey) -> object:
        rows = self._database.query("SELECT stream, seq FROM log WHERE id = ?", (key.event,))
        return rows[0] if rows else None

    def _range(self, key: RangeKey) -> object:
        rows = self._database.query(
            "SELECT seq, at_ms, id, head, event FROM log"
            " WHERE stream = ? AND seq >= ? ORDER BY seq LIMIT ?",
            (key.stream, key.first_seq, key.limit),
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
        return _to_cell(*rows[0]) if rows else None

    def _cells(self, key: CellsKey) -> object:
        found: list[tuple[bytes, Cell]] = []
        rows = self._database.query(_CELLS_FROM, (key.stream, key.noun, key.prefix))
        for name, seq, value in rows:
            if not name.startswith(key.prefix):
                break
            found.append((name, _to_cell(seq, value)))
        return tuple(found)

    # Booting.

    def boot(self, nouns: frozenset[str]) -> ReplicaImage:
        """Everything small, with the cells of `nouns`."""
        query = self._database.query
        cells = [
            (stream, noun, key, _to_cell(seq, value))
            for noun in sorted(nouns)
            for stream, key, seq, value in query(
                "SELECT stream, key, seq, value FROM cell WHERE noun = ?", (noun,)
            )
        ]
        return ReplicaImage(
            tuple(
                ReplicaStream(*row)
                for row in query(
                    "SELECT stream, number, grant_id, floor, lo, hi, base, head, head_seq, unread,"
                    " mentions FROM stream ORDER BY stream"
                )
            ),
            tuple(
                OutboxRow(*row)
                for row in query(
                    "SELECT n, push_no, stream, id, event, state, seq FROM outbox ORDER BY n"
                )
            ),
            tuple(
                TrayRow(*row)
                for row in query("SELECT n, stream, id, event, code FROM tray ORDER BY n")
            ),
            tuple(
                OrphanRow(*row)
                for row in query(
                    "SELECT stream, seq, at_ms, id, event FROM orphan ORDER BY stream, seq, id"
                )
            ),
            tuple(sorted(cells, key=lambda found: found[:3])),
            dict(query("SELECT key, value FROM meta WHERE length(value)")),
        )

    # Committing.

    def commit(self, transaction: ReplicaTransaction) -> None:
        """Make all of it durable, or nothing."""
        database = self._database
        database.begin()
        try:
            self._drop(transaction)
            self._write_logs(transaction)
            self._write_cells(transaction)
            self._write_rows(transaction)
            database.commit()
        except BaseException:
            database.rollback()
            raise

    def _drop(self, transaction: ReplicaTransaction) -> None:
        run = self._database.run
        purges = [(stream,) for stream in transaction.purges]
        for sql in (
            "DELETE FROM log WHERE stream = ?",
            "DELETE FROM cell WHERE stream = ?",
            "DELETE FROM context WHERE stream = ?",
            "DELETE FROM stream WHERE stream = ?",
        ):
            run(sql, purges)
        run(
            "INSERT OR REPLACE INTO orphan (id, stream, seq, at_ms, event)"
            " SELECT id, stream, seq, at_ms, event FROM log WHERE stream = ? AND seq > ?",
            transaction.orphaned,
        )
        run("DELETE FROM log WHERE stream = ? AND seq > ?", transaction.orphaned)
        forked = [(stream,) for stream, _ in transaction.orphaned]
        run("DELETE FROM cell WHERE stream = ?", forked)
        run("DELETE FROM context WHERE stream = ?", forked)

    def _write_logs(self, transaction: ReplicaTransaction) -> None:
        run = self._database.run
        run(
            "INSERT INTO log (stream, seq, at_ms, id, head, event) VALUES (?, ?, ?, ?, ?, ?)",
            (_log_row(stream, entry) for stream, entry in transaction.entries),
        )
        run("UPDATE log SET event = ?3 WHERE stream = ?1 AND seq = ?2", transaction.strips)
        run(
            "INSERT OR REPLACE INTO stream (stream, number, grant_id, floor, lo, hi, base, head,"
            " head_seq, unread, mentions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    row.stream,
                    row.number,
                    row.grant,
                    row.floor,
                    row.lo,
                    row.hi,
                    row.base,
                    row.head,
                    row.head_seq,
                    row.unread,
                    row.mentions,
                )
                for row in transaction.streams.values()
            ),
        )
        run(
            "INSERT OR REPLACE INTO context (stream, seq, at_ms, id, head, event)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (_log_row(stream, entry) for stream, entry in transaction.context),
        )

    def _write_cells(self, transaction: ReplicaTransaction) -> None:
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

    def _write_rows(self, transaction: ReplicaTransaction) -> None:
        run = self._database.run
        run("DELETE FROM outbox WHERE n = ?", _gone(transaction.outbox))
        run(
            "INSERT OR REPLACE INTO outbox (n, push_no, stream, id, event, state, seq)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (row.n, row.push_no, row.stream, row.event_id, row.event, row.state, row.seq)
                for row in transaction.outbox.values()
                if row is not None
            ),
        )
        run("DELETE FROM tray WHERE n = ?", _gone(transaction.tray))
        run(
            "INSERT OR REPLACE INTO tray (n, stream, id, event, code) VALUES (?, ?, ?, ?, ?)",
            (
                (row.n, row.stream, row.event_id, row.event, row.code)
                for row in transaction.tray.values()
                if row is not None
            ),
        )
        run("DELETE FROM orphan WHERE id = ?", _gone(transaction.orphans))
        run(
            "INSERT OR REPLACE INTO orphan (id, stream, seq, at_ms, event) VALUES (?, ?, ?, ?, ?)",
            (
                (row.event_id, row.stream, row.seq, row.at_ms, row.event)
                for row in transaction.orphans.values()
                if row is not None
            ),
        )
        run("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", transaction.meta.items())


def _to_cell(seq: int, value: bytes) -> Cell:
    return Cell(seq, decode(value, VALUE_BYTES_MAX))  # type: ignore[arg-type]  # cells hold what was encoded


def _log_row(stream: bytes, entry: Entry) -> tuple[object, ...]:
    return (stream, entry.seq, entry.at_ms, entry.event_id, entry.head, entry.event)


def _gone(rows: dict[Any, Any]) -> list[tuple[object]]:
    return [(key,) for key, row in rows.items() if row is None]
