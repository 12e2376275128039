"""What is begun goes onto the disk when the keys rest, and not again as it is there already."""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from typing import Any, cast

from hobnob_client.tui.screens.drafting import Drafting
from hobnob_client.tui.screens.main import MainScreen
from hobnob_client.tui.voice import Place
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.ids import ChannelId, channel_stream
from hobnob_protocol.sealing.draft import Draft

GENERAL = channel_stream(ChannelId(bytes(16)))


class Field:
    """Of a talk what is asked of it here."""

    def __init__(self, place: Place | None) -> None:
        self.place = place
        self.editing = None
        self.begun = ""


class Disk:
    """What was put on it, in order; what is there may be dropped by another process."""

    def __init__(self) -> None:
        self.put: list[str] = []
        self.held = ""

    async def draft(self, _draft: Draft, text: str, _known: str | None) -> bool:
        """As `PrivateKeeping.draft`."""
        self.put.append(text)
        self.held = text
        return True


class Stage:
    """Of a screen what is asked of it here; its timers are over when that is said."""

    is_attached = False

    def __init__(self) -> None:
        self.disk = self.private = Disk()
        self.channel, self.thread = Field(Place(GENERAL)), Field(None)
        self.engine = self.reader = self
        self.timers: list[Callable[[], None]] = []
        self.drafting = Drafting(cast(MainScreen, self))

    def drafts(self) -> tuple[object, ...]:
        """None is kept beside another."""
        return ()

    def set_timer(self, _seconds: float, over: Callable[[], None]) -> None:
        """Later."""
        self.timers.append(over)

    def run_worker(self, work: Coroutine[Any, Any, None]) -> None:
        """At once."""
        asyncio.run(work)

    def types(self, text: str) -> None:
        """Key by key."""
        for key in text:
            self.channel.begun += key
            self.drafting.soon(cast(Talk, self.channel))

    @contextmanager
    def resting(self) -> Generator[None]:
        """The times of all keys are over, one after the other; what happens after the first."""
        first, *others = self.timers
        self.timers.clear()
        first()
        yield
        for over in others:
            over()


def test_a_draft_is_put_on_the_disk_once_not_for_each_key() -> None:
    """All of it with the first key whose time is over; what comes after it goes there again."""
    stage = Stage()
    stage.types("half a")
    with stage.resting():
        assert stage.disk.put == ["half a"]
    assert stage.disk.put == ["half a"]
    stage.types(" thought")
    with stage.resting():
        pass
    assert stage.disk.put == ["half a", "half a thought"]


def test_a_draft_that_was_dropped_elsewhere_is_not_put_back_by_keys_from_before() -> None:
    """Their times are over only then, and they have nothing new to keep."""
    stage = Stage()
    stage.types("half a thought")
    with stage.resting():
        stage.disk.held = ""
    assert stage.disk.held == ""
