"""What waits to be sent and what was refused, as rows: the refused ones first."""

from collections.abc import Container, Sequence
from typing import Final

from hobnob_client import term_safe
from hobnob_client.catalogue import later, t
from hobnob_client.reading import Reader
from hobnob_client.tui.listing import TALKS, place_name, waits
from hobnob_client.tui.refusals import words
from hobnob_client.tui.rows import WhyWaits
from hobnob_client.tui.timeline.row import Row, Sending
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    EventId,
    StreamId,
    TargetId,
    stream_type,
    target_of,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.conversations import Conversation
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.kinds.trust import Accept
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.value import value
from hobnob_sync.ports import OutboxRow, TrayRow

_DEEDS: Final = {
    "thread_title": later("a title for a thread"),
    "thread_resolve": later("a thread solved or open again"),
    "accept_answer": later("an accepted answer"),
    "thanks": later("thanks for"),
    "join": later("joining"),
    "leave": later("leaving"),
    "poll": later("a poll"),
    "vote": later("a vote"),
    "poll_close": later("closing the poll"),
    "report": later("a report"),
    "report_sealed": later("a report"),
    "hide": later("hiding"),
    "block": later("blocking"),
    "mute": later("muting"),
    "save": later("saving a message"),
    "group": later("a change of a group"),
    "verify": later("verifying somebody"),
    "device": later("a change of your devices"),
    "device_name": later("a name for a device"),
    "read_cursor": later("how far you have read"),
}
"""What the kinds do that one may see waiting; any other is called by its own name."""
_WAITS: Final = 1 << 40
"""What waits stands below everything that was refused."""
_PLACES: Final = {
    DIRECTORY: later("the hub"),
    PEOPLE: later("people"),
    MODERATION: later("moderators"),
}


@value
class Waiting:
    """One thing said here that the hub has not taken: its place in outbox or tray, where it
    belongs, and which message it is or is about, None for what is about none. `text` is a message's
    own, as written; "" for anything else."""

    n: int
    stream: StreamId
    target: TargetId | None
    thread: TargetId | None
    text: str
    refused: bool

    @property
    def is_of_a_talk(self) -> bool:
        """Does it belong to a channel or a conversation, where one can go?"""
        return stream_type(self.stream) in TALKS


class OutboxRows:
    """Reads both anew each time; `dropped` are numbers in the tray that are as good as gone."""

    def __init__(self, reader: Reader, dropped: Container[int], why_waits: WhyWaits) -> None:
        self._reader = reader
        self._dropped = dropped
        self._why_waits = why_waits
        self.waiting: dict[TargetId, Waiting] = {}

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [row for row in self._rows() if order is None or row.order < order][-limit:]

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [row for row in self._rows() if row.order > order][:limit]

    def extent(self) -> None:
        """As a `RowSource`: all of it is held."""

    def _rows(self) -> list[Row]:
        self.waiting = {}
        refused = [self._row(row, row.code) for row in self._reader.tray()]
        waiting = [self._row(row, "") for row in self._reader.outbox() if waits(row)]
        return [*refused, *waiting]

    def _row(self, said: OutboxRow | TrayRow, code: str) -> Row:
        n, stream = said.n, said.stream
        # Neither is in a log yet, so each is named by its place: what one is known by may change.
        key = target_of(EventId(n.to_bytes(32, "little")))
        at_ms, body = _read(said.said or said.event)
        named = getattr(body, "target", None)
        is_post = isinstance(body, Post)
        about = TargetId(named) if isinstance(named, bytes) else None
        target = self._reader.name(said) if is_post else about
        thread = body.thread if isinstance(body, Post) else None
        text = body.text if isinstance(body, Post | Edit) else ""
        self.waiting[key] = Waiting(n, stream, target, thread, text, bool(code))
        dropped = n in self._dropped and code
        why = words(code) if code else self._why_waits(stream)
        return Row(
            key,
            n if code else n + _WAITS,
            self._place(stream),
            at_ms,
            term_safe.body(text),
            mine=True,
            thread=key,
            quote="" if is_post else self._about(stream, target, body),
            sending=Sending.REFUSED if code else Sending.QUEUED,
            why=t("dropped, z undoes it") if dropped else why,
        )

    def _place(self, stream: StreamId) -> str:
        if stream_type(stream) in TALKS:
            return place_name(self._reader, stream)
        return t(_PLACES.get(stream, later("you")))

    def _about(self, stream: StreamId, target: TargetId | None, body: Body | None) -> str:
        """What it does, and to which message."""
        shown = self._reader.message(stream, target) if target is not None else None
        quoted = f": {term_safe.line(shown.text)}" if shown is not None and shown.text else ""
        return f"{_deed(body)}{quoted}"


def _read(data: bytes) -> tuple[int, Body | None]:
    """When and what one of our own events said; nothing of one that has rotted."""
    try:
        event = decode_event(data)
        body = STANDARD.decode(event.header.kind, event.body)
    except ProtocolError:
        return 0, None
    return event.header.ts_seconds * 1_000, body


def _deed(body: Body | None) -> str:
    if isinstance(body, React):
        emoji = term_safe.line(body.emoji)
        return t("{emoji} given to" if body.on else "{emoji} taken back from", emoji=emoji)
    if isinstance(body, Edit):
        return t("a change of")
    if isinstance(body, Delete):
        return t("deleting")
    if isinstance(body, Conversation):
        return t("the beginning of a conversation")
    if isinstance(body, Accept):
        return t("whom you wrote to may write to you")
    if body is None:
        return t("something")
    name = STANDARD.of(type(body)).name
    return t(_DEEDS.get(name, name.replace("_", " ")))
