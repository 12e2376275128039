"""Nothing secret lies about: no file of a hub, no backup, log, crash or command line holds any."""

import asyncio
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from hobnob_client.failures import Exit
from tests.stories import secrets
from tests.stories.member import Member, joined
from tests.stories.process import HubProcess, hub_process
from tests.stories.waiting import until
from tests.terminal.looker import ENTER, Looker

CANARY = "the heron sings at dusk"
"""Said in no other test: all processes are looked at, and others may run beside."""
ALT_SCREEN_OFF = b"\x1b[?1049l"


def test_nothing_secret_lies_about(tmp_path: Path) -> None:
    """Neither texts nor an invite, nor keys of devices, seals, sessions, messages: in no file of
    the hub as it runs, in no backup, in no log, in nothing that a crash tells on either side or
    that a process was called with; on the device the keys alone, for its owner's eyes."""

    async def story() -> None:
        log = tmp_path / "hub.log"
        async with hub_process(tmp_path / "hub", log) as hub:
            alice, bob = await joined(hub, tmp_path, "alice"), await joined(hub, tmp_path, "bob")
            invite = await hub.invite()
            await alice.done("sync")
            await alice.done("dm", "bob", "-", given=CANARY)
            called = await _called_meanwhile(bob)
            await bob.done("post", "@alice", "-", given=f"{CANARY} too")
            await alice.done("sync")
            backup = tmp_path / "backup"
            await _operator(hub, "backup", str(backup))
            files = {path.name: path.read_bytes() for path in _files(tmp_path / "hub")}
            assert {"hub.db", "hub.db-wal"} <= files.keys()
            held = [*files.values(), backup.read_bytes(), *called]

            sessions = secrets.of_sessions(alice, bob) + secrets.of_sessions(bob, alice)
            assert len(sessions) == 2 * (2 + 1 + secrets.CHAIN_KEYS)
            keys = [*secrets.at_rest(alice), *secrets.at_rest(bob), *sessions, invite.invite]

            held += [_crash_of_screen(alice), await _crash_of_hub(hub, bob, log)]
            found = [*(form for key in keys for form in secrets.written(key)), CANARY.encode()]
            assert len(set(found)) == 4 * len(keys) + 1
            assert all(len(each) > 0 for each in held)
            assert any(b"alice" in each for each in held)
            assert [secret for secret in found if any(secret in data for data in held)] == []
            for member in (alice, bob):
                for path in (member.profile.key, member.profile.seal_key):
                    assert path.stat().st_mode & 0o077 == 0

    asyncio.run(story())


def _files(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


async def _operator(hub: HubProcess, *words: str) -> None:
    """The operator says something at the shell."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hobnob", "hub", *words, "--data", str(hub.directory.path))
    )
    assert await process.wait() == 0


async def _called_meanwhile(member: Member) -> list[bytes]:
    """What each process of this user was called with, and its environment, while one of them reads
    what was said."""
    await member.done("sync")
    process = await member.start("tail", "@alice", "-f")
    assert process.stdout is not None
    assert CANARY.encode() in await process.stdout.readline()
    found = _called()
    process.kill()
    await process.wait()
    return found


def _called() -> list[bytes]:
    found: list[bytes] = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if place.stat().st_uid == os.getuid() and int(place.name) != os.getpid():
                found += [(place / "cmdline").read_bytes(), (place / "environ").read_bytes()]
        except OSError:
            # It has ended meanwhile, or is nobody's to look into.
            continue
    return [each for each in found if each]


def _crash_of_screen(member: Member) -> bytes:
    """What the screen leaves on the terminal when its replica breaks under a conversation."""
    with Looker(member.profile, 100, 30) as looker:
        looker.until_seen("online")
        looker.type(f"@bob{ENTER}")
        looker.until_seen(CANARY)
        _break(member.profile.replica)
        looker.type(f"and what now?{ENTER}")
        assert looker.wait_for_end() == Exit.FAILED
        report = looker.output[looker.output.rindex(ALT_SCREEN_OFF) :]
        assert b"Please report the lines above" in report
        return report


async def _crash_of_hub(hub: HubProcess, member: Member, log: Path) -> bytes:
    """All that a hub has ever logged, to the end, which is that its file breaks."""
    _break(hub.directory.database)
    await member.run("post", "#general", "anybody there?")
    await until(lambda: b"no such table" in log.read_bytes())
    return await asyncio.to_thread(log.read_bytes)


def _break(path: Path) -> None:
    """As no program of ours would: whatever looks into the file next meets what cannot be."""
    with closing(sqlite3.connect(path)) as raw:
        tables = raw.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE %'")
        for (name,) in tables.fetchall():
            raw.execute(f'DROP TABLE IF EXISTS "{name}"')
        raw.commit()
