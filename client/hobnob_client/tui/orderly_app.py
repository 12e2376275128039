"""Keys act in the order they were pressed, however fast they come.

Textual hands each key to the focused widget as soon as it is read. A letter is written there and
then; a key that is bound, as Backspace, an arrow or what moves the focus, acts only once it has
bubbled up to the app. A slow line brings keys in bursts: of "ab", Backspace, "c" the "c" would be
taken away. So a key that is not simply written is waited for before the next is handed on.
"""

import asyncio
from collections import deque
from functools import partial
from typing import Any, Final

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from hobnob_client.catalogue import t

GLANCE_SECONDS: Final = 0.1
"""So often it is looked whether the widget of a key that is waited for is still there."""
GLANCES_MAX: Final = 50
"""After so many the key is given up: a letter that came too early would be another key elsewhere,
so a busy machine is waited for longer than anybody likes."""

TYPED_MAX: Final = 50_000
"""Keys that wait for their turn: the longest message four times over, for a terminal that knows no
pastes types what is pasted."""


class Passed(Message):
    """Follows a key along its way: when it arrives at the app, the key has acted."""


async def keys_done(app: App[None]) -> None:
    """Wait until no key is on its way to what it does, of several that have come at once either."""
    if isinstance(app, OrderlyApp):
        await app.keys_done.wait()


class OrderlyApp(App[None]):
    """An app that acts upon one key at a time."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typed: deque[events.Key | events.Paste] = deque()
        self._left_out = False
        self._follower: Passed | None = None
        self._patience: Timer | None = None
        self._glances = 0
        self.keys_done = asyncio.Event()
        """Is none on its way to what it does?"""
        self.keys_done.set()

    @property
    def waiting(self) -> int:
        """How many keys and pastes wait for their turn."""
        return len(self._typed)

    async def on_event(self, event: events.Event) -> None:
        """Keep what is typed until its turn."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if len(self._typed) < TYPED_MAX:
                self._typed.append(event)
                self._left_out = False
            elif not self._left_out:
                self._left_out = True
                self.bell()
                self.notify(t("Too much was typed at once: its end was left out."), markup=False)
            await self._hand_on()
        else:
            await super().on_event(event)

    def watch_app_focus(self, focus: bool) -> None:
        """Whoever comes back to the window finds something that takes their very next key, also
        where what had the focus went meanwhile: Textual gives it back to that alone."""
        if focus and self.is_running and self.focused is None:
            self.screen.focus_next()

    def on_passed(self, passed: Passed) -> None:
        """Go on, after what the key has put into the app's own queue, as another focus."""
        self.call_later(self._next, passed)

    async def _hand_on(self) -> None:
        while self._typed and self._follower is None:
            event = self._typed.popleft()
            target = self.focused or self.screen
            await super().on_event(event)
            written = isinstance(event, events.Paste) or target.check_consume_key(
                event.key, event.character
            )
            follower = Passed()
            if not written and (target.post_message(follower) or self.post_message(follower)):
                self._follower = follower
                self.keys_done.clear()
                self._glances = 0
                look = partial(self._glance, follower, target)
                self._patience = self.set_interval(GLANCE_SECONDS, look)
        if self._follower is None:
            self.keys_done.set()

    async def _glance(self, follower: Passed, target: Widget | Screen[Any]) -> None:
        self._glances += 1
        gone = not (target.is_running and target.is_attached)
        if gone or self._glances >= GLANCES_MAX:
            await self._next(follower)

    async def _next(self, passed: Passed) -> None:
        if passed is not self._follower:
            return
        self._follower = None
        if self._patience is not None:
            self._patience.stop()
        await self._hand_on()
