"""Keys act in the order they were pressed, however fast they come.

Textual hands each key to the focused widget as soon as it is read. A letter is written there and
then; a key that is bound, as Backspace, an arrow or what moves the focus, acts only once it has
bubbled up to the app. A slow line brings keys in bursts: of "ab", Backspace, "c" the "c" would be
taken away. So a key that is not simply written is waited for before the next is handed on.
"""

from collections import deque
from functools import partial
from typing import Final

from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer

PATIENCE_SECONDS: Final = 0.5
"""So long a key is waited for whose widget has gone meanwhile."""


class Passed(Message):
    """Follows a key along its way: when it arrives at the app, the key has acted."""


class OrderlyApp(App[None]):
    """An app that acts upon one key at a time."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typed: deque[events.Key | events.Paste] = deque()
        self._follower: Passed | None = None
        self._patience: Timer | None = None

    async def on_event(self, event: events.Event) -> None:
        """Keep what is typed until its turn."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            await self._hand_on()
        else:
            await super().on_event(event)

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
            if not written and target.post_message(follower):
                self._follower = follower
                self._patience = self.set_timer(PATIENCE_SECONDS, partial(self._next, follower))

    async def _next(self, passed: Passed) -> None:
        if passed is not self._follower:
            return
        self._follower = None
        if self._patience is not None:
            self._patience.stop()
        await self._hand_on()
