"""The feed by keys alone in a terminal, with the hub away."""

from pathlib import Path

from hobnob_client.paths import Profile
from hobnob_client.tui.rooms.contents import INSIDE
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import DOWN, ENTER, ESCAPE, LEFT, QUIT, Looker

THREAD = f"#general{INSIDE}why is it locked?"


def test_somebody_reads_the_feed_in_a_terminal(tmp_path: Path) -> None:
    """Why a thread stands there, all of it, by time alone, there and back, and less of it, which
    holds after a restart: all of it offline."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice, bob = Profile(tmp_path / "alice"), Profile(tmp_path / "bob")
    for profile in (alice, bob):
        directory = profile.directory
        shell.done("join", hub.link(), "--handle", directory.name, "--profile", str(directory))
    at_bob = ("--profile", str(bob.directory))
    shell.done("post", "#general", "why is it locked?", *at_bob)
    asked = shell.done("tail", "--json", *at_bob).records[0]["event"]
    shell.done("post", "#general", "ask @alice", "--reply", str(asked), "--thread", *at_bob)
    shell.done("post", "#general", "good morning", *at_bob)
    shell.done("sync", "--profile", str(alice.directory))
    shell.done("search", "locked", "--profile", str(alice.directory))
    hub.close()
    with Looker(alice, 80, 24) as one:
        one.until_seen("▌Home")
        one.until_seen("\n #general")
        one.type(LEFT)
        one.until_footer("Unread")
        one.type(f"{DOWN}{ENTER}")
        one.until_seen("Ranked on this device")
        one.until_seen(f"▌ 1 {THREAD}")
        one.until_seen("because you are mentioned or answered")
        # Row 61: all that its place is made of.
        one.type("w")
        one.until_seen("that you write in it within a day")
        one.until_seen("to begin with")
        one.type(ESCAPE)
        one.until(lambda: "to begin with" not in one.seen)
        # Turned off, it is the order of time.
        one.type("f")
        one.until_seen("● Newest first")
        one.until(lambda: "because" not in one.seen)
        one.type("f")
        one.until_seen("because you are mentioned or answered")
        # There, and back.
        one.type(f"g{ENTER}")
        one.until(lambda: "Ranked on" not in one.seen and "ask @alice" in one.seen)
        one.type(ESCAPE)
        one.until_seen("Write in #general")
        one.type(ESCAPE)
        one.until_seen("Ranked on this device")
        one.until_seen(f"▌ 1 {THREAD}")
        one.type("-")
        one.until_seen("Not here for 14 days")
        one.until(lambda: "why is it locked?" not in one.seen)
        one.type("z")
        one.until_seen(f" 1 {THREAD}")
        one.type("g")
        one.until_seen(f"▌ 1 {THREAD}")
        one.type("-")
        one.until(lambda: "why is it locked?" not in one.seen)
        one.type(QUIT)
        assert one.wait_for_end() == 0
    with Looker(alice, 120, 34) as one:
        one.until_seen("▌Home")
        one.until_seen("\n #general")
        one.type(LEFT)
        one.until_footer("Unread")
        one.type(f"{DOWN}{ENTER}")
        one.until_seen("▌ 1 #general ")
        assert "why is it locked?" not in one.seen
        one.type(QUIT)
        assert one.wait_for_end() == 0
