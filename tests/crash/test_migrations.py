"""A first start or an upgrade that dies half-way leaves the old schema or the new one."""

import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Final

import pytest

from hobnob_client.store.sqlite import SCHEMA as REPLICA
from hobnob_server.store.sqlite import SCHEMA as HUB
from hobnob_sync.ports_sql import FULL, Database, Row, Schema, prepare, statements
from tests.contract.apsw_database import ApswDatabase
from tests.crash.losing import NAME, Losing

REPLICA_1: Final = Schema(
    REPLICA.application_id, (files("tests.client.store") / "schema_1.sql").read_text()
)
"""What the first replicas had."""
HUB_1: Final = Schema(
    HUB.application_id, (files("tests.server.store") / "schema_1.sql").read_text()
)
"""... and the first hubs."""
META: Final = "INSERT INTO meta VALUES ('kept', x'01')"
IMAGES = 400


@dataclass(frozen=True, slots=True)
class Step:
    """One way a file comes to a schema: from nothing, or from an older one with something in it."""

    old: Schema | None
    new: Schema


STEPS: Final = {
    "a new hub": Step(None, HUB),
    "a new replica": Step(None, REPLICA),
    "an upgraded hub": Step(HUB_1, HUB),
    "an upgraded replica": Step(REPLICA_1, REPLICA),
}


class Died(Exception):
    """The process was killed."""


class Dying:
    """A database whose process is killed before its `fatal`th statement."""

    def __init__(self, database: Database, fatal: int) -> None:
        self._database = database
        self._left = fatal

    def _live(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise Died

    def transaction(self) -> AbstractContextManager[object]:
        """A block that writes; it is never undone, for nobody is left to do it."""
        return _Open(self)

    def snapshot(self) -> AbstractContextManager[object]:
        """A block that reads one state."""
        return self._database.snapshot()

    def run(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement, if it comes to that."""
        self._live()
        self._database.run(sql, rows)

    def query(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """Ask, if it comes to that."""
        self._live()
        return self._database.query(sql, row)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


class _Open:
    def __init__(self, database: Dying) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._database.query("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._database.query("COMMIT")


def begun(path: Path, step: Step) -> None:
    """What is there before the step."""
    if step.old is not None:
        with closing(ApswDatabase(str(path))) as database:
            prepare(database, step.old, FULL)
            database.query(META)


def killed_at(folder: Path, step: Step, fatal: int) -> Path | None:
    """The database as a process leaves it that is killed there; None where it has ended before."""
    path, copy = folder / "live" / NAME, folder / "copy"
    path.parent.mkdir(parents=True)
    begun(path, step)
    with closing(ApswDatabase(str(path))) as database:
        try:
            prepare(Dying(database, fatal), step.new, FULL)
        except Died:
            # The kernel still has what was written; the shared memory dies with its last user.
            ignored = shutil.ignore_patterns("*-shm")
            shutil.copytree(path.parent, copy, ignore=ignored)
            return copy / NAME
    return None


def schema_of(path: Path) -> tuple[int, list[str]]:
    """Version and statements, however their lines are broken: an added column stands on one of its
    own."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
        return database.execute("PRAGMA user_version").fetchone()[0], sorted(
            "".join(row[0].split()) for row in rows
        )


def made(folder: Path, name: str, schema: Schema | None) -> tuple[int, list[str]]:
    """What a schema looks like in a file."""
    with closing(ApswDatabase(str(folder / name))) as database:
        if schema is not None:
            prepare(database, schema, FULL)
    return schema_of(folder / name)


@pytest.mark.parametrize("name", STEPS)
def test_killed_at_each_statement_it_is_what_it_was(name: str, tmp_path: Path) -> None:
    """Never between: nothing but the last statement makes it new. The next start brings it to the
    end, and keeps what was in it."""
    step = STEPS[name]
    old, new = made(tmp_path, "old", step.old), made(tmp_path, "new", step.new)
    fatal = 1
    while (path := killed_at(tmp_path / str(fatal), step, fatal)) is not None:
        assert schema_of(path) == old, fatal
        with closing(ApswDatabase(str(path))) as database:
            prepare(database, step.new, FULL)
            kept = database.query("SELECT value FROM meta WHERE key = 'kept'")
        assert kept == ([(b"\1",)] if step.old is not None else [])
        assert schema_of(path) == new
        fatal += 1
    assert fatal > len(statements(step.new.newest if step.old is None else step.new.migrations[0]))


@pytest.mark.parametrize("name", STEPS)
def test_a_power_loss_meanwhile_is_old_or_new(name: str) -> None:
    """At each sync, whatever the disk makes of what was not synced."""
    step = STEPS[name]

    def opened(path: Path) -> None:
        with closing(ApswDatabase(str(path))) as database:
            prepare(database, step.new, FULL)

    for seed in range(20):
        losing = Losing(Random(seed), IMAGES)
        if step.old is not None:
            prepare(losing.database, step.old, FULL)
        prepare(losing.database, step.new, FULL)
        losing.database.close()
        losing.judge(opened)
        losing.close()
        assert losing.judged > 4
        assert not losing.lost
        assert not losing.faults
