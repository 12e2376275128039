"""A message is seen whole in a pager of one's own; then the screen comes back."""

from pathlib import Path

import pytest

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import UP, Looker

CODE = "see\n```py\n" + "x = " + "1 + " * 60 + "the_end\n```"


@pytest.mark.parametrize(
    ("pager", "seen"),
    [
        ("tee {}", ""),
        ("/nowhere/pager", "$PAGER."),
        ("'no shell reads this", "$PAGER."),
        ("false", "false has failed: exit code 1"),
    ],
    ids=["shows", "is-not-there", "is-no-command", "fails"],
)
def test_a_message_is_seen_whole_in_the_pager(tmp_path: Path, pager: str, seen: str) -> None:
    """As it was written, all that the screen has cut too."""
    hub = HubThread()
    shell, directory = Shell(tmp_path), tmp_path / "alice"
    shell.done("join", hub.link(), "--handle", "alice", "--profile", str(directory))
    shell.done("post", "#general", CODE, "--profile", str(directory))
    hub.close()
    kept = tmp_path / "kept"
    with Looker(Profile(directory), 80, 24, {"PAGER": pager.format(kept)}) as looker:
        looker.leave_home()
        looker.until_seen("» cut: V shows it whole")
        assert "the_end" not in looker.seen
        looker.type("\r")
        looker.until_footer("Write")
        looker.type(UP)
        looker.until_footer("Reply")
        looker.type("V")
        if seen:
            looker.until_seen(seen)
        else:
            looker.until(lambda: kept.exists() and kept.read_text() == CODE + "\n")
        looker.type("S")
        looker.until_seen("hides nothing")
