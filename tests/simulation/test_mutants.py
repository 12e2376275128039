"""The planted faults still fit the engines, and the likeliest of them die at once."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.mutant import Mutant
from tests.simulation.mutants import fate, planted_source
from tests.simulation.planted import MUTANTS

QUICK = ("page overlap is kept", "refusal is not shown", "epoch is not noticed")


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_fault_still_fits(mutant: Mutant) -> None:
    """Its text stands in the engine exactly once."""
    spec = importlib.util.find_spec(mutant.module)
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).read_text()
    assert planted_source(mutant, source) != source


def test_there_are_enough_of_them() -> None:
    """At least forty, each with its own name, and at most one of twenty called equivalent."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 40
    assert sum(bool(mutant.equivalent) for mutant in MUTANTS) <= 0.05 * len(MUTANTS)


@pytest.mark.parametrize(
    ("equivalent", "seed", "right"),
    [
        ("", "7", True),
        ("", "None", False),
        ("", "crashed", False),
        ("traced", "None", True),
        ("traced", "7", False),
        ("traced", "crashed", False),
    ],
)
def test_a_hunt_ends_well_only_as_it_was_foretold(equivalent: str, seed: str, right: bool) -> None:
    """Neither an unexplained survivor nor a dead equivalent passes, nor a hunt that crashed."""
    mutant = Mutant("a fault", "module", "old", "new", equivalent)
    assert fate(mutant, seed)[0] is right


@pytest.mark.parametrize("name", QUICK)
def test_a_campaign_kills_it(name: str) -> None:
    """Within twelve seeds; `make mutants` hunts them all."""
    index = next(nth for nth, mutant in enumerate(MUTANTS) if mutant.name == name)
    command = [sys.executable, "-m", "tests.simulation.mutants", "--one", str(index)]
    done = subprocess.run([*command, "--seeds", "12"], capture_output=True, text=True, check=True)
    assert done.stdout.strip().isdigit()
