"""How durable a transaction is: what a person said outlives a power loss before it is shown, what
the hub can send again need not (sync.md §4)."""

from collections.abc import Generator
from contextlib import contextmanager

from hobnob_sync.ports_sql import Database


class Durable:
    """The transactions of one connection, each with the synchronisation it needs."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._synchronous = ""

    @contextmanager
    def transaction(self, synchronous: str) -> Generator[None]:
        """One transaction, synchronised as `FULL` or `NORMAL` says."""
        self.synchronise(synchronous)
        with self._database.transaction():
            yield

    def synchronise(self, synchronous: str) -> None:
        """The transactions that follow; between two of them only, SQLite heeds it nowhere else."""
        if self._synchronous != synchronous:
            self._database.query(f"PRAGMA synchronous = {synchronous}")
            self._synchronous = synchronous
