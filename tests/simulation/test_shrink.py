"""A failing schedule shrinks to what matters, and is kept so that it can be run again."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.simulation.regression import failure, failure_with_fault, files, read, write
from tests.simulation.run import replay, run, schedule_of
from tests.simulation.shrink import Actions, minimal
from tests.simulation.stores import MEMORY

ACTIONS = tuple((nth, "say") for nth in range(100))
FORMER = (2877, 9517, 9760)
"""Seeds that broke a promise once."""
ACTIONS_MOST = 30


@pytest.mark.parametrize("needed", [(), (0,), (99,), (41, 42), (0, 99), (3, 50, 51, 97)])
def test_only_what_matters_is_left(needed: tuple[int, ...]) -> None:
    """Whatever actions a failure needs, they are found, in their order."""
    runs: list[Actions] = []

    def fails(actions: Actions) -> bool:
        runs.append(actions)
        return {(nth, "say") for nth in needed} <= {*actions}

    assert minimal(ACTIONS, fails) == tuple((nth, "say") for nth in needed)
    assert len(runs) < 200


@pytest.mark.parametrize("case", range(20))
def test_nothing_that_is_left_can_be_left_out_alone(case: int) -> None:
    """Also where failing is no matter of more or less."""
    rng = Random(case)
    alone = {nth: rng.random() < 0.5 for nth in range(len(ACTIONS))}

    def fails(actions: Actions) -> bool:
        return bool(actions) and sum(alone[nth] for nth, _ in actions) % 3 == 0

    whole = ACTIONS[: next(n for n in range(40, 100) if fails(ACTIONS[:n]))]
    left = minimal(whole, fails)
    assert fails(left)
    assert not any(fails(left[:nth] + left[nth + 1 :]) for nth in range(len(left)))


def test_a_schedule_is_its_seed() -> None:
    """Run as a value, a seed does what it does by itself."""
    assert replay(schedule_of(3, 400, MEMORY), MEMORY, {}) == run(3, 400, MEMORY, {})


def test_a_seed_with_a_fault_shrinks_and_still_fails(tmp_path: Path) -> None:
    """A thousand actions become a few; the file they are kept in fails with the fault alone."""
    path = tmp_path / "kept.json"
    command = [sys.executable, "-m", "tests.simulation.shrink", "--into", str(path)]
    fault = ["--fault", "refusal is not shown"]
    subprocess.run([*command, *fault], check=True, capture_output=True)
    kept = read(path)
    assert 0 < len(kept.schedule.actions) <= ACTIONS_MOST
    assert failure_with_fault(path) == kept.violation != ""
    assert failure(kept.schedule) == ""
    write(kept, again := tmp_path / "again.json")
    assert again.read_text() == path.read_text()


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_what_once_failed_passes(path: Path) -> None:
    """Every schedule that is kept."""
    assert failure(read(path).schedule) == ""


@pytest.mark.parametrize("seed", FORMER)
def test_a_seed_that_once_failed_passes(seed: int) -> None:
    """As a whole, with all that its world has become since."""
    run(seed, 1_000, MEMORY, {})
