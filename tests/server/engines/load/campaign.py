"""Many requests against the ledger: `python -m tests.server.engines.load.campaign --help`.

Prints what was counted, and fails where anybody was asked beyond their limit, was shown beyond it
by reservation, or a device showed more than its lease.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from itertools import islice
from random import Random
from typing import Final

from hobnob_server.engines.load.batch import Rule, decide_all
from hobnob_server.engines.load.commands import Command
from hobnob_server.engines.load.deciding import decide
from hobnob_server.engines.load.rows import Rows
from tests.server.engines.load.oracle import Oracle
from tests.server.engines.load.world import World

BATCH_MAX: Final = 20
IDLE_MS: Final = 60_000
KEPT_MAX: Final = 200_000
FORGET_MS: Final = 30 * 24 * 3_600_000
"""Requests so old are taken from memory; nobody says anything of them any more."""


def run(seed: int, requests: int, rule: Rule = decide) -> Oracle:
    """So many requests; every twentieth commit fails, and what it held is said again."""
    random = Random(seed)
    world, oracle, rows = World(random), Oracle(), Rows()
    world.begin()
    waiting: list[Command] = []
    while world.made < requests or world.under_way or waiting:
        if world.made < requests:
            world.goes_on()
        else:
            world.now_ms += IDLE_MS
        waiting.extend(world.arrived())
        while waiting:
            batch = waiting[: random.randint(1, BATCH_MAX)]
            changes, answers = decide_all(rows, batch, world.now_ms, rule)
            if random.random() < 0.05:
                break
            rows.take(changes)
            for command, answer in zip(batch, answers, strict=True):
                oracle.committed(command, answer, world.now_ms)
            del waiting[: len(batch)]
        if len(rows.requests) > KEPT_MAX:
            _forget(rows, world.now_ms)
    return oracle


def _forget(rows: Rows, now_ms: int) -> None:
    for key in list(islice(rows.requests, KEPT_MAX // 2)):
        if now_ms - rows.requests[key].at_ms > FORGET_MS:
            del rows.requests[key]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="load campaign", description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    begun = time.process_time()
    found = run(given.seed, given.requests)
    print(f"requests made        {given.requests:>11,}")
    print(f"  settled            {found.asks:>11,}")
    print(f"  refused            {found.refused:>11,}  (said again included)")
    print(f"  took the last free {found.at_limit:>11,}")
    print(f"shows reserved       {found.shows:>11,}")
    print(f"shows made offline   {found.offline_shows:>11,}")
    print(f"above a limit        {len(found.breaches):>11,}")
    print(f"({time.process_time() - begun:.0f} s of one core)", file=sys.stderr)
    for breach in found.breaches[:20]:
        print(breach)
    return 1 if found.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
