"""Whose terminal it is."""

from pathlib import Path

import pytest

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """Somebody who has been in #general and is offline now."""
    hub = HubThread()
    directory = tmp_path / "profile"
    shell = Shell(tmp_path)
    shell.done("join", hub.link(), "--handle", "alice", "--profile", str(directory))
    shell.done("post", "#general", "a wheel", "--profile", str(directory))
    hub.close()
    return Profile(directory)
