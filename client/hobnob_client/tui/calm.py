"""The first moment after a start in which nobody waits for the screen: what costs much, and nobody
has asked for, begins then and not beside the first keys."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

CALM_SECONDS: Final = 0.3
"""So long after the first picture, and after the last key, nobody waits for what a key has done."""
KEY_SECONDS: Final = 0.05
"""So long after a key what it does is drawn, mostly."""
BEHIND_KEYS_MAX: Final = 4
"""So many keys in a row go first."""
CALM_SECONDS_MAX: Final = 2.0
"""So long after the first picture it is calm in any case: some write from the first moment on."""


class Calm:
    """Comes once and stays; with no `seconds` it is there from the first picture on."""

    def __init__(
        self,
        seconds: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._began: float | None = None
        self._heard = 0.0
        self._stands = asyncio.Event()
        self._came = False

    def stand(self) -> None:
        """The first picture stands."""
        if self._began is None:
            self._began = self._heard = self._clock()
            self._stands.set()

    def hear(self) -> None:
        """A key was pressed."""
        self._heard = self._clock()

    @property
    def quiet_seconds(self) -> float:
        """So long ago the last key was pressed, or the first picture stood."""
        return self._clock() - self._heard

    async def behind_keys(self) -> None:
        """Wait while a key is under way: it takes a dozen turns of the loop, and whatever comes
        between two of them holds it up. Who is handed on key after key waits a little only."""
        for _ in range(BEHIND_KEYS_MAX):
            left = KEY_SECONDS - self.quiet_seconds
            if self._began is None or left <= 0:
                return
            await self._sleep(left)

    async def come(self) -> None:
        """Wait for it."""
        await self._stands.wait()
        while not self._came:
            left = self._left()
            self._came = left <= 0
            if not self._came:
                await self._sleep(left)

    def _left(self) -> float:
        began = self._began or 0.0
        end = min(self._heard + self._seconds, began + CALM_SECONDS_MAX)
        return end - self._clock()
