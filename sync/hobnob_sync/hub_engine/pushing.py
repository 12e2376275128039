"""A device pushes: each event once, in the device's own order, answered before its echo."""

from typing import Final

from hobnob_protocol import nouns
from hobnob_protocol.errors import Refusal
from hobnob_protocol.event import Claim, claim
from hobnob_protocol.frames import Ack, Acked, Push
from hobnob_protocol.ids import AccountId, DeviceId, EventId, Head8, head8
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.kinds.moderation import Erase
from hobnob_protocol.limits import PUSH_EVENTS_MAX
from hobnob_sync import budget
from hobnob_sync.hub_engine import effects, judging
from hobnob_sync.hub_engine.inputs import Send
from hobnob_sync.hub_engine.judging import Candidate
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Answering, Step
from hobnob_sync.ports import (
    CellsKey,
    DeviceRow,
    Key,
    Loaded,
    RangeKey,
    RefusedKey,
    TargetKey,
)

PAUSE_MS = 5_000
"""How long a hub that cannot write asks for patience."""
_ENDING: Final = (Delete, Erase)
"""Bodies that end what they name."""
ACCEPTED: Final = 0
REFUSED: Final = 1
GAP: Final = 2
PAUSE: Final = 3


def asks(
    state: HubState, device: DeviceId, push: Push, candidates: list[Candidate]
) -> list[Key[object]]:
    """What answering a PUSH reads at first."""
    keys: list[Key[object]] = []
    last = state.devices[device].last_push_no if device in state.devices else 0
    for pushed, candidate in zip(push.events, candidates, strict=True):
        keys.extend(judging.asks(state, candidate))
        if pushed.push_no <= last:
            keys.append(RefusedKey(device, pushed.push_no))
    return keys


def asks_more(candidate: Candidate, loaded: Loaded) -> list[Key[object]]:
    """... and then: where the event already is, and the bodies it ends."""
    keys: list[Key[object]] = []
    known = loaded.get(candidate.known)
    if known is not None:
        keys.append(RangeKey(*known, 1, 1))
    if isinstance(candidate.body, _ENDING):
        stream, name = candidate.stream, candidate.body.target
        target = loaded.get(TargetKey(stream, name))
        seqs = [cell.seq for _, cell in loaded.get(CellsKey(stream, nouns.EDIT, name))]
        if target is not None:
            keys.extend(RangeKey(stream, seq, 1, 1) for seq in (target.seq, *seqs))
    return keys


def claims(
    step: Step,
    session: Session,
    push: Push,
    candidates: list[Candidate],
    left: dict[AccountId, float],
) -> list[Claim]:
    """The signatures that answering a PUSH will check, as far as the account's budget goes, of
    which `left` is kept from one PUSH to the next: nobody has more checked ahead than they may
    say."""
    tokens = left.get(session.account)
    if tokens is None:
        tokens = _budget(step, session).tokens_at(step.now_ms)
    last = _device_row(step, session).last_push_no
    found: list[Claim] = []
    for pushed, candidate in zip(push.events, candidates, strict=True):
        event, author = candidate.event, candidate.author
        if pushed.push_no <= last or event is None or author is None:
            continue
        tokens -= _cost(candidate)
        if tokens < 0:
            break
        if author.device == session.device:
            found.append(claim(event, step.state.hub, candidate.stream, author))
    left[session.account] = tokens
    return found


def receive(
    step: Step, session: Session, push: Push, candidates: list[Candidate], read_only: bool
) -> None:
    """Answer a PUSH."""
    answers: list[Acked] = []
    for pushed, candidate in zip(push.events, candidates, strict=True):
        if session.conn not in step.sessions.by_conn:
            return
        row = _device_row(step, session)
        if pushed.push_no > row.last_push_no + 1:
            answers.append(Acked(row.last_push_no + 1, GAP, _name(candidate.event_id)))
            break
        if pushed.push_no <= row.last_push_no:
            known = _answered(step, session.device, pushed.push_no, candidate)
            if known is None:
                answers.append(Acked(row.last_push_no + 1, GAP, _name(candidate.event_id)))
                break
            answers.append(known)
            continue
        wait_ms = PAUSE_MS if read_only else spend(step, session, _cost(candidate))
        if wait_ms:
            answers.append(Acked(pushed.push_no, PAUSE, _name(candidate.event_id), wait_ms))
            break
        answers.append(_decide(step, session, row, pushed.push_no, candidate))
    _say(step, session, answers)


