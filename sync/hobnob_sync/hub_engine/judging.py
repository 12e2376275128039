"""May this event enter the log? Read once, judged against the table, the target and the state."""

from collections.abc import Callable
from typing import Final, NamedTuple

from hobnob_protocol import nouns
from hobnob_protocol.errors import ProtocolError, Refusal
from hobnob_protocol.event import Author, Event, decode_event, event_id, verify
from hobnob_protocol.ids import (
    DIRECTORY,
    AccountId,
    EventId,
    StreamId,
    TargetId,
    channel_stream,
    stream_type,
    user_stream,
)
from hobnob_protocol.kind import Body, Fact, Kind
from hobnob_protocol.kinds.channels import ChannelCreate, ChannelSet
from hobnob_protocol.kinds.conversations import Conversation, GroupChange
from hobnob_protocol.kinds.invites import HubInvite, HubInviteRevoke
from hobnob_protocol.kinds.membership import Invite, Join
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.kinds.moderation import Erase, ReportSealed
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.registry import Registry
from hobnob_sync.hub_engine import groups, holding, reports
from hobnob_sync.hub_engine.contradictions import contradiction
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.policy.decide import Act, Actor, TargetFacts, decide
from hobnob_sync.ports import CellsKey, ErasedKey, Key, KnownKey, TargetKey

NO_ID: Final = EventId(bytes(32))
"""Stands for the id of bytes that are no event."""


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
    known: KnownKey = KnownKey(NO_ID)
    erased: ErasedKey = ErasedKey(NO_ID)
    """What is always asked of it: made once, for it is looked for again and again."""

    @property
    def target(self) -> TargetId | None:
        """The event that it names."""
        if self.kind is None or not self.kind.target or self.body is None:
            return None
        found: TargetId = getattr(self.body, self.kind.target)
        return found


_NAMING: Final = frozenset({ChannelCreate, ChannelSet, Conversation, HubInvite})
"""Bodies whose names or ids may be taken (`_exists`), and that say so neither as a target nor as
whom they are about."""


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
    known, erased = KnownKey(found_id), ErasedKey(found_id)
    return Candidate(stream, data, event, author, found_id, kind, body, flaw, known, erased)


def asks(state: HubState, candidate: Candidate) -> tuple[Key[object], ...]:
    """What judging and taking the event reads."""
    target = candidate.target
    if target is None and type(candidate.body) is not ReportSealed:
        return candidate.known, candidate.erased
    keys: list[Key[object]] = [candidate.known, candidate.erased]
    if target is not None:
        keys.append(TargetKey(candidate.stream, target))
        if isinstance(candidate.body, Delete | Erase):
            keys.append(CellsKey(candidate.stream, nouns.EDIT, target))
    if isinstance(candidate.body, ReportSealed):
        shown = reports.shown(state, candidate.body)
        if shown is not None:
            keys.append(TargetKey(candidate.body.stream, shown))
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
    if step.loaded.get(candidate.erased):
        return Refusal.ERASED
    offered = device is None
    further = _FURTHER.get(type(candidate.body))
    return (
        contradiction(step, candidate.stream, author.account, candidate.body)
        or _by_policy(step, candidate, author, offered)
        or (further(step, candidate, author, offered) if further is not None else None)
    )


def judge_act(step: Step, candidate: Candidate) -> Refusal | None:
    """Why what the hub itself would say may not enter; there is no signature to check yet."""
    author = candidate.author
    assert author is not None
    wrong = contradiction(step, candidate.stream, author.account, candidate.body)
    return wrong or _by_policy(step, candidate, author, offered=False)


def _by_policy(step: Step, candidate: Candidate, author: Author, offered: bool) -> Refusal | None:
    """The table's word; for what names nobody and nothing it stays until a right changes."""
    kind = candidate.kind
    assert kind is not None
    if kind.target or kind.about or type(candidate.body) in _NAMING:
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


# What the table of rights does not know, by the sort of body: most have nothing of that.


def _invite_full(step: Step, candidate: Candidate, author: Author, offered: bool) -> Refusal | None:
    """Is there room for one more? What was accepted once is not counted again: what else comes back
    with it may say that others are spent or revoked."""
    full = step.state.invites.is_full(author.account, step.now_ms)
    return Refusal.TOO_MANY if full and not offered else None


def _invite_missing(
    step: Step, candidate: Candidate, author: Author, offered: bool
) -> Refusal | None:
    """Is there the invite that is revoked?"""
    body = candidate.body
    assert isinstance(body, HubInviteRevoke)
    made = (user_stream(author.account), nouns.HUB_INVITE, body.invite)
    # Revoked already, by another device: that is what was wanted.
    return None if made in step.state.cells else Refusal.NO_TARGET


def _by_group(step: Step, candidate: Candidate, author: Author, offered: bool) -> Refusal | None:
    """Does a change of a group follow those before it? Nobody is told but who may ask."""
    body = candidate.body
    assert isinstance(body, GroupChange)
    wrong = groups.judge(step.state, candidate.stream, body, author, offered)
    return wrong or _no_room(step, candidate, author, offered)


def _no_room(step: Step, candidate: Candidate, author: Author, offered: bool) -> Refusal | None:
    """Have all whom it puts into a stream room for one more? What was accepted once comes back
    whatever came in meanwhile."""
    body = candidate.body
    assert body is not None
    return None if offered else holding.judge(step.state, author.account, body)


def _by_report(step: Step, candidate: Candidate, author: Author, offered: bool) -> Refusal | None:
    """Is there what is reported, and may the reporter see it?"""
    body = candidate.body
    assert isinstance(body, ReportSealed)
    return reports.judge(step, body)


_FURTHER: Final[
    dict[type[Body | None], Callable[[Step, Candidate, Author, bool], Refusal | None]]
] = {
    ChannelCreate: _no_room,
    Conversation: _no_room,
    GroupChange: _by_group,
    HubInvite: _invite_full,
    HubInviteRevoke: _invite_missing,
    Join: _no_room,
    ReportSealed: _by_report,
}


def fact_of(step: Step, candidate: Candidate) -> Fact:
    """The event as the fold will see it, at the end of its stream."""
    assert candidate.event is not None
    assert candidate.author is not None
    header = candidate.event.header
    seq, at_ms = step.place(candidate.stream)
    return Fact(
        candidate.stream,
        seq,
        at_ms,
        candidate.event_id,
        candidate.author.account,
        candidate.author.device,
        header.kind,
        header.ts_seconds,
        candidate.body,
    )
