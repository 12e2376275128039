"""Where one goes on reading is known without counting what is unread."""

import asyncio
from pathlib import Path
from typing import Final

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.paths import Profile
from hobnob_client.reading.channels import FIRST_UNREAD_MAX
from tests.client.verbs.shell import HubThread, Shell

NEAR: Final = FIRST_UNREAD_MAX[0]


def _bob(directory: Path, mine: int, others: int) -> Profile:
    """Somebody who has said something without reading, before others did."""
    hub, shell = HubThread(), Shell(directory)
    bob, alice = directory / "bob", directory / "alice"
    for profile in (alice, bob):
        shell.done("join", hub.link(), "--handle", profile.name, "--profile", str(profile))
    for profile, count in ((bob, mine), (alice, others)):
        for nth in range(count):
            shell.done("post", "#general", f"word {nth}", "--profile", str(profile))
    shell.done("sync", "--profile", str(bob))
    hub.close()
    return Profile(bob)


def _firsts(profile: Profile) -> tuple[object, object, int]:
    """The first that is unread, found without counting and with; and the count."""

    async def run() -> tuple[object, object, int]:
        async with Engine(profile, keyring.load(profile), connect=False) as engine:
            [general] = [line.stream for line in engine.reader.channels()]
            counted = engine.reader.reading(general)
            assert counted is not None
            assert engine.reader.cursor(general) == counted.cursor
            return engine.reader.first_unread(general), counted.first_unread, counted.unread

    return asyncio.run(run())


def test_the_first_unread_is_the_one_that_counting_finds(tmp_path: Path) -> None:
    """Also where one's own messages stand before it, more than are looked at first."""
    near, counted, unread = _firsts(_bob(tmp_path / "near", 0, 3))
    assert near == counted is not None
    assert unread == 3
    far, counted, _ = _firsts(_bob(tmp_path / "far", NEAR + 1, 1))
    assert far == counted is not None
