"""The beacon knows how far the log has come."""

import os
from pathlib import Path

import pytest

from hobnob_protocol.ids import DIRECTORY, EMPTY_HEAD, Epoch, EventId, Head
from hobnob_server import beacon
from hobnob_server.beacon import Beacon, Mark
from hobnob_sync.log import next_head
from hobnob_sync.ports import Entry, HubTransaction, LineageRow, StreamRow
from hobnob_sync.testing.memory import MemoryEventStore

EPOCH = Epoch(b"epoch001")


def entry(seq: int, before: Head = EMPTY_HEAD, name: bytes = b"x") -> Entry:
    """An event in a log."""
    event = EventId((name * 32)[:31] + bytes((seq,)))
    return Entry(seq, 1_000 + seq, event, next_head(before, event, seq, 1_000 + seq), b"event")


ONE = entry(1)
TWO = entry(2, ONE.head)


def log(*entries: Entry, epochs: tuple[Epoch, ...] = (EPOCH,)) -> MemoryEventStore:
    """A store that holds these."""
    store = MemoryEventStore()
    last = entries[-1]
    row = StreamRow(DIRECTORY, 1, last.seq, last.head, last.at_ms)
    store.commit(
        HubTransaction(
            entries=[(DIRECTORY, one) for one in entries],
            streams={DIRECTORY: row},
            lineage=[LineageRow(epoch) for epoch in epochs],
        )
    )
    return store


def marked(path: Path, *entries: Entry, epoch: Epoch = EPOCH) -> Mark:
    """What a beacon says after these were committed one by one."""
    light = Beacon(path, 0)
    for one in entries:
        light.committed(HubTransaction(entries=[(DIRECTORY, one)]), epoch)
    light.close()
    found = beacon.read(path)
    assert found is not None
    return found


def ahead(mark: Mark, store: MemoryEventStore) -> bool:
    """Is the mark ahead of the store?"""
    return beacon.is_ahead(mark, store.boot(frozenset()), store)


def test_a_log_that_holds_what_was_marked_is_sound(tmp_path: Path) -> None:
    """As far as the mark, or further: a crash may come between commit and mark."""
    path = tmp_path / "beacon"
    assert not ahead(marked(path, ONE, TWO), log(ONE, TWO))
    assert not ahead(marked(tmp_path / "other", ONE), log(ONE, TWO))
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_log_that_lacks_what_was_marked_is_an_old_copy(tmp_path: Path) -> None:
    """Fewer events, or another one in the same place."""
    mark = marked(tmp_path / "beacon", ONE, TWO)
    assert ahead(mark, log(ONE))
    assert ahead(mark, log(ONE, entry(2, ONE.head, b"y")))


def test_a_copy_from_before_an_epoch_is_old_and_one_from_after_is_not(tmp_path: Path) -> None:
    """The epoch alone tells."""
    later = Epoch(b"epoch002")
    assert ahead(marked(tmp_path / "one", ONE, epoch=later), log(ONE, TWO))
    assert not ahead(marked(tmp_path / "two", ONE, TWO), log(ONE, epochs=(EPOCH, later)))


def test_a_mark_is_always_of_the_last_commit(tmp_path: Path) -> None:
    """Also where a commit appends nothing, and after a long record a short one."""
    path = tmp_path / "beacon"
    light = Beacon(path, 5)
    light.committed(HubTransaction(entries=[(DIRECTORY, ONE)]), EPOCH)
    light.committed(HubTransaction(meta={"a": b"b"}), EPOCH)
    light.close()
    assert beacon.read(path) == Mark(EPOCH, 6, b"", 0, EMPTY_HEAD)


def test_a_mark_is_never_half(tmp_path: Path) -> None:
    """Any single byte that differs makes it none, and no sign of an old copy."""
    path = tmp_path / "beacon"
    assert beacon.read(path) is None
    marked(path, ONE)
    whole = path.read_bytes()
    used = len(whole.rstrip(b"\0"))
    for at in range(used):
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        assert beacon.read(path) is None, at
    for length in range(0, used, 7):
        path.write_bytes(whole[:length])
        assert beacon.read(path) is None, length


def test_nothing_is_followed_to_another_file(tmp_path: Path) -> None:
    """A link in the beacon's place is refused."""
    path = tmp_path / "beacon"
    os.symlink(tmp_path / "victim", path)
    with pytest.raises(OSError, match="symbolic links"):
        Beacon(path, 0)
