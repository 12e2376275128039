"""What is begun goes onto the disk when the keys rest, and not again as it is there already."""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager, suppress
from typing import Any, cast

from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.store.sqlite import open_memory_sqlite
from hobnob_client.tui.screens.drafting import Drafting
from hobnob_client.tui.screens.main import MainScreen
from hobnob_client.tui.voice import Place
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.ids import ChannelId, StreamId, channel_stream
from hobnob_protocol.sealing.draft import Draft, encode_draft

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
        self._table = PrivateTable(open_memory_sqlite().sql)
        self.put: list[str] = []
        self.is_busy = False
        """Whoever would put something on it waits for it first."""

    async def draft(self, draft: Draft, text: str, known: str | None) -> bool:
        """As `PrivateKeeping.draft`."""
        if self.is_busy:
            await asyncio.sleep(0)
        self.put.append(text)
        seen = None if known is None else known.encode()
        return self._table.edit(encode_draft(draft), text.encode(), 1, seen)

    @property
    def held(self) -> list[str]:
        """What there is now, the draft and what stands beside it."""
        return [each.value.decode() for each in self._table.all()]

    def drop(self) -> None:
        """Another process does."""
        self._table.edit(encode_draft(Draft(GENERAL)), b"", 1)


class Stage:
    """Of a screen what is asked of it here; its timers are over when that is said."""

    is_attached = False

    def __init__(self) -> None:
        self.disk = self.private = Disk()
        self.channel, self.thread = Field(Place(GENERAL)), Field(None)
        self.engine = self.reader = self
        self.timers: list[Callable[[], None]] = []
        self.works: list[Coroutine[Any, Any, None]] = []
        self.drafting = Drafting(cast(MainScreen, self))

    def draft(self, _stream: StreamId, _thread: None) -> str:
        """Nothing was begun when one came."""
        return ""

    def drafts(self) -> tuple[object, ...]:
        """None is kept beside another."""
        return ()

    def set_timer(self, _seconds: float, over: Callable[[], None]) -> None:
        """Later."""
        self.timers.append(over)

    def run_worker(self, work: Coroutine[Any, Any, None]) -> None:
        """At once; on a busy disk it has begun, and does not end."""
        if not self.disk.is_busy:
            asyncio.run(work)
        else:
            work.send(None)
            self.works.append(work)

    def leaves(self) -> None:
        """What runs for the screen goes with it; then the last is put on the disk, which is free by
        then."""
        for work in self.works:
            with suppress(asyncio.CancelledError):
                work.throw(asyncio.CancelledError)
        self.disk.is_busy = False
        asyncio.run(self.drafting.keep_all())

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
        stage.disk.drop()
    assert stage.disk.held == []


def test_who_leaves_while_a_draft_is_put_on_the_disk_finds_it_again() -> None:
    """That it was on its way there does not count as there."""
    stage = Stage()
    stage.types("half a thought")
    stage.disk.is_busy = True
    with stage.resting():
        assert stage.disk.held == []
    stage.leaves()
    assert stage.disk.held == ["half a thought"]


def test_who_sends_a_draft_and_leaves_at_once_does_not_find_it_again() -> None:
    """Nor what it was, kept beside nothing."""
    stage = Stage()
    stage.drafting.begun(Place(GENERAL))
    stage.types("half a thought")
    with stage.resting():
        pass
    assert stage.disk.held == ["half a thought"]
    stage.disk.is_busy = True
    stage.channel.begun = ""
    stage.drafting.keep_of(cast(Talk, stage.channel))
    stage.leaves()
    assert stage.disk.held == []
