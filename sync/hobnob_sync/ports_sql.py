"""What the SQLite stores ask of a database: five verbs, over sqlite3 in the product and over apsw
where a test needs a file system that fails. Everything else about SQLite that needs no library of
it is here too: its result codes, the settings every file gets, and migrations."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from types import TracebackType
from typing import Any, Final, Protocol, TypeAlias

from hobnob_protocol.errors import HobnobError, StoreBroken, StoreFull, UsageError, WorldError
from hobnob_protocol.value import value

Row: TypeAlias = tuple[Any, ...]
"""One row, of what SQL carries."""


class Database(Protocol):
    """One connection. Every verb raises what `translated` makes of SQLite's result codes."""

    def transaction(self) -> AbstractContextManager[object]:
        """A block that writes: durable when it ends, undone where it or its end raises."""
        ...

    def snapshot(self) -> AbstractContextManager[object]:
        """A block that reads one state, whatever other connections commit meanwhile."""
        ...

    def run(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each row of parameters."""
        ...

    def query(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """All rows of one query."""
        ...

    def close(self) -> None:
        """Let go of the file; once closed, every other verb is a UsageError."""
        ...


WRITING: Final = "BEGIN IMMEDIATE"
"""Takes the one lock for writing at once, so that what was read inside cannot have changed."""
READING: Final = "BEGIN"


class Bracket:
    """What `transaction` and `snapshot` return: COMMIT at a good end, ROLLBACK at a bad one.

    `execute` runs one statement; `is_open` says whether SQLite is inside a transaction, which it
    ends by itself after some errors.
    """

    __slots__ = ("_begin", "_execute", "_is_open")

    def __init__(
        self, begin: str, execute: Callable[[str], object], is_open: Callable[[], bool]
    ) -> None:
        self._begin = begin
        self._execute = execute
        self._is_open = is_open

    def __enter__(self) -> None:
        self._execute(self._begin)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            try:
                self._execute("COMMIT")
            except BaseException:
                self._undo()
                raise
        else:
            self._undo()

    def _undo(self) -> None:
        # The error that brought us here says more than one of the rollback, which a disk that has
        # failed once may well raise too; SQLite undoes the transaction in either case.
        with suppress(WorldError):
            if self._is_open():
                self._execute("ROLLBACK")


_FULL: Final = frozenset({5, 6, 7, 8, 10, 13, 15})
"""BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, PROTOCOL: not written, but what is there is sound."""
_BROKEN: Final = frozenset({11, 24, 26, 10 | 32 << 8, 10 | 33 << 8})
"""CORRUPT, FORMAT, NOTADB, IOERR_DATA, IOERR_CORRUPTFS: what is there is not sound."""
_WORLD: Final = frozenset({3, 9, 14, 22, 23})
"""PERM, INTERRUPT, CANTOPEN, NOLFS, AUTH: the file is out of reach."""


def translated(code: int, text: str) -> HobnobError:
    """The error for one of SQLite's (extended) result codes; sqlite.org/rescode.html has them all.

    What is neither the disk's nor the file's fault (a constraint, a misused connection, a statement
    that does not parse) is ours: UsageError.
    """
    primary = code & 0xFF
    if code in _BROKEN or primary in _BROKEN:
        return StoreBroken(text)
    if primary in _FULL:
        return StoreFull(text)
    if primary in _WORLD:
        return WorldError(text)
    return UsageError(text)


# What every file is.

FULL: Final = "FULL"
"""Durable at each commit."""
NORMAL: Final = "NORMAL"
"""Consistent after a power cut, which may undo the last commits."""


@value
class Schema:
    """One sort of database.

    `application_id` is what tells its files from others'. `newest` makes a new one;
    `migrations[i]` leads from version i + 1 to i + 2 and is never changed once released.
    """

    application_id: int
    newest: str
    migrations: tuple[str, ...] = ()

    @property
    def version(self) -> int:
        """What `newest` makes."""
        return len(self.migrations) + 1


class Script(Protocol):
    """A file of SQL."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def read_text(self) -> str:
        """What it says."""
        ...


class Folder(Protocol):
    """Where a store's files of SQL lie."""

    def glob(self, pattern: str, /) -> Iterable[Script]:
        """Those whose names fit."""
        ...


def migrations_in(folder: Folder) -> tuple[str, ...]:
    """A schema's migrations, in the order of their names: 02.sql leads to version 2."""
    return tuple(each.read_text() for each in sorted(folder.glob("*.sql"), key=_name))


def _name(script: Script) -> str:
    return script.name


def prepare(database: Database, schema: Schema, synchronous: str) -> None:
    """Make a database ready: settle how it is written, and bring it to the newest schema.

    A file that is not ours is refused before anything is written to it.
    """
    if synchronous not in (FULL, NORMAL):
        raise UsageError(f"synchronous is {FULL} or {NORMAL}")
    # A foreign file's schema may call functions; what is erased is overwritten.
    database.query("PRAGMA trusted_schema = OFF")
    database.query("PRAGMA secure_delete = ON")
    _present(database, schema)
    database.query("PRAGMA journal_mode = WAL")
    database.query(f"PRAGMA synchronous = {synchronous}")
    migrate(database, schema)


def migrate(database: Database, schema: Schema) -> None:
    """Bring a database to the newest schema, wholly or not at all.

    StoreBroken where the file is another program's or a newer hobnob's.
    """
    if _present(database, schema) == schema.version:
        return
    with database.transaction():
        # Another process may have come first.
        present = _present(database, schema)
        scripts = schema.migrations[present - 1 :] if present else (schema.newest,)
        for script in scripts:
            for statement in statements(script):
                database.run(statement, [()])
        database.run(f"PRAGMA application_id = {schema.application_id:d}", [()])
        database.run(f"PRAGMA user_version = {schema.version:d}", [()])


def _present(database: Database, schema: Schema) -> int:
    """The version of the schema that is there, 0 in an empty file."""
    version: int = database.query("PRAGMA user_version")[0][0]
    owner: int = database.query("PRAGMA application_id")[0][0]
    if owner == schema.application_id:
        if version > schema.version:
            raise StoreBroken(f"written by a newer hobnob (schema {version}): upgrade this one")
        return version
    if owner or version or database.query("SELECT 1 FROM sqlite_schema LIMIT 1"):
        raise StoreBroken("this database is not the one expected here: it is left as it is")
    return 0


def statements(script: str) -> list[str]:
    """The statements of a script without its comments; no text in it may hold `;` or `--`."""
    lines = [line.split("--")[0] for line in script.splitlines()]
    return [part.strip() for part in "\n".join(lines).split(";") if part.strip()]


def cut_write_ahead_log(database: Database) -> bool:
    """Cut the log of writes, in which what was erased still lies, if nobody reads from it now; was
    it cut?

    It waits for nobody, and a disk that fails at it fails nothing: what was committed before stays
    committed. Whoever has erased something asks again after the next write. StoreBroken where the
    file is.
    """
    [(waits_ms,)] = database.query("PRAGMA busy_timeout")
    database.query("PRAGMA busy_timeout = 0")
    try:
        [(busy, *_)] = database.query("PRAGMA wal_checkpoint(TRUNCATE)")
    except StoreFull:
        return False
    finally:
        database.query(f"PRAGMA busy_timeout = {int(waits_ms)}")
    return not busy
