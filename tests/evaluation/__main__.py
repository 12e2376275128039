"""`make evaluate DATA=DIR`: every engine beside its baselines. No result fails the run."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.table import number, table
from tests.evaluation.archive import Archive, load
from tests.evaluation.engines import MODULES, run_of
from tests.evaluation.row import Row

HEAD: Final = ("metric", "baselines", "ours", "ratio", "aim")
SEED: Final = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """All tables, and the same as JSON where a file for it is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the archive")
    parser.add_argument("--engine", nargs="+", choices=[*MODULES], default=[*MODULES])
    parser.add_argument("--json", type=Path, help="the file that takes the rows as JSON")
    parser.add_argument("--seed", type=int, default=SEED, help="whatever is drawn follows from it")
    given = parser.parse_args(arguments)
    if not given.data.is_dir():
        print(f"nothing is evaluated: no archive in {given.data}")
        return 0
    begun = time.monotonic()
    archive = load(given.data)
    print(_described(archive))
    _say(f"read in {time.monotonic() - begun:.1f} s")
    found: dict[str, tuple[Row, ...]] = {}
    for name in given.engine:
        begun = time.monotonic()
        run = run_of(name)
        found[name] = run(archive, given.seed) if run is not None else ()
        print(f"\n## {name}\n")
        print(printed(found[name]) if found[name] else "nothing here to evaluate it on", flush=True)
        _say(f"{name}: {time.monotonic() - begun:.1f} s")
    if given.json is not None:
        given.json.write_text(as_json(given.seed, found))
    return 0


def printed(rows: Sequence[Row]) -> str:
    """Rows as a table."""
    return table(HEAD, [_cells(row) for row in rows])


def as_json(seed: int, found: dict[str, tuple[Row, ...]]) -> str:
    """Rows as JSON, the same bytes for the same archive and seed as far as rows tell no time."""
    engines = {name: [_plain(row) for row in rows] for name, rows in found.items()}
    return json.dumps({"seed": seed, "engines": engines}, indent=1) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    baselines = [f"{name} {number(value, row.digits)}" for name, value in row.baselines.items()]
    ours, ratio = number(row.ours, row.digits), number(row.ratio)
    return row.metric, " · ".join(baselines) or "-", ours, ratio, row.aim or "-"


def _plain(row: Row) -> dict[str, object]:
    return {
        "metric": row.metric,
        "baselines": dict(row.baselines),
        "ours": row.ours,
        "ratio": row.ratio,
        "aim": row.aim,
    }


def _described(archive: Archive) -> str:
    return (
        f"{len(archive):,} messages, {archive.with_text():,} with text, "
        f"{len(archive.member_ids):,} people, {len(archive.channel_ids):,} channels, "
        f"{len(archive.topic_ids):,} topics; {archive.skipped:,} lines were no records"
    )


def _say(what: str) -> None:
    print(f"({what})", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
