"""What an evaluation says: one metric of one engine, beside what it has to beat."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `ratio` is ours by the first baseline."""

    metric: str
    """With the window and the number of cases, e.g. "nDCG@10, 2022-07..12, 5,120 sessions"."""
    baselines: Mapping[str, float]
    """By name; none for a figure that stands alone, as a time or an error."""
    ours: float | None
    """None where this archive cannot tell."""
    ratio: float | None = None
    aim: str = ""
    """What must hold, e.g. "ratio ≥ 2.4"."""
    digits: int = 3


def against(metric: str, baselines: Mapping[str, float], ours: float, aim: str = "") -> Row:
    """A row whose ratio is to its first baseline; none where that is 0."""
    first = next(iter(baselines.values()), 0.0)
    return Row(metric, baselines, ours, ours / first if first else None, aim)
