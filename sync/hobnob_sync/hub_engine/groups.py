"""Private groups at the hub: which change may follow.

The hub orders the changes and refuses what does not fit; whether they hold is checked by each
member again.
"""

from typing import Final

from hobnob_protocol.errors import ProtocolError, Refusal
from hobnob_protocol.event import Author
from hobnob_protocol.ids import ConversationId, StreamId
from hobnob_protocol.kinds.conversations import GroupChange
from hobnob_protocol.sealing.group import follow_change, read_link
from hobnob_sync.hub_engine.state import HubState

_REFUSALS: Final = {
    "group.order": Refusal.EXISTS,
    "group.author": Refusal.NOT_ALLOWED,
}
"""What its author is told of a change; all else is INVALID."""


def judge(
    state: HubState, stream: StreamId, body: GroupChange, author: Author, offered: bool
) -> Refusal | None:
    """Why a change may not follow, or None: EXISTS where another one came first."""
    if any(state.accounts.chain(account) is None for account in body.members):
        return Refusal.INVALID
    group = state.group(stream)
    links = group.head.links if group is not None else 0
    if offered and read_link(body.link).seq > links:
        # What is between them may still be brought.
        return Refusal.NO_TARGET
    if group is None and (stream in state.streams or read_link(body.link).seq):
        return Refusal.EXISTS
    conversation = ConversationId(stream[2:])
    told = (body.link, body.members, body.admins)
    try:
        follow_change(group, *told, author, state.hub, conversation)
    except ProtocolError as broken:
        return _REFUSALS.get(broken.rule, Refusal.INVALID)
    return None
