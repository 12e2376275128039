"""All devices are lost; an SSH key brings their owner back to a real hub, or waits and is refused.

Beside fakes made by formula, the agent is OpenSSH's own where it is there.
"""

import asyncio
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest

from hobnob_client.failures import Exit
from hobnob_protocol.invite_link import InviteLink
from tests.client.ssh_agent import FakeAgent
from tests.client.typist import Typist
from tests.client.verbs.shell import Said, Shell
from tests.protocol.vectors.ssh_holders import security
from tests.stories.process import hub_process


@contextmanager
def real_agent(folder: Path) -> Generator[Path]:
    """ssh-agent with one key of ssh-keygen's."""
    place, key = folder / "agent", folder / "key"
    run = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
    subprocess.run(run, check=True, stdin=subprocess.DEVNULL)
    agent = subprocess.Popen(("ssh-agent", "-D", "-a", str(place)), stdout=subprocess.DEVNULL)
    try:
        environ = {"SSH_AUTH_SOCK": str(place)}
        for _ in range(200):
            add = ("ssh-add", "-q", str(key))
            done = subprocess.run(add, env=environ, capture_output=True, check=False, timeout=30)
            if done.returncode == 0:
                break
        yield place
    finally:
        agent.terminate()
        agent.wait(30)


def back(shell: Shell, link: InviteLink, agent: Path, *answers: str) -> Said:
    """Come back by the agent's key."""
    place = f"alice@{link.host}:{link.port}"
    with Typist(["yes", *answers]) as typist:
        return shell.hobnob("recover", place, "--ssh", typing=typist.place, agent=agent)


def joined(folder: Path, link: InviteLink, agent: Path) -> Shell:
    """Alice, whose account begins with the key."""
    desk = Shell(folder / "desk")
    said = desk.hobnob("join", str(link), "--handle", "alice", "--ssh", agent=agent)
    assert said.code == 0, said
    desk.done("post", "#general", "before the fire")
    return desk


def told_by_touch(folder: Path, link: InviteLink) -> None:
    """A security key: at once, and what is lost is ended; it blocks."""
    with FakeAgent(folder / "agent", (security(),)) as agent:
        desk = joined(folder, link, agent.place)
        new = Shell(folder / "new")
        said = back(new, link, agent.place, "yes")
    assert said.code == 0, said
    assert new.done("tail").out.endswith("alice: before the fire\n")
    new.done("post", "#general", "back again")
    assert desk.hobnob("sync").code == Exit.FAILED


def told_by_agent(folder: Path, link: InviteLink) -> None:
    """OpenSSH's agent: it waits, and a device says no; it blocks."""
    with real_agent(folder) as agent:
        desk = joined(folder, link, agent)
        thief = Shell(folder / "thief")
        said = back(thief, link, agent)
        assert said.code == Exit.RETRY, said
        assert "This device waits" in said.talk
        desk.done("sync")
        assert "STOP" in desk.done("channels").talk
        assert "stays out" in desk.done("device", "veto").talk
        desk.done("sync")
        again = back(thief, link, agent)
    assert again.code == Exit.FAILED, again
    assert "a device of yours has said no" in again.talk
    assert "knows no such key" in again.talk


def test_a_touch_brings_somebody_back(tmp_path: Path) -> None:
    """To the same account; what was lost speaks no more."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            await asyncio.to_thread(told_by_touch, tmp_path, await hub.invite())

    asyncio.run(story())


@pytest.mark.skipif(which("ssh-agent") is None, reason="there is no ssh-agent")
def test_who_has_an_agent_waits_and_is_kept_out(tmp_path: Path) -> None:
    """By one word on a device that is there."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            await asyncio.to_thread(told_by_agent, tmp_path, await hub.invite())

    asyncio.run(story())
