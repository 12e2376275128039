"""What follows from an accepted event, in the same commit: rights, targets, erasures.

Consequences in members' own streams are events the hub signs and that name their cause.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from hobnob_protocol import nouns
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.event import stub
from hobnob_protocol.frames import Bye
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    AccountId,
    EventId,
    StreamId,
    TargetId,
    account_id,
    channel_stream,
    target_of,
    user_stream,
)
from hobnob_protocol.kind import Body, Fact, Kind
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.conversations import Conversation, GroupChange
from hobnob_protocol.kinds.hub_acts import Admit, Enrol, Grant, Revoke
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Ban, Erase, Hide, Kick
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.kinds.polls import PollClose
from hobnob_protocol.kinds.reseats import Reseat
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.kinds.threads import ThreadMove, ThreadTitle
from hobnob_protocol.sealing.group import ADD, FOUND, REMOVE, read_link
from hobnob_sync.hub_engine.inputs import Close
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.ports import Cell, CellsKey, Entry, Target

MODERATES: Final = ("moderator", "admin", "owner")
"""The roles that read the moderators' stream."""


def follow(step: Step, kind: Kind, fact: Fact, entry: Entry) -> None:
    """Do what an event that was just appended leads to."""
    if kind.root:
        _remember(step, kind, fact, entry)
    if fact.body is not None:
        follow_body(step, fact, fact.body)


def follow_body(step: Step, fact: Fact, body: Body) -> None:
    """Do what a body leads to, whoever said it."""
    effect = _EFFECTS.get(type(body))
    if effect is not None:
        effect(step, fact, body)


def _remember(step: Step, kind: Kind, fact: Fact, entry: Entry) -> None:
    """A message: others may name it, and it counts as unread."""
    body = fact.body
    by = (entry.seq, fact.account, kind.number)
    if isinstance(body, Post):
        row = Target(*by, True, body.thread, body.mentions)
    elif isinstance(body, Imported):
        # What was withdrawn where it was said is no news here.
        row = Target(*by, body.deleted_ms is None, body.thread, body.mentions)
    else:
        row = Target(*by, True, None)
    step.put_target(fact.stream, fact.target, row)


# Rights.


def grant(step: Step, account: AccountId, stream: StreamId, floor: int, cause: EventId) -> None:
    """The account may read `stream` from after `floor`."""
    step.act(user_stream(account), Grant(stream, floor, target_of(cause)))


def revoke(step: Step, account: AccountId, stream: StreamId, cause: EventId) -> None:
    """The account may read `stream` no more: nothing of it leaves after this commit."""
    if stream not in step.state.grants.get(account, {}):
        return
    step.act(user_stream(account), Revoke(stream, target_of(cause)))
    for session in step.sessions.of_account(account):
        step.sessions.unfollow(session, stream)


def _joined(step: Step, fact: Fact, body: Body) -> None:
    assert isinstance(body, Join)
    account = body.account or fact.account
    if fact.stream in step.state.grants.get(account, {}):
        # The hub's own join of an earlier life, brought back: the right is there already.
        return
    from_join = step.state.channel(fact.stream, "history") == "from_join"
    floor = step.state.streams[fact.stream].seq - 1 if from_join else 0
    grant(step, account, fact.stream, floor, fact.event)


def _left(step: Step, fact: Fact, body: Body) -> None:
    revoke(step, fact.account, fact.stream, fact.event)


def _kicked(step: Step, fact: Fact, body: Body) -> None:
    assert isinstance(body, Kick)
    revoke(step, body.account, fact.stream, fact.event)


def _banned(step: Step, fact: Fact, body: Body) -> None:
    assert isinstance(body, Ban)
    if not body.on:
        return
    if fact.stream == MODERATION:
        for session in step.sessions.of_account(body.account):
            end(step, session, ByeCode.REVOKED)
    else:
        revoke(step, body.account, fact.stream, fact.event)


def _role_granted(step: Step, fact: Fact, body: Body) -> None:
    assert isinstance(body, RoleGrant)
    holds = MODERATION in step.state.grants.get(body.account, {})
    if body.role in MODERATES and not holds:
        if MODERATION not in step.state.streams:
            step.create(MODERATION)
        grant(step, body.account, MODERATION, 0, fact.event)
    elif body.role not in MODERATES and holds:
        revoke(step, body.account, MODERATION, fact.event)


def _channel_created(step: Step, fact: Fact, body: Body) -> None:
    assert isinstance(body, ChannelCreate)
    stream = channel_stream(body.channel)
    if fact.stream != DIRECTORY:
        grant(step, fact.account, stream, 0, fact.event)
        return
    step.create(stream)
    if fact.account != step.state.accounts.hub.account:
        join_by_hub(step, stream, fact.account)


def join_by_hub(step: Step, stream: StreamId, account: AccountId) -> None:
    """The hub adds an account to a channel: its creator, or a newcomer."""
    _, _, fact = step.act(stream, Join(account))
    _joined(step, fact, Join(account))


def _conversed(step: Step, fact: Fact, body: Body) -> None:
    assert isinstance(body, Conversation)
    for account in body.accounts:
        grant(step, account, fact.stream, 0, fact.event)


