"""What the screen keeps in memory while it stands: libraries that few acts need are not there."""

import sys
from pathlib import Path

import pytest

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import ENTER, QUIT, Looker


@pytest.mark.skipif(sys.platform != "linux", reason="only there it can be seen from outside")
def test_a_screen_that_talks_with_its_hub_signs_by_one_library(tmp_path: Path) -> None:
    """The one that makes seal keys takes 10 MB: they are made by another process, once a day, and
    known by name from then on."""
    hub, shell = HubThread(), Shell(tmp_path)
    profile = Profile(tmp_path / "alice")
    shell.done("join", hub.link(), "--handle", "alice", "--profile", str(profile.directory))
    shell.done("sync", "--profile", str(profile.directory))
    with Looker(profile, 100, 30) as one:
        one.leave_home()
        one.type("i")
        one.until_footer("Send")
        one.type(f"a wheel{ENTER}")
        one.until(lambda: "a wheel" in one.seen and "Send" in one.footer)
        one.until(lambda: "⧗" not in one.seen)
        mapped = Path(f"/proc/{one.pid}/maps").read_text()
        assert "/nacl/" in mapped
        assert "/cryptography/" not in mapped
        one.type(QUIT)
        assert one.wait_for_end() == 0
    hub.close()
