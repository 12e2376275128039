"""What the list and the status line show, out of a replica.

Counting what is unread costs some milliseconds a channel, so the hub's counts are shown first and
each channel is counted when there is time, and again when something in it has changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from hobnob_client import term_safe
from hobnob_client.engine import Engine
from hobnob_client.reading import ChannelLine, Reader
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_client.tui.widgets.status_line import Status
from hobnob_protocol.ids import DIRECTORY, StreamId, user_stream

NUMBER_LETTERS: Final = 6
"""So much of a channel's number stands for a name that shows nothing."""

Extent = tuple[int, int, int]


class Listing:
    """The channels as lines, kept up to date by what changes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lines: dict[StreamId, ChannelLine] = {}
        self._uncounted: dict[StreamId, None] = {}
        self._counted: dict[StreamId, Extent | None] = {}
        self.read_all()

    def read_all(self) -> None:
        """Everything anew: cheaply at first, then to be counted."""
        self._lines = {}
        self._counted.clear()
        self._read_again()

    def _read_again(self) -> None:
        """The same, but what is counted already and read as far as before stays."""
        before, self._lines = self._lines, {}
        for line in self._reader.channels(counted=False):
            old = before.get(line.stream)
            counted = old is not None and line.stream not in self._uncounted
            if old is not None and counted and _is_read_as_far(line, old):
                line = replace(line, reading=old.reading)
            elif line.reading is not None and not line.reading.exact:
                self._uncounted[line.stream] = None
            self._lines[line.stream] = line
        self._muted = self._reader.kept().muted

    def changed(self, streams: Iterable[StreamId]) -> None:
        """Something in these streams is different."""
        own = user_stream(self._reader.me)
        for stream in streams:
            if stream in (DIRECTORY, own):
                self._read_again()
            elif stream[:2] == b"c:" and self._extent(stream) != self._counted.get(stream):
                self._uncounted[stream] = None

    @property
    def uncounted(self) -> int:
        """How many channels are still to be counted."""
        return len(self._uncounted)

    def _extent(self, stream: StreamId) -> Extent | None:
        """What of a stream is there to be counted: the same is not counted twice, as where only
        signatures were checked meanwhile."""
        held = self._reader.held(stream)
        return None if held is None else (held.lo, held.hi, held.head_seq)

    def count_one(self) -> bool:
        """Count one channel; is there another to count?"""
        if not self._uncounted:
            return False
        stream = next(iter(self._uncounted))
        del self._uncounted[stream]
        self._counted[stream] = self._extent(stream)
        line = self._reader.line(stream)
        if line is None:
            self._lines.pop(stream, None)
        else:
            self._lines[stream] = line
        return bool(self._uncounted)

    def items(self, read_here: Mapping[StreamId, int]) -> tuple[Item, ...]:
        """The joined channels, those that mention me first, muted ones last; then the others.

        `read_here` is how far each stream was read on this screen, which is said a little later.
        """
        found = [
            _item(line, line.stream in self._muted, self._is_read(line.stream, read_here))
            for line in self._lines.values()
            if not line.channel.archived
        ]
        return tuple(sorted(found, key=_rank))

    def _is_read(self, stream: StreamId, read_here: Mapping[StreamId, int]) -> bool:
        held = self._reader.held(stream)
        return held is not None and max(held.hi, held.head_seq) <= read_here.get(stream, 0)


def _is_read_as_far(line: ChannelLine, before: ChannelLine) -> bool:
    now, then = line.reading, before.reading
    return now is not None and then is not None and now.cursor == then.cursor


def _item(line: ChannelLine, muted: bool, done: bool) -> Item:
    name = _name(line.channel.name, line.stream)
    sign = "#" if line.channel.public else "⌂"
    if line.reading is None:
        return Item(line.stream.hex(), f"{sign}{name} (join)", line.stream, joined=False)
    return Item(
        line.stream.hex(),
        f"{sign}{name}",
        line.stream,
        0 if done else line.reading.unread,
        0 if done else line.reading.mentions,
        muted,
        done or line.reading.exact,
    )


def _rank(item: Item) -> tuple[bool, bool, bool, str]:
    return (not item.joined, item.muted, not item.mentions, item.label)


def status(engine: Engine, address: str) -> Status:
    """The line at the top."""
    progress = engine.progress()
    waiting = engine.reader.outbox()
    return Status(
        term_safe.line(engine.reader.hub_name()) or address,
        engine.link,
        term_safe.line(engine.detail),
        sum(row.state == "queued" for row in waiting),
        len(engine.reader.tray()),
        progress.missing if progress is not None else 0,
    )


def channel_name(reader: Reader, stream: StreamId) -> str:
    """A channel's name with its sign, safe to draw."""
    found = reader.described(stream)
    return "?" if found is None else "#" + _name(found.name, stream)


def _name(name: str, stream: StreamId) -> str:
    return term_safe.name(name, f"?{stream[2:].hex()[:NUMBER_LETTERS]}")
