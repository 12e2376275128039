"""The first moment after a start in which nobody waits for the screen: what costs much, and nobody
has asked for, begins then and not beside the first keys."""

import asyncio
from typing import Final

from hobnob_client.tui.pressing import Pressing

CALM_SECONDS: Final = 0.3
"""So long after the first picture, and after the last key, nobody waits for what a key has done."""
CALM_SECONDS_MAX: Final = 2.0
"""So long after the first picture it is calm in any case: some write from the first moment on."""


class Calm:
    """Comes once and stays; with no `seconds` it is there from the first picture on."""

    def __init__(self, pressing: Pressing, seconds: float = 0.0) -> None:
        self._pressing = pressing
        self._seconds = seconds
        self._stands = asyncio.Event()
        self.came = False
        """Is it there?"""

    def stand(self) -> None:
        """The first picture stands."""
        self._pressing.begin()
        self._stands.set()

    async def come(self) -> None:
        """Wait for it."""
        await self._stands.wait()
        while not self.came:
            left = self._left()
            self.came = left <= 0
            if not self.came:
                await self._pressing.sleep(left)

    def _left(self) -> float:
        began = self._pressing.began or 0.0
        end = min(self._pressing.last + self._seconds, began + CALM_SECONDS_MAX)
        return end - self._pressing.clock()
