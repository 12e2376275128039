"""Who may enter, and what they are told first.

An unknown account, a revoked device and a bad signature get the same answer after the same work.
"""

from hashlib import sha256
from typing import Final, NamedTuple, cast

from hobnob_protocol import codec, handle
from hobnob_protocol.chain import extend, is_genesis
from hobnob_protocol.crypto import NOBODY_KEY
from hobnob_protocol.errors import ByeCode, ProtocolError
from hobnob_protocol.event import decode_event, verify
from hobnob_protocol.frames import Auth, Bye, Grant, Grants, Join, Welcome
from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    AccountId,
    DeviceId,
    DeviceKey,
    StreamId,
    StreamType,
    TargetId,
    account_id,
    device_id,
    head8,
)
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.limits import AUTO_JOIN_MAX, GRANTS_MAX
from hobnob_protocol.login import account_of, check_request
from hobnob_protocol.meeting_frames import Await
from hobnob_protocol.nouns import GrantValue
from hobnob_sync import cursor
from hobnob_sync.hub_engine import effects, recovering
from hobnob_sync.hub_engine.inputs import Close, Login, MakeInvite, Send
from hobnob_sync.hub_engine.recovering import RECOVERING_RETRY_MS, REFUSED
from hobnob_sync.hub_engine.session import Session, Subscription
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.policy.table import Membership, allows
from hobnob_sync.ports import DeviceRow, Key, UnreadKey

CROWDED_RETRY_MS: Final = 30_000


def asks(state: HubState, request: Auth | Join) -> list[Key[object]]:
    """The counts that a WELCOME tells."""
    account = account_of(request)
    keys: list[Key[object]] = [
        UnreadKey(stream, account, max(state.read_seq(account, stream), grant.floor))
        for stream, grant in state.held(account).items()
        if stream[:2] in (b"c:", b"d:")
    ]
    if isinstance(request, Join):
        # What a newcomer is put into with all its history is unread.
        keys.extend(UnreadKey(stream, account, 0) for stream in auto_join_channels(state))
    return keys


def writes(state: HubState, request: Auth | Join) -> bool:
    """Must something be written to let them in? As far as strangers can tell, of any device that is
    not known with the replica it names."""
    if isinstance(request, Join):
        return True
    row = state.devices.get(request.device)
    return row is None or row.replica != request.replica


def log_in(step: Step, login: Login) -> None:
    """Let somebody in, or not."""
    request = login.request
    if isinstance(request, Join) and step.state.recovering:
        step.say(Close(login.conn, Bye(ByeCode.RECOVERING, RECOVERING_RETRY_MS)))
        return
    account = account_of(request)
    device: DeviceId | Bye
    if isinstance(request, Auth):
        device = authenticate(step, login.transcript, request) or REFUSED
    elif is_genesis(request.link):
        device = _join(step, login.transcript, request) or REFUSED
    else:
        device = recovering.admit(step, login.transcript, request)
    if isinstance(device, Bye):
        step.say(Close(login.conn, device))
        return
    if step.state.recovering and step.state.role(account) not in effects.MODERATES:
        step.say(Close(login.conn, Bye(ByeCode.RECOVERING, RECOVERING_RETRY_MS)))
        return
    older = step.sessions.by_device.get(device)
    if older is not None:
        effects.end(step, older, ByeCode.ELSEWHERE)
    if _is_crowded(step, account):
        step.say(Close(login.conn, Bye(ByeCode.CROWDED, CROWDED_RETRY_MS)))
        return
    session = Session(login.conn, account, device)
    step.sessions.add(session)
    row = step.state.devices.get(device)
    if row is None or row.replica != request.replica:
        row = DeviceRow(device, row.last_push_no if row is not None else 0, request.replica)
        step.state.devices[device] = row
        step.transaction.devices[device] = row
    _welcome(step, session, request, row)


def _is_crowded(step: Step, account: AccountId) -> bool:
    settings = step.hub.settings
    bot = step.state.role(account) == "bot"
    limit = settings.bot_connections_max if bot else settings.account_connections_max
    return len(step.sessions.of_account(account)) >= limit


def authenticate(step: Step, transcript: bytes, request: Auth | Await) -> DeviceId | None:
    """The device that has signed this, if it speaks for the account; one check, whoever asks."""
    state = step.state
    author = state.accounts.author(request.device)
    known = (
        author is not None
        and author.account == request.account
        and author.account != state.accounts.hub.account
        and state.accounts.is_active(request.device)
        and not state.banned(request.account)
    )
    key = author.key if author is not None and known else NOBODY_KEY
    signed = check_request(transcript, request, key, step.hub.verifier)
    return request.device if known and signed else None


# Joining.


def make_invite(step: Step, invite: MakeInvite) -> None:
    """Remember an invite by the hash of its secret."""
    value = codec.encode((invite.uses, invite.expires_ms, invite.owner))
    step.put_meta(f"invite:{invite.secret_hash.hex()}", value)


