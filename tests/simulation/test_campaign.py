"""The short campaign, and that a seed is a seed."""

import os
import subprocess
import sys

import pytest

from tests.simulation.campaign import run_seeds
from tests.simulation.run import run
from tests.simulation.stores import MEMORY, SOUND_MEMORY, SQL

CHUNKS = 12
SEEDS = 300


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_promise_is_broken(chunk: int) -> None:
    """300 seeds of 1,000 steps: nothing lost, doubled, reordered, leaked or stuck."""
    count = SEEDS // CHUNKS
    report = run_seeds(chunk * count, count, 1_000)
    assert report.violations == []


def test_a_seed_gives_one_trace_whatever_the_hash_seed() -> None:
    """Each seed of a sample gives the same trace under two hash seeds."""
    code = (
        "from tests.simulation.run import run\n"
        "from tests.simulation.stores import MEMORY\n"
        "print([run(seed, 400, MEMORY, {}) for seed in range(8)])\n"
    )
    traces = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    ]
    assert traces[0] == traces[1]


def test_two_seeds_give_two_traces() -> None:
    """A trace tells seeds apart, so that equal traces mean something."""
    assert run(1, 200, MEMORY, {}) != run(2, 200, MEMORY, {})


@pytest.mark.parametrize("seed", range(10))
def test_memory_and_sqlite_stores_give_one_trace(seed: int) -> None:
    """The same seed on the stores in memory and on SQLite sends the same bytes."""
    assert run(seed, 300, SOUND_MEMORY, {}) == run(seed, 300, SQL, {})
