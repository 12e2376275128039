"""Somebody asks to speak for a member by an SSH key: their screen says so, and one key says no."""

from pathlib import Path

from hobnob_client.failures import Exit
from hobnob_client.paths import Profile
from tests.client.ssh_agent import FakeAgent
from tests.client.typist import Typist
from tests.client.verbs.shell import HubThread, Shell
from tests.protocol.vectors.ssh_holders import DESK
from tests.terminal.looker import QUIT, Looker

F4 = "\x1bOS"


def test_one_key_keeps_out_who_asks(tmp_path: Path) -> None:
    """The line comes while one looks, and goes with the key."""
    hub = HubThread()
    desk, thief = Shell(tmp_path), Shell(tmp_path / "thief")
    alice = Profile(tmp_path / "alice")
    here = ("--profile", str(alice.directory))
    desk.done("join", hub.link(), "--handle", "alice", *here)
    with FakeAgent(tmp_path / "agent", (DESK,)) as agent:
        named = desk.hobnob("device", "ssh", *here, agent=agent.place)
        assert named.code == 0, named
        with Looker(alice, 100, 24) as looker:
            looker.until_seen("online")
            assert "STOP" not in looker.seen
            with Typist(["yes"]) as typist:
                words = ("recover", f"alice@127.0.0.1:{hub.hub.port}", "--ssh")
                said = thief.hobnob(*words, typing=typist.place, agent=agent.place)
            assert said.code == Exit.RETRY, said
            looker.until_seen("STOP. A device")
            looker.until_seen("F4 keeps it out")
            looker.type(F4)
            looker.until_seen("It stays out")
            looker.until(lambda: "STOP" not in looker.seen)
            looker.type(QUIT)
            assert looker.wait_for_end() == 0
    assert thief.hobnob("recover", f"alice@127.0.0.1:{hub.hub.port}").code != 0
    assert desk.done("device", "list", *here).lines[1].endswith("revoked")
    hub.close()
