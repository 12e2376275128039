"""Who writes to somebody wants to hear from them: what they say is no request any more."""

from hobnob_client.sealing.keys import Entropy
from hobnob_protocol import nouns
from hobnob_protocol.bodies import decode_body
from hobnob_protocol.event import SALT_BYTES, decode_event
from hobnob_protocol.ids import AccountId, user_stream
from hobnob_protocol.kinds.conversations import Conversation
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.trust import Accept
from hobnob_protocol.registry import STANDARD
from hobnob_sync import groups
from hobnob_sync.client_engine.inputs import Compose
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.opened import is_conversation
from hobnob_sync.ports import CellKey, CellsKey
from hobnob_sync.shelf_sql import SqlShelf

_POST = STANDARD.of(Post).number
_ACCEPT = STANDARD.of(Accept).number


def acceptance(
    shelf: SqlShelf, state: ReplicaState, said: Compose, entropy: Entropy
) -> Compose | None:
    """What to say beside a message to somebody who was a stranger so far."""
    if said.kind != _POST or not is_conversation(said.stream):
        return None
    other = _other(shelf, state, said)
    if other is None or _is_accepted(shelf, state, other):
        return None
    kind, body = STANDARD.encode(Accept(other))
    salt = entropy(SALT_BYTES)
    return Compose(user_stream(state.account), kind, body, salt, said.ts_seconds)


def _other(shelf: SqlShelf, state: ReplicaState, said: Compose) -> AccountId | None:
    """Whom one of two writes to; in a group who else has a say in it, None where nobody has."""
    two = CellKey(said.stream, nouns.CONVERSATION, b"")
    several = CellsKey(said.stream, nouns.GROUP, b"")
    loaded = shelf.load((two, several))
    changes = loaded.get(several)
    if changes:
        _, last = max(changes)
        admins = groups.value_of(last.value).admins
        return next((each for each in admins if each != state.account), None)
    cell = loaded.get(two)
    both: tuple[object, ...] = cell.value if cell and isinstance(cell.value, tuple) else ()
    for row in state.outbox.values():
        if not both and row.stream == said.stream and not row.said and row.event:
            event = decode_event(row.event)
            if event.header.kind == STANDARD.of(Conversation).number:
                both = decode_body(Conversation, event.body).accounts
    others = [AccountId(each) for each in both if isinstance(each, bytes)]
    return next((each for each in others if each != state.account), None)


def _is_accepted(shelf: SqlShelf, state: ReplicaState, other: AccountId) -> bool:
    own = user_stream(state.account)
    for row in reversed(state.outbox.values()):
        if row.stream == own:
            event = decode_event(row.event)
            if event.header.kind == _ACCEPT:
                said = decode_body(Accept, event.body)
                if said.account == other:
                    return said.on
    key = CellKey(own, nouns.ACCEPTED, other)
    cell = shelf.load((key,)).get(key)
    return cell is not None and bool(cell.value)
