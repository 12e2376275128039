"""Marking as read and as unread: how far one has read is a fact that can be taken back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from hobnob_client.catalogue import n, t
from hobnob_client.tui.screens.doing import Asked, Does, Doing
from hobnob_client.tui.voice import Regret
from hobnob_client.tui.widgets.channel_list import ChannelList
from hobnob_protocol.ids import StreamId, TargetId, user_stream
from hobnob_sync.opened import is_conversation
from hobnob_sync.views.message import Message
from hobnob_sync.views.overlay import PENDING_SEQ

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

LOOKED_AT_MAX: Final = 20
"""Messages among which the last that somebody else said is looked for."""
_EXPLORING: Final = "screen:exploring"
"""Under which name this profile keeps that nothing is marked."""


class Marking:
    """The marks of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self.does: Does = {
            "mark_read": self._read_here,
            "mark_unread": self._unread_here,
            "first_unread": self._to_first,
            "explore": lambda _: self._explore(),
        }

    # Seeing.

    def saw(self, last: TargetId) -> None:
        """What is seen in the channel is read, down to its `last` message seen whole: unless
        something unread stands above that was not seen, as where one jumped or wrote something."""
        screen, place = self._screen, self._screen.channel.place
        row = screen.channel.timeline.window.row(last)
        if place is None or row is None or not screen.marks.goes_on(place.stream, row.order):
            return
        if self._leaves_out(place.stream):
            return
        said = screen.reader.cursor(place.stream)
        if screen.marks.saw(place.stream, row.order, 0 if said is None else said.gen):
            screen.listing.read_on(place.stream, row.order)
            screen.show_list()

    def hear(self) -> None:
        """What was seen here may have been marked as unread on another device: that holds, and
        seeing it marks it no more while one stays."""
        screen, talk = self._screen, self._screen.channel
        for stream in tuple(screen.marks.seqs):
            said = screen.reader.cursor(stream)
            if said is None or not screen.marks.is_taken_back(stream, said.gen):
                continue
            screen.marks.drop(stream)
            first = self.first_unread(stream)
            if talk.place is not None and talk.place.stream == stream and first is not None:
                screen.marks.hold(stream)
                talk.timeline.unread_from = first.target
                talk.timeline.refresh()

    def _leaves_out(self, stream: StreamId) -> bool:
        timeline = self._screen.channel.timeline
        seen = timeline.seen_rows()
        above = timeline.window.before(seen[0].target) if seen else None
        before = timeline.window.row(above) if above is not None else None
        if before is None or before.order <= self._read_to(stream):
            # Whoever reads on line by line, or comes to what is unread, has nothing counted.
            return False
        first = self.begins(stream)
        return first is not None and first.order < seen[0].order

    def _read_to(self, stream: StreamId) -> int:
        """How far was read by what was said of it and by what was seen here."""
        said = self._screen.reader.cursor(stream)
        return max(0 if said is None else said.seq, self._screen.marks.seqs.get(stream, 0))

    def first_unread(self, stream: StreamId) -> Message | None:
        """The first message of a place that is unread and was not seen here either."""
        reader, seen = self._screen.reader, self._screen.marks.seqs.get(stream, 0)
        first = reader.first_unread(stream, seen)
        return None if first is None else reader.message(stream, first)

    def begins(self, stream: StreamId) -> Message | None:
        """Where one begins to read: at the first unread message. Who has never read in a channel
        begins with what was said since they came, or at the end: what stood there before is
        history."""
        first, reader = self.first_unread(stream), self._screen.reader
        begun = is_conversation(stream) or self._read_to(stream)
        came_ms = None if first is None or begun else reader.granted_ms(stream)
        if came_ms is None or first is None or first.at_ms >= came_ms:
            return first
        found = reader.first_unread(stream, reader.first_since(stream, came_ms) - 1)
        return None if found is None else reader.message(stream, found)

    # Exploring.

    def recall(self, notes: Mapping[str, bytes]) -> None:
        """As it was when one left."""
        self._screen.marks.exploring = bool(notes.get(_EXPLORING))

    async def _explore(self) -> None:
        """Nothing that is seen is marked as read, or it is again."""
        screen = self._screen
        screen.marks.exploring = on = not screen.marks.exploring
        screen.show_list()
        await screen.engine.note(_EXPLORING, b"1" if on else b"")
        begun = t("Exploring: nothing you see is marked as read, until X ends it.")
        screen.tell(begun if on else t("From now on, what you see is marked as read."))

    # Read.

    def _read_here(self, asked: Asked) -> Doing | None:
        stream = self._place(asked)
        return None if stream is None else self.read(stream)

    async def read(self, stream: StreamId) -> None:
        """All that is there is read."""
        screen = self._screen
        reading, held = screen.reader.reading(stream), screen.reader.held(stream)
        if reading is None or held is None:
            screen.tell(t("You have not joined it: there is nothing to mark."))
            return
        head, before = max(held.hi, held.head_seq), reading.cursor
        here = screen.marks.seqs.get(stream, 0)
        if not reading.unread or here >= head:
            screen.tell(t("All is read there."))
            return
        screen.marks.release(stream)
        screen.marks.saw(stream, head, before.gen, explicit=True)
        await screen.voice.read_to(stream, before.gen, head)
        seq = max(before.seq, here)
        screen.voice.regret = Regret(t("marking as read"), lambda: self._back(stream, seq))
        screen.tell(t("Marked as read; z undoes it."))
        screen.show_list()

    # Unread.

    def _unread_here(self, asked: Asked) -> Doing | None:
        """From the selected message on; in the list, what was said in the place last."""
        screen, row, place = self._screen, asked.talk.timeline.row, asked.talk.place
        if isinstance(asked.pane, ChannelList):
            stream = self._place(asked)
            last = None if stream is None else self._last_of_others(stream)
            if stream is not None and last is None:
                screen.tell(t("Nobody else has said anything there."))
            if stream is None or last is None:
                return None
            return self._unread_from(stream, last.target, last.order)
        if row is None or place is None:
            screen.tell(t("Select a message first: ↑."))
            return None
        if row.order >= PENDING_SEQ:
            screen.tell(t("It is not on the hub yet: nothing of it can be unread."))
            return None
        return self._unread_from(place.stream, row.target, row.order)

    def _last_of_others(self, stream: StreamId) -> Message | None:
        reader = self._screen.reader
        page = reader.before(stream, None, LOOKED_AT_MAX)
        found = (each for each in reversed(page.messages) if each.account != reader.me and each.seq)
        return next(found, None)

    async def _unread_from(self, stream: StreamId, target: TargetId, order: int) -> None:
        """A message and all behind it are unread, on all one's devices."""
        screen, talk = self._screen, self._screen.channel
        if talk.place is not None and talk.place.stream == stream:
            screen.marks.hold(stream)
            talk.timeline.unread_from = target
            talk.timeline.refresh()
        await self._back(stream, order - 1)
        reading = screen.reader.reading(stream)
        count = reading.unread if reading is not None else 0
        again = t("M marks it as read again.")
        screen.tell(
            n("{count} unread from there on;", "{count} unread from there on;", count) + " " + again
        )

    async def _back(self, stream: StreamId, seq: int) -> None:
        """How far was read goes back: a new generation allows that (sync.md, read cursor)."""
        screen = self._screen
        cursor = screen.reader.cursor(stream)
        if cursor is None:
            return
        screen.marks.drop(stream)
        await screen.voice.read_to(stream, cursor.gen + 1, seq)
        screen.listing.changed((user_stream(screen.reader.me),))
        screen.show_list()

    # Going there.

    def _to_first(self, asked: Asked) -> None:
        """To where what is unread begins."""
        screen, stream = self._screen, self._place(asked)
        if stream is None:
            return
        if isinstance(asked.pane, ChannelList):
            screen.entering.open_channel(stream)
            screen.framing.read_channel()
            return
        line = asked.talk.timeline.unread_from
        marked = None if line is None else screen.reader.message(stream, line)
        message = marked or self.first_unread(stream)
        if message is None:
            screen.tell(t("Nothing is unread here; n goes where something is."))
        else:
            asked.talk.timeline.go_to(message.order)

    def _place(self, asked: Asked) -> StreamId | None:
        """Which place is meant: that under the list's cursor, or where one reads."""
        if isinstance(asked.pane, ChannelList):
            item = asked.pane.item
            if item is None or not item.opens:
                self._screen.tell(t("Select a channel you have joined first."))
                return None
            return item.stream
        return asked.talk.place.stream if asked.talk.place is not None else None
