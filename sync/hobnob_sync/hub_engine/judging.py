"""May this event enter the log? Read once, judged against the table, the target and the state."""

from typing import Final, NamedTuple

from hobnob_protocol import nouns
from hobnob_protocol.errors import ProtocolError, Refusal
from hobnob_protocol.event import Author, Event, decode_event, event_id, verify
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    AccountId,
    EventId,
    StreamId,
    TargetId,
    channel_stream,
    conversation_stream,
    direct_conversation,
    stream_type,
    user_stream,
)
from hobnob_protocol.kind import Body, Fact, Kind
from hobnob_protocol.kinds.channels import ChannelArchive, ChannelCreate, ChannelSet, Purpose
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.conversations import Conversation
from hobnob_protocol.kinds.invites import HubInvite, HubInviteRevoke
from hobnob_protocol.kinds.membership import Invite, Join
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.kinds.moderation import Ban, Erase
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.registry import Registry
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.policy.decide import Act, Actor, TargetFacts, decide
from hobnob_sync.policy.table import Membership
from hobnob_sync.ports import CellsKey, ErasedKey, Key, KnownKey, TargetKey


class Candidate(NamedTuple):
    """An event that wants in, read; `flaw` says why it can be no event at all."""

    stream: StreamId
    data: bytes
    event: Event | None
    author: Author | None
    event_id: EventId
    kind: Kind | None
    body: Body | None
    flaw: Refusal | None

    @property
    def target(self) -> TargetId | None:
        """The event that it names."""
        if self.kind is None or not self.kind.target or self.body is None:
            return None
        found: TargetId = getattr(self.body, self.kind.target)
        return found


_NAMING: Final = (ChannelCreate, ChannelSet, Conversation)
"""Bodies whose names or ids may be taken (`_exists`), and that say so neither as a target nor as
whom they are about."""
NO_ID: Final = EventId(bytes(32))
"""Stands for the id of bytes that are no event."""


def read(state: HubState, registry: Registry, stream: StreamId, data: bytes) -> Candidate:
    """Read the bytes of an event for `stream`; its signature is not checked yet."""
    try:
        event = decode_event(data)
    except ProtocolError:
        return Candidate(stream, data, None, None, NO_ID, None, None, Refusal.INVALID)
    author = state.accounts.author(event.header.device)
    if author is None:
        return Candidate(stream, data, event, None, NO_ID, None, None, Refusal.BAD_SIGNATURE)
    found_id = event_id(state.hub, stream, author, event.header_bytes)
    kind = registry.get(event.header.kind)
    body: Body | None = None
    flaw: Refusal | None = None
    if kind is None:
        flaw = Refusal.UNKNOWN_KIND
    elif event.is_stub or stream_type(stream) not in kind.streams:
        flaw = Refusal.INVALID
    elif not kind.opaque:
        try:
            body = registry.decode(kind.number, event.body)
        except ProtocolError:
            flaw = Refusal.INVALID
    return Candidate(stream, data, event, author, found_id, kind, body, flaw)


def asks(candidate: Candidate) -> tuple[Key[object], ...]:
    """What judging and taking the event reads."""
    keys: list[Key[object]] = [KnownKey(candidate.event_id), ErasedKey(candidate.event_id)]
    target = candidate.target
    if target is not None:
        keys.append(TargetKey(candidate.stream, target))
        if isinstance(candidate.body, Delete | Erase):
            keys.append(CellsKey(candidate.stream, nouns.EDIT, target))
    return tuple(keys)


def judge(step: Step, candidate: Candidate, device: bytes | None) -> Refusal | None:
    """Why the event may not enter, or None. `device` is the one that must have signed it; None for
    an offer, which any device of the community may bring."""
    event, author = candidate.event, candidate.author
    if event is None or author is None:
        return candidate.flaw
    if device is not None and event.header.device != device:
        return Refusal.BAD_SIGNATURE
    if not verify(event, step.state.hub, candidate.stream, author, step.hub.verifier):
        return Refusal.BAD_SIGNATURE
    if candidate.flaw is not None:
        return candidate.flaw
    # What this very step erases is in the log, and was answered as such.
    if step.loaded.get(ErasedKey(candidate.event_id)):
        return Refusal.ERASED
    wrong = _contradiction(step, candidate, author.account)
    offered = device is None
    return (
        wrong
        or _by_policy(step, candidate, author, offered)
        or _by_invites(step, candidate.body, author.account, offered)
    )


def judge_act(step: Step, candidate: Candidate) -> Refusal | None:
    """Why what the hub itself would say may not enter; there is no signature to check yet."""
    author = candidate.author
    assert author is not None
    wrong = _contradiction(step, candidate, author.account)
    return wrong or _by_policy(step, candidate, author, offered=False)


def _by_policy(step: Step, candidate: Candidate, author: Author, offered: bool) -> Refusal | None:
    """The table's word; for what names nobody and nothing it stays until a right changes."""
    kind = candidate.kind
    assert kind is not None
    if kind.target or kind.about or isinstance(candidate.body, _NAMING):
        return _by_table(step, candidate, author, offered)
    verdicts = step.state.verdicts
    plain = (kind.number, candidate.stream, author.device, offered)
    if plain not in verdicts:
        verdicts[plain] = _by_table(step, candidate, author, offered)
    return verdicts[plain]


