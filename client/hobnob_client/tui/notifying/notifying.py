"""What has come is weighed, and what pings is told: once, by the way there is, and not too often.

A mark says how far each stream was looked through. It is kept before anything is told, so that
nothing is told twice, after a restart neither. What must wait, for the end of quiet hours or
because too much was told lately, is left before the mark and weighed again.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hobnob_client import term_safe, time_of_day
from hobnob_client.attention.budget import Budget
from hobnob_client.attention.rule import How, Moment, Verdict, weigh
from hobnob_client.attention.wishes import Level
from hobnob_client.news import News
from hobnob_client.tui import listing
from hobnob_client.tui.notifying.manners import Notice
from hobnob_client.tui.notifying.marks import PingMarks
from hobnob_client.tui.notifying.notices import Heard, of_many, of_one
from hobnob_client.tui.notifying.outward import Outward
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.rows import author
from hobnob_client.tui.screens.sight import in_sight
from hobnob_protocol.errors import WorldError
from hobnob_protocol.ids import StreamId, StreamType, TargetId, stream_type, user_stream
from hobnob_sync.opened import is_conversation
from hobnob_sync.views.message import Message

if TYPE_CHECKING:
    from hobnob_client.reading.attending import Gathered
    from hobnob_client.tui.screens.main import MainScreen

FRESH_MS: Final = 600_000
"""What was said longer ago is told in one line: it comes because one was away."""
SETTLE_SECONDS: Final = 0.3
"""What comes within it is told together."""
LOOKED_MAX: Final = 500
"""Messages of a stream that are looked through at once; of more the newest."""
PAGE: Final = 32
"""So many of them between two keys."""
SAW_MAX: Final = 5_000
"""Messages of which it is known that they were seen while they wait, as through quiet hours."""
PREVIEW_CHARS: Final = 160
LATER_SECONDS: Final = 20.0
"""So often it is looked whether what waits may be told, and whether a mute is over."""
_TALKS: Final = (StreamType.CHANNEL, StreamType.CONVERSATION)


class Notifying:
    """Tells one member of what pings."""

    def __init__(self, screen: "MainScreen", outward: Outward) -> None:
        self._screen = screen
        self._outward = outward
        self._marks = PingMarks(screen.engine)
        self._budget = Budget()
        self._due: dict[StreamId, None] = {}
        self._weighing: tuple[StreamId, ...] = ()
        """Those that were due and are looked through just now."""
        self._something = asyncio.Event()
        self._pinged: dict[StreamId, list[int]] = {}
        """What was told and may not be read yet."""
        self._saw: set[tuple[StreamId, TargetId]] = set()
        """What was before the eyes and is not weighed yet."""

    def begin(self) -> None:
        """Look through all that has come since the last time."""
        self._wait_for(self._screen.reader.streams())
        self._screen.run_worker(self._run(), group="notifying")
        self._screen.set_interval(LATER_SECONDS, self._later)

    def hear(self, news: News) -> None:
        """Something has come."""
        own = user_stream(self._screen.reader.me)
        everything = news.everything or own in news.streams
        # With one's own stream come wishes, and whom one blocks: what waits is another now.
        self._wait_for(self._screen.reader.streams() if everything else news.streams)
        self.look()

    def look(self) -> None:
        """What waits and is before the eyes was seen, also by who looks away a moment later."""
        if len(self._saw) < SAW_MAX:
            waits = {*self._due, *self._weighing}
            self._saw |= {each for each in self._in_sight() if each[0] in waits}

    @property
    def may_preview(self) -> bool:
        """May it be told how something begins?"""
        return self._outward.preview

    def tell(self, notice: Notice) -> bool:
        """Tell of what is no message, if one can bear it now."""
        now_ms = time_of_day.now_ms()
        if not self._budget.grants(1, now_ms):
            return False
        self._budget.told(now_ms)
        self._outward.tell(notice)
        return True

    async def finish(self) -> None:
        """On the way out."""
        await self._marks.keep()

    def count(self) -> None:
        """Say in the window's title how much calls for one."""
        with self._screen.reader.moment():
            self._outward.count(self._calling())

    def _wait_for(self, streams: Iterable[StreamId]) -> None:
        for stream in streams:
            if stream_type(stream) in _TALKS:
                self._due[stream] = None
        if self._due:
            self._something.set()

    async def _later(self) -> None:
        with suppress(WorldError):
            await self._marks.keep()
        wishes, now_ms = self._screen.reader.wishes(), time_of_day.now_ms()
        if any(
            now_ms - LATER_SECONDS * 2_000 < wish.until_ms < now_ms
            for wish in wishes.places.values()
        ):
            # What was muted for a while is heard again.
            self._screen.show_list()
        if self._due and not wishes.quiet.until(now_ms, self._screen.zone):
            self._something.set()

    async def _run(self) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            await asyncio.sleep(SETTLE_SECONDS)
            due = dict(self._due)
            try:
                await self._take()
                self.count()
            except WorldError:
                # The replica could not be read: all of it is weighed again a little later.
                self._due.update(due)

    async def _take(self) -> None:
        self.look()
        due, self._due = list(self._due), {}
        self._weighing = tuple(due)
        now_ms = time_of_day.now_ms()
        marks = await self._marks.all()
        gathered = self._screen.reader.gathered()
        with self._screen.reader.moment():
            # With one's own stream come all: in most of them nothing has.
            due = [stream for stream in due if self._has_more(stream, marks.get(stream))]
        found: list[Heard] = []
        ends: dict[StreamId, int] = {}
        for stream in due:
            mark, more = marks.get(stream), True
            while more:
                # Keys are heard between one page and the next.
                await asyncio.sleep(0)
                with self._screen.reader.moment():
                    some, end, more = self._heard(gathered, stream, mark, now_ms)
                found += some
                if end is not None:
                    mark = ends[stream] = end
        if found and self._budget.waits_ms(now_ms):
            # Not one more now: all of it is weighed again, and told in one line.
            self._due.update(dict.fromkeys(heard.stream for heard in found))
            for heard in found:
                ends.pop(heard.stream, None)
            found = []
        self._marks.move(ends)
        if found:
            # First of all: whatever comes, nothing is told twice. Not where the disk is full: then
            # better twice than never.
            with suppress(WorldError):
                await self._marks.keep()
        # Also what came before the eyes while that was kept.
        found = [heard for heard in found if (heard.stream, heard.target) not in self._saw]
        self._weighing = ()
        self._saw = {each for each in self._saw if each[0] in self._due}
        self._tell(found, now_ms)

    def _has_more(self, stream: StreamId, mark: int | None) -> bool:
        held = self._screen.reader.held(stream)
        return held is not None and mark != held.hi

    def _heard(
        self, gathered: "Gathered", stream: StreamId, mark: int | None, now_ms: int
    ) -> tuple[list[Heard], int | None, bool]:
        """What of a page of a stream is to be told now, how far it was looked through by that, and
        whether there is another page."""
        reader = self._screen.reader
        held = reader.held(stream)
        if held is None:
            return [], None, False
        if mark is None or mark > held.hi:
            # One sees this place for the first time: what is old was never to ping here.
            mark = reader.first_since(stream, now_ms - FRESH_MS) - 1
        elif mark == held.hi:
            return [], None, False
        page = reader.after(stream, max(mark, held.hi - LOOKED_MAX), PAGE)
        read_to = max(gathered.read_to(stream), self._screen.marks.seqs.get(stream, 0))
        found: list[Heard] = []
        for message in page.messages:
            if message.seq is None:
                continue
            verdict = weigh(
                gathered.said(stream, message),
                gathered.wishes,
                Moment(
                    now_ms,
                    self._screen.zone,
                    seen=(stream, message.target) in self._saw,
                    read=message.seq <= read_to,
                    late=now_ms - message.at_ms > FRESH_MS,
                ),
            )
            if verdict.how is How.HOLD:
                # It and what stands behind it wait for the end of the quiet hours.
                self._due[stream] = None
                return found, message.seq - 1, False
            if verdict.how in (How.PING, How.SUM):
                found.append(self._of(stream, message, verdict))
        if not page.at_end:
            return found, page.last_seq, True
        return found, max(held.hi, mark), False

    def _of(self, stream: StreamId, message: Message, verdict: Verdict) -> Heard:
        reader = self._screen.reader
        return Heard(
            stream,
            message.target,
            message.seq or 0,
            author(reader, message.author).name,
            listing.place_name(reader, stream),
            brief(term_safe.body(message.text), PREVIEW_CHARS) if self._outward.preview else "",
            is_conversation(stream),
            verdict,
        )

    def _tell(self, found: list[Heard], now_ms: int) -> None:
        for heard in found:
            self._pinged.setdefault(heard.stream, []).append(heard.seq)
        fresh = [heard for heard in found if heard.verdict.how is How.PING]
        late = [heard for heard in found if heard.verdict.how is How.SUM]
        if late:
            self._outward.tell(of_many(late, away=True))
            self._budget.told(now_ms)
        if fresh and not self._budget.grants(len(fresh), now_ms):
            self._outward.tell(of_many(fresh, away=False))
            self._budget.told(now_ms)
            return
        for heard in fresh:
            self._outward.tell(of_one(heard))
            self._budget.told(now_ms)

    def _in_sight(self) -> set[tuple[StreamId, TargetId]]:
        """What is before the person's eyes."""
        screen = self._screen
        return {
            (talk.place.stream, row.target)
            for talk in (screen.channel, screen.thread)
            if talk.place is not None and in_sight(screen, talk)
            for row in talk.timeline.seen_rows()
        }

    def _calling(self) -> int:
        """How many unread messages call for one, as far as that is known without weighing all."""
        wishes, now_ms, known = self._screen.reader.wishes(), time_of_day.now_ms(), 0
        for item in self._screen.channels.items:
            if item.stream is None or item.muted or not item.unread:
                continue
            hears_all = wishes.level(item.stream, None, now_ms) is Level.ALL
            request = is_conversation(item.stream) and not item.mentions
            counted = item.unread if hears_all and not request else item.mentions
            known += max(counted, min(item.unread, len(self._unread(item.stream))))
        return known

    def _unread(self, stream: StreamId) -> list[int]:
        """What was told of a stream since it was read last."""
        pinged = self._pinged.get(stream, [])
        read_to = self._screen.marks.seqs.get(stream, 0)
        left = [seq for seq in pinged if seq > read_to][-LOOKED_MAX:]
        self._pinged[stream] = left
        return left
