"""`hobnob features`: what there is, by number, with its key or command."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from hobnob.features.registry import Feature, Status, load

_EXAMPLES = """\
examples:
  hobnob features               what is there, wholly or in part
  hobnob features --all         and what is planned
  hobnob features --json | jq   for programs
"""
_SIGNS = {Status.DONE: "✓", Status.PART: "◐", Status.PLANNED: "·"}


def main(argv: Sequence[str]) -> int:
    """Do what the words say; the exit code."""
    parser = argparse.ArgumentParser(
        prog="hobnob features",
        usage="hobnob features [--all] [--json]",
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--all", action="store_true", help="also what is planned")
    parser.add_argument("--json", action="store_true", help="one object a line")
    asked = parser.parse_args(argv)
    shown = [each for each in load() if asked.all or each.status is not Status.PLANNED]
    for feature in shown:
        print(json.dumps(asdict(feature)) if asked.json else line(feature))
    if not asked.json:
        print(summary(load()))
    return 0


def line(feature: Feature) -> str:
    """One feature in one line; the sign says the status without colour."""
    return (
        f"{_SIGNS[feature.status]} {feature.number:>3}  {feature.name:<44} {feature.how}".rstrip()
    )


def summary(features: Sequence[Feature]) -> str:
    """How many there are of each status."""
    counts = {status: sum(each.status is status for each in features) for status in Status}
    return (
        f"{counts[Status.DONE]} done, {counts[Status.PART]} in part, "
        f"{counts[Status.PLANNED]} planned"
    )
