"""What must hold of an image: it opens, is sound, nothing is half, nothing promised is missing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol.errors import HobnobError
from hobnob_server.store import SqliteEventStore
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.state import Identity
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.ports import HubImage
from tests.crash.history import History, Image, digest_of

Opened = Callable[[Path], None]
"""Opens a file with the product's store and boots an engine on it; raises what is wrong."""

# 1 compares the index with the texts it was made of.
_SEARCH_CHECK: Final = (
    "INSERT INTO text_index (text_index, rank) VALUES ('integrity-check', 1)",
    "SELECT 1 FROM sqlite_schema WHERE name = 'text_index'",
)


class Fault(Exception):
    """A promise was broken: what, and in which image."""


class Lost(Fault):
    """Something that was promised to be durable is not there."""


def judge(image: Image, history: History, name: str, place: Path, opened: Opened) -> int:
    """Which commit the image of the database `name` holds; Fault where it may not be so.

    It is laid into the directory `place`, which is emptied first.
    """
    for old in place.iterdir():
        old.unlink()
    for each, content in image.files.items():
        (place / each).write_bytes(content)
    path = place / name
    # Before the first sync of its directory there is no such file.
    found = _look(path) if path.exists() else history.states[0]
    allowed = history.states[image.promised : image.newest + 1]
    if found not in allowed:
        if found in history.states:
            nth = history.states.index(found)
            raise Lost(f"{name}: commit {nth} was found, {image.promised} was promised")
        raise Fault(f"{name}: what was found was never committed")
    opened(path)
    return history.states.index(found)


def _look(path: Path) -> bytes:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        try:
            sound = [row[0] for row in database.execute("PRAGMA integrity_check")]
            found = digest_of(database.execute)
            if database.execute(_SEARCH_CHECK[1]).fetchall():
                database.execute("BEGIN")
                database.execute(_SEARCH_CHECK[0])
                database.execute("ROLLBACK")
        except sqlite3.Error as broken:
            raise Fault(f"{path.name}: {broken}") from broken
    if sound != ["ok"]:
        raise Fault(f"{path.name}: {sound[:3]}")
    return found


def opened_hub(boot: Callable[[HubImage], HubEngine]) -> Opened:
    """The hub's store opens, and an engine starts on it where a hub was founded."""

    def opened(path: Path) -> None:
        try:
            with closing(SqliteEventStore.open(str(path))) as store:
                image = store.boot(HubEngine.NOUNS)
                if image.lineage:
                    boot(image)
        except HobnobError as broken:
            raise Fault(f"{path.name}: {broken}") from broken

    return opened


def opened_replica(identity: Identity) -> Opened:
    """The replica's store opens, and an engine starts on it with everything in the outbox."""

    def opened(path: Path) -> None:
        try:
            with closing(SqliteReplicaStore.open(str(path))) as store:
                image = store.boot(ClientEngine.NOUNS)
                engine = ClientEngine(image, identity)
        except HobnobError as broken:
            raise Fault(f"{path.name}: {broken}") from broken
        if list(engine.state.outbox.values()) != list(image.outbox):
            raise Fault(f"{path.name}: the outbox is not what it was")

    return opened
