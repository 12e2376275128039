"""Many seeds, one after the other, with progress: `python -m tests.simulation.campaign --help`.

Prints what every corner was reached how often, and fails where a promise was broken or a corner of
`corners.REACHED` was not reached.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from tests.simulation.corners import REACHED
from tests.simulation.run import run
from tests.simulation.stores import MEMORY

CHUNK_SEEDS = 25


@dataclass(slots=True)
class Report:
    """What a campaign has found."""

    seeds: int = 0
    violations: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    seen: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, other: "Report") -> None:
        """Take over what another has found."""
        self.seeds += other.seeds
        self.violations.extend(other.violations)
        for what, times in other.seen.items():
            self.seen[what] = self.seen.get(what, 0) + times


def run_seeds(first: int, count: int, steps: int) -> Report:
    """Run some seeds; a broken promise is noted, the campaign goes on."""
    report = Report()
    for seed in range(first, first + count):
        try:
            run(seed, steps, MEMORY, report.seen)
        except Exception as broken:  # A crash of an engine is as much of a find as a violation.
            report.violations.append((seed, f"{type(broken).__name__}: {broken}"))
        report.seeds += 1
    return report


def unreached(seen: dict[str, int], least: int) -> list[str]:
    """The corners a campaign has not reached often enough."""
    return [corner for corner in REACHED if seen.get(corner, 0) < least]


def _run_chunk(chunk: tuple[int, int, int]) -> Report:
    return run_seeds(*chunk)


def campaign(first: int, seeds: int, steps: int, processes: int) -> Report:
    """Run a campaign on some processes, telling how it goes."""
    chunks = [
        (start, min(CHUNK_SEEDS, first + seeds - start), steps)
        for start in range(first, first + seeds, CHUNK_SEEDS)
    ]
    total = Report()
    began = time.monotonic()
    with ProcessPoolExecutor(processes) as pool:
        for report in pool.map(_run_chunk, chunks):
            total.add(report)
            spent = max(time.monotonic() - began, 1e-9)
            rate = total.seeds * steps / spent
            left = (seeds - total.seeds) * steps / rate
            print(
                f"\r{total.seeds}/{seeds} seeds, {rate:,.0f} steps/s, "
                f"{len(total.violations)} violations, {left:,.0f} s left ",
                end="",
                file=sys.stderr,
                flush=True,
            )
    print(file=sys.stderr)
    return total


def main(arguments: Iterable[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="make simulate",
        description="Run seeded worlds and check every invariant.",
        epilog="Repeat one seed: make simulate SEEDS=1 FROM=<seed>",
    )
    parser.add_argument("--seeds", type=int, default=300, help="how many seeds")
    parser.add_argument("--steps", type=int, default=1_000, help="steps of each")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    parser.add_argument("--processes", type=int, default=2, help="how many at once")
    asked = parser.parse_args(None if arguments is None else list(arguments))
    began = time.monotonic()
    report = campaign(asked.first, asked.seeds, asked.steps, asked.processes)
    spent = time.monotonic() - began
    for what, times in sorted(report.seen.items()):
        print(f"{times:>10,}  {what}")
    for seed, text in report.violations[:20]:
        print(f"seed {seed}: {text}")
    missing = unreached(report.seen, 10) if asked.seeds >= 1_000 else []
    for corner in missing:
        print(f"not reached 10 times: {corner}")
    steps = report.seeds * asked.steps
    print(
        f"{report.seeds:,} seeds x {asked.steps:,} steps, {len(report.violations)} violations, "
        f"{spent:,.0f} s, {steps / spent:,.0f} steps/s on {asked.processes} processes"
    )
    return 1 if report.violations or missing else 0


if __name__ == "__main__":
    sys.exit(main())
