"""What the list and the status line show, out of a replica.

Counting what is unread costs some milliseconds a place, so the hub's counts are shown first and
each place is counted later (`counting`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import Final

from hobnob_client import term_safe, time_of_day
from hobnob_client.catalogue import later, t
from hobnob_client.engine import Engine
from hobnob_client.reading import ChannelLine, ConversationLine, Place, Reader
from hobnob_client.tui.counting import Counting, shows_the_same
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_client.tui.widgets.status_line import Status
from hobnob_client.verifying import stop_of
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    AccountId,
    StreamId,
    StreamType,
    stream_type,
    user_stream,
)
from hobnob_protocol.kinds.conversations import SEALED, Conversation
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.kinds.private import OwnKey, Private
from hobnob_protocol.kinds.trust import Accept
from hobnob_protocol.registry import STANDARD
from hobnob_sync.opened import is_conversation
from hobnob_sync.ports import OutboxRow
from hobnob_sync.views.trust import Trust

NUMBER_LETTERS: Final = 6
"""So much of a channel's number stands for a name that shows nothing."""
TALKS: Final = (StreamType.CHANNEL, StreamType.CONVERSATION)
"""Streams in which one talks."""
CONVERSATIONS: Final = later("Conversations")
REQUESTS: Final = later("New to you")
"""What those write to whom one has never written: it calls for nobody's attention."""
OPEN: Final = later("Open to join")
VERIFIED: Final = "✓"
STOP: Final = later("✗STOP")
"""Behind a conversation's name: all of it was compared, or somebody is not who they seem."""
_HEADINGS: Final = ("", CONVERSATIONS, REQUESTS, OPEN)
"""What stands above each part of the list; above the joined channels nothing needs to."""
_BESIDE: Final = (StreamType.CONVERSATION, StreamType.USER)
_BY_ITSELF: Final = (
    SEALED,
    *(STANDARD.of(kind).number for kind in (Conversation, Accept, ReadCursor, Private, OwnKey)),
)
"""What is said by nobody: the beginnings of a conversation and of its sessions, that whom one
writes to is no stranger, how far one has read, and what one's own devices keep for each other, as
what is begun."""
_OPEN: Final = _HEADINGS.index(OPEN)


