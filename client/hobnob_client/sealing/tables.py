"""What the replica keeps of conversations beside their logs: texts, places, starts, records."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from hobnob_client.store.cells import DROP_CELLS
from hobnob_protocol.ids import DeviceId, EventId, StreamId
from hobnob_sync.keys import Entry
from hobnob_sync.ports_sql import Database

OPENED: Final = "SELECT said, salt, departed FROM opened WHERE id = ?"
PUT_OPENED: Final = """
    INSERT OR REPLACE INTO opened (id, stream, said, salt, departed) VALUES (?, ?, ?, ?, ?)
"""
DROP_OPENED: Final = "DELETE FROM opened WHERE id = ?"
LAID: Final = "SELECT stream, lo, hi FROM laid"
PUT_LAID: Final = "INSERT OR REPLACE INTO laid (stream, lo, hi) VALUES (?, ?, ?)"
PUT_ENTRY: Final = """
    INSERT OR REPLACE INTO log (stream, seq, at_ms, id, head, event) VALUES (?, ?, ?, ?, ?, ?)
"""
AWAITING: Final = """
    SELECT seq FROM awaiting WHERE stream = ? AND code = ? AND about = ? AND seq > ?
    ORDER BY seq LIMIT ?
"""
AWAITING_ANYWHERE: Final = """
    SELECT DISTINCT stream, about FROM awaiting WHERE code = ? AND (stream, about) > (?, ?)
    ORDER BY stream, about LIMIT ?
"""
ANY_AWAITING: Final = "SELECT 1 FROM awaiting LIMIT 1"
PUT_AWAITING: Final = """
    INSERT OR REPLACE INTO awaiting (stream, seq, code, about) VALUES (?, ?, ?, ?)
"""
DROP_AWAITING: Final = "DELETE FROM awaiting WHERE stream = ? AND seq = ?"
STARTS: Final = """
    SELECT seq FROM session_start WHERE stream = ? AND device = ? AND sid = ? ORDER BY seq
"""
LAST_STARTS: Final = """
    SELECT max(seq) FROM session_start WHERE stream = ? GROUP BY device
"""
PUT_START: Final = """
    INSERT OR IGNORE INTO session_start (stream, device, sid, seq) VALUES (?, ?, ?, ?)
"""
RECORDS: Final = "SELECT record, signature FROM seal_record"
PUT_RECORD: Final = """
    INSERT OR REPLACE INTO seal_record (device, record, signature) VALUES (?, ?, ?)
"""
UNLAY: Final = (
    "DELETE FROM laid WHERE stream = ?",
    "DELETE FROM awaiting WHERE stream = ?",
    "DELETE FROM session_start WHERE stream = ?",
)
UNLAY_OPENED: Final = ("DELETE FROM log WHERE stream = ?", *DROP_CELLS)
FORGET: Final = ("DELETE FROM opened WHERE stream = ?", "DELETE FROM handed WHERE stream = ?")
OPENED_AFTER: Final = """
    SELECT id, stream, said, salt, departed FROM opened WHERE id > ? ORDER BY id LIMIT ?
"""
COUNT_OPENED: Final = "SELECT count(*) FROM opened"
HANDED: Final = "SELECT said, salt, departed FROM handed WHERE id = ?"
PUT_HANDED: Final = """
    INSERT OR REPLACE INTO handed (id, stream, said, salt, departed)
    SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM opened WHERE id = ?1)
"""
DROP_HANDED: Final = "DELETE FROM handed WHERE id = ?"
HANDED_STREAMS: Final = "SELECT DISTINCT stream FROM handed"
HELD_HANDED: Final = """
    SELECT seq FROM log WHERE stream = ? AND seq > ? AND id IN (SELECT id FROM handed)
    ORDER BY seq LIMIT ?
