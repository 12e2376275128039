"""Shrinks what the scheduler of a failing seed decided to the few actions that matter:
`python -m tests.simulation.shrink --help`.

By delta debugging (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input",
IEEE Transactions on Software Engineering 28(2), 2002): of what is left, no action can be left out
without the failure going away. A smaller schedule must fail in the same way, not in any.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Final

from tests.simulation.mutants import SEEDS_MAX, plant_fault
from tests.simulation.planted import by_name
from tests.simulation.regression import FOLDER, Regression, failure, write

Actions = tuple[tuple[int, str], ...]
Fails = Callable[[Actions], bool]
STEPS: Final = 1_000


def minimal(actions: Actions, fails: Fails) -> Actions:
    """Some of `actions`, in order, that still fail, none of which can be left out alone; `actions`
    themselves fail."""
    if fails(()):
        return ()
    parts = 2
    while len(actions) >= 2:
        smaller = _smaller(actions, parts, fails)
        if smaller is not None:
            actions, parts = smaller
        elif parts >= len(actions):
            break
        else:
            parts = min(2 * parts, len(actions))
    return actions


def _smaller(actions: Actions, parts: int, fails: Fails) -> tuple[Actions, int] | None:
    """A part that fails by itself, or all but a part; and in how many parts to go on."""
    bounds = [len(actions) * nth // parts for nth in range(parts + 1)]
    pieces = list(pairwise(bounds))
    for low, high in pieces:
        if fails(actions[low:high]):
            return actions[low:high], 2
    # Of two parts, the one left over by the other has been tried.
    for low, high in pieces if parts > 2 else ():
        if fails(rest := actions[:low] + actions[high:]):
            return rest, max(parts - 1, 2)
    return None


def shrink(seed: int, fault: str, told: Callable[[str], None]) -> Regression | None:
    """Shrink a failing seed; None if it does not fail. `told` hears how it goes."""
    # Only now, for a fault may have been planted.
    from tests.simulation.run import schedule_of
    from tests.simulation.stores import MEMORY

    whole = schedule_of(seed, STEPS, MEMORY)
    wanted = failure(whole)
    if not wanted:
        return None
    known: dict[Actions, bool] = {}
    least = len(whole.actions)

    def fails(actions: Actions) -> bool:
        nonlocal least
        if actions not in known:
            known[actions] = failure(replace(whole, actions=actions)) == wanted
            least = min(least, len(actions)) if known[actions] else least
            told(f"{len(known)} runs, {least} of {len(whole.actions)} actions, {wanted}")
        return known[actions]

    left = minimal(whole.actions, fails)
    return Regression(fault, wanted, replace(whole, actions=left))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="make shrink", description="Shrink a failing seed and keep it as a regression."
    )
    parser.add_argument("--seed", type=int, help="the failing seed; without it, the first that is")
    parser.add_argument("--fault", default="", help="plant this fault of `planted.py` first")
    parser.add_argument("--into", type=Path, help="the file to write")
    asked = parser.parse_args()
    if asked.fault:
        plant_fault(by_name(asked.fault))
    seeds = range(SEEDS_MAX) if asked.seed is None else (asked.seed,)
    found = next((found for seed in seeds if (found := shrink(seed, asked.fault, _told))), None)
    print(file=sys.stderr)
    if found is None:
        print("no seed fails")
        return 1
    name = asked.fault or f"seed {found.schedule.seed}"
    path: Path = asked.into or FOLDER / (name.replace(" ", "_") + ".json")
    write(found, path)
    print(f"{found.violation} after {len(found.schedule.actions)} actions: {path}")
    for nth, action in found.schedule.actions:
        print(f"{nth:>6}  {action}")
    return 0


def _told(text: str) -> None:
    print(f"\r{text} ", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
