"""Plants each fault of `planted` and looks for the seed that kills it:
`python -m tests.simulation.mutants --help`."""

import argparse
import importlib.abc
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import ModuleType
from typing import Final

from tests.simulation.planted import MUTANTS, Mutant

SEEDS_MAX: Final = 2_000


class _Planter(importlib.abc.MetaPathFinder):
    """Imports one module with one text replaced."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Take over for the mutant's module only."""
        if fullname != self.mutant.module:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(fullname, spec.origin, self.mutant)
        return spec


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, mutant: Mutant) -> None:
        super().__init__(fullname, path)
        self.mutant = mutant

    def get_code(self, fullname: str) -> object:  # type: ignore[override]  # a code object
        """The changed source, compiled; the file itself stays as it is."""
        source = planted_source(self.mutant, self.get_data(self.path).decode())
        return compile(source, self.path, "exec")


def planted_source(mutant: Mutant, source: str) -> str:
    """The source with the fault; AssertionError unless the text stands there exactly once."""
    assert source.count(mutant.old) == 1, f"{mutant.name}: {source.count(mutant.old)} places"
    return source.replace(mutant.old, mutant.new)


def hunt(index: int, seeds: int, steps: int) -> int | None:
    """In this process: plant a mutant and run seeds until one fails; that seed, or None."""
    sys.meta_path.insert(0, _Planter(MUTANTS[index]))
    from tests.simulation.run import run
    from tests.simulation.stores import MEMORY

    for seed in range(seeds):
        try:
            run(seed, steps, MEMORY, {})
        except Exception:  # Any failure is the mutant's death.
            return seed
    return None


def _hunt_apart(index: int, seeds: int) -> tuple[Mutant, str]:
    """Hunt in a process of its own, for the fault must not stay."""
    command = [sys.executable, "-m", "tests.simulation.mutants", "--one", str(index)]
    done = subprocess.run(
        [*command, "--seeds", str(seeds)], capture_output=True, text=True, env=os.environ
    )
    return MUTANTS[index], done.stdout.strip() or f"crashed: {done.stderr[-300:]}"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="make mutants", description="Kill planted faults.")
    parser.add_argument("--seeds", type=int, default=SEEDS_MAX, help="seeds to try on each")
    parser.add_argument("--steps", type=int, default=1_000, help="steps of each seed")
    parser.add_argument("--one", type=int, help="only the mutant of this index, here")
    asked = parser.parse_args()
    if asked.one is not None:
        print(hunt(asked.one, asked.seeds, asked.steps))
        return 0
    began = time.monotonic()
    survivors = 0
    with ThreadPoolExecutor(2) as pool:
        hunts = pool.map(partial(_hunt_apart, seeds=asked.seeds), range(len(MUTANTS)))
        for mutant, seed in hunts:
            survived = not seed.isdigit()
            survivors += survived
            fate = f"SURVIVED ({seed})" if survived else f"killed by seed {seed}"
            print(f"{mutant.name:45} {fate}", flush=True)
    print(
        f"{len(MUTANTS)} mutants, {len(MUTANTS) - survivors} killed within {asked.seeds} seeds, "
        f"{time.monotonic() - began:.0f} s"
    )
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
