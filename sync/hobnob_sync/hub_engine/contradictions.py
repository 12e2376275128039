"""What a body says against its place or its author, beyond the table of rights."""

from collections.abc import Callable
from typing import Any, Final

from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    AccountId,
    StreamId,
    channel_stream,
    conversation_stream,
    direct_conversation,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelArchive, ChannelCreate, ChannelSet, Purpose
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.conversations import Conversation
from hobnob_protocol.kinds.hub_acts import Admit
from hobnob_protocol.kinds.membership import Invite, Join
from hobnob_protocol.kinds.moderation import Ban
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.kinds.reseats import Reseat
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.policy.table import Membership


def contradiction(
    step: Step, stream: StreamId, account: AccountId, body: Body | None
) -> Refusal | None:
    """Why an event with this body cannot stand in this stream, or not by this author; None for most
    bodies, which say nothing of either."""
    check = _CHECKS.get(type(body))
    return None if check is None else check(step, stream, account, body)


def _join(step: Step, stream: StreamId, account: AccountId, body: Body) -> Refusal | None:
    """Only the hub lets others in."""
    assert isinstance(body, Join)
    return _wrong(account != step.state.accounts.hub.account and body.account is not None)


def _channel(step: Step, stream: StreamId, account: AccountId, body: Body) -> Refusal | None:
    """Of a private channel its own stream speaks, of a public one the directory."""
    assert isinstance(body, ChannelCreate | ChannelSet | ChannelArchive)
    if stream != DIRECTORY:
        return _wrong(channel_stream(body.channel) != stream)
    public = isinstance(body, ChannelCreate) or step.state.is_public(channel_stream(body.channel))
    return _wrong(not public)


def _purpose(step: Step, stream: StreamId, account: AccountId, body: Body) -> Refusal | None:
    """In the directory it says of which channel."""
    assert isinstance(body, Purpose)
    if stream != DIRECTORY:
        return None
    return _wrong(body.channel is None or not step.state.is_public(channel_stream(body.channel)))


def _conversation(step: Step, stream: StreamId, account: AccountId, body: Body) -> Refusal | None:
    """Its stream follows from who its two are."""
    assert isinstance(body, Conversation)
    return _wrong(not _fits(step, stream, body, account))


def _ban(step: Step, stream: StreamId, account: AccountId, body: Body) -> Refusal | None:
    """Only who is banned from a channel can be let in again."""
    assert isinstance(body, Ban)
    lifted = not body.on and stream != MODERATION
    return _wrong(lifted and step.state.membership(stream, body.account) is not Membership.BANNED)


def _own_link(step: Step, stream: StreamId, account: AccountId, body: Body) -> Refusal | None:
    """A link continues its author's chain."""
    assert isinstance(body, DeviceLink)
    at_ms = step.place(stream)[1]
    return step.state.accounts.check(account, body.link, body.link_signature, at_ms)


def _first_link(step: Step, stream: StreamId, account: AccountId, body: Body) -> Refusal | None:
    """A link begins the chain of who is admitted."""
    assert isinstance(body, Admit)
    at_ms = step.place(stream)[1]
    return step.state.accounts.check(body.account, body.link, body.link_signature, at_ms)


def _nobody(step: Step, stream: StreamId, account: AccountId, body: Body) -> Refusal | None:
    """Whoever gets something is there."""
    assert isinstance(body, RoleGrant | Invite | Claim)
    return _wrong(step.state.accounts.chain(body.account) is None)


def _reseat(step: Step, stream: StreamId, account: AccountId, body: Body) -> Refusal | None:
    """A handle goes to another account that is there, announced, after the delay, or not at all."""
    assert isinstance(body, Reseat)
    accounts = step.state.accounts
    if accounts.chain(body.account) is None:
        return Refusal.INVALID
    owner, at_ms = accounts.account_of(body.handle), step.place(stream)[1]
    return _wrong(accounts.reseats.why_not(body, owner, at_ms))


def _wrong(wrong: bool) -> Refusal | None:
    return Refusal.INVALID if wrong else None


_CHECKS: Final[
    dict[
        type[Body | None],
        Callable[[Step, StreamId, AccountId, Any], Refusal | None],
    ]
] = {
    Admit: _first_link,
    Ban: _ban,
    ChannelArchive: _channel,
    ChannelCreate: _channel,
    ChannelSet: _channel,
    Claim: _nobody,
    Conversation: _conversation,
    DeviceLink: _own_link,
    Invite: _nobody,
    Join: _join,
    Purpose: _purpose,
    Reseat: _reseat,
    RoleGrant: _nobody,
}


def _fits(step: Step, stream: StreamId, body: Conversation, account: AccountId) -> bool:
    """Are these the two of this conversation, the author one of them?"""
    if account not in body.accounts:
        return False
    if any(step.state.accounts.chain(member) is None for member in body.accounts):
        return False
    one, other = body.accounts
    return stream == conversation_stream(direct_conversation(step.state.hub, one, other))
