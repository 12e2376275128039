"""What is new comes onto the first screen, as long as that is there."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from textual.worker import Worker

from hobnob_client.catalogue import t
from hobnob_client.news import News
from hobnob_client.progress import LinkState
from hobnob_client.tui.refusals import words
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import telling
from hobnob_protocol.ids import PEOPLE, StreamId, user_stream

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

NEWS_SECONDS: Final = 0.05
"""What changes is shown at most so often."""
KEYED_NEWS_SECONDS: Final = 0.1
"""... and so often while keys are pressed: each waits for what is being shown just then."""
WRITES_SECONDS: Final = 1.0
"""So long after the last key another is likely to come."""
KEYS_SHARE: Final = 3
"""So many times as long as that took is left for keys and for drawing."""


@runtime_checkable
class Fresh(Protocol):
    """A screen that shows what may change while it is looked at."""

    def show(self) -> None:
        """Show it as it is now."""


class Hearing:
    """What one screen is told."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        # From before the first look on: what comes between the two is not missed.
        self._watch = screen.engine.watch()
        self._linked = screen.engine.link
        self._blocked = screen.reader.kept().blocked
        self.alarmed = False
        """Something was told that nothing else may cover."""
        self._drawn_key = 0.0
        """When the last key was pressed whose picture was waited for."""
        self._counted = False
        """A count is not shown yet: also one that was left off for another."""

    @property
    def is_behind(self) -> bool:
        """Is there news that is not shown yet?"""
        return self._watch.touches_more_than(user_stream(self._screen.reader.me))

    def begin(self) -> None:
        """Listen, and count what is unread once nobody waits for the first pictures."""
        self._screen.searches.changed()
        self._begin(self._hear, "news")
        self.count_unread()

    def _begin(self, work: Callable[[], Coroutine[Any, Any, None]], group: str) -> Worker[None]:
        """Do it beside the keys, instead of what was begun of the same group; where the screen goes
        before that, it never began."""
        return self._screen.run_worker(work, exclusive=True, group=group)

    async def _hear(self) -> None:
        while True:
            news = await self._watch.next()
            await self._behind_keys()
            if not self._is_there:
                return
            began = time.monotonic()
            with telling(self._screen), self._screen.reader.moment():
                self._take(news)
            # Under a flood the screen follows some times a second, and keys are heard in between,
            # on a slow machine too.
            took_seconds = time.monotonic() - began
            writes = self._screen.pressing.quiet_seconds < WRITES_SECONDS
            often = KEYED_NEWS_SECONDS if writes else NEWS_SECONDS
            await asyncio.sleep(max(often, took_seconds * KEYS_SHARE))

    async def _behind_keys(self) -> None:
        """A key goes first, and the picture of what it has done, however long that takes here; what
        follows from it comes together."""
        pressing = self._screen.pressing
        await pressing.behind_keys()
        key = pressing.last
        if key != self._drawn_key and pressing.quiet_seconds < WRITES_SECONDS:
            await self._screen.picture()
            self._drawn_key = key

    @property
    def _is_there(self) -> bool:
        """Is there anything to show news on? On the way out the lists go before their screen."""
        screen = self._screen
        return screen.channel.timeline.is_attached and screen.thread.timeline.is_attached

    def count_unread(self) -> None:
        """Count what is unread, a channel at a time; a key never waits for it."""
        self._begin(self._count, "counting")

    async def _count(self) -> None:
        screen = self._screen
        await screen.calm.come()
        with telling(screen):
            while screen.listing.uncounted or screen.searches.uncounted:
                await self._behind_keys()
                began = time.monotonic()
                with screen.reader.moment():
                    more = screen.listing.count_one(self._read_along())
                # A key takes a dozen turns of the loop: it must not wait for a count in each.
                took_seconds = time.monotonic() - began
                self._counted = self._counted or screen.listing.differs
                screen.listing.differs = False
                if not more:
                    self._counted = self._counted or bool(screen.searches.uncounted)
                    await screen.searches.count_one()
                await asyncio.sleep(took_seconds * KEYS_SHARE)
        if self._counted:
            self._counted = False
            screen.show_list()
            # Only a count shows of some that they are joined now.
            screen.entering.open_first()

    def _read_along(self) -> dict[StreamId, int]:
        """How far one has read where one reads now: what was seen counts no more, and under a flood
        there is much behind what was said of that, and all of it would be counted each time."""
        screen = self._screen
        place, seqs = screen.channel.place, screen.marks.seqs
        if place is None or place.stream not in seqs:
            return {}
        return {place.stream: seqs[place.stream]}

    def _take(self, news: News) -> None:
        """Show what has changed, and tell what a person must know."""
        screen = self._screen
        if news.presence:
            screen.nearby.show()
            self._show_above()
        if news.is_presence_alone and news.link is self._linked:
            return
        if news.everything:
            screen.listing.read_all()
        if news.everything or user_stream(screen.reader.me) in news.streams:
            screen.rooms.marking.hear()
        screen.rooms.news_came()
        screen.listing.changed(news.streams)
        screen.show_list()
        screen.entering.open_first()
        self.count_unread()
        relinked, self._linked = news.link is not self._linked, news.link
        for talk in (screen.channel, screen.thread):
            if talk.place and (news.everything or relinked or talk.place.stream in news.streams):
                # Why something waits is another reason once the hub is there, or gone.
                talk.timeline.reload()
        if news.everything or user_stream(screen.reader.me) in news.streams:
            self._heed_blocks()
        if news.everything or PEOPLE in news.streams:
            screen.asking.show(screen.reader)
        screen.belonging.hear(news)
        told = {PEOPLE, user_stream(screen.reader.me)}.intersection(news.streams)
        place = screen.channel.place
        if place is not None and (told or place.stream in news.streams):
            screen.call_again(place.stream)
            screen.framing.something_changed()
        if news.everything or user_stream(screen.reader.me) in news.streams:
            screen.drafting.hear()
        self._show_above()
        self._begin(self._when_indexed, "indexed")
        screen.notifying.hear(news)
        screen.rooms.requesting.hear(news)
        screen.rooms.boarding.hear(news)
        self._tell(news)

    def _heed_blocks(self) -> None:
        """Whom one blocks, on whichever device, is seen no more, and whom one hears again is."""
        blocked = self._screen.reader.kept().blocked
        if blocked != self._blocked:
            self._blocked = blocked
            self._screen.refresh_talks()

    def _show_above(self) -> None:
        for above in app_of(self._screen).screen_stack:
            # One that is being opened shows what is, once it is there.
            if isinstance(above, Fresh) and above.is_mounted:
                above.show()

    async def _when_indexed(self) -> None:
        """What has come can be found a little later than it is shown."""
        screen = self._screen
        if screen.engine.link is not LinkState.SHARED:
            # Else another process does it, and does not say when.
            await screen.engine.indexed()
        screen.searches.changed()
        self.count_unread()
        self._show_above()

    def _tell(self, news: News) -> None:
        screen = self._screen
        for refused in news.not_sent:
            screen.notify(
                t("Not sent: {why}. It is kept: Ctrl+O shows it.", why=words(refused.code)),
                severity="warning",
                markup=False,
            )
        for alarm in news.alarms:
            self.alarmed = True
            screen.notify(
                t("The hub contradicts itself ({reason}): ask its operator.", reason=alarm.reason),
                severity="error",
                timeout=20,
                markup=False,
            )
