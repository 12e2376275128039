"""The short campaign, and that a seed is a seed."""

import json
import os
import subprocess
import sys
from typing import Final

import pytest

from tests.simulation.run import run
from tests.simulation.stores import MEMORY, SOUND_MEMORY, SQL

CHUNKS: Final = 12
SEEDS: Final = 300
REAL_EVERY: Final = 6
"""Every so-manieth seed signs with Ed25519: 50 of them."""
HASH_SEEDS: Final = ("1", "2")
CODE: Final = """
import json, sys
from tests.simulation.campaign import Plan, run_seeds
first, count, real_every = map(int, sys.argv[1:])
report = run_seeds(first, count, Plan(real_every=real_every))
json.dump([report.violations, report.traces], sys.stdout)
"""


def run_apart(first: int, count: int, hash_seed: str) -> tuple[list[object], list[str]]:
    """Violations and traces of some seeds, run in a process with this hash seed."""
    command = [sys.executable, "-c", CODE, str(first), str(count), str(REAL_EVERY)]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    violations, traces = json.loads(done.stdout)
    return violations, traces


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_promise_is_broken(chunk: int) -> None:
    """300 seeds of 1,000 steps: nothing lost, doubled, reordered, leaked or stuck; and each gives
    the same trace whatever order hashing brings."""
    count = SEEDS // CHUNKS
    first, second = (run_apart(chunk * count, count, hash_seed) for hash_seed in HASH_SEEDS)
    assert first[0] == []
    assert len(first[1]) == count
    assert first == second


def test_two_seeds_give_two_traces() -> None:
    """A trace tells seeds apart, so that equal traces mean something."""
    assert run(1, 200, MEMORY, {}) != run(2, 200, MEMORY, {})


@pytest.mark.parametrize("seed", range(30))
def test_memory_and_sqlite_stores_give_one_trace(seed: int) -> None:
    """The same seed on the stores in memory and on SQLite sends the same bytes."""
    assert run(seed, 300, SOUND_MEMORY, {}) == run(seed, 300, SQL, {})
