"""`hobnob` without a word, in a terminal: the screen, or the first steps."""

from dataclasses import replace
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.lockbox import Cost, new_lock
from hobnob_client.paths import Profile
from tests.terminal.terminal import Terminal

QUIT = "\x11"
"""Ctrl+Q."""


def test_a_members_first_word_is_the_name_alone(profile: Profile) -> None:
    """What the replica holds is drawn with the hub down; Ctrl+Q ends it well."""
    with Terminal("hobnob", "--profile", str(profile.directory)) as terminal:
        terminal.wait_for_text("#general")
        terminal.type(QUIT)
        assert terminal.wait_for_end() == 0


def test_a_locked_device_asks_before_the_screen_opens(profile: Profile) -> None:
    """What is typed does not show; three wrong ones end it in words."""
    lock = new_lock("canary in the mine", Cost(64, 1, 1))
    keyring.save(profile, replace(keyring.load(profile), lock=lock))
    with Terminal("hobnob", "--profile", str(profile.directory)) as terminal:
        terminal.wait_for_text("Passphrase of alice on ")
        terminal.type("canary in the mine\n")
        terminal.wait_for_text("#general")
        terminal.type(QUIT)
        assert terminal.wait_for_end() == 0
        assert b"canary" not in terminal.output
    with Terminal("hobnob", "--profile", str(profile.directory)) as terminal:
        for question in ("Passphrase of alice on ", "not it. Passphrase: ", "not it. Passphrase: "):
            terminal.wait_for_text(question)
            terminal.output = b""
            terminal.type("wrong\n")
        assert terminal.wait_for_end() == 2


def test_a_newcomer_at_a_terminal_that_can_only_print_reads_the_first_steps(tmp_path: Path) -> None:
    """No screen, no file, no error."""
    nowhere = str(tmp_path / "nowhere")
    with Terminal("hobnob", "--profile", nowhere, environ={"TERM": "dumb"}) as terminal:
        assert terminal.wait_for_end() == 0
        assert b"hobnob join LINK" in terminal.output
        assert b"\x1b" not in terminal.output
    assert not (tmp_path / "nowhere").exists()
