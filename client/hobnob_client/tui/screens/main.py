"""The first screen: channels, what is said there, a thread, and places to write.

It puts values into widgets and does what they report. All it shows comes out of the replica, all
it does goes into the outbox: it is the same with the hub and without.
"""

import asyncio
from collections.abc import Callable
from datetime import date, tzinfo
from typing import ClassVar, Final

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, Static

from hobnob_client import term_safe
from hobnob_client.drafts import Drafts
from hobnob_client.engine import Engine
from hobnob_client.news import News
from hobnob_client.tui import listing
from hobnob_client.tui.actions import Needs, Pane, bindings
from hobnob_client.tui.reading_marks import ReadingMarks
from hobnob_client.tui.refusals import words
from hobnob_client.tui.rows import ChannelRows, ThreadRows
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.deeds import Deeds
from hobnob_client.tui.screens.outbox import OutboxScreen
from hobnob_client.tui.screens.ways import Ways
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_client.tui.voice import Place, Voice
from hobnob_client.tui.widgets.channel_list import ChannelList
from hobnob_client.tui.widgets.composer import Composer
from hobnob_client.tui.widgets.status_line import StatusLine
from hobnob_client.tui.widgets.talk import Talk, joined
from hobnob_protocol.ids import StreamId, TargetId

READ_EVERY_SECONDS: Final = 30.0
"""How far one has read is said at most so often while one stays in a channel (DESIGN §12)."""
NEWS_SECONDS: Final = 0.05
"""What changes is shown at most so often."""
DRAFT_SECONDS: Final = 0.8
"""So long after a key the draft is on the disk: within a second (P3)."""

_LACKING: Final = {
    Needs.OWN: "That message is not your own.",
    Needs.OTHERS: "That message is your own.",
    Needs.REFUSED: "That message was not refused.",
}
"""Why a key can do nothing to the selected message."""


