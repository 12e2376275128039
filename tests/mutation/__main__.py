"""Draws random mutations and counts how many the unit tests kill: `make mutations`."""

import argparse
import sys
import time
from collections import Counter
from difflib import unified_diff

from tests.mutation import trial
from tests.mutation.drawing import Drawn, draw, fixed
from tests.mutation.equivalents import reason
from tests.mutation.operators import Mutation
from tests.mutation.parts import Source
from tests.mutation.trial import Trial

KILLED_LEAST = 0.9


def diff(source: Source, mutation: Mutation) -> str:
    """The fault as a reader sees it."""
    before = source.text
    after = mutation.applied(before)
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return "\n".join(list(lines)[3:])


def _place(drawn: Drawn) -> tuple[str, int]:
    return drawn[0].path, drawn[1].line


class Tally:
    """What has come of the trials so far."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.began = time.monotonic()
        self.tried: Counter[str] = Counter()
        self.killed: Counter[str] = Counter()
        self.equivalent = 0
        self.survivors: list[Drawn] = []

    def add(self, source: Source, mutation: Mutation, survived: bool) -> None:
        """One more trial has ended."""
        self.tried[source.path] += 1
        self.killed[source.path] += not survived
        if survived:
            if reason(source, mutation):
                self.equivalent += 1
            else:
                self.survivors.append((source, mutation))
        self._progress()

    def _progress(self) -> None:
        done = self.tried.total()
        rate = done / max(time.monotonic() - self.began, 1e-9)
        print(
            f"\r{done}/{self.total} mutations, {self.killed.total()} killed, {rate:.2f}/s, "
            f"{(self.total - done) / rate:,.0f} s left ",
            end="",
            file=sys.stderr,
            flush=True,
        )

    def report(self, killed_least: float) -> bool:
        """Print survivors and shares; did the tests kill at least this share?"""
        print(file=sys.stderr)
        for source, mutation in sorted(self.survivors, key=_place):
            print(f"SURVIVED {source.path}:{mutation.line} ({mutation.operator})")
            print(diff(source, mutation))
        for path, tried in sorted(self.tried.items()):
            print(f"{self.killed[path]:>4} of {tried:>3} killed  {path}")
        killed, tried = self.killed.total(), self.tried.total()
        print(
            f"{tried} mutations: {killed} killed ({killed / tried:.1%}), "
            f"{self.equivalent} equivalent, {len(self.survivors)} unexplained, "
            f"{time.monotonic() - self.began:.0f} s"
        )
        return killed >= killed_least * tried


def sound(sources: list[Source]) -> None:
    """Every unit test passes on the sources as they are, or nothing could be learnt."""
    for source in sources:
        running = trial.start(source, None)
        _, passed = trial.wait({running.pid: running})
        if not passed:
            sys.exit(f"the tests of {source.path} fail without any mutation")


def campaign(drawn: list[Drawn], processes: int) -> Tally:
    """Try them all."""
    tally = Tally(len(drawn))
    waiting = list(reversed(drawn))
    running: dict[int, Trial] = {}
    while waiting or running:
        while waiting and len(running) < processes:
            begun = trial.start(*waiting.pop())
            running[begun.pid] = begun
        ended, survived = trial.wait(running)
        assert ended.mutation is not None
        tally.add(ended.source, ended.mutation, survived)
    return tally


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="make mutations", description="Mutate fold, policy, outbox and codec at random."
    )
    parser.add_argument("--mutations", type=int, default=300, help="how many to draw")
    parser.add_argument("--seed", type=int, default=0, help="which to draw")
    parser.add_argument("--processes", type=int, default=2, help="how many at once")
    parser.add_argument("--short", action="store_true", help="a few that never change, all killed")
    parser.add_argument("--only", default="", help="only files whose path holds this")
    asked = parser.parse_args()
    trial.warm_up()
    if asked.short:
        return 0 if campaign(fixed(), asked.processes).report(1.0) else 1
    drawn = [each for each in draw(asked.mutations, asked.seed) if asked.only in each[0].path]
    sound(list(dict.fromkeys(source for source, _ in drawn)))
    return 0 if campaign(drawn, asked.processes).report(KILLED_LEAST) else 1


if __name__ == "__main__":
    sys.exit(main())
