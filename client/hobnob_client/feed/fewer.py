"""See fewer: what one wants less of is hidden, then comes back step by step.

The rule is X's of 2023 (community.md 2.4): hidden for 14 days, then a fifth, rising to all of it
over 140 days. A wish is a value: taken out of the tuple again, it never was.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Final

from hobnob_client.durations import DAY_MS
from hobnob_client.feed.talk import Name, Talk
from hobnob_protocol.value import value

HIDDEN_MS: Final = 14 * DAY_MS
STEP_MS: Final = 35 * DAY_MS
STEPS: Final = (0.2, 0.4, 0.6, 0.8)
"""What of a probability is left, for 35 days each: 140 in all."""


class Sort(Enum):
    """What one may see fewer of."""

    THREAD = "thread"
    CHANNEL = "channel"
    BEGUN_BY = "begun_by"
    """Threads that somebody began."""


@value
class Fewer:
    """One wish."""

    sort: Sort
    name: Name
    since_ms: int


def left(since_ms: int, now_ms: int) -> float:
    """What such a wish leaves of a probability: 0 to 1."""
    passed_ms = now_ms - since_ms - HIDDEN_MS
    if passed_ms < 0:
        return 0.0
    step = passed_ms // STEP_MS
    return STEPS[step] if step < len(STEPS) else 1.0


class Wishes:
    """All of them, as they are now."""

    def __init__(self, wishes: Sequence[Fewer], now_ms: int) -> None:
        self._left: dict[tuple[Sort, Name], float] = {}
        for wish in wishes:
            what = (wish.sort, wish.name)
            # The newest of the same is the strongest.
            self._left[what] = min(left(wish.since_ms, now_ms), self._left.get(what, 1.0))

    def of(self, talk: Talk) -> float:
        """What is left of a thread's probability: the strongest wish counts."""
        if not self._left:
            return 1.0
        what = (
            (Sort.THREAD, talk.key),
            (Sort.CHANNEL, talk.channel),
            (Sort.BEGUN_BY, talk.begun_by),
        )
        return min(self._left.get(each, 1.0) for each in what)
