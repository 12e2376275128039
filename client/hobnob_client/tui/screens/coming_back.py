"""A start on the same day begins where one left: the place, how far up in it, the thread beside it,
and what had the keys. Every other start begins at Home."""

from typing import TYPE_CHECKING, Final

from hobnob_client.tui.left_off import NOTE, Keys, LeftOff, Spot, to_bytes
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_client.tui.voice import Place
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.ids import StreamId, TargetId

if TYPE_CHECKING:
    from textual.widget import Widget

    from hobnob_client.tui.screens.main import MainScreen


class ComingBack:
    """Of one screen; `left` is where one was, None where the start is at Home."""

    def __init__(self, screen: "MainScreen", left: LeftOff | None) -> None:
        self._screen: Final = screen
        self._left = left if left is not None and self._holds(left) else None
        self._kept = b"" if left is None else to_bytes(left)
        if self._left is None:
            # Home is what is seen first: to be told so later, all would be styled twice.
            screen.add_class("-choosing", "-room")

    def begin(self) -> None:
        """The first view."""
        screen, left = self._screen, self._left
        if left is None:
            screen.rooms.begin()
            # It lies behind Home, which is seen first: once the app draws at all.
            app_of(screen).call_later(screen.call_after_refresh, screen.entering.open_first)
            screen.framing.begin()
            return
        screen.entering.open_channel(left.stream)
        self._lay(screen.channel.timeline, left.spot)
        if left.thread is not None:
            root, spot = left.thread
            screen.entering.show_thread(left.stream, root)
            self._lay(screen.thread.timeline, spot)
        screen.rooms.pane.entries.rests = True
        # What stands there already is in the first picture, too: who has the keys, and what waits.
        screen.set_focus(self._pane(left.keys))
        screen.framing.tell_hot()

    def _holds(self, left: LeftOff) -> bool:
        """Is all of it still there, and open to whoever comes back?"""
        screen = self._screen
        with screen.reader.moment():
            items = screen.listing.items(screen.marks.seqs)
            if not any(item.opens and item.stream == left.stream for item in items):
                return False
            named = [left.spot.bottom]
            if left.thread is not None:
                named += [left.thread[0], left.thread[1].bottom]
            return all(each is None or self._order(left.stream, each) is not None for each in named)

    def _order(self, stream: StreamId, target: TargetId) -> int | None:
        message = self._screen.reader.message(stream, target)
        return None if message is None else message.order

    def _lay(self, timeline: Timeline, spot: Spot) -> None:
        """As it lay; who looked at the end, and has missed something since, begins to read there,
        as on every way into a place."""
        if timeline.unread_from is None:
            timeline.unread_from = spot.unread_from
        if spot.bottom is None or (spot.follows and timeline.window.last() != spot.bottom):
            return
        stream = self._screen.channel.place
        order = None if stream is None else self._order(stream.stream, spot.bottom)
        if order is not None:
            hidden = None if spot.follows else spot.hidden
            timeline.open_as_left(order, hidden, spot.selected)

    def _pane(self, keys: Keys) -> "Widget":
        screen = self._screen
        panes: dict[Keys, Widget] = {
            Keys.LIST: screen.channels,
            Keys.CHANNEL: screen.channel.timeline,
            Keys.CHANNEL_FIELD: screen.channel.composer,
            Keys.THREAD: screen.thread.timeline,
            Keys.THREAD_FIELD: screen.thread.composer,
        }
        return panes[keys]

    # Leaving.

    @property
    def now(self) -> LeftOff | None:
        """Where one is; None in a room, and where no place is open."""
        screen = self._screen
        place: Place | None = screen.channel.place
        if place is None or screen.rooms.room is not None:
            return None
        keys = next(
            (each for each in Keys if self._pane(each) is screen.framing.has_keys), Keys.LIST
        )
        beside, thread = screen.thread.place, None
        if beside is not None and beside.thread is not None:
            thread = beside.thread, _spot(screen.thread)
        return LeftOff(screen.today, place.stream, _spot(screen.channel), thread, keys)

    async def keep(self) -> None:
        """Keep where one is, on the way out."""
        kept = to_bytes(self.now)
        if kept != self._kept:
            self._kept = kept
            await self._screen.engine.note(NOTE, kept)


def _spot(talk: Talk) -> Spot:
    timeline = talk.timeline
    viewport, follows = timeline.viewport, timeline.viewport.follows
    bottom = timeline.window.last() if follows else viewport.bottom
    hidden = 0 if follows else viewport.hidden
    return Spot(bottom, hidden, follows, timeline.selected, timeline.unread_from)
