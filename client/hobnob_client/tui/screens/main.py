"""The first screen: channels, what is said there, a thread, and places to write.

It puts values into widgets and does what they report. All it shows comes out of the replica, all
it does goes into the outbox: it is the same with the hub and without.
"""

from collections.abc import Callable, Coroutine, Mapping
from datetime import date, tzinfo
from functools import partial
from typing import Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive
from textual.widget import Widget

from hobnob_client import under_seal
from hobnob_client.catalogue import t
from hobnob_client.engine import Engine
from hobnob_client.paths import Profile
from hobnob_client.tui import listing, titles
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.calm import Calm
from hobnob_client.tui.failing import each_of
from hobnob_client.tui.kept_searches import KeptSearches
from hobnob_client.tui.left_off import LeftOff
from hobnob_client.tui.notifying.notifying import Notifying
from hobnob_client.tui.notifying.outward import Outward
from hobnob_client.tui.pressing import Pressing
from hobnob_client.tui.punctual_screen import PunctualScreen
from hobnob_client.tui.reading_marks import ReadingMarks
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.acquainting import Acquainting
from hobnob_client.tui.screens.belonging import Belonging
from hobnob_client.tui.screens.coming_back import ComingBack
from hobnob_client.tui.screens.comparing import Comparing
from hobnob_client.tui.screens.composing import Composing
from hobnob_client.tui.screens.deeds import Deeds
from hobnob_client.tui.screens.doing import Asked, Noun, together
from hobnob_client.tui.screens.drafting import Drafting
from hobnob_client.tui.screens.entering import Entering
from hobnob_client.tui.screens.framing import PANES_COLUMNS_MIN, Framing
from hobnob_client.tui.screens.going import Going
from hobnob_client.tui.screens.greeting import Greeting
from hobnob_client.tui.screens.hearing import Hearing
from hobnob_client.tui.screens.lacking import told
from hobnob_client.tui.screens.late import late_nouns
from hobnob_client.tui.screens.matching import Matching
from hobnob_client.tui.screens.nearby import Nearby
from hobnob_client.tui.screens.parting import Parting
from hobnob_client.tui.screens.rooms import Rooms
from hobnob_client.tui.screens.sight import look, seen
from hobnob_client.tui.screens.talks import Talks
from hobnob_client.tui.screens.ways import Ways
from hobnob_client.tui.telling_screen import TellingScreen
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_client.tui.voice import Voice
from hobnob_client.tui.widgets.aside import AsidePane
from hobnob_client.tui.widgets.asking import Asking
from hobnob_client.tui.widgets.channel_list import ChannelList
from hobnob_client.tui.widgets.composer import Composer
from hobnob_client.tui.widgets.key_footer import KeyFooter
from hobnob_client.tui.widgets.status_line import StatusLine
from hobnob_client.tui.widgets.talk import Talk
from hobnob_client.verifying import stop_for
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_sync.opened import is_conversation

READ_EVERY_SECONDS: Final = 30.0
"""How far one has read is said at most so often while one stays in a channel (DESIGN §12)."""


