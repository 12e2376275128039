"""What the SQLite stores ask of a database: five verbs, over sqlite3 in the product and over apsw
where a test needs a file system that fails."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from hobnob_protocol.errors import StoreBroken

Row = tuple[Any, ...]
"""One row, of what SQL carries."""


class Database(Protocol):
    """One connection. `commit` makes durable what came since `begin`; an error in between is
    answered with `rollback`. StoreFull where there is no room, StoreBroken for a bad file."""

    def begin(self) -> None:
        """Start a transaction that writes."""
        ...

    def commit(self) -> None:
        """End it, durable."""
        ...

    def rollback(self) -> None:
        """Undo it."""
        ...

    def run(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each row of parameters."""
        ...

    def query(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """All rows of one query."""
        ...


VERSION: Final = "PRAGMA user_version"


def migrate(database: Database, schema: str, migrations: Sequence[str]) -> None:
    """Bring a database to the newest schema, wholly or not at all.

    `schema` makes a new one; `migrations[i]` leads from version i + 1 to i + 2. StoreBroken where
    the file was written by a newer hobnob.
    """
    newest = len(migrations) + 1
    present: int = database.query(VERSION)[0][0]
    if present > newest:
        raise StoreBroken(f"written by a newer hobnob (schema {present}): upgrade this one")
    if present == newest:
        return
    scripts = [schema] if present == 0 else list(migrations[present - 1 :])
    database.begin()
    try:
        for script in scripts:
            for statement in statements(script):
                database.run(statement, [()])
        database.run(f"PRAGMA user_version = {newest:d}", [()])
    except BaseException:
        database.rollback()
        raise
    database.commit()


def statements(script: str) -> list[str]:
    """The statements of a script without its comments; no text in it may hold a semicolon."""
    lines = [line.split("--")[0] for line in script.splitlines()]
    return [part.strip() for part in "\n".join(lines).split(";") if part.strip()]
