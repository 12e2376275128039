"""The hub's log, read beside the hub: what has happened since, in the order in which it did.

There is no counter over all streams, so events are ordered by the hub's time, then by stream and
place. What is there at one moment is read to its end before anything newer is looked at: the hub
commits one step after the other, so what comes later is younger, however long it took. What is
younger than `SETTLED_MS` may still get company of its own millisecond, and waits.

Where something older comes all the same, as after the hub's clock was set back, all is read anew:
what is counted depends on the order, and nothing in memory says how it stood in between.
"""

import sqlite3
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from heapq import merge
from pathlib import Path
from typing import Final, TypeAlias, cast

from hobnob_protocol import nouns
from hobnob_protocol.codec import decode
from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import ProtocolError, StoreBroken
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    AccountId,
    ChannelId,
    DeviceKey,
    EventId,
    StreamId,
    TargetId,
    channel_stream,
    hub_id,
)
from hobnob_protocol.kind import Body, Fact, Value
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.hub_acts import Bootstrap
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.questions import HIDDEN_BADGES
from hobnob_protocol.registry import STANDARD
from hobnob_server.engines.recognition.chronicle import Heard
from hobnob_server.recognition.limits import CHUNK_ROWS, SETTLED_MS
from hobnob_sync.accounts import Accounts
from hobnob_sync.keys import Cell
from hobnob_sync.shelf_sql import VALUE_BYTES_MAX

_LOG: Final = """
    SELECT log.at_ms, log.seq, log.id, log.event, target.thread
    FROM log LEFT JOIN target USING (stream, seq)
    WHERE log.stream = ? AND log.seq > ? ORDER BY log.seq LIMIT ?
"""
_HEADS: Final = "SELECT stream, seq FROM stream"
_FIRST: Final = "SELECT event FROM log WHERE stream = ? AND seq = 1"
_CELLS: Final = "SELECT key, seq, value FROM cell WHERE stream = ? AND noun = ?"


_Row: TypeAlias = tuple[int, StreamId, int, bytes, bytes, bytes | None]
"""Time, stream, seq, id, event, thread: in this order they sort."""
_BEGINNING: Final = (0, StreamId(b""), 0)


class Rewound(Exception):
    """Something came that is older than what was read: it is to be read from the beginning."""


Unread: TypeAlias = Callable[[StreamId, int, Exception], None]
"""Hears of an event, by stream and seq, that cannot be read."""


def _nobody(_stream: StreamId, _seq: int, _failed: Exception) -> None:
    """Nobody wants to know."""


