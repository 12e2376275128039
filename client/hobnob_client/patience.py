"""When to try again, and when time itself has jumped."""

from random import Random
from typing import Final

BACKOFF_SECONDS_MIN: Final = 0.5
"""A hub that restarts is back within a second."""
BACKOFF_SECONDS_MAX: Final = 60.0
"""... and one that is down for the night is asked once a minute."""
SUSPENDED_SECONDS: Final = 30.0
"""The two clocks differ by more than this: the machine slept, the link is surely dead."""


class Backoff:
    """How long to wait before the next attempt: full jitter, so that ten thousand clients of a hub
    that comes back do not come at once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._failures = 0

    def failed(self, at_least_seconds: float = 0.0) -> float:
        """One more failure: seconds to wait; the hub may have asked for `at_least_seconds`."""
        highest = min(BACKOFF_SECONDS_MAX, BACKOFF_SECONDS_MIN * 2.0 ** min(self._failures, 16))
        self._failures += 1
        drawn = self._random.uniform(0.0, highest)
        return max(drawn, BACKOFF_SECONDS_MIN * self._random.uniform(0.5, 1.0), at_least_seconds)

    def succeeded(self) -> None:
        """Logged in: begin anew."""
        self._failures = 0


class Suspension:
    """Notices that the machine was asleep, or its clock was set: the wall clock and the one that
    never goes back have drifted apart."""

    def __init__(self, wall_seconds: float, monotonic_seconds: float) -> None:
        self._offset_seconds = wall_seconds - monotonic_seconds

    def jumped(self, wall_seconds: float, monotonic_seconds: float) -> bool:
        """Has time jumped since this was last asked?"""
        offset_seconds = wall_seconds - monotonic_seconds
        drift_seconds = abs(offset_seconds - self._offset_seconds)
        self._offset_seconds = offset_seconds
        return drift_seconds > SUSPENDED_SECONDS