"""
OUTBOX_SAID: Final = "SELECT stream, id, said FROM outbox WHERE n = ? AND said <> x''"


class OpenedText(NamedTuple):
    """What a sealed event says: as it was sealed, what opens its commitment, and whether its author
    was in the conversation no more."""

    said: bytes
    salt: bytes
    departed: bool


class Handed(NamedTuple):
    """What a sealed event of a conversation says, on its way from one device to another."""

    event: EventId
    stream: StreamId
    text: OpenedText


class Tables:
    """Inside the transactions of whoever calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def opened(self, event: EventId) -> OpenedText | None:
        """What this event says, if it was ever opened here."""
        for said, salt, departed in self._database.query(OPENED, (event,)):
            return OpenedText(said, salt, bool(departed))
        return None

    def put_opened(self, stream: StreamId, event: EventId, text: OpenedText) -> None:
        """Keep what an event says."""
        row = (event, stream, text.said, text.salt, int(text.departed))
        self._database.run(PUT_OPENED, [row])

    def drop_opened(self, event: EventId) -> None:
        """Forget what an event said."""
        self._database.run(DROP_OPENED, [(event,)])
        self.drop_handed(event)

    @property
    def opened_count(self) -> int:
        """How many events were opened here."""
        count: int = self._database.query(COUNT_OPENED)[0][0]
        return count

    def opened_after(self, event: bytes, limit: int) -> tuple[Handed, ...]:
        """What was opened here, by the ids of events."""
        return tuple(
            Handed(EventId(found), StreamId(stream), OpenedText(said, salt, bool(departed)))
            for found, stream, said, salt, departed in self._database.query(
                OPENED_AFTER, (event, limit)
            )
        )

    # What another device has handed over.

    def handed(self, event: EventId) -> OpenedText | None:
        """What this event says, if the other device is right."""
        for said, salt, departed in self._database.query(HANDED, (event,)):
            return OpenedText(said, salt, bool(departed))
        return None

    def put_handed(self, texts: Iterable[Handed]) -> None:
        """Keep these until their events are here; what was opened here needs nobody's word."""
        rows = ((each.event, each.stream, *each.text[:2], int(each.text[2])) for each in texts)
        self._database.run(PUT_HANDED, rows)

    def drop_handed(self, event: EventId) -> None:
        """It was believed, or not."""
        self._database.run(DROP_HANDED, [(event,)])

    def handed_streams(self) -> tuple[StreamId, ...]:
        """Of which conversations something was handed over."""
        return tuple(StreamId(stream) for (stream,) in self._database.query(HANDED_STREAMS))

    def held_handed(self, stream: StreamId, after: int, limit: int) -> list[int]:
        """Where events stand in the log after a place of which something was handed over."""
        return [seq for (seq,) in self._database.query(HELD_HANDED, (stream, after, limit))]

    # Opened logs.

    def laid(self) -> dict[StreamId, tuple[int, int]]:
        """Which part of each conversation's log is laid out."""
        return {stream: (lo, hi) for stream, lo, hi in self._database.query(LAID)}

    def put_laid(self, stream: StreamId, lo: int, hi: int) -> None:
        """From `lo` to `hi` is laid out."""
        self._database.run(PUT_LAID, [(stream, lo, hi)])

    def put_entries(self, stream: StreamId, entries: Iterable[Entry]) -> None:
        """Lay entries into an opened log, in place of what stood there."""
        self._database.run(
            PUT_ENTRY,
            (
                (stream, entry.seq, entry.at_ms, entry.event_id, entry.head, entry.event)
                for entry in entries
            ),
        )

    def await_(self, stream: StreamId, seq: int, code: str, about: bytes) -> None:
        """The event at `seq` waits for something."""
        self._database.run(PUT_AWAITING, [(stream, seq, code, about)])

    def settle(self, stream: StreamId, seq: int) -> None:
        """It waits for nothing any more."""
        self._database.run(DROP_AWAITING, [(stream, seq)])

    def awaiting(
        self, stream: StreamId, code: str, about: bytes, after: int, limit: int
    ) -> list[int]:
        """Where something waits for this, beyond `after`."""
        rows = self._database.query(AWAITING, (stream, code, about, after, limit))
        return [seq for (seq,) in rows]

    def awaiting_anywhere(self, code: str, limit: int) -> Iterator[tuple[StreamId, bytes]]:
        """In which streams something waits for what, asked for so many at a time."""
        after: tuple[bytes, bytes] = (b"", b"")
        while rows := self._database.query(AWAITING_ANYWHERE, (code, *after, limit)):
            yield from ((StreamId(stream), about) for stream, about in rows)
            after = rows[-1][0], rows[-1][1]

    @property
    def any_awaiting(self) -> bool:
        """Does anything wait?"""
        return bool(self._database.query(ANY_AWAITING))

    def starts(self, stream: StreamId, device: DeviceId, sid: bytes) -> list[int]:
        """Where the parts of this session's start stand."""
        return [seq for (seq,) in self._database.query(STARTS, (stream, device, sid))]

    def last_starts(self, stream: StreamId) -> list[int]:
        """Where the last start of each device stands."""
        return [seq for (seq,) in self._database.query(LAST_STARTS, (stream,))]

    def put_start(self, stream: StreamId, device: DeviceId, sid: bytes, seq: int) -> None:
        """A session begins there."""
        self._database.run(PUT_START, [(stream, device, sid, seq)])

    def records(self) -> list[tuple[bytes, bytes]]:
        """The newest seal records, with their signatures."""
        return [(record, signature) for record, signature in self._database.query(RECORDS)]

    def put_record(self, device: DeviceId, record: bytes, signature: bytes) -> None:
        """Keep the newest record of a device."""
        self._database.run(PUT_RECORD, [(device, record, signature)])

    def unlay(self, stream: StreamId, opened: StreamId) -> None:
        """Nothing of a conversation is laid out any more; its texts stay."""
        for sql in UNLAY:
            self._database.run(sql, [(stream,)])
        for sql in UNLAY_OPENED:
            self._database.run(sql, [(opened,)])

    def forget(self, stream: StreamId) -> None:
        """No text of a conversation is kept."""
        for sql in FORGET:
            self._database.run(sql, [(stream,)])

    def outbox_said(self, n: int) -> tuple[StreamId, EventId, bytes] | None:
        """What the outbox's row `n` says under seal: its stream, its event's id, and the text."""
        for stream, event, said in self._database.query(OUTBOX_SAID, (n,)):
            return StreamId(stream), EventId(event), said
        return None
