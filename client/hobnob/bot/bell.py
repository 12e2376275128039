"""One who rings, many who wait: nobody looks twice at what has not changed."""

import asyncio
from contextlib import suppress


class Bell:
    """Count the rings, look at what you care for, then wait for the next ring after that count."""

    def __init__(self) -> None:
        self.rings = 0
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Something may have changed."""
        self.rings += 1
        self._next.set()
        self._next = asyncio.Event()

    async def after(self, rings: int, seconds: float | None = None) -> None:
        """Return once it has rung more often than `rings`, or after `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.rings <= rings:
                    await self._next.wait()
