"""A count that halves with time: what was long ago matters less, and nothing is recounted."""

from dataclasses import dataclass
from typing import Final

from hobnob_client.durations import DAY_MS
from hobnob_client.halving import left

HALF_LIFE_MS: Final = 30 * DAY_MS
"""Of habits: community.md 2.4 measured affinities with 30 days."""


@dataclass(slots=True)
class Fading:
    """A count as it was at `at_ms`; its half-life is `HALF_LIFE_MS`."""

    count: float = 0.0
    at_ms: int = 0

    def add(self, now_ms: int) -> None:
        """One more at `now_ms`."""
        self.count = self.now(now_ms) + 1
        self.at_ms = max(now_ms, self.at_ms)

    def now(self, now_ms: int) -> float:
        """What is left of it."""
        return self.count * left(now_ms - self.at_ms, HALF_LIFE_MS) if self.count else 0.0
