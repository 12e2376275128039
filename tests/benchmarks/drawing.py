"""What it costs to draw a talk: an append, a page, another width; with and without texts to read.

`python -m tests.benchmarks.drawing [--data DIR]`: texts of the demo world, or of an archive in the
interchange format (server/README.md). Processor time of this process, on 160 by 45 cells; whatever
else runs on the machine is no part of it.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date
from itertools import islice
from pathlib import Path

from textual.app import App, ComposeResult

from hobnob.demo.interchange import archive
from hobnob.demo.world import load
from hobnob_client import term_safe
from hobnob_client.tui.prose.reading import read
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_protocol.ids import TargetId
from hobnob_server.interchange.files import Archive, archive_in, lines
from tests.benchmarks.table import number, table

SIZE = (160, 45)
TEXTS = 3_000
ROUNDS = 100
_BEGAN_MS = 1_700_000_000_000
GOALS_MS = {"append": 8, "page": 12, "reflow": 120}


def texts_of(data: Path | None) -> list[str]:
    """Texts that people wrote, safe to draw; those of the demo world again and again."""
    if data is None:
        found = [str(each["text"]) for each in archive(load(), 0).messages if each.get("text")]
    else:
        found = list(islice(_texts(archive_in(data)), TEXTS))
    return [term_safe.body(found[nth % len(found)]) for nth in range(TEXTS)]


def _texts(found: Archive) -> Iterator[str]:
    for path in found.messages:
        for line in lines(path):
            text = json.loads(line).get("text") if line else None
            if text:
                yield str(text)


class Shelf:
    """Rows of so many texts, of which the first ones are there."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._rows = [
            Row(TargetId(nth.to_bytes(16, "big")), nth + 1, f"m{nth % 7}", _at(nth), text)
            for nth, text in enumerate(texts)
        ]
        self.there = len(texts) - 2 * ROUNDS

    def older(self, order: int | None, limit: int) -> list[Row]:
        """As a `RowSource`."""
        end = self.there if order is None else min(self.there, order - 1)
        return self._rows[max(0, end - limit) : end]

    def newer(self, order: int, limit: int) -> list[Row]:
        """As a `RowSource`."""
        return self._rows[: self.there][order : order + limit]

    def extent(self) -> tuple[int, int]:
        """As a `RowSource`."""
        return 1, self.there


def _at(nth: int) -> int:
    return _BEGAN_MS + nth * 100_000


class Wall(App[None]):
    """A timeline and nothing else."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.timeline = Timeline(shelf, zone=UTC, today=date(2026, 1, 1))

    def compose(self) -> ComposeResult:
        """All of the screen."""
        yield self.timeline


async def measured(texts: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of processor time of each act, by its name."""
    shelf = Shelf(texts)
    app = Wall(shelf)
    async with app.run_test(size=SIZE) as pilot:
        timeline = app.timeline
        await pilot.pause()

        def spent(act: Callable[[], object]) -> float:
            began = time.process_time()
            act()
            timeline.render_lines(timeline.size.region)
            return (time.process_time() - began) * 1_000

        def append() -> None:
            shelf.there += 1
            timeline.reload()

        found = {"append": [spent(append) for _ in range(rounds)]}
        read.cache_clear()
        found["page"] = [spent(lambda: timeline.page(-1)) for _ in range(rounds)]
        found["reflow"] = [spent(timeline.notify_style_update) for _ in range(rounds)]
    return found


def main(arguments: Sequence[str] | None = None, rounds: int = ROUNDS) -> int:
    """All of it, as a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.drawing", description=__doc__)
    parser.add_argument("--data", type=Path, help="an archive")
    texts = texts_of(parser.parse_args(arguments).data)
    rows: list[tuple[str, ...]] = []
    for name, spent in asyncio.run(measured(texts, rounds)).items():
        ordered = sorted(spent)
        middle, high = ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100]
        rows.append((name, number(middle), number(high), str(GOALS_MS[name])))
    print(table(("CPU ms", "median", "p95", "goal"), rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
