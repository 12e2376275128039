"""Waiting for what must come to be, within a bound; never for time to pass."""

import asyncio
from collections.abc import Callable
from typing import Final

BOUND_SECONDS: Final = 60.0
"""Far more than anything takes on a busy machine: only a failure waits so long."""
_POLL_SECONDS: Final = 0.005


async def until(holds: Callable[[], object], bound_seconds: float = BOUND_SECONDS) -> None:
    """Return as soon as `holds`; AssertionError where it does not come to be."""
    loop = asyncio.get_running_loop()
    end = loop.time() + bound_seconds
    while not holds():
        assert loop.time() < end, "what was waited for did not come to be"
        await asyncio.sleep(_POLL_SECONDS)


class TestClock:
    """A clock that stands still until it is moved; both its times move alike."""

    __test__ = False

    def __init__(self, now_ms: int = 1_800_000_000_000) -> None:
        self.now_ms = now_ms

    def wall_ms(self) -> int:
        """Since 1970."""
        return self.now_ms

    def monotonic_ms(self) -> int:
        """The same."""
        return self.now_ms

    def move(self, seconds: float) -> None:
        """Time passes."""
        self.now_ms += int(seconds * 1_000)
