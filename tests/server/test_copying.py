"""A backup is whole, and comes back only where it belongs."""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hobnob_protocol.errors import HobnobError, StoreBroken, WorldError
from hobnob_server.copying import backup, reseed, restore
from hobnob_server.errors import ConfigError
from hobnob_server.founding import settings_of
from hobnob_server.settings import Config
from hobnob_sync.hub_engine.restoring import RESTORED
from tests.server.places import NOW_MS, directory, opened


def test_a_backup_is_the_log_and_nothing_else(tmp_path: Path) -> None:
    """One private file that holds what the log held, and no key."""
    place = directory(tmp_path / "hub")
    with opened(place) as hub:
        seed = place.key.read_text().split()[1]
        copied = backup(place, tmp_path / "copy.db")
        assert copied["events"] == hub.total or hub.fresh
    copy = tmp_path / "copy.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert seed.encode() not in copy.read_bytes()
    assert bytes.fromhex(seed) not in copy.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "hub"]


def test_a_backup_replaces_nothing(tmp_path: Path) -> None:
    """A file that is there stays; without a hub there is none."""
    place = directory(tmp_path / "hub")
    with pytest.raises(ConfigError, match="there is no hub"):
        backup(place, tmp_path / "copy.db")
    with opened(place):
        pass
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(ConfigError, match="there already"):
        backup(place, tmp_path / "copy.db")
    with pytest.raises(ConfigError, match="No such file"):
        backup(place, tmp_path / "nowhere" / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_restored_log_is_marked_and_the_old_one_kept(tmp_path: Path) -> None:
    """The next start mints an epoch."""
    place = directory(tmp_path / "hub")
    with opened(place) as hub:
        key = hub.signer.public_key
    backup(place, tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()
    restore(place, tmp_path / "copy.db", key)
    with opened(place) as again:
        assert again.boot(0).state.meta[RESTORED]
    assert (tmp_path / "copy.db").read_bytes() == before
    names = {path.name for path in place.path.iterdir()}
    assert names == {"hub.db", "hub.db.old", "hub.key"}
    restore(place, tmp_path / "copy.db", key)


def test_a_hub_begins_again_under_its_key_with_nothing_in_it(tmp_path: Path) -> None:
    """Nobody, no channel, the same hub; the next start mints an epoch, and the log that was there
    is kept."""
    place = directory(tmp_path / "hub")
    with opened(place) as hub:
        signer, name = hub.signer, hub.hub
    before = place.database.read_bytes()
    with place.held():
        reseed(place, signer, secrets.token_bytes, NOW_MS, settings_of(Config()))
    with opened(place) as again:
        state = again.boot(0).state
        assert again.hub == name
        assert state.meta[RESTORED]
        assert not state.names
        assert not again.fresh
    assert (place.path / "hub.db.old").read_bytes() == before
    assert {path.name for path in place.path.iterdir()} == {"hub.db", "hub.db.old", "hub.key"}


def test_another_hubs_backup_is_refused(tmp_path: Path) -> None:
    """The log that is there is not touched."""
    one, other = directory(tmp_path / "one"), directory(tmp_path / "other")
    with opened(one) as hub:
        key = hub.signer.public_key
    with opened(other):
        pass
    backup(other, tmp_path / "copy.db")
    before = one.database.read_bytes()
    with pytest.raises(ConfigError, match="not made by the hub"):
        restore(one, tmp_path / "copy.db", key)
    assert one.database.read_bytes() == before
    assert not list(one.path.glob(".*"))


@pytest.mark.parametrize("damage", ["missing", "text", "foreign", "torn"])
def test_what_is_no_backup_is_refused(tmp_path: Path, damage: str) -> None:
    """Whatever is wrong with it."""
    place = directory(tmp_path / "hub")
    with opened(place) as hub:
        key = hub.signer.public_key
    source = tmp_path / "copy.db"
    if damage == "text":
        source.write_text("not a database, but long enough to look at" * 100)
    elif damage == "foreign":
        with closing(sqlite3.connect(source)) as foreign:
            foreign.execute("CREATE TABLE mine (x)")
    elif damage == "torn":
        backup(place, source)
        data = bytearray(source.read_bytes())
        data[8_192:] = b"\xff" * (len(data) - 8_192)
        source.write_bytes(data)
    before = place.database.read_bytes()
    with pytest.raises(HobnobError) as raised:
        restore(place, source, key)
    assert isinstance(raised.value, ConfigError | StoreBroken | WorldError)
    assert place.database.read_bytes() == before
    assert not list(place.path.glob(".*"))