class MainScreen(Screen[None]):
    """Three columns by width; one at a time where there is room for one only."""

    CSS_PATH = "main.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-medium"), (110, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.EVERYWHERE)]

    def __init__(
        self,
        engine: Engine,
        drafts: Drafts,
        hub: str,
        *,
        zone: tzinfo,
        today: date,
        now_ms: Callable[[], int],
    ) -> None:
        super().__init__()
        self.engine = engine
        self.reader = engine.reader
        self.voice = Voice(engine)
        self.marks = ReadingMarks()
        self.listing = listing.Listing(engine.reader)
        self.zone, self.today = zone, today
        self._now_ms = now_ms
        self._drafts = drafts
        self._hub = hub
        self._alarmed = False
        self._deeds = Deeds(self)
        ways = Ways(self)
        self._does: dict[str, Callable[[], object]] = {
            "help": ways.show_keys,
            "keys": ways.show_keys,
            "search": ways.search,
            "find": ways.search,
            "switch": ways.switch,
            "outbox": ways.outbox,
            "back": self.step_back,
            "leave": self.step_back,
            "next_pane": self.focus_next,
            "previous_pane": self.focus_previous,
            "next_unread": self.next_unread,
            "reconnect": self.engine.reconnect,
            "channels": self.to_channels,
            "quit": self.quit,
        }
        self.channels = ChannelList()
        self.status = StatusLine()
        self.channel = Talk(id="channel-pane", zone=zone, today=today)
        self.thread = Talk(id="thread-pane", zone=zone, today=today)

    def compose(self) -> ComposeResult:
        """The line at the top, the columns, the keys."""
        yield self.status
        with Horizontal(id="columns"):
            with Vertical(id="channels-pane"):
                yield Static("[b]Channels", classes="head")
                yield self.channels
            yield self.channel
            yield self.thread
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The first paint is the replica's, whatever the hub does."""
        self.add_class("-choosing")
        self.show_list()
        self.open_first()
        self.channels.focus()
        self.set_interval(READ_EVERY_SECONDS, self.say_read)
        self.count_unread()
        self.hear_news()

    def open_first(self) -> None:
        """Show some channel, once there is one: a fresh replica begins without any."""
        first = next((item for item in self.channels.items if item.joined), None)
        if self.channel.place is None and first is not None and first.stream is not None:
            self.open_channel(first.stream)

    # What is new.

    @work(exclusive=True, group="news")
    async def hear_news(self) -> None:
        """Show what changes, as long as the screen is there."""
        watch = self.engine.watch()
        while True:
            self.take(await watch.next())
            # Under a flood the screen follows some times a second, and keys are heard in between.
            await asyncio.sleep(NEWS_SECONDS)

    @work(exclusive=True, group="counting")
    async def count_unread(self) -> None:
        """Count what is unread, a channel at a time; a key never waits for it."""
        more = True
        while more:
            more = self.listing.count_one()
            await asyncio.sleep(0)
        self.show_list()

    def take(self, news: News) -> None:
        """Show what has changed, and tell what a person must know."""
        if news.everything:
            self.listing.read_all()
        self.listing.changed(news.streams)
        self.show_list()
        self.open_first()
        self.count_unread()
        for talk in (self.channel, self.thread):
            if talk.place and (news.everything or talk.place.stream in news.streams):
                talk.timeline.reload()
        above = app_of(self).screen
        if isinstance(above, OutboxScreen):
            above.show()
        for refused in news.not_sent:
            self.notify(
                f"Not sent: {words(refused.code)}. It is kept: Ctrl+O shows it.",
                severity="warning",
                markup=False,
            )
        for alarm in news.alarms:
            self._alarmed = True
            self.notify(
                f"The hub contradicts itself ({alarm.reason}): ask its operator.",
                severity="error",
                timeout=20,
                markup=False,
            )

    def tell(self, text: str) -> None:
        """Say what a key has done, instead of what the key before did; an alarm stays."""
        if not self._alarmed:
            app_of(self).clear_notifications()
        self.notify(text, markup=False)

    def show_list(self) -> None:
        """The channels and the line at the top, as the replica has them now."""
        self.channels.items = self.listing.items(self.marks.seqs)
        self.status.status = listing.status(self.engine, self._hub)

    # Where one is.

    def open_channel(self, stream: StreamId) -> None:
        """Show a channel, at its first unread message."""
        self.say_read()
        self.keep_draft(self.channel)
        line = self.reader.described(stream)
        name = listing.channel_name(self.reader, stream)
        about = term_safe.line(line.purpose) if line is not None else ""
        place = Place(stream)
        rows = ChannelRows(self.reader, stream)
        self.channel.show(place, rows, name, about, self.begun(place))
        reading = self.reader.reading(stream)
        first = reading.first_unread if reading is not None else None
        if first is not None and stream not in self.marks.seqs:
            message = self.reader.message(stream, first)
            if message is not None:
                self.channel.timeline.unread_from = first
                self.channel.timeline.open_at(message.order)
        self.channels.opened = stream.hex()
        if self.thread.place is not None and self.thread.place.stream != stream:
            self.close_thread()

    def open_thread(self, stream: StreamId, root: TargetId, on: Row) -> None:
        """Show a thread beside its channel, with one of its messages selected."""
        self.keep_draft(self.thread)
        heading = self.reader.heading(stream, root)
        title = term_safe.name(heading.title, "Thread")
        sign = "✓" if heading.resolved else "▸"
        rows = ThreadRows(self.reader, stream, root)
        place = Place(stream, root)
        self.thread.show(place, rows, title, "", self.begun(place), sign=sign)
        self.add_class("-thread")
        self.thread.timeline.open_on(on.order)

    def close_thread(self) -> None:
        """The channel alone again."""
        self.keep_draft(self.thread)
        self.thread.place = None
        self.remove_class("-thread")

    def talk_of(self, widget: object) -> Talk:
        """The talk a widget belongs to."""
        inside = self.thread if widget in (self.thread.timeline, self.thread.composer) else None
        return inside or self.channel

    def go_to(self, stream: StreamId, target: TargetId) -> None:
        """Show one message in its channel."""
        message = self.reader.message(stream, target)
        if self.channel.place is None or self.channel.place.stream != stream:
            self.open_channel(stream)
        if message is not None:
            self.channel.timeline.go_to(message.order)
        self.channel.timeline.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Where there is room for one pane only, the one with the focus is seen."""
        choosing = isinstance(event.widget, ChannelList)
        # Another class costs a new look at every widget there is.
        if choosing != self.has_class("-choosing"):
            self.set_class(choosing, "-choosing")

    # What widgets report.

    async def on_channel_list_chosen(self, chosen: ChannelList.Chosen) -> None:
        """Open it; one that is not joined is joined first."""
        item = chosen.item
        if item.stream is None:
            return
        if not item.joined:
            await self._deeds.join(item)
            return
        self.open_channel(item.stream)
        self.channel.timeline.focus()

    def on_timeline_lacking(self, lacking: Timeline.Lacking) -> None:
        """Say what a key would have needed."""
        row = self.talk_of(self.focused).timeline.row
        self.tell(_LACKING[lacking.needs] if row is not None else "Select a message first: ↑.")

    def on_timeline_moved(self, moved: Timeline.Moved) -> None:
        """What was seen in the channel is read."""
        place = self.channel.place
        if moved.last is None or place is None or self.focused is not self.channel.timeline:
            return
        row = self.channel.timeline.window.row(moved.last)
        if row is not None and self.marks.saw(place.stream, row.order):
            self.show_list()

    def on_composer_drafted(self, drafted: Composer.Drafted) -> None:
        """Keep the draft, once the keys rest a moment."""
        talk = self.talk_of(drafted.composer)
        if talk.editing is None:
            self.set_timer(DRAFT_SECONDS, lambda: self.keep_draft(talk))

    def keep_draft(self, talk: Talk) -> None:
        """Put a draft on the disk, while keys are heard."""
        if talk.place is not None:
            self.run_worker(self.keep(talk.place, talk.begun))

    async def keep_drafts(self) -> None:
        """Put what is written on the disk, on the way out, once all that was sent is there."""
        await self._deeds.finish()
        for talk in (self.channel, self.thread):
            if talk.place is not None:
                await self.keep(talk.place, talk.begun)

    async def keep(self, place: Place, text: str) -> None:
        """Put a draft of a place on the disk."""
        await self._drafts.put(place.stream, place.thread, text, self._now_ms())

    def begun(self, place: Place) -> str:
        """What was begun in a place, as far as the last key if it is open."""
        found = [talk.begun for talk in (self.channel, self.thread) if talk.place == place]
        if found:
            return found[0]
        # What was written before any channel was open belongs to the first that is.
        early = self.channel.composer.text if self.channel.place is None else ""
        return joined(self.draft(place), early)

    def draft(self, place: Place) -> str:
        """What was begun in a place."""
        return self._drafts.get(place.stream, place.thread)

    def asked(self, pane: Widget, action: str) -> None:
        """An action that a pane leaves to its screen."""
        self._do(action, pane)

    def action_act(self, action: str) -> None:
        """An action of the screen's own keys."""
        self._do(action, self.focused)

    def _do(self, action: str, pane: object) -> None:
        does = self._does.get(action)
        if does is not None:
            does()
            return
        doing = self._deeds.do(action, self.talk_of(pane), pane)
        if doing is not None:
            # What asks a question waits for its answer, so no handler may wait for it.
            self.run_worker(doing)

    # Going about.

    def to_channels(self) -> None:
        """To the list."""
        self.channels.focus()

    def next_unread(self) -> None:
        """Open the next channel with something unread; muted ones are passed by."""
        channels = self.channels
        here = next(
            (n for n, item in enumerate(channels.items) if item.name == channels.opened), -1
        )
        order = [*channels.items[here + 1 :], *channels.items[: here + 1]]
        found = next((item for item in order if item.unread and not item.muted), None)
        if found is None or found.stream is None:
            self.tell("Nothing unread.")
            return
        self.open_channel(found.stream)
        self.channel.timeline.focus()

    def step_back(self) -> None:
        """From a field to its messages, from a thread to its channel, from there to the list."""
        focused = self.focused
        if isinstance(focused, Composer):
            talk = self.talk_of(focused)
            if talk.editing is not None:
                talk.stop_editing()
            self.keep_draft(talk)
            talk.timeline.focus()
        elif focused is self.thread.timeline:
            self.close_thread()
            self.channel.timeline.focus()
        else:
            self.channels.focus()

    def quit(self) -> None:
        """Leave; the app keeps what is written first."""
        app_of(self).exit()

    def refresh_talks(self) -> None:
        """Show both talks as the replica has them now."""
        for talk in (self.channel, self.thread):
            talk.timeline.reload()

    def say_read(self) -> None:
        """Say how far was read, if that is news."""
        for stream, seq in self.marks.due():
            reading = self.reader.reading(stream)
            if reading is not None and seq > reading.cursor.seq:
                self.run_worker(self.voice.read_to(stream, reading.cursor.gen, seq))
