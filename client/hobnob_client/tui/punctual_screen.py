"""A screen whose timers that go off once all do, and that draws as soon as there is something to.
Whoever has time waits for that.

Textual leaves out a time that has passed before it could wait for it: of a clock that ticks on, one
tick; of a timer that goes off once, all there is. One that is due at once, or nearly, was never
heard of again where the machine was busy just then (Textual 8.2).
"""

import asyncio
from contextlib import suppress
from functools import partial
from typing import Final, TypeVar

from textual.message import Message
from textual.messages import Update
from textual.screen import ModalScreen, Screen
from textual.timer import Timer, TimerCallback

from hobnob_client.tui.frame_timer import FrameTimer
from hobnob_client.tui.orderly_app import keys_done
from hobnob_client.tui.safe_app import app_of

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
            self._frames = FrameTimer(self, draw, NAME, partial(keys_done, app_of(self)))
            self._frames._start()  # pyright: ignore[reportPrivateUsage]  # There is no public way to it.
            self._timers.add(self._frames)
        return self._frames

    def post_message(self, message: Message) -> bool:
        """Hear at once which widget is to be drawn anew: behind others that wait to be heard, the
        picture would be drawn without it, and another for it."""
        if isinstance(message, Update) and self.is_running and self in self._compositor:
            self._dirty_widgets.add(message.widget)
            self.check_idle()
            return True
        return super().post_message(message)

    def _on_timer_update(self) -> None:
        """Draw all that has changed by now, also what a widget has not told yet that has something
        else to do."""
        for widget in self._compositor.visible_widgets:
            if widget._repaint_required and widget is not self:  # pyright: ignore[reportPrivateUsage]  # There is no public way to it.
                widget._repaint_required = False  # pyright: ignore[reportPrivateUsage]  # As above.
                self._dirty_widgets.add(widget)
        super()._on_timer_update()

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
