"""When a key was pressed last: whatever comes lets the keys go first."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

KEY_SECONDS: Final = 0.05
"""So long after a key what it does is drawn, mostly."""
BEHIND_KEYS_MAX: Final = 4
"""So many keys in a row go first."""

Sleep = Callable[[float], Awaitable[None]]


class Pressing:
    """The keys of one screen, from its first picture on."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.clock = clock
        self.sleep = sleep
        self.began: float | None = None
        """When the first picture stood; None before."""
        self.last = 0.0
        """When the last key was pressed, or the first picture stood."""

    def begin(self) -> None:
        """The first picture stands."""
        if self.began is None:
            self.began = self.last = self.clock()

    def hear(self) -> None:
        """A key was pressed."""
        self.last = self.clock()

    @property
    def quiet_seconds(self) -> float:
        """So long ago the last key was pressed, or the first picture stood."""
        return self.clock() - self.last

    async def behind_keys(self) -> None:
        """Wait while a key is under way: it takes a dozen turns of the loop, and whatever comes
        between two of them holds it up. Who is handed on key after key waits a little only."""
        for _ in range(BEHIND_KEYS_MAX):
            left = KEY_SECONDS - self.quiet_seconds
            if self.began is None or left <= 0:
                return
            await self.sleep(left)

    async def pause(self, seconds: float) -> None:
        """Wait until no key was pressed for so long."""
        while (left := seconds - self.quiet_seconds) > 0:
            await self.sleep(left)
