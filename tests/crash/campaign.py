"""`make crash IMAGES=10000`: draw so many images of each store, judge all, print what was seen."""

import signal
import sys
import time
from argparse import ArgumentParser
from dataclasses import dataclass, field
from random import Random
from typing import Final

from tests.crash.losing import Losing
from tests.crash.talk import Talk

ACTS: Final = 40
"""What happens in one community before the next begins."""
PROGRESS_SECONDS: Final = 10.0
INTERRUPTED: Final = 130


@dataclass(slots=True)
class Report:
    """What was seen of one store."""

    images: int = 0
    commits: int = 0
    behind: int = 0
    lost: list[str] = field(default_factory=list[str])
    faults: list[str] = field(default_factory=list[str])

    def add(self, losing: Losing, seed: int) -> None:
        """A community has ended."""
        self.images += losing.judged
        self.commits += len(losing.history.states) - 1
        self.behind += losing.behind
        self.lost += [f"seed {seed}: {lost}" for lost in losing.lost]
        self.faults += [f"seed {seed}: {fault}" for fault in losing.faults]

    def __str__(self) -> str:
        return (
            f"{self.images} images of {self.commits} commits, {self.behind} without a commit "
            f"that was not promised, {len(self.lost)} lost, {len(self.faults)} faults"
        )


@dataclass(slots=True)
class Reports:
    """Of both stores."""

    hub: Report = field(default_factory=Report)
    replica: Report = field(default_factory=Report)


def run(seed: int, images: int, reports: Reports, lie: str = "", acts: int = ACTS) -> None:
    """One community: at most so many images of each store."""
    rng = Random(seed)
    hub, replica = Losing(rng, images, lie), Losing(rng, images, lie)
    talk = Talk(rng, hub, replica)
    try:
        talk.go_on(acts)
    finally:
        talk.close()
        for losing, report in ((hub, reports.hub), (replica, reports.replica)):
            report.add(losing, seed)
            losing.close()


class Patience:
    """Whoever ends a campaign early is told what was seen: it goes on to the end of its community,
    for where a store's file fails an interrupt would be taken for a fault."""

    def __init__(self) -> None:
        self.over = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)

    def _end(self, number: int, frame: object) -> None:
        self.over = True


def main() -> int:
    """Until both stores have their images, or somebody ends it."""
    parser = ArgumentParser(prog="make crash")
    parser.add_argument("--images", type=int, default=10_000, help="of each store")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    given = parser.parse_args()
    reports, seed, patience = Reports(), given.first, Patience()
    begun = told = time.monotonic()
    while (left := given.images - min(reports.hub.images, reports.replica.images)) > 0:
        if patience.over:
            print(f"ended early, {left} images are missing")
            break
        run(seed, left, reports)
        seed += 1
        if time.monotonic() - told > PROGRESS_SECONDS:
            told = time.monotonic()
            images = reports.hub.images + reports.replica.images
            rate = images / (told - begun)
            print(f"{reports.hub.images} + {reports.replica.images} images, {rate:.0f}/s")
            sys.stdout.flush()
    seconds = time.monotonic() - begun
    images = reports.hub.images + reports.replica.images
    print(f"hub: {reports.hub}\nreplica: {reports.replica}")
    print(f"seeds {given.first}..{seed - 1}, {seconds:.0f} s, {images / seconds:.0f} images/s")
    bad = [*reports.hub.lost, *reports.hub.faults, *reports.replica.lost, *reports.replica.faults]
    for line in bad[:20]:
        print(line)
    return 1 if bad else INTERRUPTED if left > 0 else 0


if __name__ == "__main__":
    raise SystemExit(main())
