"""Small values beside the replica."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hobnob_client.durable import Durable
from hobnob_client.notes import Notes
from hobnob_client.store import SqliteReplicaStore


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Notes, Notes]]:
    """Two processes with one replica."""
    stores = [SqliteReplicaStore.open(str(tmp_path / "replica.db")) for _ in range(2)]
    one, another = (Notes(store, Durable(store.sql)) for store in stores)
    yield one, another
    for store in stores:
        store.close()


def test_notes_are_kept_by_their_names(two: tuple[Notes, Notes]) -> None:
    """Whichever process reads them; no bytes forget one."""
    one, another = two
    one.put("place", b"one")
    one.put("place", b"two")
    one.put("gone", b"here")
    one.put("gone", b"")
    assert one.all() == another.all() == {"place": b"two"}


def test_what_others_change_meanwhile_is_not_lost(two: tuple[Notes, Notes]) -> None:
    """Each makes something of what the other has left."""
    one, another = two
    for several, said in ((one, b"a"), (another, b"b"), (one, b"c")):
        several.change("place", lambda before, said=said: before + said)  # type: ignore[misc]
    assert one.all() == {"place": b"abc"}
