"""A screen whose timers that go off once all do, and that draws as soon as there is something to.
Whoever has time waits for that.

Textual leaves out a time that has passed before it could wait for it: of a clock that ticks on, one
tick; of a timer that goes off once, all there is. One that is due at once, or nearly, was never
heard of again where the machine was busy just then (Textual 8.2).
"""

import asyncio
from contextlib import suppress
from typing import Final, TypeVar

from textual.screen import ModalScreen, Screen
from textual.timer import Timer, TimerCallback

from hobnob_client.tui.frame_timer import FRAME_SECONDS, FrameTimer

Result = TypeVar("Result")

NAME: Final = "screen_update"
"""As Textual calls what it draws at."""
PICTURE_SECONDS_MAX: Final = 0.25
"""Nobody waits longer for a picture: where things change without end there is always another."""


class PunctualScreen(Screen[Result]):
    """Late rather than never."""

    _frames: FrameTimer | None = None

    @property
    def _update_timer(self) -> Timer:
        """When it is drawn."""
        if self._frames is None:
            draw = self._on_timer_update
            self._frames = FrameTimer(self, FRAME_SECONDS, name=NAME, callback=draw, pause=True)
            self._frames._start()  # pyright: ignore[reportPrivateUsage]  # There is no public way to it.
            self._timers.add(self._frames)
        return self._frames

    def set_timer(
        self,
        delay: float,
        callback: TimerCallback | None = None,
        *,
        name: str | None = None,
        pause: bool = False,
    ) -> Timer:
        """Go off once, `delay` seconds from now."""
        timer = super().set_timer(delay, callback, name=name, pause=pause)
        # It begins to run once this has returned.
        timer._skip = False  # pyright: ignore[reportPrivateUsage]  # There is no public way to it.
        return timer

    async def picture(self) -> None:
        """Wait until all that has changed by now is drawn; not for ever."""
        stands = asyncio.Event()
        if not self.call_after_refresh(stands.set):
            # It goes.
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(PICTURE_SECONDS_MAX):
                await stands.wait()


# Textual takes the styles of the first of its bases alone.
class PunctualModal(ModalScreen[Result], PunctualScreen[Result]):
    """One that lies on another."""
