"""Who owns the link."""

from pathlib import Path

from hobnob_client.lock import LinkLock


def test_one_process_has_the_link(tmp_path: Path) -> None:
    """The second finds it taken, until the first lets go."""
    first, second = LinkLock(tmp_path / "lock"), LinkLock(tmp_path / "lock")
    assert first.take()
    assert first.take()
    assert first.held
    assert not second.take()
    assert not second.held
    first.release()
    assert second.take()
    assert not first.held


def test_letting_go_of_nothing_is_no_mistake(tmp_path: Path) -> None:
    """Twice, or before it was taken."""
    lock = LinkLock(tmp_path / "lock")
    lock.release()
    assert lock.take()
    lock.release()
    lock.release()
    assert LinkLock(tmp_path / "lock").take()
