"""Who is on stage waits while one types."""

import os
import time
from pathlib import Path

from hobnob.demo.crew import QUIET_SECONDS, types


def test_who_types_is_not_interrupted(tmp_path: Path) -> None:
    """A draft that was just kept says that somebody types; an old one does not."""
    drafts = tmp_path / "drafts.db"
    typing = types(drafts)
    assert not typing()
    drafts.touch()
    assert typing()
    long_ago = time.time() - QUIET_SECONDS - 1
    os.utime(drafts, (long_ago, long_ago))
    assert not typing()
    beside = tmp_path / "drafts.db-wal"
    beside.touch()
    assert typing()
