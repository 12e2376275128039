"""An event loop whose time moves only when it is told to, and then at once.

Whatever waits for time (`asyncio.sleep`, timeouts, timers) wakes in its order; between two of them
no time passes. Work for threads is done in place, for a clock that jumps cannot wait for them.
"""

import asyncio
import selectors
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

T = TypeVar("T")


class _Jumping(selectors.SelectSelector):
    """Instead of waiting it moves the clock, or stops the loop where its time has come."""

    loop: "VirtualLoop"

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        self.loop.jump(timeout)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """Made with its time at 0 seconds."""

    def __init__(self) -> None:
        self._now_seconds = 0.0
        self._until_seconds = 0.0
        selector = _Jumping()
        super().__init__(selector)
        selector.loop = self

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._now_seconds

    def run_for(self, seconds: float) -> None:
        """Do all there is to do now, and in the next `seconds`."""
        self._until_seconds = self._now_seconds + seconds
        self.run_forever()

    def jump(self, seconds: float | None) -> None:
        """Nothing is left to do now: on to the next timer, or to the end of this run."""
        due_seconds = None if seconds is None else self._now_seconds + seconds
        if due_seconds is None or due_seconds > self._until_seconds:
            self._now_seconds = self._until_seconds
            self.stop()
        else:
            self._now_seconds = due_seconds

    def run_in_executor(
        self, executor: Executor | None, func: Callable[..., T], *args: object
    ) -> "asyncio.Future[T]":
        """Call it here and now."""
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as raised:
            done.set_exception(raised)
        return done
