"""The rows of searchable texts: each has a place of its own, in the order of time."""

from collections.abc import Iterator

import pytest

from hobnob_client.finding.hits import find
from hobnob_client.finding.meaning import Wanted
from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store.database import SqliteDatabase
from hobnob_client.texts import PLACES, Text, TextRows
from hobnob_protocol.ids import AccountId, StreamId, TargetId

GARDEN = StreamId(b"c:garden")
CELLAR = StreamId(b"c:cellar")
AUTHOR = AccountId(b"a" * 20)


@pytest.fixture(name="database")
def _database() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    SqliteReplicaStore(database)
    yield database
    database.close()


def target(nth: int) -> TargetId:
    """The name of some message."""
    return TargetId(nth.to_bytes(16, "big"))


def text(nth: int, at_ms: int, said: str = "wheel") -> Text:
    """Some message of a moment."""
    return Text(at_ms, target(nth), AUTHOR, b"", nth, said, "", "")


def places(database: SqliteDatabase) -> list[int]:
    """Where what is found lies, newest first."""
    return [hit.place for hit in find(database, Wanted('"wheel"'), 5_000)]


def test_texts_are_found_newest_first_in_whatever_order_they_came(database: SqliteDatabase) -> None:
    """Those of one moment in the order they came."""
    rows = TextRows(database)
    rows.put(GARDEN, [text(1, 9), text(2, 3), text(3, 9)])
    rows.put(GARDEN, [text(4, 3), text(5, 6)])
    found = [hit.target for hit in find(database, Wanted('"wheel"'), 50)]
    assert found == [target(nth) for nth in (3, 1, 5, 4, 2)]


def test_a_moment_that_is_full_runs_over_into_the_next(database: SqliteDatabase) -> None:
    """A thousand texts of one millisecond, several times, beside those of the next one."""
    rows = TextRows(database)
    count = 2 * PLACES + 1
    rows.put(GARDEN, [text(count, 8)])
    rows.put(GARDEN, [text(nth, 7) for nth in range(PLACES)])
    rows.put(CELLAR, [text(nth, 7) for nth in range(PLACES, count)])
    assert places(database) == list(range(7 * PLACES + count, 7 * PLACES - 1, -1))


def test_what_is_dropped_is_not_found_and_its_place_is_free(database: SqliteDatabase) -> None:
    """By its place in its stream, or with all of the stream."""
    rows = TextRows(database)
    rows.put(GARDEN, [text(1, 1), text(2, 2)])
    rows.put(CELLAR, [text(1, 3)])
    rows.drop(GARDEN, [1, 3])
    assert places(database) == [3 * PLACES, 2 * PLACES]
    rows.drop_stream(GARDEN)
    assert places(database) == [3 * PLACES]
    rows.put(GARDEN, [text(2, 2)])
    assert places(database) == [3 * PLACES, 2 * PLACES]
