"""Somebody is asked for help and accepts, and who asked sees it, by keys alone in two terminals."""

import asyncio
from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import Shell
from tests.stories.process import HubProcess
from tests.terminal.looker import ENTER, ESCAPE, QUIT, Looker

F10 = "\x1b[21~"
NEED = "our SQLite locks up on a share"


def two(directory: Path, links: tuple[str, str]) -> tuple[Profile, Profile]:
    """Alice, who needs somebody, and bob, who has agreed to be asked; each knows the other."""
    shell = Shell(directory)
    alice, bob = Profile(directory / "alice"), Profile(directory / "bob")
    for profile, name, link in ((alice, "alice", links[0]), (bob, "bob", links[1])):
        shell.done("join", link, "--handle", name, "--profile", str(profile.directory))
    shell.done("me", "allow", "matching", "--profile", str(bob.directory))
    shell.done("sync", "--profile", str(alice.directory))
    return alice, bob


def test_one_is_asked_accepts_by_a_key_and_who_asked_sees_it(tmp_path: Path) -> None:
    """Bob sees it on Home, reads the note and accepts; alice, who looks at her requests, is shown
    that by itself; neither touches anything but the keyboard."""

    def look(links: tuple[str, str]) -> None:
        alice, bob = two(tmp_path, links)
        with Looker(bob, 80, 24) as his, Looker(alice, 100, 30) as hers:
            for one in (his, hers):
                one.until_seen("▌Home")
                one.until_seen("online")
            asked = ("ask", "bob", NEED, "--profile", str(alice.directory))
            hers.type(F10)
            hers.until_seen("Nobody waits for you")
            hers.type(QUIT)
            assert hers.wait_for_end() == 0
            Shell(tmp_path).done(*asked)
            his.until_seen("@alice asks you for help")
            his.until_seen(NEED)
            with Looker(alice, 100, 30) as again:
                again.until_seen("▌Home")
                again.type(F10)
                again.until_seen("@bob was asked")
                his.type(F10)
                his.until_footer("Accept")
                his.type(ENTER)
                his.until_seen("Write in @alice")
                # Else Esc and what follows it would be one key.
                his.until_footer("React")
                his.type(ESCAPE)
                his.until_footer("Accept")
                his.type("a")
                his.until_seen("you help @alice")
                again.until_seen("✓ @bob helps you")
                again.type(QUIT)
                assert again.wait_for_end() == 0
            his.type(QUIT)
            assert his.wait_for_end() == 0

    async def run() -> None:
        hub = HubProcess(tmp_path / "hub")
        await hub.start()
        try:
            await asyncio.to_thread(look, (str(await hub.invite()), str(await hub.invite())))
        finally:
            await hub.terminate()

    asyncio.run(run())
