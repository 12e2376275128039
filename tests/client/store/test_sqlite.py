"""The replica's store on SQLite, beyond the contract that all stores keep."""

import os
from pathlib import Path

import pytest

from hobnob_client.store import SqliteReplicaStore, cells, open_memory_sqlite
from hobnob_client.store.database import SqliteDatabase
from hobnob_client.store.sqlite import SCHEMA
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import StoreBroken, UsageError
from hobnob_sync.ports import Cell, CellKey, ReplicaTransaction
from hobnob_sync.ports_sql import Schema, migrate, prepare
from hobnob_sync.testing.scene import ALICE, GARDEN, entry, target

OLDER_TEXT = (
    f"""
    INSERT INTO text (id, stream, target, author, thread, text)
    VALUES (1024, x'{GARDEN.hex()}', x'{target(1).hex()}', x'{ALICE.hex()}', x'', 'the wheel')
    """,
    "INSERT INTO text_index (rowid, text) VALUES (1024, 'the wheel')",
    f"INSERT INTO indexed (stream, lo, hi) VALUES (x'{GARDEN.hex()}', 1, 9)",
)
OLDER_CELL = "INSERT INTO cell (stream, noun, key, seq, value) VALUES (?, 'message', ?, ?, ?)"
FIRST = (Path(__file__).parent / "schema_1.sql").read_text()


def test_the_first_schema_migrates_to_the_present_one() -> None:
    """A database of the first version becomes what a new one is."""
    old, new = SqliteDatabase(":memory:"), SqliteDatabase(":memory:")
    migrate(old, Schema(SCHEMA.application_id, FIRST))
    migrate(old, SCHEMA)
    migrate(new, SCHEMA)
    assert _layout(old) == _layout(new)


def _layout(database: SqliteDatabase) -> list[tuple[str, str, str]]:
    """All there is, however its lines are broken: an added column stands on one of its own."""
    listed = database.query("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")
    return [(kind, name, "".join((sql or "").split())) for kind, name, sql in listed]


def test_texts_of_an_older_version_are_made_again() -> None:
    """They were found by words alone. What is indexed begins anew, behind the pages."""
    database = SqliteDatabase(":memory:")
    for migrations in ((), SCHEMA.migrations[:2]):
        migrate(database, Schema(SCHEMA.application_id, FIRST, migrations))
    for sql in OLDER_TEXT:
        database.run(sql, [()])
    database.run(OLDER_CELL, [(GARDEN, target(1), 7, encode(b"said"))])
    migrate(database, SCHEMA)
    assert database.query("SELECT * FROM text") == []
    assert database.query("SELECT * FROM indexed") == []
    assert database.query("SELECT rowid FROM text_index WHERE text_index MATCH 'wheel'") == []


def test_what_was_found_by_marks_still_is_and_by_four_letters_at_one_step() -> None:
    """The index of words is made anew of the texts that are there."""
    database = SqliteDatabase(":memory:")
    for migrations in ((), SCHEMA.migrations[:8]):
        migrate(database, Schema(SCHEMA.application_id, FIRST, migrations))
    row = (1024, GARDEN, target(1), ALICE, b"", 7, "the wheels", "", "ischannel")
    place = ", ".join("?" * len(row))
    database.run(f"INSERT INTO text VALUES ({place})", [row])
    words = (row[0], *row[6:])
    database.run("INSERT INTO text_index (rowid, text, title, marks) VALUES (?, ?, ?, ?)", [words])
    migrate(database, SCHEMA)
    for asked in ("wheels", "whee*", "whe*", "ischannel"):
        found = database.query("SELECT rowid FROM text_index WHERE text_index MATCH ?", (asked,))
        assert found == [(1024,)], asked


def test_cells_of_an_older_version_are_found() -> None:
    """They lay in the order of their keys, where a page of messages is scattered."""
    database = SqliteDatabase(":memory:")
    migrate(database, Schema(SCHEMA.application_id, FIRST))
    said = {
        (GARDEN, "message", b"b"): Cell(1, b"first"),
        (GARDEN, "message", b"a"): Cell(2, b"second"),
        (GARDEN, "pin", b"b"): Cell(3, True),
    }
    database.run(
        "INSERT INTO cell (stream, noun, key, seq, value) VALUES (?, ?, ?, ?, ?)",
        [(*place, cell.seq, encode(cell.value)) for place, cell in said.items()],
    )
    store = SqliteReplicaStore(database)
    loaded = store.load([CellKey(*place) for place in said])
    assert {place: loaded.get(CellKey(*place)) for place in said} == said


