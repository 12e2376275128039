"""A hub and two members, joined."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.verbs.shell import HubThread, Shell


@pytest.fixture
def hub() -> Iterator[HubThread]:
    """A hub that runs."""
    thread = HubThread()
    yield thread
    thread.close()


@pytest.fixture
def alice(hub: HubThread, tmp_path: Path) -> Shell:
    """Alice, who owns the hub."""
    shell = Shell(tmp_path / "alice")
    shell.done("join", hub.link(owner=True), "--handle", "alice")
    return shell


@pytest.fixture
def bob(hub: HubThread, tmp_path: Path) -> Shell:
    """Bob, a member."""
    shell = Shell(tmp_path / "bob")
    shell.done("join", hub.link(), "--handle", "bob")
    return shell
