"""Reports of sealed messages at the hub: it reads what it is shown, and needs no key for that.

Each moderator's client checks all of it again.
"""

from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import TargetId, target_of
from hobnob_protocol.kinds.moderation import ReportSealed
from hobnob_protocol.sealing.message import Opening
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.reports import named, proven


def shown(state: HubState, body: ReportSealed) -> TargetId | None:
    """What the event that is shown would be called in its conversation; None where it is none."""
    found = named(state.hub, state.accounts, body.stream, body.event)
    return None if found is None else target_of(found.event)


def judge(step: Step, body: ReportSealed) -> Refusal | None:
    """Why a report may not enter, or None.

    INVALID where it does not prove what its author has sealed; NO_TARGET where that stands in no
    log here, so its author was in this conversation, whether they are today or not.
    """
    found = named(step.state.hub, step.state.accounts, body.stream, body.event)
    if found is None:
        return Refusal.INVALID
    told = (body.stream, body.event, Opening(body.opening, body.padded))
    if proven(step.state.hub, found.author, step.hub.verifier, *told) is None:
        return Refusal.INVALID
    known = step.target(body.stream, target_of(found.event))
    return Refusal.NO_TARGET if known is None else None
