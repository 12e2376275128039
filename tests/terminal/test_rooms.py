"""What is for one, and how far one has read, by keys alone in a terminal, with the hub away."""

from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import DOWN, ENTER, ESCAPE, LEFT, QUIT, UP, Looker


def test_somebody_comes_home_in_a_terminal(tmp_path: Path) -> None:
    """What needs one, with the reason; there and back; saved, marked unread from a message, read
    again, explored; the next unread channel and the first unread message; all of it offline."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice, bob = Profile(tmp_path / "alice"), Profile(tmp_path / "bob")
    for profile in (alice, bob):
        directory = profile.directory
        shell.done("join", hub.link(), "--handle", directory.name, "--profile", str(directory))
    for text in (*(f"line {nth}" for nth in range(1, 30)), "look here, @alice", "last of all"):
        shell.done("post", "#general", text, "--profile", str(bob.directory))
    shell.done("sync", "--profile", str(alice.directory))
    shell.done("search", "line", "--profile", str(alice.directory))
    hub.close()
    with Looker(alice, 80, 24) as one:
        # Row 22, 17: what needs one is counted, and what can wait.
        one.until_seen("1 thing needs you, 30 can wait.")
        one.until(lambda: "#general        @31" in one.seen)
        one.until_seen("mentions you: “look here, @alice”")
        one.until_footer("Done")
        one.type(ENTER)
        one.until_seen("Write in #general")
        one.until_seen("look here, @alice")
        # Row 25: saved, and back Home by one key.
        one.type("s")
        one.until_seen("Saved: it stands under Saved")
        one.type(ESCAPE)
        one.until_seen("Nothing needs you")
        # Rows 18, 19, 20: the next channel with something unread opens where that begins.
        one.type("n")
        one.until_seen("━ new ━")
        one.until_seen("line 1 ")
        one.type("G")
        one.until_seen("last of all")
        one.type("u")
        one.until_seen("line 1 ")
        # Row 24: unread from a message on, and that stays.
        one.type(f"G{UP}{UP}U")
        one.until_seen("2 unread from there on")
        one.type(QUIT)
        assert one.wait_for_end() == 0
    with Looker(alice, 120, 34) as one:
        one.until(lambda: any("#general" in x and "@2" in x for x in one.seen.splitlines()))
        # Row 23: who explores marks nothing.
        one.type("X")
        one.until_seen("◎ exploring")
        one.type("n")
        one.until_seen("last of all")
        one.type("G")
        one.until_still()
        # What one sees in the channel would count again from here on.
        one.type(LEFT)
        one.until_in_list()
        one.type("X")
        one.until(lambda: "◎ exploring" not in one.seen)
        one.until(lambda: any("#general" in x and "@2" in x for x in one.seen.splitlines()))
        one.type("M")
        one.until_seen("Marked as read; z undoes it.")
        one.until(lambda: not any("#general" in x and "@2" in x for x in one.seen.splitlines()))
        # Row 21: all mentions in one list.
        one.type(f"g{DOWN}{DOWN}{DOWN}{DOWN}{ENTER}")
        one.until_seen("“look here, @alice”")
        one.type(f"{LEFT}{DOWN}{DOWN}{DOWN}{ENTER}")
        one.until_seen("★ bob · #general")
        one.type(QUIT)
        assert one.wait_for_end() == 0
