"""What was committed, and how surely: the states that a database may be found in.

`Watched` stands between a store and its database. It knows each committed state of all tables, by a
digest, and which commits were promised to be durable; a `lie` has SQLite sync less than the store
asks for, which a campaign must notice.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from hashlib import sha256
from types import TracebackType
from typing import Final

from hobnob_sync.ports_sql import FULL, Database, Row
from tests.crash.disk import Files

_TABLES: Final = """
    SELECT name FROM sqlite_schema
    WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name
"""
_SETTING: Final = "PRAGMA synchronous = "


def digest_of(query: Callable[[str], Iterable[Row]]) -> bytes:
    """The schema's version and all there is in all tables."""
    read = sha256(repr(list(query("PRAGMA user_version"))).encode())
    for (name,) in list(query(_TABLES)):
        rows = sorted(repr(row) for row in query(f'SELECT * FROM "{name}"'))
        read.update(f"{name}\n".encode())
        read.update("\n".join(rows).encode())
    return read.digest()


class History:
    """`states[n]` is the digest after n commits; `promised` the last of them that is durable."""

    def __init__(self, nothing: bytes) -> None:
        self.states = [nothing]
        self.promised = 0

    def committed(self, state: bytes, durable: bool) -> None:
        """One more commit has returned; one that changed nothing has synced nothing either."""
        if state == self.states[-1]:
            return
        self.states.append(state)
        if durable:
            self.promised = len(self.states) - 1


class Image:
    """What a power loss has left, and the least that must be there."""

    def __init__(self, files: Files, history: History) -> None:
        self.files = files
        self.promised = history.promised
        self.newest = len(history.states)
        """The number of the commit that is under way."""


class Watched:
    """A database whose commits are remembered in `history`."""

    def __init__(self, database: Database, history: History, lie: str = "") -> None:
        self._database = database
        self._history = history
        self._lie = lie
        self._durable = False
        self.after_commit: Callable[[], None] = lambda: None

    def transaction(self) -> AbstractContextManager[object]:
        """A block that writes."""
        return _Block(self._database.transaction(), self._remember)

    def _remember(self) -> None:
        self._history.committed(digest_of(self._database.query), self._durable)
        self.after_commit()

    def snapshot(self) -> AbstractContextManager[object]:
        """A block that reads one state."""
        return self._database.snapshot()

    def run(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each row of parameters."""
        self._database.run(sql, rows)

    def query(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """All rows of one query; how durable commits are is promised here."""
        if sql.startswith(_SETTING):
            self._durable = sql == _SETTING + FULL
            if self._lie:
                sql = _SETTING + self._lie
        return self._database.query(sql, row)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


class _Block:
    """A transaction; `ended` is called once it is committed."""

    def __init__(self, inner: AbstractContextManager[object], ended: Callable[[], None]) -> None:
        self._inner = inner
        self._ended = ended

    def __enter__(self) -> None:
        self._inner.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._inner.__exit__(kind, raised, traceback)
        if kind is None:
            self._ended()
