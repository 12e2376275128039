"""Plants each fault of `planted` and looks for the seed that kills it:
`python -m tests.simulation.mutants --help`."""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from tests.mutation.planting import plant
from tests.simulation.mutant import Mutant
from tests.simulation.planted import MUTANTS

SEEDS_MAX: Final = 2_000
TOLD_EVERY_SECONDS: Final = 5


def planted_source(mutant: Mutant, source: str) -> str:
    """The source with the fault; AssertionError unless the text stands there exactly once."""
    assert source.count(mutant.old) == 1, f"{mutant.name}: {source.count(mutant.old)} places"
    return source.replace(mutant.old, mutant.new)


def plant_fault(mutant: Mutant) -> None:
    """From now on this process runs with the fault."""
    plant(mutant.module, partial(planted_source, mutant))


def hunt(index: int, seeds: int, steps: int, told: Callable[[int], None]) -> int | None:
    """In this process: plant a mutant and run seeds until one fails; that seed, or None.

    `told` hears each seed that passed.
    """
    plant_fault(MUTANTS[index])
    from tests.simulation.run import run
    from tests.simulation.stores import MEMORY

    for seed in range(seeds):
        try:
            run(seed, steps, MEMORY, {})
        except Exception:  # Any failure is the mutant's death.
            return seed
        told(seed)
    return None


def _hunt_apart(index: int, seeds: int, steps: int) -> tuple[Mutant, str]:
    """Hunt in a process of its own, for the fault must not stay."""
    command = [sys.executable, "-m", "tests.simulation.mutants", "--one", str(index)]
    done = subprocess.run(
        [*command, "--seeds", str(seeds), "--steps", str(steps)], stdout=subprocess.PIPE, text=True
    )
    return MUTANTS[index], done.stdout.strip() or "crashed"


def _progress(name: str) -> Callable[[int], None]:
    """Tells on standard error, now and then, how a hunt goes."""
    began = told = time.monotonic()

    def tell(seed: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now >= told + TOLD_EVERY_SECONDS:
            told = now
            rate = (seed + 1) / (now - began)
            print(
                f"{name}: alive after {seed + 1} seeds, {rate:.1f}/s", file=sys.stderr, flush=True
            )

    return tell


def fate(mutant: Mutant, seed: str) -> tuple[bool, str]:
    """Is this what should become of the mutant, and in which words?"""
    if seed.isdigit():
        words = f"killed by seed {seed}"
        return (False, f"{words}, THOUGH CALLED EQUIVALENT") if mutant.equivalent else (True, words)
    if seed == "None" and mutant.equivalent:
        return True, "equivalent"
    return False, f"SURVIVED ({seed})"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="make mutants", description="Kill planted faults.")
    parser.add_argument("--seeds", type=int, default=SEEDS_MAX, help="seeds to try on each")
    parser.add_argument("--steps", type=int, default=1_000, help="steps of each seed")
    parser.add_argument("--processes", type=int, default=2, help="how many hunts at once")
    parser.add_argument("--one", type=int, help="only the mutant of this index, here")
    asked = parser.parse_args()
    if asked.one is not None:
        index: int = asked.one
        print(hunt(index, asked.seeds, asked.steps, _progress(MUTANTS[index].name)))
        return 0
    began = time.monotonic()
    killed = wrong = 0
    with ThreadPoolExecutor(asked.processes) as pool:
        hunter = partial(_hunt_apart, seeds=asked.seeds, steps=asked.steps)
        # Those that run through all seeds go last.
        order = sorted(range(len(MUTANTS)), key=lambda nth: bool(MUTANTS[nth].equivalent))
        for nth, (mutant, seed) in enumerate(pool.map(hunter, order), 1):
            right, words = fate(mutant, seed)
            killed += seed.isdigit()
            wrong += not right
            spent = time.monotonic() - began
            print(f"{nth:>3}/{len(MUTANTS)} {spent:>5.0f} s  {mutant.name:50} {words}", flush=True)
    claimed = sum(bool(mutant.equivalent) for mutant in MUTANTS)
    print(
        f"{len(MUTANTS)} mutants, {killed} killed within {asked.seeds} seeds, "
        f"{claimed} called equivalent, {wrong} unexplained, {time.monotonic() - began:.0f} s"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
