"""Reading and answering with the hub away, by keys alone in a terminal: back to the first message,
in a thread of its own, through what is unread; and what was written outlives a restart."""

from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import ENTER, ESCAPE, OUTBOX, QUIT, UP, Looker


def test_a_thread_is_read_and_answered_with_the_hub_away(tmp_path: Path) -> None:
    """On a small terminal as on a wide one."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice, bob = Profile(tmp_path / "alice"), Profile(tmp_path / "bob")
    for profile in (alice, bob):
        directory = profile.directory
        shell.done("join", hub.link(), "--handle", directory.name, "--profile", str(directory))
    for text in ("the very first", *(f"line {nth}" for nth in range(1, 16)), "who has a wheel?"):
        shell.done("post", "#general", text, "--profile", str(bob.directory))
    shell.done("sync", "--profile", str(alice.directory))
    shell.done("search", "line", "--profile", str(alice.directory))
    hub.close()
    with Looker(alice, 100, 16) as one:
        # The walk: one stop with its reason, read on by Space, into it, and back.
        one.until_seen("Nothing needs you, 17 can wait.")
        one.type("W")
        one.until_seen("Stop 1 of 1 · #general: 17 new")
        one.until_seen("the very first")
        one.type("  ")
        one.until_seen("who has a wheel?")
        one.type("l")
        one.until_footer("i Write")
        # Row 31: back to the first message; row 32: all of it offline.
        one.type("g")
        one.until_seen("the very first")
        one.type("G")
        one.until_seen("who has a wheel?")
        # Row 1: the thread has a view of its own, with a field of its own.
        one.type(f"{UP}{ENTER}")
        one.until_seen("Write in “")
        one.type("r")
        one.until_footer("Send")
        one.type(f"I have one{ENTER}")
        one.until_seen("⧗ queued, not sent yet")
        one.type(ESCAPE)
        one.until_footer("i Write")
        one.type(UP)
        one.until_footer("Reply")
        one.type("O")
        one.until_seen("alice  I have one")
        one.type(ESCAPE)
        one.until(lambda: "alice  I have one" not in one.seen)
        one.type(f"{UP}P")
        one.until_seen("Together in #general")
        one.type(ESCAPE)
        one.until(lambda: "Together in #general" not in one.seen)
        one.type(QUIT)
        assert one.wait_for_end() == 0
    with Looker(alice, 120, 30) as one:
        # Row 33: what was written waits still, and stands in a list of its own.
        one.until(lambda: any("Outbox" in x and "1" in x for x in one.seen.splitlines()))
        one.type(OUTBOX)
        one.until_seen("I have one")
        one.type(ESCAPE)
        one.until(lambda: "╭─ Outbox" not in one.seen)
        one.type(QUIT)
        assert one.wait_for_end() == 0