class Log:
    """A hub's database, which another process writes. `verifier` checks the links of accounts;
    `unread` hears of events that are passed over because they cannot be read."""

    def __init__(self, path: Path, verifier: Verifier, unread: Unread = _nobody) -> None:
        self._database: Final = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA query_only = ON")
        self._verifier: Final = verifier
        self._unread: Final = unread
        self._places: Final[dict[StreamId, int]] = {}
        self._place: tuple[int, StreamId, int] = _BEGINNING
        """Time, stream and seq of what was read last."""
        self._following: Iterator[_Row] | None = None
        """What is read on in, until its end."""
        self._accounts: Accounts | None = None
        self._people_seq = -1
        self._consents: Final[dict[AccountId, dict[str, bool]]] = {}
        self._hidden: Final[dict[AccountId, frozenset[str]]] = {}
        self._consents_seq = 0

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def rewind(self) -> None:
        """Read from the beginning again."""
        self._places.clear()
        self._place = _BEGINNING
        self._following = None
        self._abreast = False

    @property
    def abreast(self) -> bool:
        """Has all been read that was there when it was looked at last?"""
        return self._abreast

    @contextmanager
    def snapshot(self) -> Generator[None]:
        """A block that reads one state, whatever the hub commits meanwhile; within one it is that
        one's."""
        if self._database.in_transaction:
            yield
            return
        self._database.execute("BEGIN")
        try:
            yield
        finally:
            self._database.execute("COMMIT")

    def read(self, now_ms: int, most: int) -> Iterator[Heard]:
        """What has not been read yet of up to `most` events, in order; none for nothing new, or
        where all of them count for nobody: `abreast` tells. Rewound where something is older than
        what was read."""
        self._abreast = False
        following = self._following or self._news(now_ms - SETTLED_MS)
        # Whatever fails begins again where it was.
        self._following = None
        for _ in range(most):
            row = next(following, None)
            if row is None:
                self._abreast = True
                return
            at_ms, stream, seq, event_id, event, thread = row
            if row[:3] < self._place:
                raise Rewound
            self._place, self._places[stream] = row[:3], seq
            fact = self._fact(stream, seq, at_ms, EventId(event_id), event)
            if fact is not None:
                yield Heard(fact, TargetId(thread) if thread is not None else None)
        self._following = following

    def _news(self, until_ms: int) -> Iterator[_Row]:
        with self.snapshot():
            streams = [DIRECTORY, PEOPLE, *(channel_stream(each) for each in self.channels())]
            heads: dict[StreamId, int] = dict(self._database.execute(_HEADS).fetchall())
            self._learn_people()
        return merge(
            *(self._stream(each, until_ms, heads[each]) for each in streams if each in heads)
        )

    def _stream(self, stream: StreamId, until_ms: int, head: int) -> Iterator[_Row]:
        seq = self._places.get(stream, 0)
        while seq < head:
            with closing(self._database.execute(_LOG, (stream, seq, CHUNK_ROWS))) as found:
                rows = found.fetchall()
            for at_ms, seq, event_id, event, thread in rows:
                if at_ms > until_ms or seq > head:
                    return
                yield at_ms, stream, seq, event_id, event, thread
            if len(rows) < CHUNK_ROWS:
                return

    def _fact(
        self, stream: StreamId, seq: int, at_ms: int, event_id: EventId, data: bytes
    ) -> Fact | None:
        """An event as the fold sees it; None for one that nobody here has signed, that is of a kind
        unknown or cannot be read."""
        assert self._accounts is not None, "people are learnt before anything is read"
        try:
            event = decode_event(data)
        except ProtocolError as broken:
            self._unread(stream, seq, broken)
            return None
        header = event.header
        author = self._accounts.author(header.device)
        if author is None or STANDARD.get(header.kind) is None:
            return None
        body = None
        if not event.is_stub:
            try:
                body = STANDARD.decode(header.kind, event.body)
            except ProtocolError:
                return None
        return Fact(
            stream, seq, at_ms, event_id, author.account, header.device, header.kind,
            header.ts_seconds, body,
        )  # fmt: skip

    # What holds now.

    def _hub_key(self) -> DeviceKey:
        """The hub has said it first of all; StoreBroken where it has not."""
        rows = self._database.execute(_FIRST, (DIRECTORY,)).fetchall()
        event = decode_event(rows[0][0]) if rows else None
        body = STANDARD.decode(event.header.kind, event.body) if event is not None else None
        if not isinstance(body, Bootstrap):
            raise StoreBroken("the log does not begin as a hub's does")
        return body.key

    def channels(self) -> list[ChannelId]:
        """The public channels."""
        keys = self._value(DIRECTORY, nouns.CHANNEL)
        return sorted({ChannelId(key[:16]) for key in keys})

    def consents(self, purpose: str) -> frozenset[AccountId]:
        """Who agrees to a purpose now."""
        with self.snapshot():
            # Whoever agrees is known to who is read in the same moment.
            self._learn_people()
            self._hear_consents()
        return frozenset(who for who, said in self._consents.items() if said.get(purpose, False))

    def hidden_badges(self, account: AccountId) -> frozenset[str]:
        """The rules of the badges that somebody shows to nobody."""
        with self.snapshot():
            self._learn_people()
            self._hear_consents()
        return self._hidden.get(account, frozenset())

    def _hear_consents(self) -> None:
        while rows := self._database.execute(
            _LOG, (PEOPLE, self._consents_seq, CHUNK_ROWS)
        ).fetchall():
            for at_ms, seq, event_id, event, _ in rows:
                self._consents_seq = seq
                fact = self._fact(PEOPLE, seq, at_ms, EventId(event_id), event)
                if fact is not None:
                    self._hear_choice(fact.account, fact.body)

    def _hear_choice(self, account: AccountId, body: Body | None) -> None:
        if isinstance(body, Consent):
            self._consents.setdefault(account, {})[body.purpose] = body.on
        elif isinstance(body, ProfileField) and body.name == HIDDEN_BADGES:
            self._hidden[account] = frozenset((body.value or "").split())

    def members(self) -> frozenset[AccountId]:
        """Who is here, but bots and those who are banned."""
        banned = self._value(MODERATION, nouns.BANNED)
        gone = {key for key, held in banned.items() if held is not None}
        gone |= {key for key, role in self._roles().items() if role == "bot"}
        named = cast("list[bytes]", [*self._value(PEOPLE, nouns.HANDLE).values()])
        return frozenset(AccountId(each) for each in named if each not in gone)

    def stewards(self) -> frozenset[AccountId]:
        """Who holds an office."""
        offices = ("owner", "admin", "moderator")
        return frozenset(AccountId(key) for key, role in self._roles().items() if role in offices)

    def _roles(self) -> Mapping[bytes, Value]:
        return self._value(DIRECTORY, nouns.ROLE)

    def _learn_people(self) -> None:
        """Which device is whose, as of what the log says by now."""
        cells = [
            (noun, key, Cell(seq, value))
            for noun in sorted(Accounts.NOUNS)
            for key, seq, value in self._cells(PEOPLE, noun)
        ]
        newest = max((cell.seq for _, _, cell in cells), default=0)
        if self._accounts is None or newest != self._people_seq:
            key = self._hub_key()
            self._accounts = Accounts.from_cells(hub_id(key), key, self._verifier, cells)
            self._people_seq = newest

    def _value(self, stream: StreamId, noun: str) -> dict[bytes, Value]:
        return {key: value for key, _, value in self._cells(stream, noun)}

    def _cells(self, stream: StreamId, noun: str) -> list[tuple[bytes, int, Value]]:
        rows = self._database.execute(_CELLS, (stream, noun)).fetchall()
        return [
            (key, seq, cast("Value", decode(value, VALUE_BYTES_MAX))) for key, seq, value in rows
        ]
