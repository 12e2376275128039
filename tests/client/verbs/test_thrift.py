"""What a verb loads. How long that takes differs from run to run, how much it is does not."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

from hobnob_client.paths import Profile
from tests.client.verbs.shell import PROFILE, HubThread, Shell

OWN = 233
"""Modules of hobnob that a post may load with the hub up, and `WHOLE` with all others."""
WHOLE = 441
OWN_ALONE = 214
"""The same with the hub down."""
WHOLE_ALONE = 340
SPARED = {
    "cryptography",
    "hobnob_client.attention.wishes",
    "hobnob_client.sealing.seals",
    "hobnob_client.tui",
    "hobnob_protocol.questions",
    "hobnob_protocol.sealing.body",
    "hobnob_protocol.sealing.seal_key",
    "hobnob_protocol.ssh.keys",
}
COUNTED = """
import sys
before = set(sys.modules)
from hobnob.cli import main
assert main(["post", "#general", "hello"]) == 0
loaded = set(sys.modules) - before
print(len(loaded), sum(name.startswith("hobnob") for name in loaded))
print(*sorted(loaded))
"""


def loaded_by_a_post(shell: Shell) -> tuple[int, int, list[str]]:
    """How many modules a post from cold has loaded, how many of them are hobnob's own, and all."""
    said = subprocess.run(
        [sys.executable, "-c", COUNTED],
        env={**os.environ, "HOME": str(shell.home), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    counts, names = said.stdout.splitlines()
    whole, own = counts.split()
    return int(whole), int(own), names.split()


def test_a_post_loads_few_modules(alice: Shell) -> None:
    """Each costs a third of a millisecond or more. What asks, ranks and counts is not among them;
    where one must be added, the bound grows in the commit that says why."""
    whole, own, names = loaded_by_a_post(alice)
    assert own <= OWN, names
    assert whole <= WHOLE, names


def test_a_post_with_the_hub_down_loads_fewer(hub: HubThread, alice: Shell) -> None:
    """Nothing of what talks to hubs."""
    hub.stop()
    whole, own, names = loaded_by_a_post(alice)
    assert own <= OWN_ALONE, names
    assert whole <= WHOLE_ALONE, names


def test_a_post_is_spared_what_it_does_not_use(alice: Shell) -> None:
    """By name: a count alone would not say what has crept in."""
    assert SPARED & set(loaded_by_a_post(alice)[2]) == set()


def indexed(shell: Shell) -> dict[bytes, int]:
    """How far each stream of a replica can be searched."""
    replica = Profile(shell.home / PROFILE).replica
    with closing(sqlite3.connect(replica)) as database:
        return dict(database.execute("SELECT stream, hi FROM indexed"))


def test_a_post_leaves_the_index_of_words_to_who_asks_it(alice: Shell) -> None:
    """To index costs more than to send; a search does it, and finds all that was said."""
    alice.hobnob("search", "nothing")
    before = indexed(alice)
    for word in ("apples", "pears", "plums"):
        alice.done("post", "#general", word)
    assert indexed(alice) == before
    assert all(alice.done("search", word).lines for word in ("apples", "pears", "plums"))
    assert indexed(alice) != before
