"""A hub's first start, and every other: key, log and beacon belong together."""

import sqlite3
from pathlib import Path

import pytest

from hobnob_protocol.errors import StoreBroken
from hobnob_server import beacon
from hobnob_server.beacon import Beacon
from hobnob_server.errors import ConfigError
from hobnob_server.founding import found, settings_of
from hobnob_server.settings import Config
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.ports import HubTransaction
from tests.server.places import NOW_MS, directory, opened


def test_the_first_start_makes_key_and_log_and_the_next_finds_them(tmp_path: Path) -> None:
    """One hub, whatever happens in between; its files are its user's alone."""
    place = directory(tmp_path / "hub")
    with opened(place, name="guild") as first:
        assert first.fresh
        assert not first.restored
        engine = first.boot(0)
        assert list(engine.state.names) == ["general"]
    with opened(place) as again:
        assert not again.fresh
        assert again.hub == first.hub
        assert again.total == first.total > 0
    assert {path.stat().st_mode & 0o777 for path in place.path.iterdir()} == {0o600}


def test_the_engine_gets_what_the_operator_set() -> None:
    """Name, budgets, connections."""
    config = Config(
        name="n", budget_capacity=50.0, budget_per_second=1.0, bot_budget_per_second=2.0,
        connections_per_account=3, connections_per_bot=4,
    )  # fmt: skip
    settings = settings_of(config)
    assert (settings.name, settings.budget_capacity) == ("n", 50.0)
    assert (settings.budget_per_second, settings.bot_budget_per_second) == (1.0, 2.0)
    assert (settings.account_connections_max, settings.bot_connections_max) == (3, 4)


def test_a_lost_key_is_not_replaced_by_another(tmp_path: Path) -> None:
    """The log is signed with it: the hub does not start, and changes nothing."""
    place = directory(tmp_path / "hub")
    with opened(place):
        pass
    place.key.unlink()
    with pytest.raises(ConfigError, match="put it back"), opened(place):
        pass
    assert not place.key.exists()


def test_a_key_that_is_not_the_logs_is_refused(tmp_path: Path) -> None:
    """Two hubs' files in one directory."""
    one, other = directory(tmp_path / "one"), directory(tmp_path / "other")
    for place in (one, other):
        with opened(place):
            pass
    other.key.replace(one.key)
    with pytest.raises(ConfigError, match="is not the key of"), opened(one):
        pass


def test_a_key_may_lie_elsewhere(tmp_path: Path) -> None:
    """Where the setting says."""
    place = directory(tmp_path / "hub")
    elsewhere = tmp_path / "key"
    with opened(place, key_file=str(elsewhere)) as hub:
        assert hub.fresh
    assert elsewhere.exists()
    assert not place.key.exists()


def test_an_old_copy_is_noticed_by_the_beacon(tmp_path: Path) -> None:
    """Whatever the database says of itself."""
    place = directory(tmp_path / "hub")
    with opened(place) as hub:
        image = hub.store.boot(HubEngine.NOUNS)
        light = Beacon(place.beacon, beacon.total_of(image) + 1)
        light.committed(HubTransaction(meta={"x": b"y"}), image.lineage[-1].epoch)
        light.close()
    with opened(place) as again:
        assert again.restored


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """The error says so."""
    place = directory(tmp_path / "hub")
    with opened(place):
        pass
    place.database.unlink()
    with sqlite3.connect(place.database) as foreign:
        foreign.execute("CREATE TABLE mine (x)")
    foreign.close()
    before = place.database.read_bytes()
    with pytest.raises(StoreBroken, match="not the one expected"):
        found(place, Config(), bytes, NOW_MS, settings_of(Config()))
    assert place.database.read_bytes() == before
