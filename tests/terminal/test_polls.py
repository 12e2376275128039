"""A poll is asked, voted in and closed in two terminals; and what a message said before is seen."""

from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import DOWN, ENTER, ESCAPE, QUIT, UP, Looker


def enter(looker: Looker) -> None:
    """Into the channel, where nothing is selected yet."""
    looker.leave_home()
    looker.until_seen("Write in #general")
    looker.type(ENTER)
    looker.until(lambda: "▌#general" not in looker.seen)


def test_a_poll_and_an_edit_are_followed_by_keys_alone(tmp_path: Path) -> None:
    """Both see the counts as they stand; a vote moves; what was changed is shown word by word;
    whoever asked closes the poll."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice, bob = Profile(tmp_path / "alice"), Profile(tmp_path / "bob")
    for profile in (alice, bob):
        directory = profile.directory
        shell.done("join", hub.link(), "--handle", directory.name, "--profile", str(directory))
    with Looker(alice, 80, 24) as one, Looker(bob, 100, 30) as other:
        for looker in (one, other):
            enter(looker)
        one.type(f"pWhen do we meet?{ENTER}Tuesday{ENTER}Friday{ENTER}{ENTER}")
        one.until_seen("When do we meet?")
        other.until_seen("Friday")
        other.type(UP)
        other.until_footer("Vote")
        other.type(f"v{DOWN}{ENTER}")
        other.until_seen("Your vote is given")
        one.until(lambda: any("Friday" in x and "1" in x for x in one.seen.splitlines()))
        other.type(f"v{UP}{ENTER}")
        # Who writes is read first: a terminal that nobody reads fills up, and the screen waits.
        other.until_seen("(•) Tuesday")
        one.until(lambda: any("Tuesday" in x and "1" in x for x in one.seen.splitlines()))
        other.type(f"iI meant Fryday{ENTER}")
        other.until(lambda: "│ I meant" not in other.seen and "I meant Fryday" in other.seen)
        one.until_seen("I meant Fryday")
        other.type(UP)
        other.until_seen("│ I meant Fryday")
        other.type(f"\x15I meant Friday{ENTER}")
        other.until_seen("I meant Friday")
        one.until_seen("I meant Friday")
        one.type(f"{ESCAPE}{ENTER}{UP}")
        one.until_footer("Reply")
        one.type("E")
        one.until_seen("Fryday")
        one.type(ESCAPE)
        one.until(lambda: "Fryday" not in one.seen)
        one.type(UP)
        one.until_footer("Vote")
        one.type("c")
        one.until_seen("The poll closes for good")
        # Whoever leaves undoes it no more.
        one.type(QUIT)
        assert one.wait_for_end() == 0
        other.until_seen("poll closed · 1 ")
        other.type(QUIT)
        assert other.wait_for_end() == 0
    hub.close()
