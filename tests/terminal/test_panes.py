"""One member with two panes: two programs on one profile, and what is sealed reads in both."""

from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import ENTER, QUIT, Looker


def test_two_panes_of_one_profile_read_and_write_under_seal(tmp_path: Path) -> None:
    """One of them has the link. What comes is read in both, what is written in either goes out
    once; and when the one with the link is closed, the other goes on."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice, bob = tmp_path / "alice", tmp_path / "bob"
    for each in (alice, bob):
        shell.done("join", hub.link(), "--handle", each.name, "--profile", str(each))
    shell.done("sync", "--profile", str(alice))

    def bob_reads(text: str) -> bool:
        shell.done("sync", "--profile", str(bob))
        shown = shell.done("tail", "@alice", "--json", "--profile", str(bob)).records
        return [record["text"] for record in shown].count(text) == 1

    with Looker(Profile(alice), 80, 24) as left, Looker(Profile(alice), 100, 30) as right:
        left.until_seen("online")
        for pane in (left, right):
            pane.type(f"@bob{ENTER}")
            pane.until_seen("@bob")
        left.type(f"from the left{ENTER}")
        right.until_seen("from the left")
        left.until(lambda: bob_reads("from the left"))
        right.type(f"from the right{ENTER}")
        left.until_seen("from the right")
        left.until(lambda: bob_reads("from the right"))
        shell.done("post", "@alice", "heard you twice", "--profile", str(bob))
        for pane in (left, right):
            pane.until_seen("heard you twice")
        left.type(QUIT)
        assert left.wait_for_end() == 0
        shell.done("post", "@alice", "still there?", "--profile", str(bob))
        right.until_seen("still there?")
        right.type(f"still here{ENTER}")
        right.until(lambda: bob_reads("still here"))
        right.type(QUIT)
        assert right.wait_for_end() == 0
    hub.close()
