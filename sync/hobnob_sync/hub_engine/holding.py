"""How many streams an account may hold: whoever would come to hold one more must have room for it.

A login announces all of them, and the hub keeps a right for each: so it is bounded wherever one is
given, be it by who takes it or by others. Others cannot use it up: what they do stops earlier, and
leaves the rest to what one does oneself.
"""

from collections.abc import Callable
from typing import Any, Final

from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import MODERATION, AccountId
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.conversations import Conversation, GroupChange
from hobnob_protocol.kinds.membership import Join
from hobnob_protocol.limits import ADDED_STREAMS_MAX, MEMBER_STREAMS_MAX, MET_STREAMS_MAX
from hobnob_protocol.sealing.group import ADD, FOUND, read_link
from hobnob_sync.hub_engine.state import HubState


def judge(state: HubState, account: AccountId, body: Body) -> Refusal | None:
    """TOO_MANY where somebody whom this act by `account` puts into a stream has no room."""
    others_max = ADDED_STREAMS_MAX if isinstance(body, GroupChange) else MET_STREAMS_MAX
    full = any(
        _is_full(state, each, MEMBER_STREAMS_MAX if each == account else others_max)
        for each in _PUT_IN[type(body)](account, body)
    )
    return Refusal.TOO_MANY if full else None


def _is_full(state: HubState, account: AccountId, most: int) -> bool:
    """A place is kept for the moderators' stream, which comes and goes with a role."""
    held = state.held(account)
    return len(held) + (MODERATION not in held) >= most


def _author(account: AccountId, _body: Body) -> tuple[AccountId, ...]:
    return (account,)


def _both(_account: AccountId, body: Conversation) -> tuple[AccountId, ...]:
    return body.accounts


def _added(_account: AccountId, body: GroupChange) -> tuple[AccountId, ...]:
    change = read_link(body.link)
    return change.accounts if change.act in (FOUND, ADD) else ()


_PUT_IN: Final[dict[type[Body], Callable[[AccountId, Any], tuple[AccountId, ...]]]] = {
    ChannelCreate: _author,
    Conversation: _both,
    GroupChange: _added,
    Join: _author,
}
