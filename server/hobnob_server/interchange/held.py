"""What the log holds of archives: read once from its first event to its last."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from hobnob_protocol import codec
from hobnob_protocol.bodies import decode_body
from hobnob_protocol.errors import ProtocolError, StoreBroken
from hobnob_protocol.ids import PEOPLE, StreamId, TargetId, target_of
from hobnob_protocol.kinds.imports import Imported, ImportedChannel, ImportedMembers
from hobnob_protocol.limits import EVENT_BYTES_MAX, HEADER_BYTES_MAX, PAGE_EVENTS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_server.interchange.extras import ABSENT, PART
from hobnob_server.interchange.messages import Thread
from hobnob_server.interchange.people import ChannelRow, People
from hobnob_server.interchange.said import Said, SaidBefore
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.keys import Entry, RangeKey
from hobnob_sync.views.elsewhere import joined

_IMPORTED: Final = STANDARD.of(Imported).number
_MEMBERS: Final = STANDARD.of(ImportedMembers).number
_CHANNEL: Final = STANDARD.of(ImportedChannel).number
_ROOTS: Final = frozenset(kind.number for kind in STANDARD if kind.root)
_RANGE_BYTES: Final = 4_194_304


@dataclass(slots=True)
class Held:
    """What of `source` is in the log.

    `others` are the streams that hold messages which did not come from it.
    """

    source: str
    people: People
    said: SaidBefore
    channels: dict[str, ChannelRow] = field(default_factory=dict[str, ChannelRow])
    threads: dict[TargetId, Thread] = field(default_factory=dict[TargetId, Thread])
    others: set[StreamId] = field(default_factory=set[StreamId])

    def close(self) -> None:
        """Let go of what is on the disk."""
        self.said.close()


def entries(store: SqliteEventStore, stream: StreamId, seq: int = 1) -> Iterator[Entry]:
    """A whole stream, or from `seq` on, page by page."""
    while True:
        key = RangeKey(stream, seq, PAGE_EVENTS_MAX, _RANGE_BYTES)
        found = store.load([key]).get(key)
        if not found:
            return
        yield from found
        seq = found[-1].seq + 1


def opened(entry: Entry) -> tuple[int, bytes]:
    """An event's kind and body, without checking it; an erased body is empty.

    StoreBroken where the log holds no event here.
    """
    try:
        # Only what passed `decode_event` is in the log.
        header, body, _, _ = cast("tuple[bytes, ...]", codec.decode(entry.event, EVENT_BYTES_MAX))
        return cast("tuple[int, ...]", codec.decode(header, HEADER_BYTES_MAX))[0], body
    except (ProtocolError, ValueError) as broken:
        raise StoreBroken(f"the log holds no event at {entry.seq}") from broken


def held_of(state: HubState, store: SqliteEventStore, source: str) -> Held:
    """Read the log for what came from `source`."""
    held = Held(source, People(source), SaidBefore())
    for entry in entries(store, PEOPLE):
        kind, data = opened(entry)
        if kind == _MEMBERS and data:
            members = decode_body(ImportedMembers, data)
            for row in members.members if members.source == source else ():
                held.people.add(row)
    for stream in state.names.values():
        _read_channel(held, store, stream)
    return held


def _read_channel(held: Held, store: SqliteEventStore, stream: StreamId) -> None:
    row: ChannelRow | None = None
    for entry in entries(store, stream):
        kind, data = opened(entry)
        if kind == _CHANNEL and data:
            channel = decode_body(ImportedChannel, data)
            if channel.source == held.source:
                row = channel_row(channel, stream)
                held.channels[row.source_id] = row
            else:
                held.others.add(stream)
        elif kind == _IMPORTED and data:
            body = decode_body(Imported, data)
            if body.source == held.source:
                _remember(held, row.source_id if row is not None else "", entry, body)
        elif kind in _ROOTS and row is None:
            held.others.add(stream)


def _remember(held: Held, channel: str, entry: Entry, body: Imported) -> None:
    extra = joined(body.extra)
    if PART in extra:
        return
    target = target_of(entry.event_id)
    stands_in = ABSENT in extra
    held.said.put(body.source_id, Said(target, body.thread, stands_in))
    topic = topic_of(extra) if body.thread is None else None
    if topic is not None:
        held.threads[target] = topic
        held.said.put_topic(channel, topic.key, target)


def topic_of(extra: Mapping[str, str]) -> Thread | None:
    """The topic that begins with a root of these extra fields."""
    topic_id, topic = (_text(extra.get(name)) for name in ("topic_id", "topic"))
    return None if topic_id is None and topic is None else Thread(topic_id, topic)


def _text(value: str | None) -> str | None:
    if not value:
        return None
    try:
        found = json.loads(value)
    except ValueError:
        return None
    return found if isinstance(found, str) else None


def channel_row(body: ImportedChannel, stream: StreamId) -> ChannelRow:
    """What a channel's own stream says of where it came from."""
    return ChannelRow(body.source, body.source_id, body.name, body.extra, stream)
