"""`hobnob invite ...`: members let others in."""

from pathlib import Path

import pytest

from hobnob_protocol.invite_link import parse
from tests.client.verbs.shell import HubThread, Shell


def test_a_link_lets_somebody_in_once(hub: HubThread, bob: Shell, tmp_path: Path) -> None:
    """By where the member joined; the list and the members tell who came by it."""
    made = bob.done("invite")
    (link,) = made.lines
    assert parse(link).port == hub.hub.port
    assert "works only here" in made.talk
    (before,) = bob.done("invite", "list").lines
    assert "0 of 1 used  open until" in before
    carol = Shell(tmp_path / "carol")
    carol.done("join", link, "--handle", "carol")
    bob.done("sync")
    (after,) = bob.done("invite", "list").lines
    assert after.endswith("1 of 1 used  used up  carol")
    assert "carol  invited by bob" in bob.done("members").lines
    (record,) = [row for row in bob.done("members", "--json").records if row["handle"] == "carol"]
    assert record["inviter"] == "bob"
    assert Shell(tmp_path / "dave").hobnob("join", link, "--handle", "dave").code == 1


def test_a_revoked_link_lets_nobody_in(hub: HubThread, bob: Shell, tmp_path: Path) -> None:
    """It is gone from the list; what is not in it cannot be revoked."""
    (made,) = bob.done("invite", "--uses", "5", "--days", "2", "--json").records
    assert (made["uses"], made["state"]) == (5, "sent")
    (listed,) = bob.done("invite", "list", "--json").records
    assert (listed["invite"], listed["open"], listed["pending"]) == (made["invite"], True, False)
    bob.done("invite", "revoke", made["invite"][:8])
    assert bob.done("invite", "list").out == ""
    assert bob.hobnob("invite", "revoke", made["invite"][:8]).code == 2
    assert Shell(tmp_path / "dave").hobnob("join", made["link"], "--handle", "dave").code == 1


def test_offline_a_link_waits_for_the_hub(hub: HubThread, bob: Shell, tmp_path: Path) -> None:
    """It is made at once, and says what it waits for; once sent, it works."""
    hub.stop()
    made = bob.done("invite")
    assert "queued" in made.talk
    assert "lets nobody in" in made.talk
    assert "waits for the hub" in bob.done("invite", "list").out
    hub.start()
    bob.done("sync")
    Shell(tmp_path / "carol").done("join", made.lines[0], "--handle", "carol")


def test_only_so_many_are_open_at_once(bob: Shell) -> None:
    """Said here already, with what to do about it."""
    for _ in range(3):
        bob.done("invite")
    said = bob.hobnob("invite")
    assert said.code == 1
    assert said.out == ""
    assert "3 open invites" in said.talk
    assert "hobnob invite revoke" in said.talk


def test_the_secret_is_in_the_link_and_nowhere_else(bob: Shell) -> None:
    """Not in the profile, not in what the hub is told."""
    secret = parse(bob.done("invite").out).invite
    for path in bob.home.rglob("*"):
        if path.is_file():
            assert secret not in path.read_bytes()


@pytest.mark.parametrize("words", [("--uses", "0"), ("--uses", "21"), ("--days", "31"), ("x",)])
def test_what_cannot_be_is_refused_before_anything_is_made(
    bob: Shell, words: tuple[str, ...]
) -> None:
    """In words, with the bounds."""
    said = bob.hobnob("invite", *words)
    assert said.code == 2
    assert said.out == ""
    assert bob.done("invite", "list").out == ""
