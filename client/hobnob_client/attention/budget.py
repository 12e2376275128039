"""How many notifications somebody can bear: a few, then one that sums up the rest."""

from collections import deque
from typing import Final

AT_ONCE: Final = 3
"""So many of one moment are told one by one; more are told in one line."""
PER_WINDOW: Final = 6
WINDOW_MS: Final = 60_000
"""So many within a minute; what is beyond waits for its end, and is told in one line."""


class Budget:
    """What was told lately."""

    def __init__(self) -> None:
        self._told: deque[int] = deque(maxlen=PER_WINDOW)

    def grants(self, count: int, now_ms: int) -> bool:
        """May so many be told one by one?"""
        return count <= AT_ONCE and self._recent(now_ms) + count <= PER_WINDOW

    def waits_ms(self, now_ms: int) -> int:
        """How long nothing more may be told, not in one line either; 0 where something may."""
        if self._recent(now_ms) < PER_WINDOW:
            return 0
        return self._told[0] + WINDOW_MS - now_ms

    def told(self, now_ms: int) -> None:
        """One was told."""
        self._told.append(now_ms)

    def _recent(self, now_ms: int) -> int:
        # A clock that was put back must not keep anybody waiting.
        return sum(0 <= now_ms - told_ms < WINDOW_MS for told_ms in self._told)
