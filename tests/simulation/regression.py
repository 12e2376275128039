"""Schedules that once failed, kept as files: each must pass now, and fail again with its fault.

`python -m tests.simulation.regression` tells of each file whether it still fails with its fault: a
world that has changed since may do other things on the same schedule. Such a file proves less than
it did, and should be made anew by `make shrink`.
"""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from tests.simulation.mutants import plant_fault
from tests.simulation.planted import by_name
from tests.simulation.schedule import Schedule, from_json, to_json
from tests.simulation.violation import Violation

FOLDER: Final = Path(__file__).with_name("regressions")


@dataclass(frozen=True, slots=True)
class Regression:
    """A schedule, how it failed, and the planted fault it fails with; "" if it needed none."""

    fault: str
    violation: str
    schedule: Schedule


def failure(schedule: Schedule) -> str:
    """In which way a schedule fails: the name of the invariant, or of the exception; "" if not."""
    # Only now, for a fault may have been planted.
    from tests.simulation.run import replay
    from tests.simulation.stores import MEMORY

    try:
        replay(schedule, MEMORY, {})
    except Violation as broken:
        return str(broken).split()[0].rstrip(":")
    except Exception as broken:  # A crash of an engine is as much of a find as a violation.
        return type(broken).__name__
    return ""


def write(kept: Regression, path: Path) -> None:
    """Keep it, an action a line."""
    head = {"fault": kept.fault, "violation": kept.violation, **to_json(kept.schedule)}
    actions = cast("list[list[object]]", head.pop("actions"))
    lines = ",\n".join(f"  {json.dumps(action)}" for action in actions)
    text = json.dumps(head, indent=1)[:-2]
    path.write_text(f'{text},\n "actions": [\n{lines}\n ]\n}}\n')


def read(path: Path) -> Regression:
    """What a file keeps."""
    kept = cast("dict[str, Any]", json.loads(path.read_text()))
    return Regression(kept["fault"], kept["violation"], from_json(kept))


def files() -> list[Path]:
    """Every file kept, in one order."""
    return sorted(FOLDER.glob("*.json"))


def failure_with_fault(path: Path) -> str:
    """In which way a file fails with its fault, found out in a process of its own."""
    command = [sys.executable, "-m", "tests.simulation.regression", str(path)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Plant each file's fault and replay the file.")
    parser.add_argument("file", type=Path, nargs="?", help="only this one, here: how does it fail?")
    asked = parser.parse_args()
    if asked.file is not None:
        kept = read(asked.file)
        if kept.fault:
            plant_fault(by_name(kept.fault))
        print(failure(kept.schedule))
        return 0
    stale = 0
    for path in files():
        kept, found = read(path), failure_with_fault(path)
        right = found == (kept.violation if kept.fault else "")
        stale += not right
        actions = len(kept.schedule.actions)
        print(
            f"{path.stem:50} {actions:>4} actions  {found}{'' if right else '  STALE'}", flush=True
        )
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
