"""Two members, two terminals, one hub: what is written by keys under seal is read by the other."""

import re
from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import ENTER, ESCAPE, QUIT, Looker


def test_two_members_talk_in_their_terminals(tmp_path: Path) -> None:
    """Begun by handle, answered where it came; then the hub is gone, and what is said waits."""
    hub = HubThread()
    shell = Shell(tmp_path)
    alice, bob = Profile(tmp_path / "alice"), Profile(tmp_path / "bob")
    for profile in (alice, bob):
        directory = profile.directory
        shell.done("join", hub.link(), "--handle", directory.name, "--profile", str(directory))
    # Who joined first hears of who came later, before anybody types.
    shell.done("sync", "--profile", str(alice.directory))
    with Looker(alice, 80, 24) as one, Looker(bob, 120, 30) as other:
        one.until_seen("online")
        other.until_seen("online")
        one.type(f"@bob{ENTER}meet me at noon{ENTER}")
        one.until_seen("@bob · sealed")
        one.until_seen("meet me at noon")
        one.until(lambda: "⧗" not in one.seen)
        other.until_seen("1 @alice 1")
        other.type("n")
        # Home tells of it too.
        other.until_seen("Write in @alice")
        other.until_seen("meet me at noon")
        other.type(f"iwith pleasure{ENTER}")
        other.until_seen("─ Conversations ─")
        one.until_seen("with pleasure")
        one.until(lambda: "⧗" not in one.seen)
        hub.close()
        one.type(f"are you still there?{ENTER}")
        one.until_seen("⧗ queued, not sent yet")
        for looker in (one, other):
            looker.type(QUIT)
            assert looker.wait_for_end() == 0
        assert b"meet me at noon" in other.output


def test_a_group_is_begun_and_a_number_compared_in_two_terminals(tmp_path: Path) -> None:
    """By keys typed ahead of what is drawn; both see the same number, and no colour is needed to
    see who is verified."""
    hub = HubThread()
    shell = Shell(tmp_path)
    alice, bob = Profile(tmp_path / "alice"), Profile(tmp_path / "bob")
    for profile in (alice, bob):
        directory = profile.directory
        shell.done("join", hub.link(), "--handle", directory.name, "--profile", str(directory))
    shell.done("sync", "--profile", str(alice.directory))
    plain = {"NO_COLOR": "1"}
    with Looker(alice, 80, 24, plain) as one, Looker(bob, 80, 24, plain) as other:
        one.until_seen("online")
        other.until_seen("online")
        one.type(f"&bo{ENTER}{ENTER}plans{ENTER}")
        one.until_seen("Write in &plans")
        one.type(f"who has a ladder?{ENTER}")
        other.until_seen("─ New to you ─")
        other.until(lambda: any("&plans" in x and "1" in x for x in other.seen.splitlines()))
        other.type("n")
        other.until_seen("who has a ladder?")
        other.type("wv")
        other.until_seen("Is it really @alice?")
        one.until_footer("Enter Send")
        one.type(ESCAPE)
        one.until_footer("i Write")
        one.type("wv")
        one.until_seen("Is it really @bob?")
        shown = re.compile(r"(?:\d{5} ){5}\d{5}")
        assert shown.findall(one.seen) == shown.findall(other.seen)
        assert len(shown.findall(one.seen)) == 2
        one.type("y")
        one.until_seen("@bob · ✓ verified")
        one.type(ESCAPE)
        one.until_seen("&plans · sealed · ✓ verified")
        for looker in (one, other):
            looker.type(QUIT)
            assert looker.wait_for_end() == 0
    hub.close()
