"""Lays out the opened log of each conversation, in the places of the sealed one.

New events are laid in the transaction that brings them; what was held before, the newest first,
whenever there is time. What cannot be opened yet is tried again when what it waits for has come.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from hobnob_client.sealing.opening import Opening, Result
from hobnob_client.sealing.tables import OpenedText, Tables
from hobnob_client.sealing.views import Views
from hobnob_protocol import nouns, writing
from hobnob_protocol.errors import ProtocolError, Unopened
from hobnob_protocol.event import decode_event, stub
from hobnob_protocol.ids import PEOPLE, AccountId, StreamId, TargetId, target_of
from hobnob_protocol.kinds.messages import Edit
from hobnob_protocol.limits import EVENT_BYTES_MAX
from hobnob_protocol.registry import Registry
from hobnob_protocol.sealing.body import KIND as SEALED
from hobnob_protocol.sealing.said import decode_said, encode_said
from hobnob_sync import fold
from hobnob_sync.client_engine.inputs import Alarm, Changed, Output
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.keys import CellKey
from hobnob_sync.opened import (
    Shown,
    is_conversation,
    opened_stream,
    read_written,
    shown_closed,
    shown_said,
    shown_withdrawn,
    written,
)
from hobnob_sync.ports import Entry, RangeKey, ReplicaStream, ReplicaTransaction, TrayRow
from hobnob_sync.shelf_sql import SqlShelf

BATCH_EVENTS: Final = 64
"""Events of one transaction: some ten milliseconds of opening."""
FORKED: Final = "sealed.fork"

Refresh = Callable[[StreamId, Iterable[TargetId]], None]
"""Has these messages found by what they say now."""


class Laying:
    """The opened logs of one replica, on the connection its pages are written with."""

    def __init__(
        self,
        shelf: SqlShelf,
        views: Views,
        tables: Tables,
        opening: Opening,
        registry: Registry,
        refresh: Refresh,
    ) -> None:
        self._shelf = shelf
        self._views = views
        self._tables = tables
        self._opening = opening
        self._registry = registry
        self._refresh = refresh
        self._laid = tables.laid()
        self._touched: dict[StreamId, None] = {}
        self._stripped: list[tuple[StreamId, int]] = []
        self._told: dict[int, TrayRow] = {}
        """What lies in the tray with its text, and came there without."""
        self._to_try: dict[tuple[StreamId, str, bytes], int] = {}
        """What is still to be tried again, by what it has waited for, and how far that has come."""
        self._handed_to: dict[StreamId, int] | None = {}
        """How far it was looked for what was handed over; None once it was looked for everywhere:
        what comes later finds its text itself."""

    def follow(self, transaction: ReplicaTransaction) -> None:
        """Inside the transaction that writes this, before it is written."""
        for n, row in transaction.outbox.items():
            if row is None and n not in transaction.tray:
                self._keep_own(n)
        self._told = {}
        for n, refused in transaction.tray.items():
            if refused is not None and not refused.said and is_conversation(refused.stream):
                self._tell_own(n, refused)
        transaction.tray.update(self._told)
        for stream in transaction.purges:
            if is_conversation(stream):
                self._unlay(stream)
                self._tables.forget(stream)
        for stream, _ in transaction.orphaned:
            if is_conversation(stream):
                self._unlay(stream)
        for stream, _ in transaction.entries:
            if is_conversation(stream) or (stream == PEOPLE and self._tables.any_awaiting):
                self._touched[stream] = None
        self._stripped += [
            (stream, seq) for stream, seq, _ in transaction.strips if is_conversation(stream)
        ]

    def settle(self, state: ReplicaState) -> tuple[Output, ...]:
        """The same, after it is written: lay what has come."""
        outputs: list[Output] = []
        state.tray.update((n, row) for n, row in self._told.items() if n in state.tray)
        self._told = {}
        for stream, seq in self._stripped:
            self._withdraw(state, stream, seq)
        touched, self._touched = tuple(self._touched), {}
        self._stripped = []
        for stream in touched:
            if stream == PEOPLE:
                outputs += self._people(state)
            elif stream in state.streams:
                outputs += self._advance(state, state.streams[stream])
        return tuple(outputs)

    def advance(self, state: ReplicaState) -> tuple[Output, ...] | None:
        """Lay one more batch of anything; None where all that is held is laid."""
        for stream, code, about in self._to_try:
            return tuple(self._again(state, stream, code, about))
        for row in state.streams.values():
            if is_conversation(row.stream) and row.hi >= row.lo and self._lacks(row):
                return tuple(self._advance(state, row))
        return self._lay_handed(state)

    def _lay_handed(self, state: ReplicaState) -> tuple[Output, ...] | None:
        """Lay a batch anew of which another device has handed over the texts."""
        if self._handed_to is None:
            return None
        for stream in self._tables.handed_streams():
            after = self._handed_to.get(stream, 0)
            seqs = self._tables.held_handed(stream, after, BATCH_EVENTS)
            if not seqs or stream not in state.streams:
                continue
            self._handed_to[stream] = seqs[-1]
            entries = [each for seq in seqs for each in self._entries(stream, seq, seq)]
            for seq in seqs:
                self._tables.settle(stream, seq)
            outputs = self._lay(state, stream, entries)
            for entry in entries:
                self._tables.drop_handed(entry.event_id)
                self._reindex(stream, entry.seq)
            return tuple(outputs)
        self._handed_to = None
        return None

    def _tell_own(self, n: int, refused: TrayRow) -> None:
        """What the hub had lost and does not take back was sealed: its author reads what it said,
        and can say it again."""
        text = self._tables.opened(refused.event_id)
        if text is None:
            return
        try:
            said, _ = decode_said(text.said, self._registry)
            device = decode_event(refused.event).header.device
        except ProtocolError:
            return
        self._told[n] = replace(refused, said=written(said, device))

    def _keep_own(self, n: int) -> None:
        """One's own words need not be opened: keep them as they leave the outbox."""
        found = self._tables.outbox_said(n)
        if found is not None:
            stream, event_id, said = found
            text = OpenedText(encode_said(read_written(decode_event(said))), b"", False)
            self._tables.put_opened(stream, event_id, text)

    def _unlay(self, stream: StreamId) -> None:
        self._tables.unlay(stream, opened_stream(stream))
        self._laid.pop(stream, None)
        self._touched.pop(stream, None)

    def _lacks(self, row: ReplicaStream) -> bool:
        lo, hi = self._laid.get(row.stream, (row.hi + 1, row.hi))
        return hi < row.hi or lo > row.lo

    def _advance(self, state: ReplicaState, row: ReplicaStream) -> list[Output]:
        """Lay a batch: what is newer than what is laid, then what is older."""
        stream = row.stream
        lo, hi = self._laid.get(stream, (row.hi + 1, row.hi))
        if hi < row.hi:
            first, last = hi + 1, min(row.hi, hi + BATCH_EVENTS)
        else:
            first, last = max(row.lo, lo - BATCH_EVENTS), lo - 1
        if last < first:
            return []
        self._laid[stream] = min(lo, first), max(hi, last)
        outputs = self._lay(state, stream, self._entries(stream, first, last))
        self._tables.put_laid(stream, *self._laid[stream])
        if first <= row.floor + 1:
            # Now the members of a group are known from its beginning.
            outputs += self._again(state, stream, Unopened.GROUP, b"")
        if last < row.hi:
            self._touched[stream] = None
        return outputs

    def _entries(self, stream: StreamId, first: int, last: int) -> tuple[Entry, ...]:
        count = last - first + 1
        key = RangeKey(stream, first, count, count * EVENT_BYTES_MAX)
        return self._shelf.load((key,)).get(key)

    def _lay(self, state: ReplicaState, stream: StreamId, entries: Iterable[Entry]) -> list[Output]:
        """Open these events, lay them out, and then what has waited for the sessions they begin."""
        outputs: list[Output] = [Changed(stream)]
        shown: list[Shown] = []
        begun: dict[bytes, None] = {}
        regrouped = False
        for entry in entries:
            found, result = self._show(state, stream, entry)
            shown.append(found)
            if result is None:
                # What is not sealed may change the group.
                self._views.forget_group(stream)
                regrouped = True
                continue
            if result.is_start and not result.code and result.about is not None:
                begun[result.about] = None
            if result.forked:
                outputs.append(Alarm(FORKED, stream, (entry.event,)))
        self._put(stream, shown)
        for session in begun:
            outputs += self._again(state, stream, Unopened.START, session)
        if regrouped:
            outputs += self._again(state, stream, Unopened.GROUP, b"")
        return outputs

    def _again(
        self, state: ReplicaState, stream: StreamId, code: str, about: bytes
    ) -> list[Output]:
        """Try once more what has waited for this: a batch now, what is left when there is time."""
        outputs: list[Output] = []
        after = self._to_try.pop((stream, code, about), 0)
        seqs = self._tables.awaiting(stream, code, about, after, BATCH_EVENTS)
        if len(seqs) == BATCH_EVENTS:
            self._to_try[stream, code, about] = seqs[-1]
        for seq in seqs:
            self._tables.settle(stream, seq)
            outputs += self._lay(state, stream, self._entries(stream, seq, seq))
            self._reindex(stream, seq)
        return outputs

    def _reindex(self, stream: StreamId, seq: int) -> None:
        """What stands there was laid anew, perhaps below what is indexed already."""
        opened = opened_stream(stream)
        for entry in self._entries(opened, seq, seq):
            if entry.seq == seq:
                self._refresh(opened, self._touched_by(entry))

    def _touched_by(self, entry: Entry) -> tuple[TargetId, ...]:
        event = decode_event(entry.event)
        kind = self._registry.get(event.header.kind)
        if kind is None or kind.root or not kind.target or event.is_stub:
            return (target_of(entry.event_id),)
        return (TargetId(getattr(self._registry.decode(kind.number, event.body), kind.target)),)

    def _people(self, state: ReplicaState) -> list[Output]:
        """Chains have grown: what has waited for them may be opened. A batch is tried now, what is
        left when there is time."""
        ready = [
            (stream, account)
            for stream, account in self._tables.awaiting_anywhere(Unopened.CHAIN, BATCH_EVENTS)
            if state.accounts.chain(AccountId(account)) is not None and stream in state.streams
        ]
        for stream, account in ready[BATCH_EVENTS:]:
            self._to_try[stream, Unopened.CHAIN, account] = 0
        outputs: list[Output] = []
        for stream, account in ready[:BATCH_EVENTS]:
            outputs += self._again(state, stream, Unopened.CHAIN, account)
        return outputs

    def _show(
        self, state: ReplicaState, stream: StreamId, entry: Entry
    ) -> tuple[Shown, Result | None]:
        """What stands in the place of an event; no result where it was not sealed."""
        event = decode_event(entry.event)
        author = state.accounts.author(event.header.device)
        assert author is not None, "what is in the log is by somebody known"
        if event.header.kind != SEALED:
            return Shown(entry, ()), None
        if event.is_stub:
            self._tables.drop_handed(entry.event_id)
            return shown_withdrawn(entry, author, event, stream), Result()
        result = self._opening.open(state, stream, entry, event, author)
        if result.is_start and not result.code and result.about is not None:
            device, sid = author.device, result.about[len(author.device) :]
            self._tables.put_start(stream, device, sid, entry.seq)
        elif result.code and result.about is not None:
            self._tables.await_(stream, entry.seq, result.code, result.about)
        if result.said is not None:
            said, body = result.said
            return shown_said(stream, entry, author, said, body, self._registry), result
        if result.is_start:
            return Shown(entry, ()), result
        return shown_closed(entry, author, event, stream, result.code), result

    def _put(self, stream: StreamId, shown: list[Shown]) -> None:
        opened = opened_stream(stream)
        writes = [write for each in shown for write in each.writes]
        keys = [*fold.asks_each(opened, writes)]
        names = [target_of(each.entry.event_id) for each in shown]
        keys += [CellKey(opened, nouns.MESSAGE, name) for name in names]
        cells = Overlay(opened, self._shelf.load(keys))
        for each in shown:
            fold.take(cells, each.writes, each.entry.seq)
        self._replace(stream, shown, cells)

    def _replace(self, stream: StreamId, shown: list[Shown], cells: Overlay) -> None:
        """Put entries and cells; where a message stood that could not be opened, it goes."""
        opened = opened_stream(stream)
        places = {each.entry.seq: each.entry for each in shown}
        gone: list[TargetId] = []
        for seq, entry in places.items():
            for stood in self._entries(opened, seq, seq):
                if stood.seq == seq and stood.event_id != entry.event_id:
                    gone.append(target_of(stood.event_id))
        changes = {(opened, *place): cell for place, cell in cells.changes().items()}
        changes.update({(opened, nouns.MESSAGE, name): None for name in gone})
        self._tables.put_entries(opened, places.values())
        self._shelf.put_cells(changes)

    def _withdraw(self, state: ReplicaState, stream: StreamId, seq: int) -> None:
        """The body of a sealed event is gone: so is what it said."""
        opened = opened_stream(stream)
        for sealed in self._entries(stream, seq, seq):
            self._tables.drop_opened(sealed.event_id)
            for stood in self._entries(opened, seq, seq):
                if stood.seq == seq:
                    self._withdraw_shown(state, stream, sealed, stood)
                    self._refresh(opened, self._touched_by(stood))

    def _withdraw_shown(
        self, state: ReplicaState, stream: StreamId, sealed: Entry, stood: Entry
    ) -> None:
        event = decode_event(stood.event)
        author = state.accounts.author(event.header.device)
        assert author is not None, "what is in the log is by somebody known"
        if stood.event_id == sealed.event_id:
            if event.header.kind == SEALED and not event.is_stub:
                self._put(stream, [shown_withdrawn(sealed, author, event, stream)])
            return
        if event.is_stub:
            return
        left = Entry(stood.seq, stood.at_ms, stood.event_id, stood.head, stub(stood.event))
        kind = self._registry.get(event.header.kind)
        if kind is not None and kind.root:
            writes = (writing.withdrawn(target_of(stood.event_id), author.account),)
            self._put(stream, [Shown(left, writes)])
            return
        self._put(stream, [Shown(left, ())])
        if kind is not None and kind.body is Edit:
            body = self._registry.decode(kind.number, event.body)
            assert isinstance(body, Edit)
            opened = opened_stream(stream)
            key = nouns.edit_key(body.target, stood.event_id)
            self._shelf.put_cells({(opened, nouns.EDIT, key): None})
