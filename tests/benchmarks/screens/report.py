"""What was felt, as one table: each figure beside its anchor, ours, the ratio, and the aim."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.screens.felt import Felt
from tests.benchmarks.table import number, table, times

FEW: Final = 20
"""With fewer times than this the worst of them stands for the 95th of a hundred."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table; `aim` is the bound of clients.md §6, None where there is none; `low`
    is that in low bandwidth, where it is another."""

    name: str
    of: Callable[[Felt], float | None]
    aim: float | None = None
    digits: int = 1
    low: float | None = None

    @property
    def aims(self) -> str:
        """What it should be."""
        if self.aim is None:
            return ""
        bound = f"<= {number(self.aim, 1 if self.aim < 1 else 0)}"
        return bound if self.low is None else f"{bound}, low <= {number(self.low, 0)}"


def p50(taken: Sequence[float]) -> float | None:
    """The middle one."""
    return sorted(taken)[len(taken) // 2] if taken else None


def p95(taken: Sequence[float]) -> float | None:
    """What nineteen of twenty are below."""
    return sorted(taken)[min(len(taken) - 1, len(taken) * 95 // 100)] if taken else None


MEASURES: Final = (
    Measure("start until something stands, p50 ms", lambda felt: p50(felt.there_ms), None, 0),
    Measure("start until one reads, p50 ms", lambda felt: p50(felt.start_ms), None, 0),
    Measure("... p95", lambda felt: p95(felt.start_ms), 350, 0),
    Measure("... CPU ms, p50", lambda felt: p50(felt.start_cpu_ms), None, 0),
    Measure(
        "start until one reads where one left, p50 ms", lambda felt: p50(felt.back_ms), None, 0
    ),
    Measure("... p95", lambda felt: p95(felt.back_ms), 350, 0),
    Measure("... until a key has acted there, p50", lambda felt: p50(felt.back_acted_ms), None, 0),
    Measure("... p95", lambda felt: p95(felt.back_acted_ms), None, 0),
    Measure("memory when one reads, MB", lambda felt: felt.rss_mb, 70),
    Measure("... after all of this, MB", lambda felt: felt.rss_used_mb, 70),
    Measure("key while 200 messages/s come, p50 ms", lambda felt: p50(felt.echo_ms)),
    Measure("... p95", lambda felt: p95(felt.echo_ms), 25),
    Measure("... max", lambda felt: max(felt.echo_ms, default=None), 50),
    Measure("... share of a core, %", lambda felt: _percent(felt.flood_cpu)),
    Measure("a page up, p50 ms", lambda felt: p50(felt.page_ms), 12),
    Measure("... p95", lambda felt: p95(felt.page_ms)),
    Measure("... bytes, p50", lambda felt: p50(felt.page_bytes), None, 0),
    Measure("another width, p50 ms", lambda felt: p50(felt.reflow_ms), 120),
    Measure("another channel, p50 ms", lambda felt: p50(felt.switch_ms), 50),
    Measure("... p95", lambda felt: p95(felt.switch_ms)),
    Measure("a hit of a search, opened, p50 ms", lambda felt: p50(felt.hit_ms), 50),
    Measure("a new line, bytes, p50", lambda felt: p50(felt.line_bytes), 8_000, 0, low=1_500),
    Measure("idle, bytes/s", lambda felt: felt.idle_bytes, 0),
    Measure("idle, % of a core", lambda felt: _percent(felt.idle_cpu), 0.2, 2),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One program: its name, and what it felt like, or why that is not known."""

    name: str
    felt: Felt | None
    missing: str = ""


def report(anchors: Sequence[Column], ours: Sequence[Column]) -> str:
    """All of them; the ratio is that of the last of ours to the first anchor that has a figure."""
    columns = (*anchors, *ours)
    head = ("", *(column.name for column in columns), "ratio", "aim")
    rows: list[tuple[str, ...]] = []
    for measure in MEASURES:
        told = [measure.of(column.felt) if column.felt else None for column in columns]
        last = told[-1]
        anchor = next((each for each in told[: len(anchors)] if each is not None), None)
        cells = (number(each, measure.digits) for each in told)
        rows.append((measure.name, *cells, times(last, anchor), measure.aims))
    absent = [f"{each.name}: {each.missing}\n" for each in columns if each.missing]
    return table(head, rows) + "".join(absent)


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100
