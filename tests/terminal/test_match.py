"""Somebody finds whom to talk to, by keys alone in a terminal, with the hub away."""

from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import ENTER, ESCAPE, QUIT, Looker

KNOWN = {
    "bob": ("SQLite locks on NFS do not hold", "no SQLite file on a share"),
    "cem": ("SQLite locks up in WAL mode", "a SQLite share: use a server"),
}


def test_somebody_finds_whom_to_talk_to(tmp_path: Path) -> None:
    """From Home by M; posts open and Esc comes back; a note is begun, and nothing is sent."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice = Profile(tmp_path / "alice")
    at = ("--profile", str(alice.directory))
    shell.done("join", hub.link(), "--handle", "alice", *at)
    for name, texts in KNOWN.items():
        there = ("--profile", str(tmp_path / name))
        shell.done("join", hub.link(), "--handle", name, *there)
        shell.done("me", "allow", "matching", *there)
        for text in texts:
            shell.done("post", "#general", text, *there)
    for nth in range(6):
        shell.done("post", "#general", f"good morning {nth}", *at)
    shell.done("sync", *at)
    shell.done("search", "morning", *at)
    hub.close()
    with Looker(alice, 80, 24) as one:
        one.until_seen("▌Home")
        one.until_seen("\n #general")
        one.type("M")
        one.until_seen("Say what you need, in your words")
        one.type(f"SQLite locks up on a share{ENTER}")
        one.until_seen("You said: “SQLite locks up on a share”")
        one.until(lambda: "@bob" in one.seen and "@cem" in one.seen)
        one.until_seen("2 of 2 members agree to be proposed.")
        one.type("w")
        one.until_seen("rank: the score, less the price")
        one.type(ESCAPE)
        one.until(lambda: "rank: the score" not in one.seen)
        one.type("2")
        one.until(lambda: "You said" not in one.seen)
        one.until_seen("Write in #general")
        one.type(ESCAPE)
        one.until_seen("You said: “SQLite locks up on a share”")
        one.type("a")
        one.until(lambda: "You said" not in one.seen)
        one.until_seen("Hello! I need help with this: SQLite locks up")
        one.type(QUIT)
        assert one.wait_for_end() == 0
    waiting = shell.done("outbox", "--json", *at).records
    assert {each["kind"] for each in waiting} <= {"read_cursor"}
