"""The planted faults still fit the engines, and the likeliest of them die at once."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.mutants import planted_source
from tests.simulation.planted import MUTANTS, Mutant

QUICK = ("page overlap is kept", "refusal is not shown", "epoch is not noticed")


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_fault_still_fits(mutant: Mutant) -> None:
    """Its text stands in the engine exactly once."""
    spec = importlib.util.find_spec(mutant.module)
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).read_text()
    assert planted_source(mutant, source) != source


@pytest.mark.parametrize("name", QUICK)
def test_a_campaign_kills_it(name: str) -> None:
    """Within twelve seeds; `make mutants` hunts them all."""
    index = next(nth for nth, mutant in enumerate(MUTANTS) if mutant.name == name)
    command = [sys.executable, "-m", "tests.simulation.mutants", "--one", str(index)]
    done = subprocess.run([*command, "--seeds", "12"], capture_output=True, text=True, check=True)
    assert done.stdout.strip().isdigit()
