"""Many seeds, one after the other, with progress: `python -m tests.simulation.campaign --help`.

Prints what every corner was reached how often, and fails where a promise was broken or a corner of
`corners.REACHED` was not reached.
"""

import argparse
import gc
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from tests.simulation.corners import CAMPAIGN_SEEDS, LEAST, unreached
from tests.simulation.run import run
from tests.simulation.signatures import KEYED, REAL
from tests.simulation.stores import MEMORY, SOUND_MEMORY, SQL
from tests.simulation.violation import Violation

CHUNK_SEEDS: Final = 25
SHOWN_MAX: Final = 20
"""So many broken promises are printed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How each seed is run: its steps; real Ed25519 in every so-manieth seed (0 is never); and
    whether it runs on SQLite as well, which must send the same bytes."""

    steps: int = 1_000
    real_every: int = 0
    compare: bool = False


@dataclass(slots=True)
class Report:
    """What a campaign has found, with the trace of each seed and the time of one core it took."""

    seeds: int = 0
    violations: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    seen: dict[str, int] = field(default_factory=dict[str, int])
    traces: list[str] = field(default_factory=list[str])
    cpu_seconds: float = 0.0

    def add(self, other: "Report") -> None:
        """Take over what another has found."""
        self.seeds += other.seeds
        self.violations.extend(other.violations)
        self.traces.extend(other.traces)
        self.cpu_seconds += other.cpu_seconds
        for what, times in other.seen.items():
            self.seen[what] = self.seen.get(what, 0) + times


def run_seeds(first: int, count: int, plan: Plan) -> Report:
    """Run some seeds; a broken promise is noted, the campaign goes on."""
    report = Report()
    began = time.process_time()
    gc.freeze()
    for seed in range(first, first + count):
        # A world is a web of rings: it goes as a whole, once it is over; what was there before the
        # first stays.
        gc.collect()
        gc.disable()
        try:
            report.traces.append(_run_seed(seed, plan, report.seen))
        except Exception as broken:  # A crash of an engine is as much of a find as a violation.
            report.violations.append((seed, f"{type(broken).__name__}: {broken}"))
        finally:
            gc.enable()
        report.seeds += 1
    report.cpu_seconds = time.process_time() - began
    return report


def _run_seed(seed: int, plan: Plan, seen: dict[str, int]) -> str:
    real = plan.real_every and seed % plan.real_every == 0
    signatures = REAL if real else KEYED
    if not plan.compare:
        return run(seed, plan.steps, MEMORY, seen, signatures)
    trace = run(seed, plan.steps, SOUND_MEMORY, seen, signatures)
    if run(seed, plan.steps, SQL, {}, signatures) != trace:
        raise Violation("on SQLite this seed says something else than in memory")
    return trace


def _run_chunk(chunk: tuple[int, int], plan: Plan) -> Report:
    return run_seeds(*chunk, plan)


def campaign(first: int, seeds: int, plan: Plan, processes: int) -> Report:
    """Run a campaign on some processes, telling how it goes."""
    chunks = [
        (start, min(CHUNK_SEEDS, first + seeds - start))
        for start in range(first, first + seeds, CHUNK_SEEDS)
    ]
    total = Report()
    began = time.monotonic()
    with ProcessPoolExecutor(processes) as pool:
        for report in pool.map(partial(_run_chunk, plan=plan), chunks):
            for seed, text in report.violations[: max(SHOWN_MAX - len(total.violations), 0)]:
                print(f"\nseed {seed}: {text}", file=sys.stderr, flush=True)
            total.add(report)
            spent = max(time.monotonic() - began, 1e-9)
            rate = total.seeds * plan.steps / spent
            left = (seeds - total.seeds) * plan.steps / rate
            print(
                f"\r{total.seeds}/{seeds} seeds, {rate:,.0f} steps/s, "
                f"{len(total.violations)} violations, {left:,.0f} s left ",
                end="",
                file=sys.stderr,
                flush=True,
            )
    print(file=sys.stderr)
    return total


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make simulate",
        description="Run seeded worlds and check every invariant.",
        epilog="Repeat one seed: make simulate SEEDS=1 FROM=<seed>",
    )
    parser.add_argument("--seeds", type=int, default=300, help="how many seeds")
    parser.add_argument("--steps", type=int, default=1_000, help="steps of each")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    parser.add_argument("--processes", type=int, default=2, help="how many at once")
    parser.add_argument(
        "--real-every", type=int, default=0, help="sign with Ed25519 in every so-manieth seed"
    )
    parser.add_argument(
        "--compare", action="store_true", help="run each seed on SQLite too: same bytes or it fails"
    )
    return parser


def main(arguments: Iterable[str] | None = None) -> int:
    """The command."""
    asked = _parser().parse_args(None if arguments is None else list(arguments))
    plan = Plan(asked.steps, asked.real_every, asked.compare)
    began = time.monotonic()
    report = campaign(asked.first, asked.seeds, plan, asked.processes)
    spent = time.monotonic() - began
    for what, times in sorted(report.seen.items()):
        print(f"{times:>10,}  {what}")
    for seed, text in report.violations[:SHOWN_MAX]:
        print(f"seed {seed}: {text}")
    missing = unreached(report.seen) if asked.seeds >= CAMPAIGN_SEEDS else []
    for corner in missing:
        print(f"not reached {LEAST} times: {corner}")
    steps = report.seeds * asked.steps
    print(
        f"{report.seeds:,} seeds x {asked.steps:,} steps, {len(report.violations)} violations, "
        f"{spent:,.0f} s on {asked.processes} processes, "
        f"{steps / max(report.cpu_seconds, 1e-9):,.0f} steps/s of one core"
    )
    return 1 if report.violations or missing else 0


if __name__ == "__main__":
    sys.exit(main())
