"""What waits to be sent and what was refused, as rows: the refused ones first."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_client import term_safe
from hobnob_client.reading import Reader
from hobnob_client.tui.listing import channel_name
from hobnob_client.tui.refusals import words
from hobnob_client.tui.timeline.row import Row, Sending
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import DIRECTORY, MODERATION, PEOPLE, StreamId, TargetId, target_of
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.registry import STANDARD

_WAITS: Final = 1 << 40
"""What waits stands below everything that was refused."""
_PLACES: Final = {DIRECTORY: "the hub", PEOPLE: "people", MODERATION: "moderators"}


@dataclass(frozen=True, slots=True)
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


class OutboxRows:
    """Reads both anew each time; `dropped` are numbers in the tray that are as good as gone."""

    def __init__(self, reader: Reader, dropped: Container[int]) -> None:
        self._reader = reader
        self._dropped = dropped
        self.waiting: dict[TargetId, Waiting] = {}

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [row for row in self._rows() if order is None or row.order < order][-limit:]

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [row for row in self._rows() if row.order > order][:limit]

    def _rows(self) -> list[Row]:
        self.waiting = {}
        refused = [
            self._row(target_of(row.event_id), row.n, row.stream, row.event, row.code)
            for row in self._reader.tray()
        ]
        waits = [
            self._row(target_of(row.event_id), row.n, row.stream, row.event, "")
            for row in self._reader.outbox()
            if row.state == "queued"
        ]
        return [*refused, *waits]

    def _row(self, name: TargetId, n: int, stream: StreamId, data: bytes, code: str) -> Row:
        at_ms, body = _read(data)
        named = getattr(body, "target", None)
        is_post = isinstance(body, Post)
        target = name if is_post else TargetId(named) if isinstance(named, bytes) else None
        thread = body.thread if isinstance(body, Post) else None
        text = body.text if isinstance(body, Post | Edit) else ""
        self.waiting[name] = Waiting(n, stream, target, thread, text, bool(code))
        return Row(
            name,
            n if code else n + _WAITS,
            self._place(stream),
            at_ms,
            term_safe.body(text),
            mine=True,
            thread=name,
            quote="" if is_post else self._about(stream, target, body),
            sending=Sending.REFUSED if code else Sending.QUEUED,
            why="dropped, z undoes it" if n in self._dropped and code else words(code),
        )

    def _place(self, stream: StreamId) -> str:
        if stream[:2] == b"c:":
            return channel_name(self._reader, stream)
        return _PLACES.get(stream, "you")

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
        return f"{term_safe.line(body.emoji)} {'given to' if body.on else 'taken back from'}"
    if isinstance(body, Edit):
        return "a change of"
    if isinstance(body, Delete):
        return "deleting"
    return "something" if body is None else STANDARD.of(type(body)).name.replace("_", " ")