def _by_table(step: Step, candidate: Candidate, author: Author, offered: bool) -> Refusal | None:
    state = step.state
    kind, body, stream = candidate.kind, candidate.body, candidate.stream
    assert kind is not None
    actor = Actor(
        author.account,
        state.role(author.account),
        banned=state.banned(author.account),
        device_active=state.accounts.is_active(author.device),
        is_hub=author.account == state.accounts.hub.account,
    )
    about: AccountId | None = getattr(body, kind.about) if kind.about and body else None
    about_role = state.role(about) if about is not None else None
    sort = stream_type(stream)
    assert sort is not None
    return decide(
        Act(
            kind=kind,
            actor=actor,
            stream_type=sort,
            membership=state.membership(stream, author.account),
            target=_target_facts(step, candidate),
            about_role=about_role,
            about_membership=state.membership(stream, about) if about is not None else None,
            about_self=about == author.account,
            gives_role=body.role if isinstance(body, RoleGrant) else None,
            last_owner=about_role == "owner" and state.owners() == 1,
            # What was said before the archiving comes back after it, for `dir` is offered first.
            archived=not offered and state.channel(stream, "archived") is True,
            exists=_exists(state, stream, body),
        )
    )


def _by_invites(step: Step, body: Body | None, account: AccountId, offered: bool) -> Refusal | None:
    """Is there the invite that is revoked, and room for one more? What was accepted once is not
    counted again: what else comes back with it may say that others are spent or revoked."""
    state = step.state
    if isinstance(body, HubInviteRevoke):
        made = (user_stream(account), nouns.HUB_INVITE, body.invite)
        # Revoked already, by another device: that is what was wanted.
        return None if made in state.cells else Refusal.NO_TARGET
    full = isinstance(body, HubInvite) and state.invites.is_full(account, step.now_ms)
    return Refusal.TOO_MANY if full and not offered else None


def _target_facts(step: Step, candidate: Candidate) -> TargetFacts | None:
    found = candidate.target
    target = step.target(candidate.stream, found) if found is not None else None
    if target is None:
        return None
    kind = step.hub.registry.get(target.kind)
    name = kind.name if kind is not None else ""
    return TargetFacts(not target.dead, target.account, name, target.closed)


def _exists(state: HubState, stream: StreamId, body: Body | None) -> bool:
    """Is the name or the id taken that the event would give?"""
    if isinstance(body, ChannelCreate):
        if stream == DIRECTORY:
            return channel_stream(body.channel) in state.streams or body.name in state.names
        return stream in state.streams
    if isinstance(body, ChannelSet) and body.field == "name" and stream == DIRECTORY:
        own = channel_stream(body.channel)
        return state.names.get(body.value, own) != own
    if isinstance(body, Conversation):
        return stream in state.streams
    if isinstance(body, HubInvite):
        return state.invites.is_known(body.secret_hash)
    return isinstance(body, Invite) and stream in state.grants.get(body.account, {})


def _contradiction(step: Step, candidate: Candidate, account: AccountId) -> Refusal | None:
    """What the body says against its place or its author, beyond the table of rights."""
    body, stream, state = candidate.body, candidate.stream, step.state
    by_hub = account == state.accounts.hub.account
    wrong = False
    if isinstance(body, Join):
        wrong = not by_hub and body.account is not None
    elif isinstance(body, ChannelCreate | ChannelSet | ChannelArchive):
        wrong = stream != DIRECTORY and channel_stream(body.channel) != stream
        if isinstance(body, ChannelSet | ChannelArchive) and stream == DIRECTORY:
            wrong = not state.is_public(channel_stream(body.channel))
    elif isinstance(body, Purpose) and stream == DIRECTORY:
        wrong = body.channel is None or not state.is_public(channel_stream(body.channel))
    elif isinstance(body, Conversation):
        wrong = not _fits(state, stream, body, account)
    elif isinstance(body, Ban) and not body.on and stream != MODERATION:
        wrong = state.membership(stream, body.account) is not Membership.BANNED
    elif isinstance(body, DeviceLink):
        return state.accounts.check(account, body.link, body.link_signature)
    elif isinstance(body, RoleGrant | Invite | Claim):
        wrong = state.accounts.chain(body.account) is None
    return Refusal.INVALID if wrong else None


def _fits(state: HubState, stream: StreamId, body: Conversation, account: AccountId) -> bool:
    """Are these the members of this conversation, the author among them? Between two its id is
    the one both reach alone, unless it was drawn."""
    if account not in body.accounts:
        return False
    if any(state.accounts.chain(member) is None for member in body.accounts):
        return False
    if len(body.accounts) != 2:
        return True
    one, other = body.accounts
    return stream == conversation_stream(direct_conversation(state.hub, one, other))


def fact_of(step: Step, candidate: Candidate) -> Fact:
    """The event as the fold will see it, at the end of its stream."""
    assert candidate.event is not None
    assert candidate.author is not None
    header = candidate.event.header
    return Fact(
        candidate.stream,
        *step.place(candidate.stream),
        candidate.event_id,
        candidate.author.account,
        candidate.author.device,
        header.kind,
        header.ts_seconds,
        candidate.body,
    )
