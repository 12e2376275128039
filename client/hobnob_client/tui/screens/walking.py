"""Walking through what is unread, in order of need: one place after the other, each with its
reason; what was seen on the way is read, and nothing else."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hobnob_client.catalogue import n, t
from hobnob_client.tui import listing
from hobnob_client.tui.rooms.line import Line
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.rooms.walk import Stop, stops, told
from hobnob_client.tui.screens.doing import Does, simply
from hobnob_client.tui.widgets.walk_bar import WalkBar
from hobnob_protocol.ids import StreamId, TargetId

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


class Walking:
    """The walk of one screen."""

    def __init__(self, screen: "MainScreen", unread: Callable[[], tuple[Line, ...]]) -> None:
        self._screen = screen
        self._unread = unread
        self._stops: tuple[Stop, ...] = ()
        self._nth = 0
        self._from: Room | tuple[StreamId, TargetId | None] | None = None
        self.bar = WalkBar()
        self.does: Does = {
            "walk": simply(self.begin),
            "next_stop": simply(lambda: self._go(self._nth + 1)),
            "stop_before": simply(lambda: self._go(max(0, self._nth - 1))),
            "walk_up": simply(lambda: screen.channel.timeline.scroll_lines(-1)),
            "walk_down": simply(lambda: screen.channel.timeline.scroll_lines(1)),
            "walk_page_up": simply(lambda: screen.channel.timeline.page(-1)),
            "walk_page_down": simply(lambda: screen.channel.timeline.page(1)),
            "walk_into": simply(lambda: screen.framing.read_channel()),
            "end_walk": simply(self.end),
        }

    @property
    def walks(self) -> bool:
        """Is one on the way?"""
        return bool(self._stops)

    def begin(self) -> None:
        """From the first place that needs one; what one leaves is come back to."""
        screen, found = self._screen, stops(self._unread())
        if not found:
            screen.tell(t("Nothing unread."))
            return
        place, row = screen.channel.place, screen.channel.timeline.row
        room = screen.rooms.room
        if room is not None:
            self._from = room
        elif place is not None:
            self._from = (place.stream, row.target if row is not None else None)
        self._stops = found
        self._go(0)

    def _go(self, nth: int) -> None:
        screen = self._screen
        if nth >= len(self._stops):
            self.end()
            return
        self._nth, stop = nth, self._stops[nth]
        screen.entering.close_thread()
        screen.rooms.leave()
        screen.entering.open_channel(stop.stream)
        place = listing.place_name(screen.reader, stop.stream)
        self.bar.tell(told(nth, len(self._stops), place, stop.why))
        self.bar.focus()

    def end(self) -> None:
        """Back to where one was."""
        screen, came = self._screen, self._from
        done, count = self._nth + 1, len(self._stops)
        self._stops, self._from = (), None
        self.bar.tell("")
        if isinstance(came, Room):
            screen.rooms.show(came)
            screen.rooms.pane.entries.focus()
        elif came is not None and came[1] is not None:
            screen.go_to(came[0], came[1])
        else:
            if came is not None:
                screen.entering.open_channel(came[0])
            screen.framing.read_channel()
        screen.tell(
            n(
                "You were at {done} of {count} stop.",
                "You were at {done} of {count} stops.",
                count,
                done=done,
            )
        )

    def back(self) -> bool:
        """From what was said back to the walk; False where there is none."""
        if self.walks and self._screen.focused is self._screen.channel.timeline:
            self.bar.focus()
            return True
        return False
