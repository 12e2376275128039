"""What the list and the status line show, out of a replica: values in, values out."""

from collections.abc import Mapping

from hobnob_client import term_safe
from hobnob_client.engine import Engine
from hobnob_client.reading import ChannelLine, Reader
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_client.tui.widgets.status_line import Status
from hobnob_protocol.ids import StreamId


def items(reader: Reader, read_here: Mapping[StreamId, int]) -> tuple[Item, ...]:
    """The joined channels, those that mention me first, muted ones last; then the others.

    `read_here` is how far each stream was read on this screen, which is said a little later.
    """
    muted = reader.kept().muted
    found = [
        _item(line, line.stream in muted, _is_read(reader, line.stream, read_here))
        for line in reader.channels()
        if not line.channel.archived
    ]
    return tuple(sorted(found, key=_rank))


def _is_read(reader: Reader, stream: StreamId, read_here: Mapping[StreamId, int]) -> bool:
    held = reader.held(stream)
    return held is not None and max(held.hi, held.head_seq) <= read_here.get(stream, 0)


def _item(line: ChannelLine, muted: bool, done: bool) -> Item:
    name = term_safe.line(line.channel.name)
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
        line.reading.exact,
    )


def _rank(item: Item) -> tuple[bool, bool, bool, str]:
    return (not item.joined, item.muted, not item.mentions, item.label)


def status(engine: Engine, hub: str) -> Status:
    """The line at the top."""
    progress = engine.progress()
    waiting = engine.reader.outbox()
    return Status(
        hub,
        engine.link,
        term_safe.line(engine.detail),
        sum(row.state == "queued" for row in waiting),
        len(engine.reader.tray()),
        progress.missing if progress is not None else 0,
    )


def channel_name(reader: Reader, stream: StreamId) -> str:
    """A channel's name with its sign, safe to draw."""
    found = reader.described(stream)
    return "?" if found is None else "#" + term_safe.line(found.name)
