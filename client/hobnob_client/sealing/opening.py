"""Opens one sealed event, with whatever of its session must be read again for that."""

from contextlib import suppress
from typing import Final

from hobnob_client.sealing.believing import is_believed
from hobnob_client.sealing.tables import OpenedText, Tables
from hobnob_client.sealing.views import Views
from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import ForkError, ProtocolError, SealAwaits, SealClosed, Unopened
from hobnob_protocol.event import Author, Event, decode_event
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kind import Body
from hobnob_protocol.registry import Registry
from hobnob_protocol.sealing.body import Message, Start, decode_body
from hobnob_protocol.sealing.doubts import Doubts
from hobnob_protocol.sealing.keeping import SealKeys
from hobnob_protocol.sealing.receiving import Opened, ReceivingSide
from hobnob_protocol.sealing.roster import View
from hobnob_protocol.sealing.said import Said, decode_said
from hobnob_protocol.value import value
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.ports import Entry, RangeKey
from hobnob_sync.shelf_sql import SqlShelf

SIDES_MAX: Final = 256
"""Conversations whose sessions are held open; another one opens them again by their starts."""


@value
class Result:
    """What became of a sealed event: what it says, or why not.

    `is_start`: it begins a session and says nothing. `code` is why it could not be opened, "" where
    it was: of `Unopened`, or the rule that was broken. `about` is what it waits for, of a start
    that was taken the session it begins, None where nothing can come. `forked`: two histories were
    shown.
    """

    said: tuple[Said, Body] | None = None
    is_start: bool = False
    code: str = ""
    about: bytes | None = None
    forked: bool = False


class Opening:
    """The receiving sides of all conversations. Sessions live in memory only."""

    def __init__(
        self,
        shelf: SqlShelf,
        views: Views,
        tables: Tables,
        me: Author,
        keys: SealKeys,
        doubts: Doubts,
        verifier: Verifier,
        registry: Registry,
    ) -> None:
        self._shelf = shelf
        self._views = views
        self._tables = tables
        self._me = me
        self._keys = keys
        self._doubts = doubts
        self._verifier = verifier
        self._registry = registry
        self._sides: dict[StreamId, ReceivingSide] = {}

    def open(
        self, state: ReplicaState, stream: StreamId, entry: Entry, event: Event, author: Author
    ) -> Result:
        """Open the sealed event that stands at `entry`; what it says is kept."""
        known = self._tables.opened(entry.event_id)
        if known is None:
            known = self._handed(state, stream, entry, event, author)
        if known is not None:
            return self._read(known.said)
        try:
            body = decode_body(event.body)
        except ProtocolError as broken:
            return Result(code=broken.rule)
        about = _session(author, body.sid)
        try:
            side, view = self._side(stream), self._views.view(state, stream)
            opened = self._take(side, view, state, stream, entry, author, body)
        except SealAwaits as awaits:
            waits_for = about if awaits.code is Unopened.START else bytes.fromhex(awaits.detail)
            return Result(code=awaits.code, about=waits_for, is_start=isinstance(body, Start))
        except SealClosed as closed:
            return Result(code=closed.code, is_start=isinstance(body, Start))
        except ForkError as forked:
            return Result(code=forked.rule, is_start=isinstance(body, Start), forked=True)
        except ProtocolError as broken:
            return Result(code=broken.rule, is_start=isinstance(body, Start))
        if opened is None:
            return Result(is_start=True, about=about)
        text = OpenedText(opened.text, opened.opening.salt, opened.departed)
        self._tables.put_opened(stream, entry.event_id, text)
        return self._read(text.said)

    def _handed(
        self, state: ReplicaState, stream: StreamId, entry: Entry, event: Event, author: Author
    ) -> OpenedText | None:
        """What another device has handed over, where it is what the event says: kept from now on as
        if it had been opened here. It is looked at once."""
        text = self._tables.handed(entry.event_id)
        if text is None:
            return None
        self._tables.drop_handed(entry.event_id)
        place = (self._me.account, state.identity.hub, stream, self._verifier)
        if not is_believed(text, entry.event, event, author, *place):
            return None
        self._tables.put_opened(stream, entry.event_id, text)
        return text

    def remember(self, state: ReplicaState, stream: StreamId) -> None:
        """Read the last start of each device of a conversation again: what it tells of chains must
        be known before anything is sealed."""
        side, view = self._side(stream), self._views.view(state, stream)
        for seq in self._tables.last_starts(stream):
            self._start(side, view, state, stream, seq)

    def _take(
        self,
        side: ReceivingSide,
        view: View,
        state: ReplicaState,
        stream: StreamId,
        entry: Entry,
        author: Author,
        body: Start | Message,
    ) -> Opened | None:
        """Take an event; where its session is not open, once more after its start."""
        try:
            return side.take(entry.event, author, view)
        except SealAwaits as awaits:
            if awaits.code is not Unopened.START:
                raise
            for seq in self._tables.starts(stream, author.device, body.sid):
                self._start(side, view, state, stream, seq)
            return side.take(entry.event, author, view)

    def _start(
        self, side: ReceivingSide, view: View, state: ReplicaState, stream: StreamId, seq: int
    ) -> None:
        """Take a start again; what was wrong with it was said when it came."""
        key = RangeKey(stream, seq, 1, 1)
        for entry in self._shelf.load((key,)).get(key):
            author = state.accounts.author(decode_event(entry.event).header.device)
            if author is not None:
                with suppress(SealAwaits, SealClosed, ProtocolError):
                    side.take(entry.event, author, view)

    def _read(self, said: bytes) -> Result:
        try:
            return Result(said=decode_said(said, self._registry))
        except ProtocolError as broken:
            return Result(code=broken.rule)

    def _side(self, stream: StreamId) -> ReceivingSide:
        side = self._sides.get(stream)
        if side is None:
            if len(self._sides) >= SIDES_MAX:
                del self._sides[next(iter(self._sides))]
            side = ReceivingSide(self._me, self._keys, self._doubts, self._verifier)
            self._sides[stream] = side
        return side


def _session(author: Author, sid: bytes) -> bytes:
    """How a session is named among what waits."""
    return author.device + sid