class Listing:
    """The channels and conversations as lines, kept up to date by what changes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lines: dict[StreamId, Place] = {}
        self._others: dict[StreamId, AccountId] = {}
        self._visited: dict[StreamId, None] = {}
        self._counting = Counting(reader)
        self.differs = False
        """Has a count shown anything new, since somebody has set this back?"""
        self._drawn: dict[StreamId, tuple[tuple[ChannelLine, bool, bool], Item]] = {}
        self.read_all()

    def read_all(self) -> None:
        """Everything anew: cheaply at first, then to be counted."""
        self._lines = {}
        self._counting.forget()
        self._drawn.clear()
        self._read_again()

    def _read_again(self) -> None:
        """The same, but what is counted already and read as far as before stays."""
        before, self._lines = self._lines, {}
        visited = (self._reader.between(self._others[stream]) for stream in self._visited)
        conversations = self._reader.conversations(counted=False)
        found: list[Place] = [*self._reader.channels(counted=False), *visited, *conversations]
        for line in found:
            self._lines[line.stream] = self._counting.kept(line, before.get(line.stream))
        kept = self._reader.kept()
        self._blocked = kept.blocked
        self._wishes = self._reader.wishes()

    def changed(self, streams: Iterable[StreamId]) -> None:
        """Something in these streams is different."""
        own = user_stream(self._reader.me)
        for stream in streams:
            if stream in (DIRECTORY, own):
                self._read_again()
            elif stream == PEOPLE:
                self._name_again()
            elif stream_type(stream) in TALKS:
                self._counting.changed(stream, self._lines.get(stream))

    def _name_again(self) -> None:
        """Who a conversation is with may have a name now."""
        for line in self._reader.conversations(counted=False):
            old = self._lines.get(line.stream)
            if old is not None:
                self._lines[line.stream] = replace(line, reading=old.reading)

    @property
    def uncounted(self) -> int:
        """How many places are still to be counted."""
        return self._counting.left

    def count_one(self, read_here: Mapping[StreamId, int] = MappingProxyType({})) -> bool:
        """Count one place, of those in `read_here` what lies beyond that: where one reads along
        nothing is counted again and again. Is there another to count?"""
        stream = self._counting.begin_next()
        if stream is None:
            return False
        line: Place | None
        if is_conversation(stream):
            line = self.conversation(stream)
        else:
            line = self._reader.line(stream, read_here.get(stream, 0))
        before = self._lines.pop(stream, None) if line is None else self._lines.get(stream)
        if line is not None:
            self._lines[stream] = line
        self.differs = self.differs or not shows_the_same(before, line)
        return bool(self._counting.left)

    def read_on(self, stream: StreamId, seq: int) -> None:
        """A channel is read down to `seq`: what its count is now follows from what it was, in one
        picture with what is seen; where that is not known it is counted a little later."""
        line = self._lines.get(stream)
        if not isinstance(line, ChannelLine) or line.reading is None:
            return
        if not self._counting.stands(stream):
            return
        now = self._reader.read_on(stream, line.reading, seq)
        if now is not None:
            self._lines[stream] = replace(line, reading=now)

    # Conversations.

    def visit(self, other: AccountId) -> StreamId:
        """Show the conversation with somebody, also before it has begun: until it is left."""
        line = self._reader.between(other)
        self._others[line.stream] = other
        self._visited[line.stream] = None
        self._lines.setdefault(line.stream, line)
        return line.stream

    def revisit(self, streams: Iterable[StreamId]) -> None:
        """Show again those conversations among these that have not begun, as where something was
        written and not sent. Their names are made of whom they are with, and tell it to nobody
        who does not try."""
        wanted = {stream for stream in streams if is_conversation(stream)} - self._lines.keys()
        if not wanted:
            return
        for account, _ in self._reader.everybody():
            if account != self._reader.me and self._reader.stream_with(account) in wanted:
                self.visit(account)

    def leave(self, stream: StreamId) -> None:
        """One that has not begun is shown no more."""
        line = self._lines.get(stream)
        if stream in self._visited and isinstance(line, ConversationLine) and not line.begun:
            self._lines.pop(stream, None)
        self._visited.pop(stream, None)

    def conversation(self, stream: StreamId) -> ConversationLine | None:
        """One conversation as it is now; None where it has not begun, and nobody has visited it."""
        other = self._others.get(stream)
        if other is not None:
            return self._reader.between(other)
        line = self._reader.conversation(stream)
        return line if line.begun or line.reading is not None else None

    def items(self, read_here: Mapping[StreamId, int]) -> tuple[Item, ...]:
        """The joined channels, the conversations, what strangers write, then the other channels, a
        heading above each but the first. In each those that mention me come first, muted ones last.

        `read_here` is how far each stream was read on this screen, which is said a little later.
        """
        found: list[tuple[int, Item]] = []
        drawn, self._drawn = self._drawn, {}
        known, now_ms = self._reader.known(), time_of_day.now_ms()
        for line in self._lines.values():
            muted = self._wishes.of(line.stream).is_muted(now_ms)
            done = self._is_read(line.stream, read_here)
            if isinstance(line, ConversationLine):
                if not line.others or any(other not in self._blocked for other in line.others):
                    part = _HEADINGS.index(REQUESTS if line.request else CONVERSATIONS)
                    found.append(
                        (part, _conversation_item(line, muted, done, self._stops(known, line)))
                    )
            elif not line.channel.archived:
                wanted, before = (line, muted, done), drawn.get(line.stream)
                # Most lines are as they were; to make a text safe costs more than to compare it.
                item = before[1] if before and before[0] == wanted else _item(*wanted)
                self._drawn[line.stream] = wanted, item
                found.append((_OPEN if line.reading is None else 0, item))
        found.sort(key=lambda each: (each[0], *_rank(each[1])))
        items: list[Item] = []
        for part, several in groupby(found, key=lambda each: each[0]):
            # Where all are channels their marks say enough.
            if part and any(0 < each < _OPEN for each, _ in found):
                items.append(heading(_HEADINGS[part]))
            items.extend(item for _, item in several)
        return tuple(items)

    def _stops(self, known: Trust, line: ConversationLine) -> bool:
        return any(stop_of(self._reader, known, other) for other in line.others)

    def _is_read(self, stream: StreamId, read_here: Mapping[StreamId, int]) -> bool:
        held = self._reader.held(stream)
        return held is not None and max(held.hi, held.head_seq) <= read_here.get(stream, 0)


def heading(text: str) -> Item:
    """A line that says what those below it are."""
    return Item(f"heading {text}", t(text), is_heading=True)


def _item(line: ChannelLine, muted: bool, done: bool) -> Item:
    name = _name(line.channel.name, line.stream)
    sign = "#" if line.channel.public else "⌂"
    if line.reading is None:
        return Item(
            line.stream.hex(), t("{channel} (join)", channel=sign + name), line.stream, joined=False
        )
    return Item(
        line.stream.hex(),
        f"{sign}{name}",
        line.stream,
        0 if done else line.reading.unread,
        0 if done else line.reading.mentions,
        muted,
        done or line.reading.exact,
        purpose=term_safe.line(line.channel.purpose),
    )


def _conversation_item(line: ConversationLine, muted: bool, done: bool, stop: bool) -> Item:
    """All that is said there is said to me, unless a stranger says it."""
    reading = line.reading
    unread = 0 if done or reading is None else reading.unread
    exact = done or reading is None or reading.exact
    label = term_safe.line(line.label)
    mentions = 0 if line.request else unread
    mark = t(STOP) if stop else VERIFIED if line.verified else ""
    return Item(
        line.stream.hex(),
        label,
        line.stream,
        unread,
        mentions,
        muted,
        exact,
        mark=mark,
        alarm=stop,
    )


def _rank(item: Item) -> tuple[bool, bool, bool, str]:
    return (not item.joined, item.muted, not item.mentions, item.label)


def status(engine: Engine, address: str, *, exploring: bool = False) -> Status:
    """The line at the top."""
    progress = engine.progress()
    waiting = engine.reader.outbox()
    return Status(
        term_safe.line(engine.reader.hub_name()) or address,
        engine.link,
        term_safe.line(engine.detail),
        sum(map(waits, waiting)),
        len(engine.reader.tray()),
        progress.missing if progress is not None else 0,
        progress.events if progress is not None else 0,
        engine.lag_ms,
        exploring,
    )


def waits(row: OutboxRow) -> bool:
    """Does it wait to be sent, as a person sees it? What goes along by itself nobody has said."""
    if row.state == "acked" or row.said or stream_type(row.stream) not in _BESIDE:
        return row.state != "acked"
    try:
        return decode_event(row.event).header.kind not in _BY_ITSELF
    except ProtocolError:
        return True


def place_name(reader: Reader, stream: StreamId) -> str:
    """How a channel or a conversation is called, with its sign, safe to draw."""
    if is_conversation(stream):
        return term_safe.line(reader.conversation(stream, counted=False).label)
    found = reader.described(stream)
    return "?" if found is None else "#" + _name(found.name, stream)


def _name(name: str, stream: StreamId) -> str:
    return term_safe.name(name, f"?{stream[2:].hex()[:NUMBER_LETTERS]}")
