"""One channel's log as records: what was done to its messages first, then they themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import AccountId, StreamId, TargetId, target_of
from hobnob_protocol.kind import Fact, Kind
from hobnob_protocol.kinds.imports import Imported, ImportedChannel
from hobnob_protocol.registry import STANDARD
from hobnob_server.interchange.activity import Activity
from hobnob_server.interchange.extras import ABSENT, PART, corrected
from hobnob_server.interchange.held import channel_row, entries, opened, topic_of
from hobnob_server.interchange.marks import Marks, OneMessage
from hobnob_server.interchange.messages import Thread, restored, title
from hobnob_server.interchange.naming import Naming
from hobnob_server.interchange.native import Names, marks_of, native_record, topic_fields, undone
from hobnob_server.interchange.people import ChannelRow
from hobnob_server.interchange.records import Record
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.keys import Cell, Entry, RangeKey
from hobnob_sync.views import message, thread
from hobnob_sync.views.elsewhere import joined

_IMPORTED: Final = STANDARD.of(Imported).number
_CHANNEL: Final = STANDARD.of(ImportedChannel).number


@dataclass(slots=True)
class _Pending:
    """An imported message that may go on in the next event."""

    body: Imported
    text: str
    extra: list[tuple[str, str]]
    entry: Entry


class ChannelLog:
    """Reads one public channel. `row` says what it was elsewhere; None where it began here."""

    def __init__(
        self, state: HubState, store: SqliteEventStore, stream: StreamId, naming: Naming
    ) -> None:
        self._state: Final = state
        self._store: Final = store
        self._stream: Final = stream
        self._naming: Final = naming
        self._marks: Final = Marks()
        self._topics: dict[TargetId, Thread] = {}
        self.row: ChannelRow | None = None
        self.said_here = False
        self._mark()

    def close(self) -> None:
        """Let go of what was folded."""
        self._marks.close()

    @property
    def channel(self) -> str:
        """What the channel is called in this export."""
        if self.row is None:
            return self._stream[2:].hex()
        return self._naming.qualified(self.row.source, self.row.source_id)

    # First: what was done to messages.

    def _mark(self) -> None:
        for entry in entries(self._store, self._stream):
            number, data = opened(entry)
            if number == _CHANNEL and data:
                self.row = channel_row(decode_body(ImportedChannel, data), self._stream)
                continue
            kind = STANDARD.get(number)
            if kind is None:
                continue
            if kind.root:
                self.said_here = self.said_here or number != _IMPORTED
            elif kind.target and data:
                fact = self._fact(entry, kind)
                self._marks.take(kind, fact, cast("TargetId", getattr(fact.body, kind.target)))

    def _fact(self, entry: Entry, kind: Kind) -> Fact:
        event = decode_event(entry.event)
        author = self._state.accounts.author(event.header.device)
        account = author.account if author is not None else AccountId(bytes(20))
        body = None if event.is_stub else decode_body(kind.body, event.body)
        return Fact(
            self._stream,
            entry.seq,
            entry.at_ms,
            entry.event_id,
            account,
            event.header.device,
            event.header.kind,
            event.header.ts_seconds,
            body,
        )

    # Then: the messages.

    def records(self, activity: Activity) -> Iterator[Record]:
        """Every message; what was said here is counted in `activity`."""
        pending: _Pending | None = None
        for entry in entries(self._store, self._stream):
            number, data = opened(entry)
            kind = STANDARD.get(number)
            if kind is None or not kind.root:
                continue
            if number != _IMPORTED:
                if pending is not None:
                    yield from self._imported(pending)
                    pending = None
                yield self._native(entry, kind, activity)
            elif data:
                body = decode_body(Imported, data)
                extra = joined(body.extra)
                if pending is not None and PART in extra:
                    pending.text += body.text
                    pending.extra += body.extra
                    continue
                if pending is not None:
                    yield from self._imported(pending)
                pending = _Pending(body, body.text, list(body.extra), entry)
        if pending is not None:
            yield from self._imported(pending)

    def _imported(self, pending: _Pending) -> Iterator[Record]:
        body, naming = pending.body, self._naming
        extra = joined(pending.extra)
        target = target_of(pending.entry.event_id)
        topic = topic_of(extra) if body.thread is None else self._topics.get(body.thread)
        if topic is not None and body.thread is None:
            self._topics[target] = topic
        if self.said_here:
            naming.remember(target, body.source, body.source_id)
        if ABSENT in extra:
            return
        channel = self.row.source_id if self.row is not None else self.channel
        plain = restored(
            body,
            pending.text,
            channel,
            topic if body.thread is not None else None,
            naming.member_of(body.source),
        )
        record = naming.qualify(body.source, corrected(plain, pending.extra))
        if self._marks.is_marked(target):
            self._correct(record, target, pending)
        yield record

    def _correct(self, record: Record, target: TargetId, pending: _Pending) -> None:
        """What was done to an imported message here."""
        kind = STANDARD.of(Imported)
        cells = self._cells(target, pending.entry, kind)
        shown = message.view(cells, target)
        assert shown is not None, "its own cell is there"
        if len(shown.versions) > 1:
            record["text"] = shown.text
        here = marks_of(cells, target, shown, self._names())
        given = here.pop("reactions", None)
        if given:
            record["reactions"] = [*(record.get("reactions") or ()), *given]
        record.update(here)
        for name in undone(cells, target):
            if record.get(name):
                record[name] = False
        heading = thread.view(cells, target)
        topic = self._topics.get(target)
        if heading.title and heading.title != title(topic.topic if topic is not None else None):
            named = Thread(topic.topic_id if topic is not None else record["id"], heading.title)
            self._topics[target] = named
            record.update(topic_fields(named))

    def _native(self, entry: Entry, kind: Kind, activity: Activity) -> Record:
        target = target_of(entry.event_id)
        cells = self._cells(target, entry, kind)
        heading = thread.view(cells, target)
        if heading.title:
            self._topics[target] = Thread(self._naming.said(target), heading.title)
        record = native_record(cells, target, self._names())
        activity.add(self.channel, record["author"], entry.at_ms)
        return record

    def _cells(self, target: TargetId, entry: Entry, kind: Kind) -> OneMessage:
        (write,) = kind.writes(self._fact(entry, kind))
        return OneMessage(self._marks, target, Cell(entry.seq, write.value))

    def _names(self) -> Names:
        naming = self._naming
        return Names(self.channel, naming.member, naming.said, self._topics.get, self._at_ms)

    def _at_ms(self, seq: int) -> int:
        key = RangeKey(self._stream, seq, 1, 1)
        return self._store.load([key]).get(key)[0].at_ms
