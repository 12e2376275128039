"""Leaving a public channel: said some seconds later, so that `z` can stop it. The screen is
elsewhere at once, and what was begun there is kept."""

from typing import TYPE_CHECKING, Final

from hobnob_client.catalogue import t
from hobnob_client.progress import LinkState
from hobnob_client.tui.listing import place_name
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.screens.deeds import NAME_CELLS
from hobnob_client.tui.screens.doing import Asked, Does
from hobnob_client.tui.screens.soon import soon
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.widgets.channel_list import ChannelList
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.membership import Leave
from hobnob_protocol.registry import STANDARD
from hobnob_sync.opened import is_conversation
from hobnob_sync.ports import OutboxRow

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

_LEAVE: Final = STANDARD.of(Leave).number


class Parting:
    """What one screen's member leaves."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self.does: Does = {"leave_channel": self._leave}

    @property
    def streams(self) -> frozenset[StreamId]:
        """Those that are going to be left: unless that is undone, or once the hub has heard."""
        return self._screen.voice.parting | self._said

    @property
    def _said(self) -> frozenset[StreamId]:
        return frozenset(row.stream for row in self._screen.reader.outbox() if _is_leave(row))

    def _leave(self, asked: Asked) -> None:
        """Leave the channel under the list's cursor, or that where one reads or writes."""
        screen, stream = self._screen, self._place(asked)
        why_not = t("Select a channel you have joined first.")
        if stream is not None:
            why_not = self._why_not(stream)
        if stream is None or why_not:
            screen.tell(why_not)
            return
        key = screen.voice.leave(stream, self._named(stream))
        place = screen.channel.place
        if place is not None and place.stream == stream:
            if not isinstance(asked.pane, ChannelList):
                screen.rooms.go_to(Room.HOME)
            screen.entering.turn_from_channel()
        said = t("You will leave {place}", place=self._named(stream))
        soon(screen, key, said, lambda: self._tell_waits(stream))

    def _place(self, asked: Asked) -> StreamId | None:
        if isinstance(asked.pane, ChannelList):
            item = asked.pane.item
            return item.stream if item is not None and item.opens else None
        here = asked.talk.place
        return None if here is None or self._screen.rooms.room is not None else here.stream

    def _why_not(self, stream: StreamId) -> str:
        if is_conversation(stream):
            return t("A conversation stays; a group is left in the list of its members: w, then L.")
        channel, name = self._screen.reader.described(stream), self._named(stream)
        if channel is None or not channel.public:
            return t(
                "{place} is by invitation: you could not come back by yourself. /leave in hobnob "
                "read --plain --follow leaves it.",
                place=name,
            )
        if stream in self._said:
            return self._waits(stream)
        return ""

    def _tell_waits(self, stream: StreamId) -> None:
        if stream in self._said and self._screen.engine.link is not LinkState.ONLINE:
            self._screen.tell(self._waits(stream))

    def _waits(self, stream: StreamId) -> str:
        return t("You leave {place} as soon as the hub has heard of it.", place=self._named(stream))

    def _named(self, stream: StreamId) -> str:
        return fit(place_name(self._screen.reader, stream), NAME_CELLS)


def _is_leave(row: OutboxRow) -> bool:
    try:
        return decode_event(row.event).header.kind == _LEAVE
    except ProtocolError:
        return False
