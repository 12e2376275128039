"""Which channels there are, and what is unread in them."""

from collections.abc import Container, Iterable
from typing import Final

from hobnob_client.reading.desk import Desk
from hobnob_protocol import nouns
from hobnob_protocol.ids import (
    DIRECTORY,
    ChannelId,
    StreamId,
    TargetId,
    channel_stream,
    user_stream,
)
from hobnob_protocol.nouns import ReadValue
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView, Overlay
from hobnob_sync.opened import opened_stream
from hobnob_sync.ports import CellsKey, EachCellKey, EachCellsKey, Loaded, ReplicaStream
from hobnob_sync.views import channel, reading
from hobnob_sync.views.channel import Channel
from hobnob_sync.views.reading import Reading

NOTHING: Final = Overlay.fresh(DIRECTORY)
"""No cells at all."""
UNREAD_MAX: Final = 500
"""Events beyond the read cursor that are counted one by one; the hub's count serves beyond it."""
FIRST_UNREAD_MAX: Final = 16, 64, UNREAD_MAX
"""So many are looked at for the first that is unread: mostly the very next one is."""


@value
class ChannelLine:
    """One channel as a list shows it; `reading` is None where it is not held (yet)."""

    stream: StreamId
    channel: Channel
    reading: Reading | None

    @property
    def name(self) -> str:
        """What programs call it."""
        return self.channel.name

    @property
    def label(self) -> str:
        """What people call it."""
        return f"#{self.channel.name}"

    @property
    def joined(self) -> bool:
        """Is it ours to read?"""
        return self.reading is not None


def channels(desk: Desk, *, counted: bool = True) -> tuple[ChannelLine, ...]:
    """Every channel that is held or public, by name; without `counted` with the hub's own counts,
    which cost nothing."""
    return _lines(desk, (*_public(desk), *_ours(desk)), counted)


def _public(desk: Desk) -> dict[ChannelId, object]:
    """What each is called that the directory names."""
    cells = desk.cells(DIRECTORY, (CellsKey(DIRECTORY, nouns.CHANNEL, b""),))
    found = cells.scan(nouns.CHANNEL, b"")
    return {ChannelId(key[:16]): cell.value for key, cell in found if key[16:] == b"name"}


def _ours(desk: Desk) -> list[ChannelId]:
    """Those that are held, or in which something waits."""
    waiting = [row.stream for row in desk.state.outbox.values()]
    streams = (*desk.state.streams, *waiting)
    return [ChannelId(stream[2:]) for stream in streams if stream[:2] == b"c:"]


def _lines(desk: Desk, channels: Iterable[ChannelId], counted: bool) -> tuple[ChannelLine, ...]:
    names = tuple(dict.fromkeys(channels))
    directory = desk.cells(DIRECTORY, (EachCellsKey(DIRECTORY, nouns.CHANNEL, names),))
    streams = tuple(channel_stream(name) for name in names)
    me = user_stream(desk.me)
    cursors = desk.cells(me, (EachCellKey(me, nouns.READ, streams),))
    lines: list[ChannelLine] = []
    for name, stream in zip(names, streams, strict=True):
        # Most are public: one look at the directory describes them all.
        found = channel.view(directory, NOTHING, name) or described(desk, stream)
        if found is not None:
            count = unread(desk, stream) if counted else _announced(desk, stream, cursors)
            lines.append(ChannelLine(stream, found, count))
    return tuple(sorted(lines, key=lambda line: (line.channel.name, line.stream)))


def described(desk: Desk, stream: StreamId) -> Channel | None:
    """What one channel is; None where nothing names it."""
    return desk.remembered(("described", stream), lambda: _described(desk, stream))


def _described(desk: Desk, stream: StreamId) -> Channel | None:
    name = ChannelId(stream[2:])
    directory = desk.cells(DIRECTORY, (CellsKey(DIRECTORY, nouns.CHANNEL, name),))
    found = channel.view(directory, NOTHING, name)
    if found is not None:
        # It goes first anyway, and most channels are public.
        return found
    own = desk.cells(stream, (CellsKey(stream, nouns.CHANNEL, name),))
    return channel.view(NOTHING, own, name)


def named(desk: Desk, name: str) -> ChannelLine | None:
    """The channel of this name, with or without its #, not counted; a joined one before any
    other."""
    wanted = name.removeprefix("#")
    public = _public(desk)
    meant = [each for each, called in public.items() if called == wanted]
    # What others are called is told by their own streams.
    others = [each for each in _ours(desk) if each not in public]
    lines = _lines(desk, (*meant, *others), counted=False)
    found = [line for line in lines if line.channel.name == wanted]
    return next((line for line in found if line.joined), found[0] if found else None)


