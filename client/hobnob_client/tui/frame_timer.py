"""Pictures are drawn as soon as something has changed, a little apart.

Textual draws at ticks of a clock. One that was missed because a picture took longer is left out,
and the one behind it, too: what a key has done then waits for up to two of them, 33 ms, with
nothing to do (Textual 8.2).
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from textual.message_pump import MessagePump
from textual.timer import EventTargetGone, Timer, TimerCallback

FRAME_SECONDS: Final = 0.005
"""Between the end of a picture and the next: what comes in pieces is drawn in few."""
GATHER_TURNS: Final = 4
"""Turns of the loop before a picture: of several widgets that have changed at once, each tells of
it in its own turn, and what is seen of them belongs together."""
KEYS_SECONDS: Final = 0.03
"""So long at most a picture waits for keys that are on their way: of a burst all that comes of it
is seen at once, and who holds a key down sees where they are."""


class FrameTimer(Timer):
    """Goes off once it is resumed, until it is paused."""

    def __init__(
        self,
        target: MessagePump,
        draw: TimerCallback,
        name: str,
        keys_done: Callable[[], Awaitable[object]],
    ) -> None:
        """`keys_done` waits until none is on its way to what it does."""
        super().__init__(target, FRAME_SECONDS, name=name, callback=draw, pause=True)
        self._keys_done = keys_done

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        due = 0.0
        while True:
            await self._active.wait()  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.
            left = due - loop.time()
            if left > 0:
                await asyncio.sleep(left)
            with suppress(TimeoutError):
                async with asyncio.timeout(KEYS_SECONDS):
                    await self._keys_done()
            for _ in range(GATHER_TURNS):
                await asyncio.sleep(0)
            if not self._active.is_set():  # pyright: ignore[reportUnknownMemberType]  # As above.
                # It was drawn meanwhile, as where all was laid out.
                continue
            try:
                await self._tick(next_timer=due, count=0)
            except EventTargetGone:
                return
            due = loop.time() + FRAME_SECONDS
