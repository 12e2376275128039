"""SSH keys: named at joining or later, coming back by one, a day in which devices say no."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hobnob_client.failures import Exit
from hobnob_protocol.limits import VETO_SECONDS
from hobnob_protocol.ssh.signed import SshSigner
from tests.client.ssh_agent import FakeAgent
from tests.client.typist import Typist
from tests.client.verbs.shell import HubThread, Said, Shell
from tests.protocol.vectors.ssh_holders import CURVE, DESK, security

DAY_MS = VETO_SECONDS * 1_000


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[FakeAgent]:
    """An agent that holds one key."""
    with FakeAgent(tmp_path / "agent", (DESK,)) as there:
        yield there


def named(shell: Shell, agent: FakeAgent) -> Said:
    """Name the agent's key."""
    said = shell.hobnob("device", "ssh", agent=agent.place)
    assert said.code == 0, said
    shell.done("sync")
    return said


def place(hub: HubThread, handle: str = "alice") -> str:
    """Where the account is."""
    return f"{handle}@127.0.0.1:{hub.hub.port}"


def asks(shell: Shell, hub: HubThread, agent: FakeAgent, *answers: str) -> Said:
    """Come back by the agent's key, the hub's fingerprint compared."""
    with Typist(["yes", *answers]) as typist:
        words = ("recover", place(hub), "--ssh")
        return shell.hobnob(*words, typing=typist.place, agent=agent.place)


def later(hub: HubThread, milliseconds: int) -> None:
    """So much time goes by at the hub."""
    hub.hub.ahead_ms += milliseconds


def test_a_key_is_named_and_stands_beside_the_devices(
    hub: HubThread, alice: Shell, agent: FakeAgent
) -> None:
    """It is told what whoever holds it can do, and ended as a device is."""
    said = named(alice, agent)
    assert "a day later, unless a device of yours says no" in said.talk
    assert "SSH key, ssh-ed25519  SHA256:" in said.out
    mine, key = alice.done("device", "list").lines
    assert "this one" in mine
    assert key.endswith("SSH key, ssh-ed25519")
    assert alice.done("device", "list", "--json").records[1]["sort"] == "ssh"
    again = alice.hobnob("device", "ssh", agent=agent.place)
    assert "added once" in again.talk
    alice.done("device", "revoke", key.split()[0])
    alice.done("sync")
    assert alice.done("device", "list").lines[1].endswith("revoked")


def test_an_account_begins_with_a_key(hub: HubThread, agent: FakeAgent, tmp_path: Path) -> None:
    """The genesis names it."""
    carol = Shell(tmp_path / "carol")
    words = ("join", hub.link(), "--handle", "carol", "--ssh")
    said = carol.hobnob(*words, agent=agent.place)
    assert said.code == 0, said
    assert carol.done("device", "list").lines[1].endswith("SSH key, ssh-ed25519")
    lonely = Shell(tmp_path / "lonely").hobnob("join", hub.link(), "--handle", "dave", "--ssh")
    assert lonely.code == Exit.USAGE
    assert "no SSH agent here" in lonely.talk


def test_who_comes_back_waits_a_day(
    hub: HubThread, alice: Shell, bob: Shell, agent: FakeAgent, tmp_path: Path
) -> None:
    """By the hub's clock; the devices that are there are told by every verb; then it enters."""
    named(alice, agent)
    new = Shell(tmp_path / "new")
    said = asks(new, hub, agent)
    assert said.code == Exit.RETRY, said
    assert "This device waits" in said.talk
    assert new.hobnob("sync").code != 0
    told = alice.done("sync")
    alice.done("sync")
    told = alice.done("channels")
    assert "STOP" in told.talk
    assert "hobnob device veto" in told.talk
    *_, waits = alice.done("device", "list").lines
    assert "asks to speak for you from" in waits
    assert alice.done("device", "list", "--json").records[-1]["sort"] == "waiting"
    early = new.hobnob("recover", place(hub))
    assert early.code == Exit.RETRY, early
    assert "This device waits" in early.talk
    later(hub, DAY_MS + 60_000)
    with Typist(["yes"]) as typist:
        said = new.hobnob("recover", place(hub), typing=typist.place)
    assert said.code == 0, said
    assert "You are alice again" in said.out
    new.done("post", "#general", "back again")
    bob.done("sync")
    assert bob.done("tail").out.endswith("alice: back again\n")
    assert alice.hobnob("sync").code == Exit.FAILED
    assert "STOP" not in new.done("channels").talk


def test_a_device_says_no(hub: HubThread, alice: Shell, agent: FakeAgent, tmp_path: Path) -> None:
    """By one word; who waited stays out, also after the day, and the key brings nobody back."""
    named(alice, agent)
    thief = Shell(tmp_path / "thief")
    assert asks(thief, hub, agent).code == Exit.RETRY
    alice.done("sync")
    said = alice.done("device", "veto")
    assert "stays out" in said.talk
    alice.done("sync")
    assert "Nobody waits." in alice.done("device", "veto").talk
    assert "STOP" not in alice.done("channels").talk
    later(hub, DAY_MS)
    over = asks(thief, hub, agent)
    assert over.code == Exit.FAILED, over
    assert "a device of yours has said no" in over.talk
    assert "knows no such key" in over.talk
    assert alice.done("device", "list").lines[1].endswith("revoked")


def test_a_no_that_waits_is_not_said_to_hold(
    hub: HubThread, alice: Shell, agent: FakeAgent, tmp_path: Path
) -> None:
    """Who asks enters if the hub never hears it."""
    named(alice, agent)
    asks(Shell(tmp_path / "thief"), hub, agent)
    alice.done("sync")
    hub.stop()
    said = alice.done("device", "veto")
    assert "queued" in said.talk
    assert "stays out" not in said.talk
    hub.start()
    alice.done("sync")
    assert "Nobody waits." in alice.done("device", "veto").talk


def test_a_touch_lets_in_at_once(hub: HubThread, alice: Shell, tmp_path: Path) -> None:
    """And the person is told to touch."""
    touch = security()
    with FakeAgent(tmp_path / "sk", (touch,)) as agent:
        said = named(alice, agent)
        assert "Touch your security key." in said.talk
        assert "at once, by a touch" in said.talk
        new = Shell(tmp_path / "new")
        said = asks(new, hub, agent, "no")
        assert said.code == 0, said
        assert "Touch it each time" in said.talk
        assert "You are alice again" in said.out
        new.done("post", "#general", "back again")


@pytest.mark.parametrize("holder", [CURVE, DESK], ids=["another key", "another handle"])
def test_a_key_that_is_not_of_the_account(
    holder: SshSigner, hub: HubThread, alice: Shell, bob: Shell, agent: FakeAgent, tmp_path: Path
) -> None:
    """Is told nothing."""
    named(alice, agent)
    handle = "alice" if holder is CURVE else "bob"
    with FakeAgent(tmp_path / "other", (holder,)) as other, Typist(["yes"]) as typist:
        words = ("recover", place(hub, handle), "--ssh")
        said = Shell(tmp_path / "new").hobnob(*words, typing=typist.place, agent=other.place)
    assert said.code == Exit.FAILED
    assert "knows no such key" in said.talk


def test_an_agent_that_says_no_brings_nobody_back(
    hub: HubThread, alice: Shell, tmp_path: Path
) -> None:
    """In words."""
    with FakeAgent(tmp_path / "agent", (DESK,)) as agent:
        named(alice, agent)
        agent.refuses = True
        said = asks(Shell(tmp_path / "new"), hub, agent)
    assert said.code == Exit.FAILED
    assert "The SSH agent refuses" in said.talk
