"""What may be asked about messages: said, waiting, refused or lost, and reported."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from hobnob_client.reading import (
    places,
    threads,
    timeline,
)
from hobnob_client.reading.annotations import Annotations
from hobnob_client.reading.answering import Answering
from hobnob_client.reading.threads import Begun, Thread
from hobnob_client.reading.timeline import Page
from hobnob_protocol import nouns
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    EventId,
    StreamId,
    TargetId,
    target_of,
)
from hobnob_sync.client_engine.unsealed import name_of
from hobnob_sync.opened import opened_stream
from hobnob_sync.ports import (
    CellsKey,
    OrphanRow,
    OrphansKey,
    OutboxRow,
    TrayRow,
)
from hobnob_sync.views import poll, reactions, thanks
from hobnob_sync.views.message import Message
from hobnob_sync.views.poll import Poll
from hobnob_sync.views.reactions import Reaction
from hobnob_sync.views.thanks import Thanked
from hobnob_sync.views.thread import Heading

if TYPE_CHECKING:
    from hobnob_client.reading.reports import Reported, Reporting

NAME_LETTERS_MIN: Final = 4
"""Fewer name too many messages to be looked for in every place."""


class MessageReader(Answering):
    """See `Reader`."""

    def before(self, stream: StreamId, seq: int | None, limit: int) -> Page:
        """Up to `limit` messages before a place; None for the newest, and what waits with them."""
        return timeline.before(self._desk, opened_stream(stream), seq, limit)

    def after(self, stream: StreamId, seq: int, limit: int) -> Page:
        """Up to `limit` messages after a place, and what waits where they reach the end."""
        return timeline.after(self._desk, opened_stream(stream), seq, limit)

    def pages_after(self, stream: StreamId, seq: int, limit: int) -> Iterator[Page]:
        """At least one page of up to `limit` messages after a place, and those after it to the end
        of what is held by then, which may be less than there was: each goes further."""
        return timeline.pages_after(self._desk, opened_stream(stream), seq, limit)

    def message(self, stream: StreamId, target: TargetId) -> Message | None:
        """One message; None where it is not held."""
        return timeline.one(self._desk, opened_stream(stream), target)

    def messages(self, stream: StreamId, targets: Sequence[TargetId]) -> tuple[Message, ...]:
        """Those of some messages that are held, in the order in which they are asked for."""
        return timeline.each(self._desk, opened_stream(stream), targets)

    def annotations(self, stream: StreamId, messages: Sequence[Message]) -> Annotations:
        """What stands at the messages of a page, all of a stream."""
        return Annotations(self._desk, opened_stream(stream), messages)

    def reactions(self, stream: StreamId, target: TargetId) -> tuple[Reaction, ...]:
        """The reactions to a message, the one that has stood longest first."""
        shown = opened_stream(stream)
        cells = self._desk.cells(shown, reactions.asks(shown, target))
        return reactions.view(cells, target, self.me)

    def thanks(self, stream: StreamId, target: TargetId) -> tuple[Thanked, ...]:
        """All thanks for a message that stand, the oldest first; in a conversation there are
        none."""
        return thanks.view(self._desk.cells(stream, thanks.asks(stream, target)), target)

    def poll(self, stream: StreamId, target: TargetId) -> Poll | None:
        """A poll's options and votes; None where the message is none, or has none left."""
        return poll.view(self._desk.cells(stream, poll.asks(stream, target)), target, self.me)

    def heading(self, stream: StreamId, root: TargetId) -> Heading:
        """What a thread is called and whether it is settled."""
        return threads.heading(self._desk, opened_stream(stream), root)

    def threads_lately(self, stream: StreamId, limit: int) -> tuple[Begun, ...]:
        """The threads that begin among so many (from 1) of the newest messages, the newest first:
        those that were answered there, or have a title."""
        return threads.lately(self._desk, opened_stream(stream), limit)

    def thread(self, stream: StreamId, root: TargetId) -> Thread:
        """One thread as far as it is held."""
        return threads.read(self._desk, opened_stream(stream), root)

    def target(self, stream: StreamId, name: str) -> TargetId | None:
        """The one message of a stream whose hexadecimal name, or whose event's id, begins with
        `name`; None for no or several such messages, and for less than `NAME_LETTERS_MIN`."""
        wanted = name.lower()
        if len(wanted) < NAME_LETTERS_MIN:
            return None
        try:
            prefix = target_of(EventId(bytes.fromhex(wanted[: len(wanted) // 2 * 2])))
        except ValueError:
            return None
        shown = opened_stream(stream)
        cells = self._desk.cells(shown, (CellsKey(shown, nouns.MESSAGE, prefix),))
        found = [
            key
            for key, cell in cells.scan(nouns.MESSAGE, prefix)
            if key.hex().startswith(wanted)
            or (wanted.startswith(key.hex()) and self._has_id(shown, cell.seq, wanted))
        ]
        return TargetId(found[0]) if len(found) == 1 else None

    def _has_id(self, stream: StreamId, seq: int, wanted: str) -> bool:
        """Does the id of a place's event, or of one that waits, begin so?"""
        logged = places.entry(self._desk, stream, seq)
        waiting = [read.entry for read in self._desk.waiting(stream)]
        entries = waiting if logged is None else [logged, *waiting]
        return any(entry.event_id.hex().startswith(wanted) for entry in entries)

    # Reports.

    def report(self, stream: StreamId, target: TargetId, reason: str) -> "Reporting":
        """What tells the moderators of a message; of a conversation's, with what proves it.
        UsageError, in words, where it cannot be shown."""
        # What proves needs libraries that take their time.
        from hobnob_client.reading import reports

        return reports.report(self._desk, stream, target, reason)

    def reports(self, limit: int) -> "tuple[Reported, ...]":
        """For moderators: up to `limit` reports, the newest first, each checked."""
        from hobnob_client.reading import reports

        return reports.reports(self._desk, limit)

    # What was said here.

    def outbox(self) -> tuple[OutboxRow, ...]:
        """What waits to be sent, or to come back, in its order."""
        return tuple(self._desk.state.outbox.values())

    def tray(self) -> tuple[TrayRow, ...]:
        """What was refused, oldest first."""
        return tuple(self._desk.state.tray.values())

    def name(self, row: OutboxRow | TrayRow) -> TargetId:
        """What a message in either is known by where it is read; of one that has rotted, that of
        its row."""
        try:
            return target_of(name_of(self._desk.state, row) if row.said else row.event_id)
        except ProtocolError:
            return target_of(row.event_id)

    def own_orphans(self) -> tuple[OrphanRow, ...]:
        """What this device said, the hub has lost, and has not taken back yet."""
        device = self._desk.state.identity.author.device
        return tuple(
            row for row in self._orphans() if decode_event(row.event).header.device == device
        )

    def _orphans(self) -> Iterator[OrphanRow]:
        if not self._desk.state.spilled:
            yield from self._desk.state.orphans.values()
            return
        key = OrphansKey(None)
        while rows := self._desk.store.load((key,)).get(key):
            yield from rows
            key = OrphansKey(rows[-1].place)
