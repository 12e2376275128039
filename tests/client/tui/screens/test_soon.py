"""What cannot be taken back is said some seconds after it was asked for."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, cast

from hobnob_client.tui.screens.main import MainScreen
from hobnob_client.tui.screens.soon import soon
from hobnob_client.tui.voice import Voice
from hobnob_protocol.ids import ChannelId, StreamId, channel_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.membership import Leave

GENERAL = channel_stream(ChannelId(bytes(16)))


class Outbox:
    """What was said, of nobody in particular."""

    reader = None

    def __init__(self) -> None:
        self.said: list[tuple[StreamId, Body]] = []

    async def compose(self, stream: StreamId, body: Body) -> None:
        """Said."""
        self.said.append((stream, body))


class Stage:
    """Of a screen what is asked of it here; its timers are over when that is said."""

    def __init__(self) -> None:
        self.outbox = Outbox()
        self.voice = Voice(cast(Any, self.outbox), lambda _: None, lambda _: ())
        self.timers: list[Callable[[], None]] = []

    def set_timer(self, _seconds: float, over: Callable[[], None]) -> None:
        """Later."""
        self.timers.append(over)

    def run_worker(self, work: Coroutine[Any, Any, None]) -> None:
        """At once."""
        asyncio.run(work)

    def tell(self, _text: str, _seconds: float) -> None:
        """Nobody looks."""

    def leaves(self) -> None:
        """Its member leaves a channel."""
        soon(cast(MainScreen, self), self.voice.leave(GENERAL, "#general"), "")


def test_what_was_undone_and_asked_for_again_has_its_own_time() -> None:
    """It is not said when the time of the first is over."""
    stage = Stage()
    stage.leaves()
    assert asyncio.run(stage.voice.undo())
    stage.leaves()
    first, second = stage.timers
    first()
    assert stage.outbox.said == []
    second()
    assert stage.outbox.said == [(GENERAL, Leave())]
