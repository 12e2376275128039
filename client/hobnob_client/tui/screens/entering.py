"""Which places are open on the first screen: a channel or a conversation, a thread beside it."""

from typing import TYPE_CHECKING

from hobnob_client.tui import titles
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.rows import ChannelRows, ThreadRows
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.voice import Place
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_sync.views.message import Message

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


class Entering:
    """Opens and closes them; what was begun in one that is left is kept."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen

    def open_first(self) -> None:
        """Show some channel, once there is one: a fresh replica begins without any. None that is
        being left."""
        screen = self._screen
        if screen.channel.place is not None:
            return
        talks = (item.stream for item in screen.channels.items if item.opens)
        leaves = screen.parting.streams
        first = next((each for each in talks if each and each not in leaves), None)
        if first is not None:
            self.open_channel(first)

    def turn_from_channel(self) -> None:
        """What is open is nothing to look at any more: another is, or Home."""
        screen = self._screen
        screen.drafting.keep_of(screen.channel)
        self.close_thread()
        screen.channel.show_nothing()
        self.open_first()
        if screen.channel.place is None and screen.rooms.room is None:
            screen.rooms.show(Room.HOME)

    def open_channel(self, stream: StreamId) -> None:
        """Show a channel, where one begins to read in it; where it is open and nothing is new, one
        stays where one is."""
        screen, before = self._screen, self._screen.channel.place
        # What is written to the disk, and heard of again, waits until this is seen. What is read
        # here is said together with what will be.
        here = None if before == Place(stream) else stream
        screen.call_after_refresh(screen.say_read, here)
        with screen.reader.moment():
            screen.drafting.keep_of(screen.channel)
            if before is not None and before.stream != stream:
                screen.marks.release(before.stream)
                if not screen.channel.begun.strip():
                    screen.listing.leave(before.stream)
            place, first = Place(stream), screen.rooms.marking.begins(stream)
            if place != before or first is not None:
                self._show_channel(place, first)
                screen.belonging.look()
            else:
                screen.channel.leave_off()
            screen.call_again(stream)
            screen.talks.is_stopped(stream)
            if screen.rooms.room is None:
                screen.channels.opened = stream.hex()
            if screen.thread.place is not None and screen.thread.place.stream != stream:
                self.close_thread()
            if screen.rooms.room is None:
                # In one picture with the place; what lies behind a room is told once that is left.
                screen.framing.place_changed()

    def _show_channel(self, place: Place, first: Message | None) -> None:
        screen = self._screen
        rows = ChannelRows(screen.reader, place.stream, screen.why_waits)
        screen.channel.show(place, rows, screen.drafting.begun(place))
        if first is not None:
            screen.channel.timeline.unread_from = first.target
            screen.channel.timeline.open_at(first.order)
        elif place.stream in screen.marks.seqs:
            # One comes back to its end, and sees what has come meanwhile.
            screen.channel.timeline.to_end()

    def open_thread(self, stream: StreamId, root: TargetId, on: Row) -> None:
        """Show a thread beside its channel, with one of its messages selected."""
        self.show_thread(stream, root)
        self._screen.thread.timeline.open_on(on.order)

    def show_thread(self, stream: StreamId, root: TargetId) -> None:
        """The same from its end, with nothing selected."""
        screen = self._screen
        screen.drafting.keep_of(screen.thread)
        rows = ThreadRows(screen.reader, stream, root, screen.why_waits)
        place = Place(stream, root)
        screen.thread.show(place, rows, screen.drafting.begun(place))
        screen.thread.call(titles.of_thread(screen.reader, stream, root))
        screen.add_class("-thread")

    def close_thread(self) -> None:
        """The channel alone again."""
        screen = self._screen
        screen.drafting.keep_of(screen.thread)
        screen.thread.place = None
        screen.remove_class("-thread")
        screen.call_after_refresh(screen.framing.place_changed)