def _group_changed(step: Step, fact: Fact, body: Body) -> None:
    """Who is added reads from this very change on, who is removed no more."""
    assert isinstance(body, GroupChange)
    _, _, act, accounts = read_link(body.link)
    for account in accounts:
        if act == FOUND:
            grant(step, account, fact.stream, 0, fact.event)
        elif act == ADD:
            grant(step, account, fact.stream, fact.seq - 1, fact.event)
        elif act == REMOVE:
            revoke(step, account, fact.stream, fact.event)


def _enrolled(step: Step, fact: Fact, body: Body) -> None:
    assert isinstance(body, Enrol)
    step.state.accounts.apply(fact)
    own = user_stream(account_id(body.link))
    if own not in step.state.streams:
        step.create(own)


def _reseated(step: Step, fact: Fact, body: Body) -> None:
    step.state.accounts.apply(fact)


def _device_linked(step: Step, fact: Fact, body: Body) -> None:
    accounts = step.state.accounts
    accounts.apply(fact)
    account = body.account if isinstance(body, Admit) else fact.account
    chain = accounts.chain(account)
    assert chain is not None, "a link that fits nothing was refused"
    for device in chain.devices:
        if accounts.revoked_seq(device.device) == fact.seq:
            # Nobody seals to it from here on.
            step.transaction.seal_records[device.device] = None
    for session in step.sessions.of_account(account):
        if not step.state.accounts.is_active(session.device):
            end(step, session, ByeCode.REVOKED)


def end(step: Step, session: Session, code: ByeCode, retry_ms: int = 0) -> None:
    """Close a session once this step is durable; nothing more goes to it."""
    step.sessions.remove(session.conn)
    step.say(Close(session.conn, Bye(code, retry_ms)))


# Messages.


def _named(step: Step, fact: Fact, name: TargetId) -> Target:
    """The message that an act names."""
    target = step.target(fact.stream, name)
    assert target is not None, "an act on nothing was refused (policy.decide)"
    return target


def _edited(step: Step, fact: Fact, body: Body) -> None:
    """Remember where the text of an edit lies, so that an erasure finds it."""
    assert isinstance(body, Edit)
    key = nouns.edit_key(body.target, fact.event)
    step.transaction.cells[(fact.stream, nouns.EDIT, key)] = Cell(fact.seq, None)


def _ended(step: Step, fact: Fact, body: Body) -> None:
    """A message is withdrawn or erased: its bodies leave the log, headers and heads stay."""
    assert isinstance(body, Delete | Erase)
    target = _named(step, fact, body.target)
    step.put_target(fact.stream, body.target, replace(target, live=False, dead=True))
    for seq in (target.seq, *edits_of(step, fact.stream, body.target)):
        entry = step.entry(fact.stream, seq)
        assert entry is not None, "a target and its edits are in the log, and were asked for"
        step.transaction.strips.append((fact.stream, seq, stub(entry.event)))
        if isinstance(body, Erase):
            step.transaction.erased.append(entry.event_id)


def edits_of(step: Step, stream: StreamId, target: TargetId) -> tuple[int, ...]:
    """Where the edits of a message lie, with those of this step."""
    stored = {key: cell.seq for key, cell in step.loaded.get(CellsKey(stream, nouns.EDIT, target))}
    for (at, noun, key), cell in step.transaction.cells.items():
        if at == stream and noun == nouns.EDIT and key[:16] == target and cell is not None:
            stored[key] = cell.seq
    return tuple(sorted(stored.values()))


def _hidden(step: Step, fact: Fact, body: Body) -> None:
    assert isinstance(body, Hide)
    target = _named(step, fact, body.target)
    live = not body.hidden and not target.dead
    step.put_target(fact.stream, body.target, replace(target, live=live))


def _poll_closed(step: Step, fact: Fact, body: Body) -> None:
    assert isinstance(body, PollClose)
    target = _named(step, fact, body.target)
    step.put_target(fact.stream, body.target, replace(target, closed=True))


def _titled(step: Step, fact: Fact, body: Body) -> None:
    """Remember where a thread's title lies: it goes along with the root (`context`)."""
    assert isinstance(body, ThreadTitle)
    target = _named(step, fact, body.target)
    step.put_target(fact.stream, body.target, replace(target, title_seq=fact.seq))


def _moved(step: Step, fact: Fact, body: Body) -> None:
    assert isinstance(body, ThreadMove)
    target = _named(step, fact, body.target)
    step.put_target(fact.stream, body.target, replace(target, thread=body.thread))


Effect = Callable[[Step, Fact, Body], None]

_EFFECTS: Final[dict[type[object], Effect]] = {
    Admit: _device_linked,
    Ban: _banned,
    ChannelCreate: _channel_created,
    Conversation: _conversed,
    Delete: _ended,
    DeviceLink: _device_linked,
    Edit: _edited,
    Enrol: _enrolled,
    Erase: _ended,
    GroupChange: _group_changed,
    Hide: _hidden,
    Join: _joined,
    Kick: _kicked,
    Leave: _left,
    PollClose: _poll_closed,
    Reseat: _reseated,
    RoleGrant: _role_granted,
    ThreadMove: _moved,
    ThreadTitle: _titled,
}
