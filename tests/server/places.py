"""Hubs on the disk that nobody runs."""

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hobnob_server.datadir import DataDir
from hobnob_server.founding import Founded, found, settings_of
from hobnob_server.settings import Config

NOW_MS = 1_800_000_000_000


def directory(path: Path) -> DataDir:
    """A hub's directory."""
    made = DataDir(path)
    made.make()
    return made


@contextmanager
def opened(place: DataDir, **settings: Any) -> Generator[Founded]:
    """The hub in a directory, founded if there is none."""
    config = Config(**settings)
    hub = found(place, config, secrets.token_bytes, NOW_MS, settings_of(config))
    try:
        yield hub
    finally:
        hub.store.close()
