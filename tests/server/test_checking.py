"""`check` finds what is wrong with a log, and nothing where nothing is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hobnob_server.checking import check
from hobnob_server.datadir import DataDir
from hobnob_server.errors import ConfigError
from hobnob_server.template import Planting
from tests.server.places import NOW_MS, directory, opened


def planted(tmp_path: Path) -> DataDir:
    """A hub with some history."""
    place = directory(tmp_path / "hub")
    with opened(place) as hub:
        Planting(hub, NOW_MS).plant("guild")
    return place


def problems(place: DataDir, *statements: str) -> str:
    """What is found after some damage."""
    with closing(sqlite3.connect(place.database)) as database, database:
        for statement in statements:
            database.execute(statement)
    found = check(place)
    assert found["sound"] is (not found["problems"])
    return " ".join(str(one) for one in found["problems"])  # type: ignore[attr-defined]  # A list of texts.


def test_a_sound_log_is_sound(tmp_path: Path) -> None:
    """Every event of every stream is looked at."""
    place = planted(tmp_path)
    found = check(place)
    assert (found["sound"], found["problems"]) == (True, [])
    with opened(place) as hub:
        assert found["events"] == hub.total


ONE = "stream = CAST('dir' AS BLOB) AND seq = 2"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (f"UPDATE log SET at_ms = 1 WHERE {ONE}", "the head at 2 does not follow"),
        (f"UPDATE log SET head = zeroblob(32) WHERE {ONE}", "the head at 2 does not follow"),
        (f"UPDATE log SET event = zeroblob(9) WHERE {ONE}", "the event at 2 does not decode"),
        (f"DELETE FROM log WHERE {ONE}", "3 follows 1"),
        ("UPDATE stream SET seq = seq + 1 WHERE number = 1", "its record is not its log's end"),
        ("DELETE FROM stream WHERE number = 1", "belong to no stream"),
        ("DROP INDEX log_id", ""),
        ("DROP TABLE stream", "no such table"),
    ],
)
def test_what_is_damaged_is_named(tmp_path: Path, damage: str, said: str) -> None:
    """A time, a head, an event's bytes, a hole, a record; an index more or less is no damage."""
    found = problems(planted(tmp_path), damage)
    assert said in found
    assert bool(found) is bool(said)


def test_a_file_others_can_read_is_named(tmp_path: Path) -> None:
    """And a hub that is not there is a wrong argument."""
    place = planted(tmp_path)
    place.key.chmod(0o644)
    assert f"{place.key} is open to others" in problems(place)
    with pytest.raises(ConfigError, match="there is no hub"):
        check(directory(tmp_path / "none"))