class MainScreen(PunctualScreen[None], TellingScreen):
    """Three columns by width; one at a time where there is room for one only."""

    CSS_PATH = "main.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (PANES_COLUMNS_MIN, "-medium"),
        (110, "-wide"),
        (160, "-generous"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.EVERYWHERE)]
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Who gets and who loses the focus is drawn anew, not the whole screen."""

    def __init__(
        self,
        engine: Engine,
        profile: Profile,
        hub: str,
        *,
        zone: tzinfo,
        today: date,
        outward: Outward,
        calm: Calm,
        pressing: Pressing,
        notes: Mapping[str, bytes],
        greets: bool = False,
        left: LeftOff | None = None,
    ) -> None:
        """`notes` are what is kept here; `greets` a newcomer; `left` is where one was today."""
        super().__init__()
        self.engine = engine
        self.reader = engine.reader
        self.calm, self.pressing = calm, pressing
        self._notes = notes
        self.marks = ReadingMarks()
        self.listing = listing.Listing(engine.reader)
        self.searches = KeptSearches(engine.reader, engine.beside(zone, lambda: today))
        self.zone, self.today = zone, today
        self._hub = hub
        self.drafting = Drafting(self)
        self.notifying = Notifying(self, outward)
        self._hearing = Hearing(self)
        self._deeds = Deeds(self)
        self.comparing = Comparing(self)
        self.talks = Talks(self)
        self.framing = Framing(self)
        self.entering = Entering(self)
        self.nearby = Nearby(self)
        self.voice = Voice(engine, self.talks.beginning, self.talks.others)
        self.ways = Ways(self, self._deeds)
        self.rooms = Rooms(self)
        self.matching = Matching(self)
        self.acquainting = Acquainting(self)
        self.greeting = Greeting(self, greets=greets)
        self.composing = Composing(self, self._deeds)
        self.parting = Parting(self)
        self.belonging = Belonging(self)
        self.coming_back = ComingBack(self, left)
        self.nouns: tuple[Noun, ...] = (
            Going(self),
            self.framing,
            self.ways,
            self.talks,
            *late_nouns(self, profile),
            self._deeds,
            self.parting,
            self.rooms,
            self.matching,
            self.acquainting,
            self.greeting,
            self.composing,
            self.composing.reacting,
            self.composing.settling,
        )
        """What does what the keys ask for."""
        self._does = together(self.nouns)
        self.channels = ChannelList()
        self.status = StatusLine()
        self.footer = KeyFooter()
        self.asking = Asking()
        self.channel = Talk(id="channel-pane", zone=zone, today=today)
        self.thread = Talk(id="thread-pane", zone=zone, today=today)
        self.aside = AsidePane(id="aside")

    def compose(self) -> ComposeResult:
        """The line at the top, the columns, the keys."""
        yield self.status
        yield self.asking
        yield self.rooms.walking.bar
        with Horizontal(id="columns"):
            with Vertical(id="channels-pane"):
                yield self.channels
            yield self.rooms.pane
            yield self.channel
            yield self.thread
            yield self.aside
        yield self.footer

    def on_mount(self) -> None:
        """The first paint is the replica's, whatever the hub does."""
        self.composing.attend()
        self.listing.revisit(self.drafting.places)
        self.rooms.recall(self._notes)
        self.show_list()
        self.asking.show(self.reader)
        self.coming_back.begin()
        self.set_interval(READ_EVERY_SECONDS, self.from_time_to_time)
        self._hearing.begin()
        self.notifying.begin()
        self.watch(app_of(self), "app_focus", partial(look, self), init=False)
        for each in ("cursor", "cards"):
            self.watch(self.rooms.pane.entries, each, self.framing.entry_changed, init=False)

    def on_resize(self, event: events.Resize) -> None:
        """Before Textual, which goes on by itself, tells the rules how wide it is."""
        self.framing.resized(event.size.width)

    def on_unmount(self) -> None:
        """Nothing is counted any more."""
        self.searches.close()
        self.rooms.feeding.close()
        self.rooms.caring.close()

    def tell(self, text: str, seconds: float | None = None) -> None:
        """Say what a key has done, instead of what the key before did; an alarm stays, and while
        `z` can stop something, that it can. It is seen for so many `seconds`, as long as others
        where none are given."""
        self.hush()
        self.notify(text, markup=False, timeout=seconds)

    @property
    def is_behind(self) -> bool:
        """Is there news that is not shown yet?"""
        return self._hearing.is_behind

    def hush(self) -> None:
        """Tell no more what a key has done: it would cover what is said since."""
        if not (self._hearing.alarmed or self.voice.delayed):
            app_of(self).clear_notifications()

    def show_list(self) -> None:
        """The channels and the line at the top, as the replica has them now."""
        with self.reader.moment():
            items = self.searches.among(self.listing.items(self.marks.seqs))
            self.channels.items = self.rooms.above(items)
            exploring = self.marks.exploring
            self.status.status = listing.status(self.engine, self._hub, exploring=exploring)
            self.composing.show_state()
            self.nearby.show()
            self.notifying.count()
            self.framing.tell_blank()
            self.framing.tell_hot()

    # Where one is.

    def call_again(self, stream: StreamId) -> None:
        """Say what the open channel or conversation is."""
        talk = self.listing.conversation(stream) if is_conversation(stream) else None
        found = titles.of_channel(self.reader, stream)
        if talk is not None:
            asks = self.rooms.requesting.asks_in(stream)
            found = titles.of_conversation(talk, stop_for(self.reader, talk.others), asks)
        self.channel.call(found)

    def write_to(self, other: AccountId) -> bool:
        """Go on with the conversation with somebody, or begin it; False where one may not, which is
        told."""
        if other == self.reader.me:
            self.tell(t("That is you: a conversation takes two."))
            return False
        if other in self.reader.kept().blocked:
            self.tell(
                t("You have blocked them: hear them again first, B on one of their messages.")
            )
            return False
        if self.comparing.stopped((other,)):
            return False
        stream = self.listing.visit(other)
        self.entering.open_channel(stream)
        self.show_list()
        self.framing.write_in_channel()
        return True

    def why_waits(self, stream: StreamId) -> str:
        """Why what waits there is not sealed yet, in words."""
        return under_seal.held_back(self.engine.held_back.get(stream, ""))

    def talk_of(self, widget: object) -> Talk:
        """The talk a widget belongs to."""
        inside = self.thread if widget in (self.thread.timeline, self.thread.composer) else None
        return inside or self.channel

    def go_to(self, stream: StreamId, target: TargetId) -> None:
        """Show one message in its channel."""
        message = self.reader.message(stream, target)
        if self.channel.place is None or self.channel.place.stream != stream:
            self.entering.open_channel(stream)
        if message is not None:
            self.channel.timeline.go_to(message.order)
        self.framing.read_channel()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Where there is room for one pane only, the one with the focus is seen. What stood there
        before one came is read from now on."""
        self.rooms.arrived(event.widget)
        if event.widget is not self.focused:
            # It is heard late: one has gone on meanwhile, which will be heard, too.
            return
        self.framing.focused(event.widget)
        if event.widget in self.rooms.reads_in:
            self.channel.timeline.look()

    # What widgets report.

    def on_channel_list_chosen(self, chosen: ChannelList.Chosen) -> None:
        """Go there."""
        self.ways.choose(chosen.item)

    def on_channel_list_misplaced(self) -> None:
        """Say where there are messages."""
        self.tell(t("That key acts upon a message: Enter goes to where there are some, ↑ selects."))

    def on_timeline_lacking(self, lacking: Timeline.Lacking) -> None:
        """Say what a key would have needed."""
        row = self.talk_of(self.focused).timeline.row
        self.tell(told(lacking.needs, row))

    def on_timeline_moved(self, moved: Timeline.Moved) -> None:
        """What was seen in the channel is read, by whoever reads or writes there."""
        if moved.last is not None:
            seen(self, self.talk_of(moved.timeline), moved.last)

    def on_screen_resume(self) -> None:
        """What a dialog has covered is seen again."""
        look(self)

    def on_composer_drafted(self, drafted: Composer.Drafted) -> None:
        """Keep the draft."""
        self.drafting.soon(self.talk_of(drafted.composer))
        self.composing.drafted(self.talk_of(drafted.composer))
        if drafted.typed:
            self.nearby.typed(self.talk_of(drafted.composer))

    async def finish(self) -> None:
        """On the way out: all that was said is in the outbox, all that is begun on the disk, and
        what was read just now is unread for nobody who comes back."""
        kept = (
            *self._reads(),
            *(self.composing.finish, self.acquainting.finish),
            *(self.drafting.keep_all, self.notifying.finish, self.rooms.requesting.finish),
            self.coming_back.keep,
        )
        await each_of(keep() for keep in kept)

    def asked(self, pane: Widget, action: str) -> None:
        """An action that a pane leaves to its screen."""
        self._do(action, pane)

    def action_act(self, action: str) -> None:
        """An action of the screen's own keys."""
        self._do(action, self.focused)

    def _do(self, action: str, pane: object) -> None:
        does = self._does.get(action)
        doing = None if does is None else does(Asked(pane, self.talk_of(pane)))
        if doing is not None:
            # What asks a question waits for its answer, so no handler may wait for it.
            self.run_worker(doing)

    def from_time_to_time(self) -> None:
        """Say how far was read, and show how the link is: no news come of that."""
        self.say_read()
        self.show_list()

    def on_aside_pane_shown(self) -> None:
        """There is room for it now."""
        self.framing.place_changed()

    def refresh_talks(self) -> None:
        """Show both talks as the replica has them now."""
        for talk in (self.channel, self.thread):
            talk.timeline.reload()

    def say_read(self, but: StreamId | None = None) -> None:
        """Say how far was read, if that is news; `but` one place where one has just begun to."""
        for read in self._reads(but):
            self.run_worker(read())

    def _reads(self, but: StreamId | None = None) -> list[Callable[[], Coroutine[Any, Any, None]]]:
        """What is to be said of that now, and never again."""
        found: list[Callable[[], Coroutine[Any, Any, None]]] = []
        with self.reader.moment():
            for stream, seq in self.marks.due(but):
                cursor = self.reader.cursor(stream)
                if cursor is not None and seq > cursor.seq:
                    found.append(partial(self.voice.read_to, stream, cursor.gen, seq))
        return found
