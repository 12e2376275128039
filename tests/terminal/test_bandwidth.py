"""How many bytes the screen sends, counted."""

from pathlib import Path

import pytest

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import ENTER, ESCAPE, QUIT, SWITCH, Looker

LOW_BYTES_MAX, FULL_BYTES_MAX = 1_500, 8_000


@pytest.mark.parametrize(
    ("bandwidth", "bytes_max"), [("low", LOW_BYTES_MAX), ("full", FULL_BYTES_MAX)]
)
def test_a_new_line_costs_little_and_quiet_nothing(
    tmp_path: Path, bandwidth: str, bytes_max: int
) -> None:
    """In a full channel at 120 by 40, on a slow line less still; what is seen is what there is."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice, bob = str(tmp_path / "alice"), str(tmp_path / "bob")
    for each in (alice, bob):
        handle = Path(each).name
        shell.done("join", hub.link(), "--handle", handle, "--profile", each)
    for nth in range(42):
        text = f"message {nth}: enough to fill a line of a screen that is not narrow at all"
        shell.done("post", "#general", text, "--profile", alice)
    environ = {"HOBNOB_LOOK_BANDWIDTH": bandwidth}
    with Looker(Profile(Path(alice)), 120, 40, environ) as looker:
        looker.until_seen("online")
        looker.type(SWITCH)
        looker.until_seen("Go to")
        looker.type(f"gen{ENTER}")
        looker.until_seen("message 41")
        looker.until_still()
        assert "message 9:" not in looker.seen
        before = len(looker.output)
        text = "news about wheels, " * 4
        shell.done("post", "#general", f"{text}told", "--profile", bob)
        looker.until_seen("told")
        looker.settle()
        assert len(looker.output) - before <= bytes_max
        # Through other screens and back, all is as it was.
        looker.type("?")
        looker.until_seen("─ Keys ─")
        looker.type(ESCAPE)
        looker.until_seen("message 41")
        looker.settle()
        looker.resize(100, 30)
        looker.grid = type(looker.grid)(100, 30)
        looker.until_seen("told")
        looker.wait_for(lambda _: looker.is_silent(2.0))
        assert ("38;2;" in looker.output.decode()) == (bandwidth == "full")
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
    hub.close()
