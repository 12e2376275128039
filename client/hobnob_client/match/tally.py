"""Counts that fade: what somebody did weighs half as much after 45 days (community.md §2.3)."""

from dataclasses import dataclass
from typing import Final

from hobnob_client.durations import DAY_MS
from hobnob_client.halving import left

HALF_LIFE_MS: Final = 45 * DAY_MS
"""Of all that somebody did."""
LATELY_MS: Final = 3 * DAY_MS
"""Of what tells who is about these days."""


def faded(passed_ms: int, half_life_ms: int = HALF_LIFE_MS) -> float:
    """What is left of 1 after that time; 1 where a clock was put back."""
    return left(passed_ms, half_life_ms)


@dataclass(slots=True)
class Tally:
    """What one person did in one place, as it counted at `at_ms`."""

    posts: float = 0.0
    answered: float = 0.0
    """Threads of others in which they wrote within a day of the beginning."""
    firsts: float = 0.0
    """Threads of others in which they were the first to answer."""
    began: float = 0.0
    """Threads they began."""
    lately: float = 0.0
    """Posts, by the short half-life."""
    at_ms: int = 0
    last_ms: int | None = None
    """When they last wrote there; None if never."""

    def add(
        self, at_ms: int, *, answered: bool = False, first: bool = False, began: bool = False
    ) -> None:
        """One post more, and what it was beside."""
        self.move(at_ms)
        self.last_ms = at_ms
        self.posts += 1
        self.lately += 1
        self.answered += answered
        self.firsts += first
        self.began += began

    def move(self, at_ms: int) -> None:
        """Let it fade until that moment."""
        passed_ms = at_ms - self.at_ms
        rest = faded(passed_ms)
        self.posts *= rest
        self.answered *= rest
        self.firsts *= rest
        self.began *= rest
        self.lately *= faded(passed_ms, LATELY_MS)
        self.at_ms = max(at_ms, self.at_ms)
