"""A screen whose timers that go off once all do.

Textual leaves out a time that has passed before it could wait for it: of a clock that ticks on, one
tick; of a timer that goes off once, all there is. One that is due at once, or nearly, was never
heard of again where the machine was busy just then (Textual 8.2).
"""

from textual.screen import Screen
from textual.timer import Timer, TimerCallback


class PunctualScreen(Screen[None]):
    """Late rather than never."""

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
