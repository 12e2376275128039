"""A backup comes back: a new epoch, and the replicas bring what it lacks."""

import asyncio
import shutil
from pathlib import Path

from hobnob_server.copying import backup, restore
from hobnob_server.datadir import DataDir
from tests.stories.hub import running
from tests.stories.waiting import TestClock, until


def test_a_restored_hub_gets_back_what_its_members_hold(tmp_path: Path) -> None:
    """Backup, more talk, restore: the owner's replica brings back the rest; until then nobody else
    gets in."""
    path, copy = tmp_path / "hub", tmp_path / "backup.db"

    async def story() -> None:
        async with running(path) as hub:
            olga, bob = await hub.owner(), await hub.member("bob")
            await until(lambda: "general" in olga.channels() and "general" in bob.channels())
            olga.post("before")
            await until(lambda: len(bob.texts()) == 1)
            await asyncio.to_thread(backup, DataDir(path), copy)
            bob.post("after")
            await until(lambda: len(olga.texts()) == 2)
            epochs = hub.epochs
            await olga.leave()
            await bob.leave()
        await asyncio.to_thread(restore, DataDir(path), copy, hub.key)
        async with running(path) as hub:
            await until(lambda: len(hub.epochs) == len(epochs) + 1)
            hub.move(olga, bob)
            assert await bob.try_to_connect() == "recovering"
            await olga.connect()
            await until(lambda: not hub.recovering)
            await bob.connect()
            await until(lambda: bob.settled and len(bob.texts()) == 2)
            await until(lambda: olga.texts() == bob.texts())
            assert sorted(bob.texts()) == ["after", "before"]
            assert not olga.alarms

    asyncio.run(story())


def test_an_old_copy_put_back_in_secret_is_noticed(tmp_path: Path) -> None:
    """The beacon beside the database is ahead of it: the same new epoch."""
    path, copy = tmp_path / "hub", tmp_path / "copy.db"

    async def story() -> None:
        async with running(path) as hub:
            olga = await hub.owner()
            await until(lambda: "general" in olga.channels())
            await asyncio.to_thread(backup, DataDir(path), copy)
            olga.post("lost")
            await until(lambda: olga.settled)
            epochs = hub.epochs
            await olga.leave()
        await asyncio.to_thread(shutil.copy, copy, path / "hub.db")
        async with running(path) as hub:
            await until(lambda: len(hub.epochs) == len(epochs) + 1)
            assert "hub.restored" in hub.logged.getvalue()
            hub.move(olga)
            await olga.connect()
            await until(lambda: olga.settled and olga.texts() == ["lost"])

    asyncio.run(story())


def test_an_ordinary_restart_is_the_same_epoch(tmp_path: Path) -> None:
    """Nothing was lost, so nothing is recovered."""

    async def story() -> None:
        async with running(tmp_path / "hub") as hub:
            olga = await hub.owner()
            await until(lambda: "general" in olga.channels())
            olga.post("here to stay")
            await until(lambda: olga.settled)
            epochs = hub.epochs
            await olga.leave()
        async with running(tmp_path / "hub", TestClock(1_800_000_100_000)) as hub:
            assert hub.epochs == epochs
            assert not hub.recovering
            hub.move(olga)
            await olga.connect()
            assert olga.texts() == ["here to stay"]

    asyncio.run(story())


def test_a_lost_database_is_rebuilt_from_its_owners_replica(tmp_path: Path) -> None:
    """Only the key and the beacon are left; the members' replicas hold the rest."""
    path = tmp_path / "hub"

    async def story() -> None:
        async with running(path) as hub:
            olga = await hub.owner()
            await until(lambda: "general" in olga.channels())
            olga.post("still here")
            await until(lambda: olga.settled)
            await olga.leave()
        _lose(path)
        async with running(path) as hub:
            await until(lambda: hub.recovering)

    asyncio.run(story())


def _lose(path: Path) -> None:
    for name in ("hub.db", "hub.db-wal", "hub.db-shm"):
        (path / name).unlink(missing_ok=True)
