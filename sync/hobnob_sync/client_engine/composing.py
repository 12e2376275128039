"""The person says something: signed, and durable in the outbox before the screen shows it."""

from hobnob_protocol.errors import OutboxFull, ProtocolError, UsageError
from hobnob_protocol.event import compose, decode_event
from hobnob_protocol.ids import StreamId
from hobnob_protocol.limits import OUTBOX_BYTES_MAX, OUTBOX_EVENTS_MAX
from hobnob_sync.client_engine import unsealed
from hobnob_sync.client_engine.inputs import (
    Changed,
    Compose,
    Composed,
    Discard,
    Refreshed,
    Retry,
)
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.client_engine.step import Step
from hobnob_sync.ports import OutboxRow, TrayRow


def compose_event(step: Step, said: Compose) -> None:
    """Sign `said` and put it into the outbox.

    OutboxFull when too much waits already, UsageError where `said` makes no event; nothing is
    changed then.
    """
    state = step.state
    if len(state.outbox) >= OUTBOX_EVENTS_MAX or state.outbox_bytes >= OUTBOX_BYTES_MAX:
        raise OutboxFull("Too much waits to be sent: connect first. Your text is kept.")
    if unsealed.goes_sealed(state, said):
        unsealed.keep(step, said)
        return
    seen_seq, seen_head = state.seen(said.stream)
    identity = state.identity
    author_seq = state.author_seq + 1
    data, event_id = compose(
        identity.hub,
        said.stream,
        identity.author,
        identity.signer,
        said.kind,
        said.body,
        author_seq,
        seen_seq,
        seen_head,
        said.ts_seconds,
        said.salt,
    )
    n = step.take_number()
    state.author_seq = author_seq
    step.put_number("author_seq", author_seq)
    step.put_outbox(OutboxRow(n, 0, said.stream, event_id, data, "queued"))
    step.say(Composed(n, event_id))
    step.say(Changed(said.stream))


def retry(step: Step, again: Retry) -> None:
    """Send what was refused once more, as a new event; the tray's row goes."""
    row = step.state.tray.get(again.n)
    if row is None:
        raise UsageError(f"Nothing refused has the number {again.n}.")
    try:
        event = decode_event(row.said or row.event)
    except ProtocolError as broken:
        raise UsageError(f"What was refused as number {again.n} has rotted.") from broken
    compose_event(
        step, Compose(row.stream, event.header.kind, event.body, again.salt, again.ts_seconds)
    )
    discard(step, Discard(again.n))


def discard(step: Step, dropped: Discard) -> None:
    """Forget a refused event; one that is not there is forgotten already."""
    row = step.state.tray.pop(dropped.n, None)
    if row is not None:
        step.transaction.tray[row.n] = None
        step.say(Changed(row.stream))


def refresh(step: Step, found: Refreshed) -> None:
    """Take over what other processes of this device have said meanwhile; the store has it already,
    so nothing is written."""
    state = step.state
    before = _streams_of(state)
    state.take_own(found.outbox, found.tray, found.meta)
    after = _streams_of(state)
    for row, stream in {**before, **after}.items():
        if row not in after or row not in before:
            step.say(Changed(stream))


def _streams_of(state: ReplicaState) -> dict[OutboxRow | TrayRow, StreamId]:
    """What was said here, and where."""
    rows: tuple[OutboxRow | TrayRow, ...] = (*state.outbox.values(), *state.tray.values())
    return {row: row.stream for row in rows}
