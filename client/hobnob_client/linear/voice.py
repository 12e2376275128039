"""Says lines, but none into a line that somebody has begun: those wait until it is said, or given
up."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from hobnob_client.linear.telling import Told
from hobnob_client.terminal import Terminal

HELD_SECONDS: Final = 0.2
"""So often it is looked whether a line that was begun was given up."""


class Voice:
    """`busy` says that a line is begun. What waits is what was asked for, so little of it."""

    def __init__(self, terminal: Terminal, busy: Callable[[], bool]) -> None:
        self._terminal = terminal
        self._busy = busy
        self._waiting: deque[Told] = deque()
        self._something = asyncio.Event()
        self._entered = asyncio.Event()

    def tell(self, told: Told) -> None:
        """Say it now, or when no line is begun."""
        self._waiting.append(told)
        if self._busy():
            self._something.set()
        else:
            self.flush()

    def flush(self) -> None:
        """Say what waits."""
        while self._waiting:
            told = self._waiting.popleft()
            if told.record or not self._terminal.as_json:
                self._terminal.show(told.record, told.line)

    def entered(self) -> None:
        """The line is whole."""
        self._entered.set()

    async def silence(self) -> None:
        """Until no line is begun."""
        while self._busy():
            self._entered.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(HELD_SECONDS):
                    await self._entered.wait()

    async def speak(self) -> None:
        """Say what waits, for as long as it runs."""
        while True:
            await self._something.wait()
            self._something.clear()
            await self.silence()
            self.flush()
