"""Backup and restore: the whole log in one file, while the hub runs; and back, as a new epoch.

A backup holds no key: keep a copy of hub.key apart from it. With the key alone a hub begins again
empty, and its members' replicas fill it (`reseed`).
"""

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.errors import StoreBroken, WorldError
from hobnob_protocol.ids import hub_id
from hobnob_protocol.registry import STANDARD
from hobnob_server.datadir import PRIVATE_FILE, DataDir, sync_directory
from hobnob_server.errors import ConfigError
from hobnob_server.founding import Entropy, belongs_to
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import HubSettings
from hobnob_sync.hub_engine.restoring import RESTORED
from hobnob_sync.ports import HubTransaction

_JOURNALS = ("-wal", "-shm")


def backup(directory: DataDir, target: Path) -> dict[str, object]:
    """Copy the log as it stands now into a new file: one state, whatever is committed meanwhile."""
    if not directory.database.exists():
        raise ConfigError(f"there is no hub in {directory.path}")
    if target.exists():
        raise ConfigError(f"{target} is there already")
    with _fresh_beside(target) as fresh:
        _copy(directory.database, fresh)
        found = _look_at(fresh)
        os.link(fresh, target)
    sync_directory(target.parent)
    return {"file": str(target), "bytes": target.stat().st_size, **found}


def restore(directory: DataDir, source: Path, key: bytes) -> dict[str, object]:
    """Put a backup in the place of the log; the caller holds the directory.

    The log that is there is kept as hub.db.old. `key` is the hub's: a backup of another hub, or one
    whose key is lost, is refused.
    """
    if not source.exists():
        raise ConfigError(f"{source} is not there")
    with _fresh_beside(directory.database) as fresh:
        _copy(source, fresh)
        found = _look_at(fresh)
        with closing(SqliteEventStore.open(str(fresh))) as store:
            if not belongs_to(store, key):
                raise ConfigError(f"{source} was not made by the hub whose key is here")
            store.commit(HubTransaction(meta={RESTORED: b"\1"}))
        _keep_old(directory.database)
        fresh.replace(directory.database)
    sync_directory(directory.path)
    return {"restored": str(source), **found}


def reseed(
    directory: DataDir, signer: Ed25519Signer, entropy: Entropy, now_ms: int, settings: HubSettings
) -> dict[str, object]:
    """Begin the log of a hub anew under its old key, with nobody and nothing in it; the caller
    holds the directory. The log that is there is kept as hub.db.old.

    Whoever the hub once enrolled shows that enrolment and is let in again; what their replicas hold
    they offer, and it is judged as after a restore (sync.md §2.9).
    """
    hub, verifier = hub_id(signer.public_key), Ed25519Verifier()
    with _fresh_beside(directory.database) as fresh:
        with closing(SqliteEventStore.open(str(fresh))) as store:
            begun = HubEngine.bootstrap(
                hub, signer, verifier, STANDARD, entropy, settings, now_ms, channel_name=""
            )
            store.commit(begun)
            store.commit(HubTransaction(meta={RESTORED: b"\1"}))
        _keep_old(directory.database)
        fresh.replace(directory.database)
    sync_directory(directory.path)
    return {"hub": hub.hex(), "events": len(begun.entries)}


@contextmanager
def _fresh_beside(path: Path) -> Generator[Path]:
    """A new, empty, private file in the same folder; gone with its journals when the block ends."""
    fresh = path.with_name(f".{path.name}.{token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        os.close(os.open(fresh, flags, PRIVATE_FILE))
    except OSError as broken:
        raise ConfigError(f"{path.parent}: {broken.strerror}") from broken
    try:
        yield fresh
    finally:
        for name in (fresh, *(Path(f"{fresh}{journal}") for journal in _JOURNALS)):
            with suppress(FileNotFoundError):
                name.unlink()


def _copy(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(source)) as one,
            closing(sqlite3.connect(target)) as other,
        ):
            one.backup(other)
            # One file, without journals beside it.
            other.execute("PRAGMA journal_mode = DELETE").fetchall()
    except sqlite3.Error as broken:
        raise WorldError(f"{source}: {broken}") from broken


def _look_at(path: Path) -> dict[str, object]:
    """Is it whole, and what is in it? WorldError where it is not."""
    with closing(sqlite3.connect(path)) as copy:
        try:
            sound = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.Error as broken:
            raise StoreBroken(str(broken)) from broken
    if sound != "ok":
        raise StoreBroken(f"the copy is not sound: {sound}")
    with closing(SqliteEventStore.open(str(path))) as store:
        image = store.boot(HubEngine.NOUNS)
    return {"streams": len(image.streams), "events": sum(row.seq for row in image.streams)}


def _keep_old(database: Path) -> None:
    """Keep the log that is there under another name, its journal taken in; one that cannot even be
    opened is kept with its journal as they are."""
    if not database.exists():
        return
    old = database.with_name(f"{database.name}.old")
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as present:
        present.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with suppress(FileNotFoundError):
        old.unlink()
    os.link(database, old)
    for journal in _JOURNALS:
        with suppress(FileNotFoundError):
            Path(f"{database}{journal}").replace(f"{old}{journal}")
