"""Sealed conversations, seed by seed: `python -m tests.simulation.sealing.campaign --help`.

Every second world has an evil hub, or none has. A seed makes the same world again, but for the
bytes that HPKE draws by itself, which decide nothing.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from hobnob_protocol.errors import HobnobError
from tests.simulation.sealing.evil import EvilWorld
from tests.simulation.sealing.replica import Replica
from tests.simulation.sealing.world import Violation, World

STEPS_A_WORLD: Final = 250
PROGRESS_SECONDS: Final = 10.0

CORNERS: Final = (
    "sent", "opened", "opened, sender gone", "restored", "copied", "a month passed",
    "device added", "device revoked", "recovered by paper", "came", "left", "keys caught up",
    "keys forgotten", "renewed first", "renewed roster", "renewed devices", "renewed age",
    "closed not_addressed",
)  # fmt: skip
"""What a long campaign must have reached to prove anything."""

EVIL_CORNERS: Final = (
    "awaits start", "awaits chain", "awaits group", "closed no_key",
    "not sent: SealAwaits", "not sent: ForkError", "own record.order",
    "record.order", "record.signature", "record.device", "link.order", "link.signature",
    "sealed.cipher", "sealed.fork", "sealed.form", "sealed.members", "sealed.recipient",
    "sealed.replay", "sealed.sender", "sealed.session", "sealed.signature", "sealed.skips",
    "sealed.slice", "event.body_hash",
)  # fmt: skip
"""And where its hubs lie."""


@dataclass(slots=True)
class Report:
    """What a campaign has seen."""

    worlds: int = 0
    steps: int = 0
    seconds: float = 0.0
    seen: Counter[str] = field(default_factory=Counter[str])

    def __str__(self) -> str:
        rate = self.steps / self.seconds if self.seconds else 0.0
        return (
            f"{self.steps} steps in {self.worlds} worlds, {rate:.0f}/s of CPU, "
            f"{self.seen['sent']} messages sent, {self.seen['opened']} opened, "
            f"{self.seen['judged']} judged in honest worlds"
        )

    def missed(self, corners: Sequence[str]) -> list[str]:
        """Those that were not reached."""
        return [corner for corner in corners if not self.seen[corner]]


def run(
    steps: int,
    first: int = 0,
    tell: Callable[[str], None] = print,
    device: type[Replica] = Replica,
    worlds: Sequence[type[World]] = (World, EvilWorld),
) -> Report:
    """So many steps, world after world; Violation, with its seed, at the first that is one."""
    report = Report()
    started, told = time.process_time(), time.monotonic()
    while report.steps < steps:
        seed = first + report.worlds
        make = worlds[seed % len(worlds)]
        try:
            world = make(seed, device)
            for _ in range(min(STEPS_A_WORLD, steps - report.steps)):
                world.step()
                report.steps += 1
            world.settle()
        except (Violation, HobnobError) as broken:
            raise Violation(f"seed {seed} ({make.__name__}): {broken}") from broken
        report.worlds += 1
        report.seen += world.seen
        report.seconds = time.process_time() - started
        if time.monotonic() - told >= PROGRESS_SECONDS:
            told = time.monotonic()
            tell(f"{report}")
    return report


def main() -> int:
    """Run a campaign as the command line says; 0 if every promise was kept and every corner
    reached."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulation.sealing.campaign", description=__doc__
    )
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    parser.add_argument("--honest", action="store_true", help="no world has an evil hub")
    options = parser.parse_args()
    worlds = (World,) if options.honest else (World, EvilWorld)
    corners = CORNERS if options.honest else CORNERS + EVIL_CORNERS
    try:
        report = run(
            options.steps, options.first, lambda line: print(line, flush=True), worlds=worlds
        )
    except Violation as broken:
        print(f"VIOLATION: {broken}", flush=True)
        return 1
    for what, times in sorted(report.seen.items()):
        print(f"  {times:>9}  {what}")
    print(f"0 violations: {report}", flush=True)
    missed = report.missed(corners)
    for corner in missed:
        print(f"not reached: {corner}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
