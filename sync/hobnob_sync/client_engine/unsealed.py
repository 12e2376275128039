"""What is said in conversations waits as it was said, and is sealed when it can be sent.

A text sealed to the keys of last month would reach nobody, so the outbox keeps the text; sealing is
done by shells, with the hub in reach. What was sealed and is not known to be on the hub when a new
connection opens is taken back and sealed anew: the old sealing never left.
"""

from dataclasses import replace
from typing import Final

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.errors import UsageError
from hobnob_protocol.event import compose, decode_event
from hobnob_protocol.ids import EventId, StreamType, target_of
from hobnob_protocol.kinds.conversations import SEALED
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.limits import START_PARTS_MAX
from hobnob_protocol.sealing.said import Said, encode_said, may_be_said, said_id
from hobnob_sync.client_engine.inputs import Changed, Compose, Composed, Seal
from hobnob_sync.client_engine.pushing import QUEUED, UNSEALED
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.client_engine.step import Step
from hobnob_sync.opened import conversation_of, is_conversation, written
from hobnob_sync.ports import OutboxRow, TrayRow

STARTS: Final = START_PARTS_MAX
"""Places left before each of these: what begins its session goes out before it."""


def goes_sealed(state: ReplicaState, said: Compose) -> bool:
    """Does this go out under seal? A message is withdrawn openly, so that the hub forgets it too,
    unless the message itself still waits here.

    ProtocolError where a body is none.
    """
    registry = state.identity.registry
    kind = registry.get(said.kind)
    if kind is None or not is_conversation(said.stream) or not may_be_said(registry, said.kind):
        return False
    if StreamType.CONVERSATION not in kind.streams:
        return True
    target = decode_body(Delete, said.body).target
    return any(
        row.stream == said.stream and row.said and target_of(name_of(state, row)) == target
        for row in state.outbox.values()
    )


def name_of(state: ReplicaState, row: OutboxRow | TrayRow) -> EventId:
    """How others will name what this row says."""
    return said_id(conversation_of(row.stream), state.account, decode_event(row.said).salt)


def keep(step: Step, composed: Compose) -> None:
    """Put what is said into the outbox as it is. UsageError where it is too long to be sealed."""
    state = step.state
    said = Said(composed.kind, composed.salt, composed.ts_seconds, composed.body)
    encode_said(said)
    data = written(said, state.identity.author.device)
    name = said_id(conversation_of(composed.stream), state.account, said.name)
    n = step.take_number(STARTS)
    step.put_outbox(OutboxRow(n, 0, composed.stream, name, b"", UNSEALED, said=data))
    step.say(Composed(n, name))
    step.say(Changed(composed.stream))


def seal(step: Step, sealed: Seal) -> None:
    """Sign what a shell has sealed: it is queued from now on. UsageError where nothing waits there,
    or there are more starts than may be."""
    state = step.state
    row = state.outbox.get(sealed.n)
    if row is None or row.state != UNSEALED:
        raise UsageError(f"nothing waits unsealed at {sealed.n}")
    if len(sealed.starts) > STARTS or len(sealed.salts) != len(sealed.starts) + 1:
        raise UsageError("a session begins with few starts, and each event takes a salt")
    first = sealed.n - len(sealed.starts)
    for place, body in enumerate((*sealed.starts, sealed.body)):
        said = row.said if first + place == sealed.n else b""
        event_id, data = _signed(step, row, body, sealed.salts[place], sealed.ts_seconds)
        n = first + place
        step.replace_outbox(OutboxRow(n, 0, row.stream, event_id, data, QUEUED, said=said))
    state.sort_outbox()


def _signed(
    step: Step, row: OutboxRow, body: bytes, salt: bytes, ts_seconds: int
) -> tuple[EventId, bytes]:
    state, identity = step.state, step.state.identity
    state.author_seq += 1
    step.put_number("author_seq", state.author_seq)
    seen = state.seen(row.stream)
    data, event_id = compose(
        identity.hub, row.stream, identity.author, identity.signer, SEALED, body,
        state.author_seq, *seen, ts_seconds, salt,
    )  # fmt: skip
    return event_id, data


def take_back(step: Step, last_push_no: int) -> None:
    """At a WELCOME: what was sealed and the hub has not got waits unsealed again; what begins its
    sessions goes."""
    state = step.state
    unsent = [
        row
        for row in state.outbox.values()
        if row.state == QUEUED and not 0 < row.push_no <= last_push_no
    ]
    texts = [row.n for row in unsent if row.said]
    if not texts:
        return
    starts = {place for n in texts for place in range(n - STARTS, n)}
    for row in unsent:
        if row.said:
            name = name_of(state, row)
            fresh = replace(row, push_no=0, event_id=name, event=b"", state=UNSEALED)
            step.replace_outbox(fresh)
        elif row.n in starts:
            step.drop_outbox(row.n)
        elif row.push_no:
            # The numbers must follow each other once more.
            step.put_outbox(replace(row, push_no=0))
    state.sort_outbox()