def _join(step: Step, transcript: bytes, request: Join) -> DeviceId | None:
    """A new account by invite, or one that a restored hub has lost by its old enrol event."""
    state = step.state
    account = account_id(request.link)
    key = _first_key(step, request)
    if key is None or not check_request(transcript, request, key, step.hub.verifier):
        return None
    if state.accounts.chain(account) is not None:
        # Joined already: the answer to the first JOIN was lost.
        active = state.accounts.is_active(device_id(key)) and not state.banned(account)
        return device_id(key) if active else None
    if state.accounts.check(account, request.link, request.link_signature):
        return None
    if state.banned(account) or handle.why_not(request.handle) is not None:
        return None
    if state.accounts.account_of(request.handle) is not None:
        return None
    let_in = (
        _use_invite(step, request.invite)
        or _by_member(step, request.invite)
        or _was_enrolled(step, account, request.invite)
    )
    if let_in is None:
        return None
    owner, inviter, invite = let_in
    body = Enrol(request.link, request.link_signature, request.handle, inviter, invite)
    _, _, fact = step.act(PEOPLE, body)
    effects.follow_body(step, fact, body)
    if owner:
        role = RoleGrant(account, "owner")
        _, _, granted = step.act(DIRECTORY, role)
        effects.follow_body(step, granted, role)
    for stream in auto_join_channels(state):
        effects.join_by_hub(step, stream, account)
    return device_id(key)


def _first_key(step: Step, request: Join) -> DeviceKey | None:
    """The key a genesis link begins with; None where it is no genesis that signs itself."""
    try:
        chain = extend(
            None, request.link, request.link_signature, step.state.hub, step.hub.verifier
        )
    except ProtocolError:
        return None
    return chain.devices[0].key


class LetIn(NamedTuple):
    """By what right somebody comes in: as an owner or not, and by which member's invite."""

    owner: bool = False
    inviter: AccountId | None = None
    invite: TargetId | None = None


def _use_invite(step: Step, secret: bytes) -> LetIn | None:
    """Spend one use of an invite that the operator made; None if it is not valid."""
    name = f"invite:{sha256(secret).digest().hex()}"
    data = step.state.meta.get(name)
    if not data:
        return None
    uses, expires_ms, owner = cast("tuple[int, int, bool]", codec.decode(data))
    if uses < 1 or step.now_ms >= expires_ms:
        return None
    step.put_meta(name, codec.encode((uses - 1, expires_ms, owner)))
    return LetIn(owner)


def _by_member(step: Step, secret: bytes) -> LetIn | None:
    """By a member's invite, as long as its maker may invite; the enrolment is what spends it."""
    state = step.state
    found = state.invites.opens(sha256(secret).digest(), step.now_ms)
    if found is None or state.banned(found.account):
        return None
    role = state.role(found.account)
    if not allows("invite", role, StreamType.USER, Membership.MEMBER):
        return None
    return LetIn(False, found.account, found.invite)


def _was_enrolled(step: Step, account: AccountId, data: bytes) -> LetIn | None:
    """Is `data` our own enrol event of this account? Then a restore has lost it."""
    state = step.state
    try:
        event = decode_event(data)
        body = step.hub.registry.decode(event.header.kind, event.body)
    except ProtocolError:
        return None
    hub = state.accounts.hub
    if not isinstance(body, Enrol) or account_id(body.link) != account:
        return None
    ours = event.header.device == hub.device
    if not ours or not verify(event, state.hub, PEOPLE, hub, step.hub.verifier):
        return None
    return LetIn(False, body.inviter, body.invite)


def auto_join_channels(state: HubState) -> tuple[StreamId, ...]:
    """The public channels every newcomer is put into, the oldest first."""
    found = [
        stream
        for stream in state.names.values()
        if state.channel(stream, "auto_join") is True
        and state.channel(stream, "archived") is not True
    ]
    found.sort(key=lambda stream: state.streams[stream].number)
    return tuple(found[:AUTO_JOIN_MAX])


# The announcement.


def _welcome(step: Step, session: Session, request: Auth | Join, device: DeviceRow) -> None:
    state = step.state
    held = state.held(session.account)
    digest = request.digest if isinstance(request, Auth) else None
    epoch = request.epoch if isinstance(request, Auth) else None
    same = epoch == state.epoch and digest is not None and digest == _digest(state, held)
    lineage = tuple(row.epoch for row in state.lineage)
    count = 0 if same else len(held)
    questions = step.hub.settings.questions
    told = (lineage, step.now_ms, device.last_push_no, same, count, questions)
    welcome = Welcome(*told, presence=True)
    step.say(Send((session.conn,), welcome))
    if same:
        for stream, grant in held.items():
            row = state.streams[stream]
            step.sessions.follow(session, Subscription(stream, grant.grant, row.seq))
        return
    entries = [_grant(step, session.account, stream, grant) for stream, grant in held.items()]
    for start in range(0, len(entries), GRANTS_MAX):
        chunk = tuple(entries[start : start + GRANTS_MAX])
        more = start + GRANTS_MAX < len(entries)
        step.say(Send((session.conn,), Grants(chunk, more)))


def _digest(state: HubState, held: dict[StreamId, GrantValue]) -> bytes:
    rows = [(state.streams[stream], grant) for stream, grant in held.items()]
    return cursor.digest(
        state.epoch, [(row.stream, grant.grant, row.seq, head8(row.head)) for row, grant in rows]
    )


def _grant(step: Step, account: AccountId, stream: StreamId, grant: GrantValue) -> Grant:
    state = step.state
    row = state.streams[stream]
    unread = mentions = 0
    if stream[:2] in (b"c:", b"d:"):
        key = UnreadKey(stream, account, max(state.read_seq(account, stream), grant.floor))
        # Of a stream that this very step has granted from the join on, nothing older counts.
        unread, mentions = step.loaded.get(key) if step.loaded.has(key) else (0, 0)
        if stream[:2] == b"d:":
            mentions = unread
    return Grant(
        stream,
        row.number,
        grant.grant,
        grant.floor,
        row.seq,
        head8(row.head),
        unread,
        mentions,
        state.forks(stream),
    )
