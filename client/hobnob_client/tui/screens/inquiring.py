"""When the hub is asked for requests: after something came that may be of one, and by itself now
and then, for it tells of them to nobody who does not ask."""

import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from hobnob_client.news import News
from hobnob_client.progress import LinkState
from hobnob_client.tui.screens.attempt import telling
from hobnob_sync.opened import is_conversation

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

LEAST_SECONDS: Final = 2.0
"""The hub is asked at most so often."""
LOOKING_SECONDS: Final = 5.0
"""... by itself so often while one looks at the room,"""
WAITING_SECONDS: Final = 60.0
"""... so often while somebody's answer is waited for,"""
IDLE_SECONDS: Final = 600.0
"""... and so often otherwise: who asks writes a note, which is heard of as any message is."""


class Inquiring:
    """Does `ask` when it is time; `often` says after how many seconds it is by itself."""

    def __init__(
        self,
        screen: "MainScreen",
        ask: Callable[[], Awaitable[None]],
        often: Callable[[], float],
    ) -> None:
        self._screen = screen
        self._ask = ask
        self._often = often
        self._linked = LinkState.OFFLINE
        self._begun = self._works = self._again = self._waits = False
        self._asked = -IDLE_SECONDS

    def begin(self) -> None:
        """From here on."""
        self._begun = True
        self._screen.set_interval(LOOKING_SECONDS, self._tick)
        self.look()

    def hear(self, news: News) -> None:
        """Something has come."""
        came = news.everything or any(map(is_conversation, news.streams))
        linked, self._linked = self._linked, self._screen.engine.link
        if came or linked is not self._linked:
            self.look()

    def look(self) -> None:
        """Ask, unless that was done just now: then soon."""
        if not self._begun:
            return
        self._again = True
        if self._works or self._waits:
            return
        passed = time.monotonic() - self._asked
        if passed < LEAST_SECONDS:
            self._waits = True
            self._screen.set_timer(LEAST_SECONDS - passed, self._later)
        else:
            self._begin()

    def _later(self) -> None:
        self._waits = False
        self._begin()

    def _tick(self) -> None:
        if time.monotonic() - self._asked >= self._often():
            self.look()

    def _begin(self) -> None:
        if not self._works:
            self._works = True
            self._screen.run_worker(self._run(), group="requests")

    async def _run(self) -> None:
        try:
            while self._again:
                self._again = False
                self._asked = time.monotonic()
                with telling(self._screen):
                    await self._ask()
        finally:
            self._works = False
