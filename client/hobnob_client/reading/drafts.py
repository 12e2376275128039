"""What was begun and not sent, on any of one's own devices."""

from hobnob_client.reading.desk import Desk
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.sealing.draft import Draft, decode_draft, encode_draft
from hobnob_protocol.value import value


@value
class DraftLine:
    """One draft: where, what, and when it was written. `beside`: another one was written there at
    the same time, and later. `shared`: the account's other devices can have it."""

    draft: Draft
    text: str
    at_ms: int
    beside: bool
    shared: bool

    @property
    def stream(self) -> StreamId:
        """Where it was begun."""
        return self.draft.stream

    @property
    def thread(self) -> TargetId | None:
        """In which thread there."""
        return self.draft.thread


def draft_of(desk: Desk, stream: StreamId, thread: TargetId | None) -> str:
    """The draft of a place, "" for none."""
    held = PrivateTable(desk.store.sql).get(encode_draft(Draft(stream, thread)))
    return "" if held is None else held.value.decode(errors="replace")


def lines(desk: Desk) -> tuple[DraftLine, ...]:
    """All of them, the newest first."""
    found: list[DraftLine] = []
    for held in PrivateTable(desk.store.sql).all():
        draft = decode_draft(held.name)
        if draft is not None:
            text = held.value.decode(errors="replace")
            shared = held.number > 0 and not held.edited_ms
            found.append(DraftLine(draft, text, held.time_ms, bool(draft.other), shared))
    return tuple(sorted(found, key=lambda line: (-line.at_ms, line.draft.stream, line.text)))