@pytest.mark.parametrize("asked", [cells.EACH_CELL, cells.EACH_CELLS, cells.CELLS, cells.CELL])
def test_cells_are_found_by_their_keys(asked: str) -> None:
    """Not by a walk through all that a channel has of a noun."""
    store = open_memory_sqlite()
    sql = asked.replace("IN ({places})", "IN (?, ?)").replace("{places}", "(?, ?), (?, ?)")
    plan = store.sql.query(f"EXPLAIN QUERY PLAN {sql}", (None,) * sql.count("?"))
    (step,) = [step for *_, step in plan if step.startswith("SEARCH cell")]
    assert step.startswith("SEARCH cell USING INDEX cell_key (place=? AND key")


def test_a_cell_written_again_is_there_once() -> None:
    """Wherever its new seq puts it."""
    store = open_memory_sqlite()
    place = (GARDEN, "pin", b"b")
    for seq in (3, 7):
        store.commit(ReplicaTransaction(cells={place: Cell(seq, True)}))
    assert store.sql.query("SELECT seq FROM cell") == [(7,)]
    store.commit(ReplicaTransaction(purges=[GARDEN]))
    assert store.sql.query("SELECT place FROM cell UNION SELECT place FROM place") == []


@pytest.mark.parametrize(("synchronous", "level"), [("FULL", 2), ("NORMAL", 1)])
def test_durability_is_chosen(synchronous: str, level: int, tmp_path: Path) -> None:
    """FULL for what was said, NORMAL for what can be pulled again."""
    database = SqliteDatabase(str(tmp_path / "replica"))
    store = SqliteReplicaStore(database, synchronous)
    assert database.query("PRAGMA synchronous") == [(level,)]
    assert database.query("PRAGMA journal_mode") == [("wal",)]
    assert database.query("PRAGMA secure_delete") == [(1,)]
    store.close()


def test_durability_has_two_names_only(tmp_path: Path) -> None:
    """Anything else is a bug of the caller, and makes no file."""
    with pytest.raises(UsageError, match="FULL or NORMAL"):
        SqliteReplicaStore.open(str(tmp_path / "replica"), "OFF")
    assert not (tmp_path / "replica").exists() or not (tmp_path / "replica").stat().st_size


def test_a_hubs_file_is_refused_as_it_is(tmp_path: Path) -> None:
    """A file of another sort is not written to."""
    path = tmp_path / "hub"
    database = SqliteDatabase(str(path))
    prepare(database, Schema(1, "CREATE TABLE plant (name TEXT);"), "FULL")
    database.close()
    before = path.read_bytes()
    with pytest.raises(StoreBroken, match="not the one expected"):
        SqliteReplicaStore.open(str(path))
    assert path.read_bytes() == before


def test_composing_and_applying_share_a_file(tmp_path: Path) -> None:
    """Two connections of two durabilities see each other's commits."""
    path = str(tmp_path / "replica")
    compose, apply = SqliteReplicaStore.open(path), SqliteReplicaStore.open(path, "NORMAL")
    compose.commit(ReplicaTransaction(meta={"composed": b"1"}))
    apply.commit(ReplicaTransaction(meta={"applied": b"1"}))
    assert dict(compose.boot(frozenset()).meta) == {"applied": b"1", "composed": b"1"}
    compose.close()
    apply.close()


def test_nobody_else_reads_what_was_sealed(tmp_path: Path) -> None:
    """The file and its journals are 0600 whatever the umask, also of an older hobnob."""
    path = tmp_path / "replica"
    before = os.umask(0)
    try:
        for given in (None, 0o644):
            if given is not None:
                path.chmod(given)
            store, other = (SqliteReplicaStore.open(str(path)) for _ in range(2))
            store.commit(ReplicaTransaction(meta={"said": b"1"}))
            modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
            assert modes == dict.fromkeys(("replica", "replica-wal", "replica-shm"), 0o600)
            store.close()
            other.close()
    finally:
        os.umask(before)


def test_a_purged_stream_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    """After a purge and a close its bytes are nowhere."""
    path = tmp_path / "replica"
    store = SqliteReplicaStore.open(str(path))
    store.commit(ReplicaTransaction(entries=[(GARDEN, entry(1, "a secret"))]))
    store.commit(ReplicaTransaction(purges=[GARDEN]))
    store.close()
    assert b"a secret" not in path.read_bytes()