def _say(step: Step, session: Session, answers: list[Acked]) -> None:
    """The answer comes before the echo: the sender's own pages are added at the end of the step.
    What a step answers one device is one frame, as long as all of it was judged: a gap or a pause
    ends the answers to the frame it was found in, and what is said after it."""
    judged = not answers or answers[-1].status in (ACCEPTED, REFUSED)
    present = step.answering.get(session.conn)
    tokens_left = _budget(step, session).tokens
    if judged and present is not None and len(present) + len(answers) <= PUSH_EVENTS_MAX:
        present.add(answers, tokens_left)
        return
    if present is not None:
        _close(step, present)
    fresh = Answering(session.conn, len(step.outputs), answers, tokens_left)
    step.say(_told(fresh))
    if judged:
        step.answering[session.conn] = fresh


def close_all(step: Step) -> None:
    """Nothing more is answered in this step: put what was in its places."""
    for present in list(step.answering.values()):
        _close(step, present)


def _close(step: Step, present: Answering) -> None:
    del step.answering[present.conn]
    if present.joined:
        step.outputs[present.place] = _told(present)


def _told(found: Answering) -> Send:
    return Send((found.conn,), Ack(tuple(found.answers), int(found.tokens_left)))


def _name(event: EventId) -> Head8:
    """How an answer names the event it answers."""
    return Head8(event[:8])


def _device_row(step: Step, session: Session) -> DeviceRow:
    return step.state.devices[session.device]


def _answered(step: Step, device: DeviceId, push_no: int, candidate: Candidate) -> Acked | None:
    """The original answer to a push that came before; None if that was another event."""
    known = step.known(candidate.known)
    if known is not None:
        return _accepted(step, push_no, candidate)
    refused = step.refused_now.get((device, push_no))
    key = RefusedKey(device, push_no)
    # A number that this very batch has counted was not asked for.
    if refused is None and step.loaded.has(key):
        refused = step.loaded.get(key)
    if refused is not None and refused[0] == candidate.event_id:
        return Acked(push_no, REFUSED, _name(candidate.event_id), code=refused[1])
    return None


def _accepted(step: Step, push_no: int, candidate: Candidate) -> Acked:
    known = step.known(candidate.known)
    assert known is not None
    entry = step.entry(*known)
    assert entry is not None
    return Acked(push_no, ACCEPTED, _name(candidate.event_id), known[1], head8(entry.head))


def _budget(step: Step, session: Session) -> budget.Budget:
    """What the account has left, filling as fast as its role lets it from now on."""
    settings, found = step.hub.settings, step.sessions.budgets.get(session.account)
    bot = step.state.role(session.account) == "bot"
    per_second = settings.bot_budget_per_second if bot else settings.budget_per_second
    if found is None:
        return budget.full(settings.budget_capacity, per_second, step.now_ms)
    if found.per_second == per_second:
        return found
    tokens = found.tokens_at(step.now_ms)
    changed = budget.Budget(settings.budget_capacity, per_second, tokens, step.now_ms)
    step.sessions.budgets[session.account] = changed
    return changed


def _cost(candidate: Candidate) -> int:
    return candidate.kind.cost if candidate.kind is not None else 1


def spend(step: Step, session: Session, cost: int) -> int:
    """Take what something costs, or say how many milliseconds to wait; never a refusal."""
    left, wait_ms = _budget(step, session).take(cost, step.now_ms)
    step.sessions.budgets[session.account] = left
    return wait_ms


def _decide(
    step: Step, session: Session, row: DeviceRow, push_no: int, candidate: Candidate
) -> Acked:
    """Accept or refuse; both advance the count in this same commit."""
    device = DeviceRow(row.device, push_no, row.replica)
    step.state.devices[session.device] = device
    step.transaction.devices[session.device] = device
    if candidate.event_id != judging.NO_ID and step.known(candidate.known) is not None:
        return _accepted(step, push_no, candidate)
    refusal = judging.judge(step, candidate, session.device)
    if refusal is not None:
        return _refuse(step, session.device, push_no, candidate, refusal)
    assert candidate.kind is not None, "an unknown kind was refused"
    fact = judging.fact_of(step, candidate)
    entry = step.append(candidate.event_id, candidate.data, fact, candidate.kind)
    effects.follow(step, candidate.kind, fact, entry)
    return Acked(push_no, ACCEPTED, _name(candidate.event_id), entry.seq, head8(entry.head))


def _refuse(
    step: Step, device: DeviceId, push_no: int, candidate: Candidate, refusal: Refusal
) -> Acked:
    step.transaction.refused.append((device, push_no, candidate.event_id, refusal))
    step.refused_now[(device, push_no)] = (candidate.event_id, refusal)
    return Acked(push_no, REFUSED, _name(candidate.event_id), code=refusal)
