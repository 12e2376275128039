"""What of the first screen is seen, and how one gets about in it by sight: one pane alone, letters
on all places, bare texts, and what stands beside a place where there is room."""

from typing import TYPE_CHECKING, Final

from textual.timer import Timer
from textual.widget import Widget

from hobnob_client.catalogue import t
from hobnob_client.tui import aside, blank
from hobnob_client.tui.blank import Listed, Why
from hobnob_client.tui.hotlist import hot_words
from hobnob_client.tui.jumping import Jump
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.doing import Asked, Does, simply
from hobnob_client.tui.screens.sight import seen
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_client.tui.widgets.channel_list import ChannelList, Item

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

ALONE: Final = "-alone"
PANES_COLUMNS_MIN: Final = 60
"""On fewer there is room for one pane only."""
ASIDE_SECONDS: Final = 1.0
"""What stands beside a place follows what happens there so soon: a flood costs no more."""
STAYS_SECONDS: Final = 0.15
"""Who walks through the entries of a room faster than this has none of them looked up."""


class Framing:
    """The frame of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._soon: Timer | None = None
        self._stays: Timer | None = None
        self._waits = False
        """What an entry of a room leads to is not looked up yet: the first pictures come first."""
        self._writes = False
        self._narrow = True
        self._focused: Widget | None = None
        self.does: Does = {
            "maximise": simply(self.maximise),
            "jump_mode": simply(self.jump),
            "bare": self.bare,
        }

    def begin(self) -> None:
        """The keys act first where there is something to do: upon the entries of Home, where these
        are seen and some stand there or, on a fresh replica, are about to come; else in the list.
        """
        screen = self._screen
        entries, fresh = screen.rooms.pane.entries, not any(map(_opens, screen.channels.items))
        beside = app_of(screen).size.width >= PANES_COLUMNS_MIN
        entries.rests = True
        (entries if beside and (fresh or entries.card is not None) else screen.channels).focus()

    @property
    def has_keys(self) -> Widget | None:
        """What had the keys last."""
        return self._focused

    def maximise(self) -> None:
        """The focused pane alone, or all again that have room."""
        alone = not self._screen.has_class(ALONE)
        self._screen.set_class(alone, ALONE)
        self._choose()
        if alone:
            self._screen.tell(t("This pane alone; F11 brings the others back."))

    def bare(self, asked: Asked) -> None:
        """The texts of a talk without anything beside them."""
        timeline = asked.talk.timeline
        timeline.window.widen()
        texts = {row.target: row.text for row in timeline.window.rows if row.text and not row.note}
        if not texts:
            self._screen.tell(t("There is no text here yet."))
            return
        seen = next((row.target for row in timeline.seen_rows() if row.target in texts), None)
        begin = list(texts).index(seen) if seen is not None else 0
        from hobnob_client.tui.screens.bare import BareScreen

        app_of(self._screen).push_screen(BareScreen(tuple(texts.values()), begin))

    def jump(self) -> None:
        """Letters on all that one can go to."""
        screen, found = self._screen, list[Jump]()
        for widget in (screen.channel.composer, screen.thread.composer):
            if _is_seen(widget):
                found.append(Jump(*widget.region.offset, widget.focus))
        entries = screen.rooms.pane.entries
        for pane in (screen.channels, entries, screen.channel.timeline, screen.thread.timeline):
            if _is_seen(pane):
                x, y = pane.region.offset
                found.extend(Jump(x, y + line, go) for line, go in pane.jumps())
        from hobnob_client.tui.screens.jump import JumpScreen

        app_of(screen).push_screen(JumpScreen(found))

    def read_channel(self) -> None:
        """What is said in the channel gets the keys."""
        self._to_channel(self._screen.channel.timeline)

    def write_in_channel(self) -> None:
        """The channel's field gets the keys."""
        self._to_channel(self._screen.channel.composer)

    def _to_channel(self, widget: Widget) -> None:
        screen = self._screen
        apart = screen.has_class("-wide") or screen.has_class("-generous")
        if screen.has_class("-thread") and not apart:
            # It stands in the channel's place: nobody would see who has the keys.
            screen.entering.close_thread()
        if screen.is_current and widget is screen.channel.timeline:
            self._give_keys(screen.channel.timeline)
        else:
            widget.focus()

    def _give_keys(self, timeline: Timeline) -> None:
        """In one picture with what is said there: Textual would tell the widgets one after the
        other, and draw between them."""
        screen = self._screen
        screen.set_focus(timeline)
        if screen.focused is not timeline:
            # It is not seen yet.
            timeline.focus()
            return
        self.focused(timeline)
        screen.channel.focused(timeline)
        last = timeline.settle()
        if last is not None:
            # Told later, what that leaves unread would be a second picture.
            seen(screen, screen.channel, last)
        self.tell_hot()
        screen.footer.look()

    def focused(self, widget: Widget) -> None:
        """Another widget has the focus; it is seen where there is room for one pane only."""
        self._screen.rooms.focused(widget)
        if not isinstance(widget, ChannelList):
            # Whoever comes back to the list finds its cursor on what is open.
            self._screen.channels.point_at(self._screen.channels.opened)
        self._focused = widget
        self._choose()
        writes = widget is self._screen.channel.composer
        if writes != self._writes:
            self._writes = writes
            self.tell_blank()

    def tell_hot(self) -> None:
        """What waits elsewhere, in the line at the top, as the list has it now."""
        channels = self._screen.channels
        self._screen.status.hot = hot_words(channels.items, channels.opened)

    def resized(self, columns: int) -> None:
        """The screen has so many columns now."""
        self._narrow = columns < PANES_COLUMNS_MIN
        self._choose()

    def _choose(self) -> None:
        """Which pane is seen where there is room for one only, or one is wanted alone: elsewhere
        nothing depends on it, and another class costs a new look at every widget there is."""
        screen, widget = self._screen, self._focused
        if widget is None or not (self._narrow or screen.has_class(ALONE)):
            return
        within = widget in (screen.thread.timeline, screen.thread.composer)
        now = {"-choosing": isinstance(widget, ChannelList), "-in-thread": within}
        for name, on in now.items():
            if on != screen.has_class(name):
                screen.set_class(on, name)

    def tell_blank(self) -> None:
        """What stands in lists that show nothing, as the link is now."""
        engine = self._screen.engine
        progress = engine.progress()
        reason = blank.why(engine.link, progress is not None and progress.usable)
        self._screen.channels.blank = blank.said(Listed.CHANNELS, reason)
        place = self._screen.channel.place
        if place is not None and self._screen.reader.held(place.stream) is not None:
            reason = Why.EMPTY
        said = "" if place is None else blank.said(Listed.MESSAGES, reason)
        if said and reason is Why.EMPTY and self._writes:
            said = t(blank.WRITING)
        self._screen.channel.timeline.blank = said

    # Beside the place.

    def place_changed(self) -> None:
        """What stands beside it is another."""
        self._show_aside()

    def entry_changed(self) -> None:
        """Another entry of a room is under the cursor: what it leads to is shown once one stays."""
        if self._screen.rooms.room is not None and self._screen.aside.display:
            if self._stays is not None:
                self._stays.stop()
            self._stays = self._screen.set_timer(STAYS_SECONDS, self._show_aside)

    def something_changed(self) -> None:
        """It may be different in a moment."""
        if self._soon is None and self._screen.aside.display:
            self._soon = self._screen.set_timer(ASIDE_SECONDS, self._show_aside)

    async def _show_once_calm(self) -> None:
        await self._screen.calm.come()
        self._waits = False
        self._show_aside()

    def _show_aside(self) -> None:
        for timer in (self._soon, self._stays):
            if timer is not None:
                timer.stop()
        self._soon = self._stays = None
        screen, place = self._screen, self._screen.channel.place
        with screen.reader.moment():
            if not _is_seen(screen.aside):
                screen.aside.aside = None
            elif screen.rooms.room is not None:
                self._show_glimpse()
            else:
                found = None if place is None else aside.of_place(screen.reader, place.stream)
                screen.aside.aside = found

    def _show_glimpse(self) -> None:
        screen = self._screen
        if screen.calm.came:
            screen.aside.aside = screen.rooms.glimpse()
        elif not self._waits:
            self._waits = True
            screen.run_worker(self._show_once_calm())


def _opens(item: Item) -> bool:
    return item.opens


def _is_seen(widget: Widget) -> bool:
    return bool(widget.region.area) and all(
        node.display for node in widget.ancestors_with_self if isinstance(node, Widget)
    )
