"""Replicas bring back what the log has lost: judged like a push, but by whom it was signed.

What was acknowledged once is not refused for what another replica still has to bring: its target,
its stream, its author or their place there. It is asked for later; but not for ever of the device
that signed it, whose member then sees it as not sent. Consequences the hub signed are not taken; it
draws them again itself.
"""

from typing import Final

from hobnob_protocol import nouns
from hobnob_protocol.errors import Refusal
from hobnob_protocol.frames import Offer, OfferAck, OfferAnswer
from hobnob_protocol.ids import DeviceId, StreamType, TargetId, stream_type, target_of, user_stream
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.hub_acts import CONSEQUENCES
from hobnob_protocol.kinds.messages import Delete, Edit
from hobnob_sync.hub_engine import effects, judging, restoring
from hobnob_sync.hub_engine.inputs import Send
from hobnob_sync.hub_engine.judging import Candidate
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.ports import Key, TargetKey

IN_LOG = 0
LATER = 1
REFUSED = 2
_ENTERED: Final = (StreamType.CHANNEL, StreamType.CONVERSATION)
"""Streams that somebody begins and others are let into."""


def receive(step: Step, session: Session, offer: Offer, candidates: list[Candidate]) -> None:
    """Answer an OFFER; its last one from an owner or a moderator ends the waiting."""
    answers = tuple([_take(step, session.device, candidate) for candidate in candidates])
    step.say(Send((session.conn,), OfferAck(answers)))
    if offer.done and step.state.role(session.account) in effects.MODERATES:
        restoring.reopen(step)


def _take(step: Step, by: DeviceId, candidate: Candidate) -> OfferAnswer:
    name = target_of(candidate.event_id)
    if candidate.author is None and candidate.event is not None:
        # Who signed is not known yet: their account may still be brought back.
        return OfferAnswer(TargetId(candidate.event.header.body_hash[:16]), LATER)
    if step.known(candidate.known) is not None:
        if _is_voided(step, candidate):
            # Whoever still holds the body must not wait for it to come back.
            return OfferAnswer(name, REFUSED, Refusal.ERASED)
        return OfferAnswer(name, IN_LOG)
    if _is_consequence(candidate):
        return OfferAnswer(name, REFUSED, Refusal.NOT_ALLOWED)
    refusal = judging.judge(step, candidate, None)
    if refusal in (Refusal.BANNED, Refusal.NOT_MEMBER) and _is_own_withdrawal(step, candidate):
        refusal = None
    if refusal is Refusal.NO_TARGET or _is_early(step, candidate, refusal):
        if not _is_by(candidate, by) or not restoring.is_over(step):
            return OfferAnswer(name, LATER)
        refusal = refusal or Refusal.NO_TARGET
    if refusal is not None:
        return OfferAnswer(name, REFUSED, refusal)
    assert candidate.kind is not None, "an unknown kind was refused"
    fact = judging.fact_of(step, candidate)
    entry = step.append(candidate.event_id, candidate.data, fact, candidate.kind)
    effects.follow(step, candidate.kind, fact, entry)
    return OfferAnswer(name, IN_LOG)


def asks(state: HubState, candidate: Candidate) -> tuple[Key[object], ...]:
    """What answering an offered event reads: beside all that judging does, what became of it."""
    own = TargetKey(candidate.stream, target_of(candidate.event_id))
    return (*judging.asks(state, candidate), own)


def _is_voided(step: Step, candidate: Candidate) -> bool:
    """Has the log only the stub of it: withdrawn or erased, itself or the message it edits?"""
    name = target_of(candidate.event_id)
    if isinstance(candidate.body, Edit):
        name = candidate.body.target
    found = step.target(candidate.stream, name)
    return found is not None and found.dead


def _is_early(step: Step, candidate: Candidate, refusal: Refusal | None) -> bool:
    """Has nobody brought yet what it stands on: the stream, or a word on its author there? Who has
    left or was sent away was spoken of."""
    state, stream, author = step.state, candidate.stream, candidate.author
    if author is None or stream_type(stream) not in _ENTERED:
        return False
    if author.account == state.accounts.hub.account:
        # It may say anything anywhere, and what it said in a channel makes none.
        return stream not in state.streams and not isinstance(candidate.body, ChannelCreate)
    if refusal not in (Refusal.NOT_MEMBER, Refusal.NOT_ALLOWED):
        return False
    return (user_stream(author.account), nouns.GRANT, stream) not in state.cells


def _is_by(candidate: Candidate, device: DeviceId) -> bool:
    """Did this device sign it?"""
    return candidate.event is not None and candidate.event.header.device == device


def _is_consequence(candidate: Candidate) -> bool:
    kind = candidate.kind
    return kind is not None and kind.body in CONSEQUENCES


def _is_own_withdrawal(step: Step, candidate: Candidate) -> bool:
    """What its author has withdrawn stays withdrawn, wherever the author is now."""
    target = candidate.target
    if not isinstance(candidate.body, Delete) or target is None or candidate.author is None:
        return False
    found = step.target(candidate.stream, target)
    return found is not None and found.account == candidate.author.account
