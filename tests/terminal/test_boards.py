"""Somebody thanks and is thanked, by keys alone in a terminal; the board says what for."""

import asyncio
from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import Shell
from tests.stories.process import HubProcess
from tests.terminal.looker import DOWN, ENTER, ESCAPE, QUIT, SWITCH, UP, Looker


def ask_and_answer(directory: Path, links: tuple[str, str]) -> Profile:
    """Alice asks, and bob answers, who takes part in recognition; alice's profile."""
    shell, alice = Shell(directory), Profile(directory / "alice")
    mine, bobs = ("--profile", str(alice.directory)), ("--profile", str(directory / "bob"))
    shell.done("join", links[0], "--handle", "alice", *mine)
    shell.done("join", links[1], "--handle", "bob", *bobs)
    shell.done("me", "allow", "recognition", *bobs)
    (asked,) = shell.done("post", "#general", "why is it locked?", "--json", *mine).records
    shell.done("sync", *bobs)
    answered = ("--reply", str(asked["event"]), "--thread")
    shell.done("post", "#general", "a second writer", *answered, *bobs)
    return alice


def accept_and_thank(one: Looker) -> None:
    """The last message, in the channel."""
    one.leave_home()
    one.until_seen("a second writer")
    one.until_seen("online")
    one.type(ENTER)
    one.until_footer("Select")
    one.type(UP)
    one.until_footer("React")
    one.type("a")
    one.until_seen("accepted answer")
    one.type("t")
    one.until_seen("Thank bob")
    one.type(f"it was{ENTER}")
    one.until_seen("♥ thanks 1")


def look_at_the_board(one: Looker) -> None:
    """What it says once the hub has counted, what a row is made of, where that was said, and how
    points come about."""
    one.type(SWITCH)
    one.until_seen("Enter Go · Esc Back")
    one.type(f"Boards{ENTER}")
    one.until_seen("taking part: 1 of 2")
    one.until_seen("  1 bob")
    one.type("w")
    one.until_seen("messages count 0")
    one.type(ESCAPE)
    one.until(lambda: "messages count 0" not in one.seen)
    one.type("t")
    one.until_seen("taking part: 2 of 2")
    one.type(ENTER)
    one.until_seen("a second writer")
    one.type(DOWN + ENTER)
    one.until_seen("Write in #general")
    one.type(ESCAPE)
    one.until_seen("taking part: 2 of 2")


def test_somebody_thanks_and_sees_on_the_board_what_came_of_it(tmp_path: Path) -> None:
    """An answer is accepted and thanked for; on the board it unfolds into what was said, and Enter
    leads there; the formula is a key away, and so is taking part."""

    def look(links: tuple[str, str]) -> None:
        with Looker(ask_and_answer(tmp_path, links), 100, 30) as one:
            accept_and_thank(one)
            look_at_the_board(one)
            one.type(QUIT)
            assert one.wait_for_end() == 0

    async def run() -> None:
        hub = HubProcess(tmp_path / "hub")
        await hub.start()
        try:
            await asyncio.to_thread(look, (str(await hub.invite()), str(await hub.invite())))
        finally:
            await hub.terminate()

    asyncio.run(run())