def line(desk: Desk, stream: StreamId, seen: int = 0) -> ChannelLine | None:
    """One channel, counted as of `unread`; None where nothing names it."""
    found = described(desk, stream)
    return None if found is None else ChannelLine(stream, found, unread(desk, stream, seen))


def announced(desk: Desk, stream: StreamId) -> Reading | None:
    """What the hub has counted, unless all of it has been read since; None where it is not held."""
    own = desk.cells(user_stream(desk.me), reading.asks_cursor(desk.me, stream))
    return _announced(desk, stream, own)


def _announced(desk: Desk, stream: StreamId, own: CellsView) -> Reading | None:
    row = desk.row(stream)
    if row is None:
        return None
    cursor = reading.cursor(own, stream)
    if cursor.seq >= max(row.head_seq, row.hi):
        return Reading(cursor, None, 0, 0, True)
    return Reading(cursor, None, row.unread, row.mentions, False)


def unread(desk: Desk, stream: StreamId, seen: int = 0) -> Reading | None:
    """How far a stream is read and what is unread, as if it were said already that it is read down
    to `seen`; None where it is not held."""
    row = desk.row(opened_stream(stream))
    if row is None:
        return None
    return _unread(desk, row, _beyond(desk, stream, seen), UNREAD_MAX, _quiet(desk, stream))


def read_on(desk: Desk, stream: StreamId, before: Reading, seq: int) -> Reading | None:
    """What `unread` has counted before, once it is read down to `seq`, at the cost of what was read
    since, or of what is left if that is less; None where that is nothing, or much."""
    row, events = desk.row(opened_stream(stream)), seq - before.cursor.seq
    if row is None or events <= 0:
        return None
    if row.hi - seq <= min(events, UNREAD_MAX):
        return unread(desk, stream, seq)
    if not before.exact or events > UNREAD_MAX:
        # The hub has counted, which knows nothing of what lies between.
        return None
    loaded, cells = _beyond_cursor(desk, row, before.cursor, events)
    return reading.read_on(row, before, seq, loaded, cells, desk.me, _quiet(desk, stream))


def first_unread(desk: Desk, stream: StreamId, seen: int = 0) -> TargetId | None:
    """The first of what `unread` counts, at the cost of what lies before it."""
    quiet = _quiet(desk, stream)
    # Where one begins to read is asked where a channel is opened, and once more where it is seen.
    question = "first unread", stream, seen, quiet
    return desk.remembered(question, lambda: _first_unread(desk, stream, seen, quiet))


def _first_unread(
    desk: Desk, stream: StreamId, seen: int, quiet: Container[TargetId | None]
) -> TargetId | None:
    row = desk.row(opened_stream(stream))
    if row is None:
        return None
    place = _beyond(desk, stream, seen)
    for limit in FIRST_UNREAD_MAX:
        found = _unread(desk, row, place, limit, quiet).first_unread
        if found is not None:
            return found
    return None


def cursor(desk: Desk, stream: StreamId) -> ReadValue:
    """How far a stream is read."""
    own = desk.cells(user_stream(desk.me), reading.asks_cursor(desk.me, stream))
    return reading.cursor(own, stream)


def _beyond(desk: Desk, stream: StreamId, seen: int) -> ReadValue:
    said = cursor(desk, stream)
    return ReadValue(said.gen, max(said.seq, seen))


def _quiet(desk: Desk, stream: StreamId) -> frozenset[TargetId]:
    # Only who counts pays for importing what calls for attention.
    from hobnob_client.reading import wanted

    return wanted.quiet_threads(desk, stream)


def _unread(
    desk: Desk, row: ReplicaStream, place: ReadValue, limit: int, quiet: Container[TargetId | None]
) -> Reading:
    loaded, cells = _beyond_cursor(desk, row, place, limit)
    return reading.view(row, place, limit, loaded, cells, desk.me, quiet)


def _beyond_cursor(
    desk: Desk, row: ReplicaStream, place: ReadValue, limit: int
) -> tuple[Loaded, CellsView]:
    loaded = desk.store.load(reading.asks(row, place, limit))
    keys = reading.asks_messages(row, place, limit, loaded)
    return loaded, Overlay(row.stream, desk.store.load(keys))
