"""`hobnob` without a word, in a terminal: the screen, or the first steps."""

from pathlib import Path

from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.terminal import Terminal

QUIT = "\x11"
"""Ctrl+Q."""


def test_a_members_first_word_is_the_name_alone(tmp_path: Path) -> None:
    """What the replica holds is drawn with the hub down; Ctrl+Q ends it well."""
    hub = HubThread()
    directory = tmp_path / "profile"
    shell = Shell(tmp_path)
    shell.done("join", hub.link(), "--handle", "alice", "--profile", str(directory))
    shell.done("post", "#general", "a wheel", "--profile", str(directory))
    hub.close()
    with Terminal("hobnob", "--profile", str(directory)) as terminal:
        terminal.wait_for_text("wheel")
        terminal.type(QUIT)
        assert terminal.wait_for_end() == 0


def test_a_newcomer_is_shown_the_first_steps(tmp_path: Path) -> None:
    """No screen, no file, no error."""
    with Terminal("hobnob", "--profile", str(tmp_path / "nowhere")) as terminal:
        assert terminal.wait_for_end() == 0
        assert b"hobnob join LINK" in terminal.output
        assert b"\x1b" not in terminal.output
    assert not (tmp_path / "nowhere").exists()
